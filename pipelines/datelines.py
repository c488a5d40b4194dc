"""Where a report was filed: the dateline that opens an agency's story.

A dateline stands before the first sentence, names its place, often in capitals, and ends in a dash:
``TOKYO, Jan 7 (Reuters) – The United States and Japan …`` (AP Stylebook, "datelines"). The forms of other agencies:
``(ANSA) - ROMA, 12 GEN -``, ``МОСКВА, 7 янв — РИА Новости.``, ``新华社北京11月17日电``, ``【北京=共同】``, ``(서울=연합뉴스)``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from pipelines.agencies import agencies_in, agency_named
from pipelines.text import even

_FIRST_LINES = 3
"""Above the dateline's paragraph a standfirst or a sub-heading may stand."""
_PLACE = r"(?P<place>[^\W\d_][^()\[\]–—\d:;!?\"“”«»|]{1,60}?)"
_DATE = r"""(?P<date>
    \d{1,2}\.?\s(?:de\s)?[^\W\d_][^\s\d(),.–—-]{1,11}\.?      # 12 janvier · 7 जनवरी · 12 de enero
  | [^\W\d_][^\s\d(),.–—-]{1,11}\.?\s\d{1,2}                  # Jan 7 · Oct. 3
  | [\u0900-\u097f]{2,8}\s[\u0900-\u097f]{2,9}                # सात जनवरी: Hindi agencies write the day out
  | \d{1,2}(?=\s\()                                           # MADRID, 12 (EUROPA PRESS)
)"""
_END = r"\s?[.:]?[–—-]{1,2}(?:\s|$)"
_WESTERN = re.compile(
    rf"""
    {_PLACE}                                             # TOKYO · KYIV, Ukraine
    (?:,?\s {_DATE} (?:,?\s\d{{4}})? )?                  # , Jan 7
    (?: (?:,?\s?\( (?P<agency>[^()]{{2,30}}) \) | \.?\s/\s?(?P<slashed>[^/]{{2,20}}?)\s?/\.? )   # (Reuters) · /ТАСС/
        (?P<after> {_END} | :?\s | $ )
      | (?P<end> {_END} | :\s ) )
    """,
    re.VERBOSE,
)
_DASHED = re.compile(rf"{_PLACE} (?:,?\s {_DATE})? \s[–—-]\s(?P<agency>[^\W\d_][^.–—()]{{1,20}})\.\s", re.VERBOSE)
"""МОСКВА, 7 янв — РИА Новости."""
_AGENCY_FIRST = re.compile(
    rf"\((?P<agency>[^()]{{2,30}})\)\s?(?:[–—-]{{1,2}}\s)?(?:{_PLACE},\s{_DATE}\s?[–—-]{{1,2}}(?:\s|$))?", re.VERBOSE
)
"""(ANSA) - ROMA, 12 GEN - · (Reuters) -"""
_CHINESE = re.compile(
    r"(?P<agency>新华社|新華社|中新社|中新网|中新網|中央社|法新社|路透社|美联社)(?P<place>[\u3400-\u9fff]{0,10}?)(?P<date>\d{1,2}月\d{1,2}日)[电電]\s?"
)
_JAPANESE = re.compile(
    r"【(?P<place>[^【】=＝\d]{1,14}?)(?:[=＝・](?P<agency>[^【】]{1,20})|(?P<joined>共同|時事|ロイター|AFP|聯合ニュース))】\s?"
)
_BRACKETED = re.compile(
    r"[［\[](?P<place>[^\[\]［］\d\s]{1,14})\s(?P<date>[\d０-９]{1,2}日)\s(?P<agency>[^\[\]［］]{2,14})[］\]]\s?(?:[-–―－]+\s)?"
)
_KOREAN = re.compile(
    r"[(（\[［](?P<place>[^()\[\]=＝]{1,14})[=＝](?P<agency>[^()\[\]=＝]{2,10})[)）\]］]\s?(?:(?P<reporters>[\uac00-\ud7af·,\s]{2,30}?)\s(?:기자|특파원)\s?[=＝]\s?)?"
)
_HAS_MARK = re.compile(r"[–—()\[【［（:/电電]|-\s|\s-")
"""One of these is in every dateline, and seldom in the opening words of other paragraphs."""
_NO_PLACE = re.compile(r"写真|画像|動画|図|表|資料|関連|独自|速報|사진|제공|자료")
_OPENS = re.compile(r"[\"“”„«‘’'¿¡(\[]?(?:[^\W\d_]|\d)")


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says, as printed: ``date`` has no year, ``agency`` is the name in brackets.

    ``place`` is None where only the agency is named, ``reporters`` are those that Korean agencies name in it.
    """

    place: str | None
    date: str | None
    agency: str | None
    reporters: tuple[str, ...] = ()


def take_dateline(lines: Sequence[str]) -> tuple[Dateline | None, list[str]]:
    """Take the dateline off the first of an article's opening lines that has one."""
    for at, line in enumerate(lines[:_FIRST_LINES]):
        dateline, rest = split_dateline(line)
        if dateline:
            return dateline, [*lines[:at], *([rest] if rest else []), *lines[at + 1 :]]
    return None, list(lines)


def split_dateline(paragraph: str) -> tuple[Dateline | None, str]:
    """Split an article's first paragraph into its dateline and the rest.

    The dateline is None, and the paragraph whole, where there is none.

    >>> split_dateline("TOKYO, Jan 7 (Reuters) – The allies vowed to work together.")
    (Dateline(place='TOKYO', date='Jan 7', agency='Reuters'), 'The allies vowed to work together.')
    """
    opening = paragraph[:140]
    if not _HAS_MARK.search(opening):
        return None, paragraph
    for read in (_bracketed, _agency_first, _dashed, _western):
        if found := read(opening):
            dateline, end = found
            return dateline, paragraph[end:]
    return None, paragraph


Found = tuple[Dateline, int]


def _bracketed(opening: str) -> Found | None:
    """The forms of East Asia."""
    for pattern in (_CHINESE, _JAPANESE, _BRACKETED, _KOREAN):
        found = pattern.match(opening)
        if found is None or _NO_PLACE.search(found["place"]):
            continue
        groups = found.groupdict()
        agency = groups["agency"] or groups.get("joined")
        known = bool(agencies_in(agency or "")) or pattern is _CHINESE
        if known or (pattern is _JAPANESE and groups["agency"]):
            names = tuple(re.findall(r"[\uac00-\ud7af]{2,5}", groups.get("reporters") or ""))
            return Dateline(found["place"] or None, groups.get("date"), agency if known else None, names), found.end()
    return None


def _agency_first(opening: str) -> Found | None:
    found = _AGENCY_FIRST.match(opening)
    if found is None or not _is_agency(found["agency"]) or not _OPENS.match(opening, found.end()):
        return None
    place = found["place"]
    if place and not _is_month(found["date"]):
        return None
    if not place and opening[found.end() - 2 : found.end() - 1] not in ("-", "–", "—"):
        return None
    return Dateline(place, found["date"], found["agency"]), found.end()


def _dashed(opening: str) -> Found | None:
    found = _DASHED.match(opening)
    if found and agency_named(found["agency"]) and found["place"].isupper():
        return Dateline(found["place"], found["date"], found["agency"]), found.end()
    return None


def _western(opening: str) -> Found | None:
    found = _WESTERN.match(opening)
    if found and _holds(found, opening[found.end() :]):
        agency = found["agency"] or found["slashed"]
        return Dateline(found["place"], found["date"], agency), found.end()
    return None


def _holds(found: re.Match[str], rest: str) -> bool:
    """Is it a dateline? An agency or a date says so, or a known place in capitals; and a sentence begins after it."""
    place, date, end = found["place"], found["date"], (found["end"] or found["after"] or "").strip()
    agency = found["agency"] or found["slashed"]
    head, _, region = place.partition(",")
    capitals = head.isupper() and len(head) > 1
    if rest and (rest[0].islower() or not _OPENS.match(rest)):
        return False
    if agency and not _is_agency(agency):
        return capitals and bool(end) and (_is_month(date) or _is_place(head))
    if agency:
        return _may_be_place(place) and (bool(end) or bool(date) or capitals) and (date is None or _is_month(date))
    if date:
        return capitals and _is_month(date) and end not in ("", ":")
    if not end or not _is_place(head) or (region and not _is_region(region)):
        return False
    return capitals or (bool(region) and end in ("–", "—"))


def _may_be_place(place: str) -> bool:
    """Few words, each with a capital where its script has them, and no agency's name: "The Associated Press (AP) - …"."""
    words = re.split(r"[\s/,]+", place.strip(" ,/"))
    if len(words) > 6 or any(word[:1].islower() and len(word) > 3 for word in words) or words[0][:1].islower():
        return False
    return not any(agency_named(part) for part in (place, *words)) and not re.search(
        r"agen[cz]|agentur|press|news|nachrichten|агентств|وكالة", place.casefold()
    )


def _is_agency(text: str) -> bool:
    return bool(agencies_in(text) or agencies_in(re.split(r"[/,-]", text)[0]))


def _is_month(date: str | None) -> bool:
    if not date:
        return False
    words = [word for word in re.split(r"[\s.\d]+", date.casefold()) if word and word != "de"]
    return not words or any(word.startswith(tuple(_data("months"))) for word in words)


def _is_place(text: str) -> bool:
    return all(part.strip().casefold() in _data("cities") for part in text.split("/"))


def _is_region(text: str) -> bool:
    return all(part.strip().casefold() in _data("regions") for part in text.split(","))


@cache
def _data(name: str) -> frozenset[str]:
    known = yaml.load((Path(__file__).parent / "data" / "datelines.yaml").read_text("utf-8"), yaml.CSafeLoader)
    return frozenset(even(word).casefold() for word in known[name])
