"""Is it the page that was asked for, or a gate in front of it: a check for humans, a wall of consent, a log-in, a site that is away?

Such pages answer 200 and hold next to no text. Whether the article is there cannot be known, so its link stays open: only what is
behind a gate for good is given up, after as many attempts as any other failure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from archive.errors import NotAnArticle
from pipelines.documents import Document
from pipelines.folding import folded
from pipelines.missing import own_title, printed_lines
from pipelines.phrases import LONGEST, Phrases
from pipelines.scripts import weight
from pipelines.sites import names_site, site_names

GATES = frozenset({"bot check", "consent", "suspended", "maintenance", "log in"})
"""Kinds of NotAnArticle after which the page is asked for again in later runs."""
_SHORT = 1_200
"""Weight of a text from which on the page holds an article, whatever its headline says."""
_EMPTY = 400
"""Weight of a text up to which nothing speaks for an article."""
_OPENING = 4
_LONGEST_TITLE = 200
_PARTS = re.compile(r"\s*[|｜:：;·•»!！?？.。,،…()（）\[\]\"“”]+\s*|\s+[-–—~]+\s+|[–—]{1,2}")
_MOST_SOURCE = 300_000


def refuse_what_is_gated(document: Document, title: str, body: str) -> None:
    """Raises NotAnArticle where the page is a gate. A dated article about such pages is none."""
    if weight(body) >= _SHORT or document.about or document.meta.get("og:type", "").lower() == "article":
        return
    lines = [*body.split("\n")[:_OPENING], *printed_lines(document)[:_OPENING]]
    alone = weight(body) < _EMPTY
    if (
        kind := _titled(title, document, alone)
        or _titled(own_title(document), document, alone)
        or _marked(document)
        or _opened(lines)
    ):
        raise NotAnArticle(f"{kind}: the page stands before the article, or where its site was")


def _titled(title: str, document: Document, alone: bool) -> str | None:
    """What a headline says, where it says nothing else beside the site's name; above no text, what one of its parts says."""
    if not title or len(title) > _LONGEST_TITLE:
        return None
    names = site_names(document)
    parts = [part for part in map(folded, _PARTS.split(title)) if part and not names_site(part, names)]
    kinds = [_kind(part) for part in parts]
    if alone or None not in kinds:
        return next((kind for kind in kinds if kind), None) or _kind(folded(title).replace(",", ""))
    return _kind(folded(title).replace(",", ""))


def _opened(lines: list[str]) -> str | None:
    found = (
        _kind(folded(sentence)) for line in lines if len(line) < LONGEST for sentence in _PARTS.split(line) if sentence
    )
    return next((kind for kind in found if kind), None)


def _marked(document: Document) -> str | None:
    source = document.page.content[:_MOST_SOURCE]
    return next((kind for kind, marks in _marks().items() if any(mark in source for mark in marks)), None)


def _kind(text: str) -> str | None:
    return next((phrase.rule for phrase in _phrases().fitting(text)), None) if text else None


@cache
def _phrases() -> Phrases:
    return Phrases(
        (
            (kind, "anywhere", line.strip())
            for kind, languages in _written().items()
            for language, text in languages.items()
            if language != "marks"
            for line in str(text).splitlines()
            if line.strip()
        ),
        {},
    )


@cache
def _marks() -> dict[str, tuple[bytes, ...]]:
    return {kind: tuple(mark.encode() for mark in said.get("marks", [])) for kind, said in _written().items()}


@cache
def _written() -> Mapping[str, Mapping[str, Any]]:
    written: Mapping[str, Mapping[str, Any]] = yaml.load(
        (Path(__file__).parent / "data" / "gates.yaml").read_text("utf-8"), yaml.CSafeLoader
    )
    return written
