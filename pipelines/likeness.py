"""Are two texts near-duplicates? Told by what is left when what they share is taken away.

A copy is covered: nearly all words of one of the two stand in shingles of the other, whatever else the other has, in whatever
order. What differs inside of the shared passages tells the copy from the next of a series: a misspelling or another
spelling is alike, where today's market report has other figures and other names in yesterday's sentences.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import groupby

from archive.article import Article
from pipelines.shingles import Shingled, is_unspaced, shingled, words_of


@dataclass(frozen=True, slots=True)
class _Bounds:
    """What makes a copy: the least share of one text's words that stand in the other, the most names and words replaced in them."""

    covered: float
    names: float
    words: float


_OTHER_OUTLET = _Bounds(0.6, 1 / 40, 1 / 12)
"""Copies that were cut to 40%, misspelt and mixed with other lines have as many. An editor changes one word in twenty; a notice that
differs by a country and a weekday has one name in 30."""
_SAME_OUTLET = _Bounds(0.85, 1 / 100, 1 / 40)
"""Issues of one outlet's briefing share their opening and closing paragraphs, up to three quarters."""
_FIGURES = 0.7
"""Of the figures in shared passages, those that are the same."""
_SMALLEST_PART = 0.25
"""How much of the longer text the shorter must be: a digest holds many stories and is none of them. A preview may be any part."""
_LONGEST_GAP = 12
"""Words; where more differ, the passage is another one."""
_LONGEST_SPELLING = 200
"""Characters of a passage that are compared: the time grows with their square, and a hostile word may have any number."""
_ALIKE_WORDS = 0.6
"""Likeness of letters of what is one word in two spellings."""
_ALIKE_NAMES = 0.8
"""The same of names, which are told apart by less: Iran and Iraq, Sunday and Tuesday."""


@dataclass(frozen=True, slots=True)
class _Difference:
    """What stands in one place in each of two texts."""

    one: list[str]
    other: list[str]

    @property
    def names(self) -> int:
        """How many names and figures stand there: words with a capital, or of a script that has none."""
        return min(sum(1 for word in words if not word.islower()) for words in (self.one, self.other))


def are_alike(one: Article, other: Article) -> bool:
    """Is one of these articles' texts a near-duplicate of the other's? It does not matter which comes first.

    A translation is none, nor is another issue of a series, nor an article that quotes the other.
    """
    (shorter, short), (longer, long) = sorted(
        ((article, _words(article.body)) for article in (one, other)), key=lambda pair: (len(pair[1]), pair[1])
    )
    if short == long:
        return True
    if len(short) < _SMALLEST_PART * len(long) and not shorter.truncated:
        return False
    unspaced = is_unspaced(long)
    first, second = _shingled(shorter.body, unspaced), _shingled(longer.body, unspaced)
    bounds = _SAME_OUTLET if one.outlet.id == other.outlet.id else _OTHER_OUTLET
    of_first, of_second = _covered(first, second), _covered(second, first)
    if sum(of_first) * len(of_second) >= sum(of_second) * len(of_first):
        return _is_copy(first, second, of_first, bounds)
    return _is_copy(second, first, of_second, bounds)


def _is_copy(text: Shingled, source: Shingled, covered: bytearray, bounds: _Bounds) -> bool:
    """Is ``text`` covered by ``source``, and not by its template alone?"""
    shared = sum(covered)
    if not shared or shared < bounds.covered * len(text.words):
        return False
    differences = _differences(text, source, covered)
    figures = sum(1 for word, there in zip(text.words, covered, strict=True) if there and word[0].isdigit())
    other_figures = sum(1 for one in differences if _figures(one.one) != _figures(one.other))
    if other_figures > 1 and figures < _FIGURES * (figures + other_figures):
        return False
    replaced = [one for one in differences if _is_replaced(one)]
    names = sum(one.names for one in replaced)
    return names <= bounds.names * shared and len(replaced) <= bounds.words * shared


def _covered(text: Shingled, source: Shingled) -> bytearray:
    """Which words of a text stand in shingles that the source has: 1 for each."""
    there, mark = set(source.shingles), b"\1" * text.length
    covered = bytearray(len(text.words))
    for at, shingle in enumerate(text.shingles):
        if shingle in there:
            covered[at : at + text.length] = mark
    return covered


def _differences(text: Shingled, source: Shingled, covered: bytearray) -> list[_Difference]:
    """Short passages of the text between shared ones, each with what the source has in its place."""
    places = {shingle: at for at, shingle in reversed(list(enumerate(source.shingles)))}
    found, at = [], 0
    for is_shared, run in groupby(covered):
        start, at = at, at + len(list(run))
        if is_shared or start == 0 or at == len(covered) or at - start > _LONGEST_GAP:
            continue
        # A passage ends where the shingle before it ends, and goes on where the shingle after it begins.
        begins = places.get(text.shingles[start - text.length])
        ends = places.get(text.shingles[at])
        if begins is not None and ends is not None and 0 < ends - begins - text.length <= _LONGEST_GAP:
            found.append(_difference(text.words[start:at], source.words[begins + text.length : ends]))
    return found


def _difference(one: list[str], other: list[str]) -> _Difference:
    """What these passages do not have in common."""
    return _Difference([word for word in one if word not in other], [word for word in other if word not in one])


def _is_replaced(difference: _Difference) -> bool:
    """Does another thing stand there, not the same in another spelling?"""
    if _figures(difference.one) != _figures(difference.other):
        return True
    if not difference.one or not difference.other:
        return False  # left out, or added
    one, other = ("".join(words).casefold()[:_LONGEST_SPELLING] for words in (difference.one, difference.other))
    if min(len(one), len(other)) == 1:
        return False  # a character or a letter: another spelling of what stands around it
    alike = _ALIKE_NAMES if difference.names else _ALIKE_WORDS
    return SequenceMatcher(None, one, other, autojunk=False).ratio() < alike


def _figures(words: list[str]) -> list[str]:
    return [word for word in words if word[0].isdigit()]


@lru_cache(maxsize=16)
def _words(body: str) -> list[str]:
    """The same text is compared with several."""
    return words_of(body)


@lru_cache(maxsize=16)
def _shingled(body: str, unspaced: bool) -> Shingled:
    return shingled(_words(body), unspaced)
