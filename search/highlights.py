"""Fragments of a text around the words that were sought, as HTML in which only ``<em>`` is markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from archive.article import Article
from search.analysis.stems import is_acronym, kept, kept_words, stem, stem_of
from search.analysis.synonyms import MARK, Synonyms
from search.families import family_of
from search.query import STEMMED, Query, Starts, Words, sought
from search.tokens import folded, words

_AROUND = 80
"""Characters shown on each side of a match."""
_MOST_FRAGMENTS = 3
_LONGEST = 200_000
"""Characters of a text that are looked through."""

_Rows = dict[str, list[tuple[str, ...]]]
"""Words in a row that are sought, by the first of them."""


def highlights(article: Article, query: Query, synonyms: Synonyms) -> dict[str, tuple[str, ...]]:
    """By field, where the words that an article was found by stand in its title, standfirst and body, inflected or as synonyms."""
    leaves, family = sought(query), family_of(article.language)
    marked = {}
    for name in STEMMED:
        mine = [leaf for leaf in leaves if leaf.field in (None, name)]
        text = (getattr(article, name) or "")[:_LONGEST]
        if mine and text and (found := fragments(text, mine, family, synonyms, whole=name == "title")):
            marked[name] = found
    return marked


def fragments(
    text: str, leaves: Sequence[Words | Starts], family: str, synonyms: Synonyms, *, whole: bool
) -> tuple[str, ...]:
    """The places where a text of a language family has these words, or the ``whole`` text (a title) with them marked."""
    exact, inflected, starts = _exact_rows(leaves), _inflected_rows(leaves, family, synonyms), _prefixes(leaves)
    spans: list[tuple[int, int]] = []
    at = apart = last = 0
    for line in text.splitlines(keepends=True):
        for start, end in sorted([*_plain_spans(line, exact, starts), *_inflected_spans(line, inflected, family)]):
            spans.append((at + start, at + end))
            if not apart or at + start > last + _AROUND:
                apart, last = apart + 1, at + end
        at += len(line)
        if apart > _MOST_FRAGMENTS and not whole:
            break  # what comes after is not shown
    return _around(text, _merged(spans), whole=whole)


def _around(text: str, spans: list[tuple[int, int]], *, whole: bool) -> tuple[str, ...]:
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


def _exact_rows(leaves: Sequence[Words | Starts]) -> _Rows:
    return _by_first(
        tuple(word for *_, word in words(leaf.text)) for leaf in leaves if isinstance(leaf, Words) and leaf.exact
    )


def _inflected_rows(leaves: Sequence[Words | Starts], family: str, synonyms: Synonyms) -> _Rows:
    plain = (leaf for leaf in leaves if isinstance(leaf, Words) and not leaf.exact)
    forms = (form for leaf in plain for form in synonyms.forms(leaf.text))
    return _by_first(tuple(_sought(word, family, synonyms) for word in kept_words(form, family)) for form in forms)


def _prefixes(leaves: Sequence[Words | Starts]) -> tuple[str, ...]:
    return tuple(leaf.prefix for leaf in leaves if isinstance(leaf, Starts))


def _sought(word: str, family: str, synonyms: Synonyms) -> str:
    looked_up = synonyms.word(word)
    return looked_up if looked_up.startswith(MARK) else stem(looked_up, family)


def _by_first(rows: Iterable[tuple[str, ...]]) -> _Rows:
    made: _Rows = {}
    for row in rows:
        if row:
            made.setdefault(row[0], []).append(row)
    return made


def _plain_spans(text: str, rows: _Rows, starts: tuple[str, ...]) -> list[tuple[int, int]]:
    if not rows and not starts:
        return []
    tokens = words(text)
    spans = [(start, end) for start, end, word in tokens if word.startswith(starts)] if starts else []
    return spans + _rows(tokens, rows)


def _inflected_spans(text: str, rows: _Rows, family: str) -> list[tuple[int, int]]:
    if not rows:
        return []
    tokens = kept(text, family)
    spans = _rows([(start, end, stem_of(word, family)) for start, end, word in tokens], rows)
    if any(first.startswith(MARK) for first in rows):
        spans += _rows(
            [(start, end, MARK + folded(word)) for start, end, word in tokens if is_acronym(word)],
            {first: [(first,)] for first in rows if first.startswith(MARK)},
        )
    return spans


def _rows(tokens: list[tuple[int, int, str]], rows: _Rows) -> list[tuple[int, int]]:
    """Where these words stand in a row."""
    return [
        (start, tokens[at + len(row) - 1][1])
        for at, (start, _, word) in enumerate(tokens)
        if word in rows
        for row in rows[word]
        if tuple(token[2] for token in tokens[at : at + len(row)]) == row
    ]


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
