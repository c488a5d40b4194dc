"""Fragments of a text around the words that were sought, as HTML in which only ``<em>`` is markup."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from archive.article import Article
from search.query import Query, Starts, Words, sought
from search.tokens import words

_AROUND = 80
"""Characters shown on each side of a match."""
_MOST_FRAGMENTS = 3
_LONGEST = 200_000
"""Characters of a text that are looked through."""


def highlights(article: Article, query: Query) -> dict[str, tuple[str, ...]]:
    """By field, where the words that an article was found by stand in its title, standfirst and body."""
    leaves = sought(query)
    marked = {}
    for name in ("title", "summary", "body"):
        mine = [leaf for leaf in leaves if leaf.field in (None, name)]
        if found := fragments(getattr(article, name) or "", mine, whole=name == "title"):
            marked[name] = found
    return marked


def fragments(text: str, sought: Sequence[Words | Starts], whole: bool) -> tuple[str, ...]:
    """The places where these words stand, or the ``whole`` text (a title) with them marked."""
    text = text[:_LONGEST]
    spans = _merged(_spans(text, sought))
    if not spans:
        return ()
    if whole:
        return (_marked(text, 0, len(text), spans),)
    found: list[str] = []
    last = -1
    for start, end in spans:
        if start < last or len(found) == _MOST_FRAGMENTS:
            continue
        first, last = _word_start(text, max(0, start - _AROUND)), _word_end(text, min(len(text), end + _AROUND))
        within = [span for span in spans if first <= span[0] and span[1] <= last]
        found.append(("…" if first else "") + _marked(text, first, last, within) + ("…" if last < len(text) else ""))
    return tuple(found)


def _spans(text: str, sought: Sequence[Words | Starts]) -> list[tuple[int, int]]:
    tokens = words(text)
    spans = []
    for leaf in sought:
        if isinstance(leaf, Starts):
            spans += [(start, end) for start, end, word in tokens if word.startswith(leaf.prefix)]
            continue
        row = [word for _, _, word in words(leaf.text)]
        for i in range(len(tokens) - len(row) + 1):
            if all(tokens[i + k][2] == word for k, word in enumerate(row)):
                spans.append((tokens[i][0], tokens[i + len(row) - 1][1]))
    return spans


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _marked(text: str, first: int, last: int, spans: list[tuple[int, int]]) -> str:
    pieces, at = [], first
    for start, end in spans:
        pieces += [escape(text[at:start]), "<em>", escape(text[start:end]), "</em>"]
        at = end
    return "".join([*pieces, escape(text[at:last])]).replace("\n", " ")


def _word_start(text: str, at: int) -> int:
    return 0 if at == 0 else max(text.find(" ", at, at + 20) + 1, at)


def _word_end(text: str, at: int) -> int:
    space = text.rfind(" ", at - 20, at)
    return at if at == len(text) or space < 0 else space
