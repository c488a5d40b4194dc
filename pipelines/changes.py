"""What changed between two versions of an article? Word by word, in the paragraphs that changed.

Words are aligned with the fewest changes (Levenshtein's distance, by rapidfuzz: bit-parallel, in linear memory). In scripts
written without spaces each character is a word, as in searches. Two texts with too little in common are not aligned at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Levenshtein

from archive.article import Article
from search.tokens import UNSPACED

Kind = Literal["same", "removed", "added"]
Field = Literal["title", "summary", "body"]

_CLASS = "".join(f"{chr(first)}-{chr(last)}" for first, last in UNSPACED)
_TOKEN = re.compile(
    rf"[{_CLASS}]|(?:(?![{_CLASS}])[^\W_])(?:(?![{_CLASS}])\w|[\u0300-\u036f]|['’.,-](?=[^\W_]))*|\s+|."
)
"""A word with the signs inside it (it's, 3.5, rules-based), a run of spaces, or any one character."""
_MOST_CELLS = 16_000_000
"""Words of one text times words of the other that are aligned whatever they have in common: a hundredth of a second."""
_MOST_CHANGES = 2_000
"""Changed words in larger texts: those with more were written anew, and are shown one after the other."""
_ISLAND = 2
"""Unchanged words between two changes that only hinder reading, where the changes are longer."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stayed, went or came."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A place where a field differs, as a row of pieces, with how many paragraphs before it are the same."""

    field: Field
    unchanged: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """All places that differ, in order, and how many paragraphs after the last are the same."""

    changes: tuple[Change, ...]
    unchanged: int


def changes_between(before: Article, after: Article) -> Changes:
    """What differs in headline, standfirst and text."""
    found: list[Change] = []
    fields: tuple[tuple[Field, str, str], ...] = (
        ("title", before.title, after.title),
        ("summary", before.summary or "", after.summary or ""),
    )
    found += [Change(field, 0, words_changed(one, other)) for field, one, other in fields if one != other]
    old, new = before.body.split("\n"), after.body.split("\n")
    unchanged = 0
    for is_same, one, other in _aligned(old, new):
        if is_same:
            unchanged += len(one)
        else:
            found.append(Change("body", unchanged, words_changed("\n".join(one), "\n".join(other))))
            unchanged = 0
    return Changes(tuple(found), unchanged)


def words_changed(before: str, after: str) -> tuple[Piece, ...]:
    """Two texts as one row of pieces: without those added it reads as the first, without those removed as the second.

    >>> [(piece.kind, piece.text) for piece in words_changed("The talks failed.", "The talks resumed.")]
    [('same', 'The talks '), ('removed', 'failed'), ('added', 'resumed'), ('same', '.')]
    """
    spans = [
        (is_same, "".join(one), "".join(other))
        for is_same, one, other in _aligned(_TOKEN.findall(before), _TOKEN.findall(after))
    ]
    return tuple(_pieces(_without_islands(spans)))


def _aligned(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[bool, Sequence[str], Sequence[str]]]:
    """Runs of the two that are the same and runs that differ, in turn."""
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    if head:
        yield True, before[:head], after[:head]
    yield from _inner(before[head : len(before) - tail], after[head : len(after) - tail])
    if tail:
        yield True, before[len(before) - tail :], after[len(after) - tail :]


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _inner(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[bool, Sequence[str], Sequence[str]]]:
    if not before and not after:
        return
    if not before or not after or not _has_enough_in_common(before, after):
        yield False, before, after
        return
    start = (0, 0)
    end = (0, 0)
    for step in Levenshtein.opcodes(before, after, score_hint=_MOST_CHANGES):
        if step.tag == "equal":
            if start != end:
                yield False, before[start[0] : end[0]], after[start[1] : end[1]]
            yield True, before[step.src_start : step.src_end], after[step.dest_start : step.dest_end]
            start = (step.src_end, step.dest_end)
        end = (step.src_end, step.dest_end)
    if start != end:
        yield False, before[start[0] : end[0]], after[start[1] : end[1]]


def _has_enough_in_common(before: Sequence[str], after: Sequence[str]) -> bool:
    if len(before) * len(after) <= _MOST_CELLS:
        return True
    return Levenshtein.distance(before, after, score_cutoff=_MOST_CHANGES) <= _MOST_CHANGES


def _without_islands(spans: Sequence[tuple[bool, str, str]]) -> Iterator[tuple[bool, str, str]]:
    """The same runs, where a word or two that stayed between longer changes go with them."""
    held: tuple[str, str] | None = None
    for at, (is_same, one, other) in enumerate(spans):
        if not is_same:
            held = (held[0] + one, held[1] + other) if held else (one, other)
        elif held and at + 1 < len(spans) and _is_island(one, held, spans[at + 1]):
            held = (held[0] + one, held[1] + other)
        else:
            if held:
                yield False, *held
            held = None
            yield True, one, other
    if held:
        yield False, *held


def _is_island(text: str, before: tuple[str, str], after: tuple[bool, str, str]) -> bool:
    if "\n" in text or len(text.split()) > _ISLAND:
        return False
    return len(text) <= min(max(map(len, before)), max(len(after[1]), len(after[2])))


def _pieces(spans: Iterator[tuple[bool, str, str]]) -> Iterator[Piece]:
    for is_same, one, other in spans:
        if is_same:
            yield Piece("same", one)
            continue
        if one:
            yield Piece("removed", one)
        if other:
            yield Piece("added", other)
