"""Whose report is it? Credit lines split into names, and the wire service that a republished piece came from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import yaml

from archive.article import Credits
from pipelines.datelines import Dateline
from pipelines.documents import Document, as_list, text_at
from pipelines.text import even

_ENOUGH = 2
"""Evidence that makes a piece republished: one sure sign (a dateline, a byline, a credit), or two weak ones."""

_ROLES = (
    ("additional", re.compile(r"additional reporting(?: and writing)?(?: by)?:?\s+(?P<names>.+)", re.IGNORECASE)),
    ("reporting", re.compile(r"(?:reporting|reported)(?: and writing)? by:?\s+(?P<names>.+)", re.IGNORECASE)),
    ("writing", re.compile(r"(?:writing|written) by:?\s+(?P<names>.+)", re.IGNORECASE)),
    ("editing", re.compile(r"(?:editing|edited)(?: and writing)? by:?\s+(?P<names>.+)", re.IGNORECASE)),
)
_CREDITS = re.compile(
    r"\(?\s*(?:(?:additional )?report(?:ing|ed)|writing|written|editing|edited)\b[^.;]{0,30}?\bby\b", re.IGNORECASE
)
_LONGEST_CREDITS = 600
_AND = re.compile(r"\s*(?:,|&|\band\b)\s*", re.IGNORECASE)
_PLACE = re.compile(r"\s+in\s+[A-Z].*$")
_SAYS_SOURCE = re.compile(
    r"(?P<weak>(?:image|photo|picture|video)s?)?\s*(?:source|credit|courtesy|avec|mit material von|with files from|con información de|com informações d[aeo])\s*:?\s*(?:of\s+)?(?P<name>[\w .'’-]{2,40})",
    re.IGNORECASE,
)


def split_credits(lines: Sequence[str]) -> tuple[list[str], Credits]:
    """Take credit lines ("Reporting by …; Editing by …") out of the lines, and read who did what."""
    kept: list[str] = []
    roles: dict[str, list[str]] = {}
    for line in lines:
        if len(line) <= _LONGEST_CREDITS and _CREDITS.match(line):
            _read(line, roles)
        else:
            kept.append(line)
    return kept, Credits(**{role: tuple(names) for role, names in roles.items()})


def _read(line: str, roles: dict[str, list[str]]) -> None:
    for part in re.split(r";|(?<=[a-z])\.\s+(?=[A-Z])", line.strip(" ()")):
        for role, pattern in _ROLES:
            if found := pattern.match(part.strip(" ().")):
                names = (_PLACE.sub("", name).strip(" .()") for name in _AND.split(found["names"]))
                roles.setdefault(role, []).extend(name for name in names if name)
                break


def agency_of(document: Document, dateline: Dateline | None, credits_: Credits, lines: Sequence[str]) -> str | None:
    """The wire service whose report this page republishes; None for the agency's own site, and where nothing says so."""
    evidence: Counter[str] = Counter()
    if dateline and dateline.agency:
        _add(evidence, dateline.agency, _ENOUGH)
    for author in as_list(document.about.get("author")):
        _add(evidence, author if isinstance(author, str) else text_at({"name": author}, "name"), _ENOUGH)
    for name in ("author", "article:author", "dc.creator", "byl"):
        _add(evidence, document.meta.get(name, ""), _ENOUGH)
    for line in {*lines, *_short_texts(document)}:
        found = _SAYS_SOURCE.fullmatch(line.strip(" ()."))
        if found:
            _add(evidence, found["name"], 1 if found["weak"] else _ENOUGH)
    if credits_.reporting and credits_.editing:
        evidence["Reuters"] += 1  # "Reporting by …; Editing by …" is how Reuters signs (Reuters Handbook of Journalism)
    own = document.page.publisher.name.casefold()
    ranked = [(weight, name) for name, weight in evidence.items() if weight >= _ENOUGH and name.casefold() not in own]
    return max(ranked)[1] if ranked else None


def _add(evidence: Counter[str], text: str, weight: int) -> None:
    if name := _agencies().get(_plain(text)):
        evidence[name] = max(evidence[name], 0) + weight if weight == _ENOUGH else evidence[name] or weight


def _short_texts(document: Document) -> set[str]:
    """Captions and other short texts, where sources are named."""
    found = set()
    for element in document.tree.iter("figcaption", "p", "span", "div", "small", "em", "cite"):
        if len(element) <= 2 and 4 < len(text := even(element.text_content())) < 60:
            found.add(text)
    return found


def _plain(text: str) -> str:
    return re.sub(r"^(?:by|von|par|por|de)\s+", "", even(text).casefold()).strip(" .()")


@cache
def _agencies() -> dict[str, str]:
    known = yaml.safe_load((Path(__file__).parent / "data" / "agencies.yaml").read_text("utf-8"))
    return {_plain(spelling): name for name, spellings in known.items() for spelling in [name, *spellings]}
