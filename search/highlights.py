"""Fragments of a text around the words that were sought, as HTML in which only ``<em>`` is markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from archive.article import Article
from search.analysis.stems import is_acronym, kept, kept_words, stem
from search.analysis.synonyms import MARK, Synonyms
from search.families import family_of
from search.query import STEMMED, Query, Starts, Words, sought
from search.tokens import folded, words

_AROUND = 80
"""Characters shown on each side of a match."""
_MOST_FRAGMENTS = 3
_LONGEST = 200_000
"""Characters of a text that are looked through."""


def highlights(article: Article, query: Query, synonyms: Synonyms) -> dict[str, tuple[str, ...]]:
    """By field, where the words that an article was found by stand in its title, standfirst and body, inflected or as synonyms."""
    leaves, family = sought(query), family_of(article.language)
    marked = {}
    for name in STEMMED:
        mine = [leaf for leaf in leaves if leaf.field in (None, name)]
        text = (getattr(article, name) or "")[:_LONGEST]
        if mine and text and (found := fragments(text, matches(text, mine, family, synonyms), whole=name == "title")):
            marked[name] = found
    return marked


def fragments(text: str, spans: list[tuple[int, int]], whole: bool) -> tuple[str, ...]:
    """The places where these spans are, or the ``whole`` text (a title) with them marked."""
    spans = _merged(spans)
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


def matches(text: str, leaves: Sequence[Words | Starts], family: str, synonyms: Synonyms) -> list[tuple[int, int]]:
    """Where a text of a language family has these words."""
    plain = words(text)
    exact = [tuple(word for *_, word in words(leaf.text)) for leaf in leaves if isinstance(leaf, Words) and leaf.exact]
    spans = _rows([(start, end, {word}) for start, end, word in plain], exact)
    for leaf in leaves:
        if isinstance(leaf, Starts):
            spans += [(start, end) for start, end, word in plain if word.startswith(leaf.prefix)]
    inflected = [leaf for leaf in leaves if isinstance(leaf, Words) and not leaf.exact]
    if inflected:
        forms = (form for leaf in inflected for form in synonyms.forms(leaf.text))
        rows = [tuple(_sought(word, family, synonyms) for word in kept_words(form, family)) for form in forms]
        spans += _rows([(start, end, _as_indexed(word, family)) for start, end, word in kept(text, family)], rows)
    return spans


def _sought(word: str, family: str, synonyms: Synonyms) -> str:
    looked_up = synonyms.word(word)
    return looked_up if looked_up.startswith(MARK) else stem(looked_up, family)


def _as_indexed(word: str, family: str) -> set[str]:
    plain = folded(word)
    return {stem(plain, family), MARK + plain} if is_acronym(word) else {stem(plain, family)}


def _rows(tokens: list[tuple[int, int, set[str]]], rows: Iterable[tuple[str, ...]]) -> list[tuple[int, int]]:
    """Where these words stand in a row."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for row in rows:
        if row:
            by_first.setdefault(row[0], []).append(row)
    spans = []
    for at, (start, _, terms) in enumerate(tokens):
        for row in (row for term in terms for row in by_first.get(term, ())):
            there = tokens[at : at + len(row)]
            if len(there) == len(row) and all(word in token[2] for word, token in zip(row, there, strict=True)):
                spans.append((start, there[-1][1]))
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
