"""Who made the picture? A caption split into what it says and whom it credits.

The credit stands at the end: in brackets, after a label ("Foto: …"), after © or after the last sentence ("REUTERS/Jane Doe").
Agencies ask for it in this place (AP Stylebook, "captions"; IPTC Photo Metadata, "Credit Line").
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipelines.agencies import agency_named
from pipelines.text import even

LONGEST_CAPTION = 1_000
_LONGEST_CREDIT = 120
_MOST_WORDS = 6
"""Words in one of a credit's names: "Museum of Fine Arts, Boston" has five."""
_BRACKETS = re.compile(r"[(\[（【]([^()\[\]（）【】]{2,120})[)\]）】]\s?[.。]?$")
_RIGHTS = re.compile(r"(?:©|Ⓒ|\(c\)(?=\s)|&copy;|copyright\s*©?)\s*(?:\d{4}\s)?([^©]{2,120})$", re.IGNORECASE)
_RIGHTS_MARK = re.compile(r"^(?:(?:foto|photo|bild)\s)?(?:©|Ⓒ|\(c\)|copyright\b)\s*", re.IGNORECASE)
_VIA = re.compile(r"^[A-Z][^.,;]{1,60}\svia\s[A-Z]")
_LAST = re.compile(r"(?:^|(?<=[.!?…。」”\"’)])\s*|\s[–—|-]\s+|\s\|\s*)([^.!?…。|–—]{2,80})[.]?$")
"""What follows the last sentence, or a dash or bar."""
_PARTS = re.compile(r"\s*(?:/|,|\||;|、|・|·|=|＝|\s[-–—]\s|\bvia\b|\bfor\b|\bund\b|\band\b)\s*")
_COLON = re.compile(r"\s?[:：=＝]\s?")
_SENTENCES = re.compile(r"[^\W\d_A-Z]{3}[.!?] \w|。")
"""A sentence's end and more text: what stands before it is no credit."""
_TRAILING = " ,;:|/–—-("


def split_caption(text: str) -> tuple[str | None, str | None]:
    """What a caption says, and whom it credits, each None when there is none; the credit without its label.

    >>> split_caption("Ministers at the table. (Photo: Jane Doe/AFP)")
    ('Ministers at the table.', 'Jane Doe/AFP')
    """
    text = _prefixes().sub("", even(text)[:LONGEST_CAPTION])
    for at, credit in (_in_brackets(text), _after_rights(text), _after_label(text), _after_sentence(text)):
        if credit:
            return _without_label(text[:at]) or None, credit
    return text or None, None


def _without_label(caption: str) -> str:
    """A caption without the label that a removed credit leaves at its end: "…at the table. Credit..."."""
    caption = caption.rstrip(_TRAILING)
    words, _, last = caption.rpartition(" ")
    return words.rstrip(_TRAILING) if last[:1].isupper() and last.rstrip(".…:").casefold() in _labels() else caption


def plain_credit(text: str) -> str | None:
    """A credit that stands alone, without label, © and brackets."""
    text = even(text)[: 2 * _LONGEST_CREDIT].strip(" .")
    if found := _BRACKETS.fullmatch(text):
        text = found[1]
    for _ in range(3):  # "Image source: Photo: © …"
        text = _RIGHTS_MARK.sub("", text[_label_end(text) :])
    return text.strip(" ,;|.·") or None


def _in_brackets(text: str) -> tuple[int, str | None]:
    found = _BRACKETS.search(text[-_LONGEST_CREDIT - 6 :])
    if found is None:
        return 0, None
    inner = found[1].strip()
    is_credit = _label_end(inner) or inner.startswith("©") or _VIA.search(inner) or _is_source(inner)
    return max(0, len(text) - _LONGEST_CREDIT - 6) + found.start(), plain_credit(inner) if is_credit else None


def _after_rights(text: str) -> tuple[int, str | None]:
    start = max(0, len(text) - _LONGEST_CREDIT)
    found = _RIGHTS.search(text[start:])
    return (start + found.start(), plain_credit(found[1])) if found else (0, None)


def _after_label(text: str) -> tuple[int, str | None]:
    """The last label whose credit runs to the end; after a space it has a capital: not "the source: unknown"."""
    start = max(0, len(text) - _LONGEST_CREDIT)
    for colon in reversed(list(_COLON.finditer(text, start))):
        at = _label_start(text[: colon.start()])
        if at is not None and (at == 0 or not text[at].islower()) and not _SENTENCES.search(text, colon.end()):
            return at, plain_credit(text[colon.end() :])
    folded = text[start:].casefold()
    if len(folded) == len(text) - start:
        for opener in _openers():
            at = start + folded.rfind(opener)
            if at >= start and (at == 0 or text[at].isupper()) and not _SENTENCES.search(text, at + len(opener)):
                return at, plain_credit(text[at + len(opener) :])
    return 0, None


def _label_start(before: str) -> int | None:
    """Where the label starts that these characters end in: the longest of one to three words, or of unspaced characters."""
    before = before.rstrip()
    starts = [found.start() for found in re.finditer(r"(?<!\S)\S", before[-40:])][-3:]
    near = max(0, len(before) - 40)
    for start in starts:
        if before[near + start :].strip("(（[【|-–— ").casefold() in _labels():
            return near + start
    for size in range(6, 0, -1):
        if len(before) >= size and not before[-1].isascii() and before[-size:] in _labels():
            return len(before) - size
    return None


def _label_end(text: str) -> int:
    """How long the label is that a text starts with; 0 when there is none."""
    colon = _COLON.search(text, 0, 40)
    if colon and text[: colon.start()].strip().casefold() in _labels():
        return colon.end()
    folded = text[:40].casefold()
    return next((len(opener) for opener in _openers() if folded.startswith(opener)), 0)


def _after_sentence(text: str) -> tuple[int, str | None]:
    found = _LAST.search(text[-_LONGEST_CREDIT:])
    if found is None or not _is_source(found[1].strip()):
        return 0, None
    return max(0, len(text) - _LONGEST_CREDIT) + found.start(), plain_credit(found[1])


def _is_source(text: str) -> bool:
    """Is this "Jane Doe/Getty Images", "REUTERS/Jane Doe" or "AP", and not the end of a sentence?"""
    parts = [part for part in _PARTS.split(text.strip(" .")) if part]
    known = any(part.casefold() in _sources() or agency_named(part) for part in parts)
    return known and all((len(part.split()) <= _MOST_WORDS and not part.islower()) or part == "dpa" for part in parts)


@cache
def _words() -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(
        (Path(__file__).parent / "data" / "captions.yaml").read_text("utf-8"), yaml.CSafeLoader
    )
    return found


@cache
def _sources() -> frozenset[str]:
    return frozenset(even(source).casefold() for source in _words()["sources"])


@cache
def _labels() -> frozenset[str]:
    return frozenset(even(word).casefold() for words in _words()["labels"].values() for word in words)


@cache
def _openers() -> tuple[str, ...]:
    openers = {even(word).casefold() + " " for words in _words()["openers"].values() for word in words}
    return tuple(sorted(openers, key=len, reverse=True))


@cache
def _prefixes() -> re.Pattern[str]:
    prefixes = sorted(map(even, _words()["prefixes"]), key=len, reverse=True)
    return re.compile(rf"^(?:{'|'.join(map(re.escape, prefixes))})\s?[:,：]\s?", re.IGNORECASE)
