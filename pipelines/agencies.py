"""Whose report is it? The wire service that a republished piece came from.

A sure sign is a dateline, a byline or a credit line of the agency. A picture's credit is a weak one: outlets buy
agencies' pictures for reports of their own. What the text says of an agency ("Reuters reported that …") is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

import yaml

from pipelines.documents import Document, as_list, text_at
from pipelines.text import even

SURE = 2
"""Evidence that makes a piece republished: one sure sign, or two weak ones of different kinds."""
WEAK = 1
_LONGEST_NOTE = 60
_LONGEST_NAME = 50
_LONGEST_SIGNATURE = 200
_SAYS_PICTURE = re.compile(
    r"(?:image|photo|picture|video|foto|bild|imagen|imagem|crédit photo|фото|写真|图)s?\s*(?:(?:source|credit|courtesy|quelle)s?)?\s*[:：]?\s*(?:of\s+)?(?P<name>[\w .'’-]{2,40})",
    re.IGNORECASE,
)
_APART = re.compile(r"\s*(?:[/,;|+&·、，＝=]|\s[-–—]\s|\b(?:and|und|et|y|e|и|ja|og|en|with|for)\b)\s*")
_INITIALS = re.compile(r"[a-z]{1,5}|[\w-]{2,30}\.[a-z]{2,4}")
_BY = re.compile(r"^(?:by|von|par|por|de|di|door|the)\s+")
_STAFF = re.compile(r"\s+(?:staff|news|writers?|reporters?|correspondents?|news agency|newsroom|photo)$")


@lru_cache(4_096)  # a line's parts are asked for more than once, and agencies are few
def agency_named(text: str) -> str | None:
    """The wire service that these words are the name of; None for anything else.

    >>> agency_named("The Associated Press"), agency_named("AP said so")
    ('AP', None)
    """
    if len(text) > _LONGEST_NAME or (len(text) <= 3 and text.istitle()):
        return None  # "App" and "Uni" are words, "APP" and "uni" as initials are agencies
    plain = _plain(text)
    known = _agencies()
    return known.get(plain) or known.get(_STAFF.sub("", plain))


def agencies_in(text: str) -> tuple[str, ...]:
    """The wire services of a line that names nothing else: "AFP/Reuters", or "dpa/jd" with its editor's initials."""
    if len(text) > _LONGEST_NOTE:
        return ()
    parts = [part for part in _APART.split(even(text).strip("()[]（）【】 .,;–—-")) if part]
    named = [agency_named(part) for part in parts]
    others = [part for part, name in zip(parts, named, strict=True) if not name]
    if not any(named) or any(not _INITIALS.fullmatch(other) or "/" not in text for other in others):
        return ()
    return tuple(dict.fromkeys(name for name in named if name))


def agency_of(
    document: Document, filed_by: str | None, credited: Mapping[str, int], short_texts: Iterable[str]
) -> str | None:
    """The wire service whose report this page republishes; None for the agency's own site, and where nothing says so.

    ``filed_by`` is the dateline's agency, ``credited`` the evidence of the credit lines, ``short_texts`` are captions
    and others near the article.
    """
    evidence: Counter[str] = Counter()
    for text in (filed_by or "", *_signed(document)):
        for name in filter(None, map(agency_named, (text, *_APART.split(text[:_LONGEST_SIGNATURE])))):
            evidence[name] += SURE
    for name, weight in credited.items():
        evidence[name] += weight
    for name in {name for text in short_texts for name in _pictured(text)}:
        evidence[name] += WEAK
    own = document.page.publisher.name
    evidence.pop(agency_named(own) or "", None)
    folded = own.casefold()
    ranked = [(weight, name) for name, weight in evidence.items() if weight >= SURE and name.casefold() not in folded]
    return max(ranked)[1] if ranked else None


def _signed(document: Document) -> Iterator[str]:
    for author in as_list(document.about.get("author")):
        yield author if isinstance(author, str) else text_at({"name": author}, "name")
    for name in ("author", "article:author", "dc.creator", "byl"):
        yield document.meta.get(name, "")


def _pictured(text: str) -> Iterator[str]:
    if len(text) <= _LONGEST_NOTE and (found := _SAYS_PICTURE.fullmatch(text.strip(" ()."))):
        yield from agencies_in(found["name"])


def _plain(text: str) -> str:
    return _BY.sub("", even(text).casefold()).strip(" .()")


@cache
def _agencies() -> dict[str, str]:
    known = yaml.load((Path(__file__).parent / "data" / "agencies.yaml").read_text("utf-8"), yaml.CSafeLoader)
    return {_plain(spelling): name for name, spellings in known.items() for spelling in [name, *spellings]}
