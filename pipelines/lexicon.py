"""Where do known names stand in a text? The openings of all names of a language are sought in one pass (Aho-Corasick), the
longest name that goes on from there counts.

The words of a language that is written without spaces may stand anywhere; others must begin and end where a word does. What
may follow a name within its word (Finnish cases, Korean particles) or precede it (Arabic articles) is the language's own rule.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation

Meaning = TypeVar("Meaning")

_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u309f\u3400-\u9fff\uf900-\ufaff]")
"""Scripts without spaces. Katakana is written without them too, but a foreign name is one run of it: タイ is not in タイトル."""
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc]")
_LONGEST_AFFIX = 12
_OPENING = 6
"""Characters of a name that are sought: so few that names share them, so many that hardly any other text has them."""
_MANY = 8
"""Names with the same opening from which on it is told by twice as many characters."""
_EVENED = tuple(zip("‐‑–’ʼ\u00a0\u202f", "---''  ", strict=True))
"""What is printed differently and means the same; each stays one character, so that places in the text stay the same."""


@dataclass(frozen=True, slots=True)
class Found(Generic[Meaning]):
    """A name in a text: what it means, the name as it is known, and where it stands in the text."""

    meaning: Meaning
    name: str
    start: int
    end: int


class Lexicon(Generic[Meaning]):
    """Known names, ``even`` ones, with their meanings. ``tails`` and ``heads`` say what may follow or precede one within its word."""

    def __init__(
        self,
        names: Mapping[str, Meaning],
        heads: re.Pattern[str] | None = None,
        tails: re.Pattern[str] | None = None,
    ) -> None:
        self.names = names
        self._heads, self._tails = heads, tails
        # Of their openings, which many share, an automaton is made in a tenth of the time that all names take.
        opened: defaultdict[str, list[str]] = defaultdict(list)
        for name in names:
            opened[name[:_OPENING]].append(name)
        for opening in [opening for opening, some in opened.items() if len(some) > _MANY]:
            for name in opened.pop(opening):  # all that begin with "Republic of"
                opened[name[: 2 * _OPENING]].append(name)
        self._opened = list(opened.values())
        self._automaton = AhoCorasick(list(opened), implementation=Implementation.ContiguousNFA)

    def find(self, text: str) -> Iterator[Found[Meaning]]:
        """The names in an ``even`` text, from left to right, none within another."""
        places: dict[int, list[str]] = {}
        for opening, start, _ in self._automaton.find_matches_as_indexes(text, overlapping=True):
            for name in self._opened[opening]:
                if text.startswith(name, start):
                    places.setdefault(start, []).append(name)
        done = 0
        for start in sorted(places):
            if start < done:
                continue
            begun = sorted(places[start], key=len, reverse=True)
            done = start + len(begun[0])
            if not self._opens(text, start):
                continue
            for name in begun:  # a shorter one may stand where the longer one turns out not to
                if self._closes(text, end := start + len(name)):
                    yield Found(self.names[name], name, start, end)
                    break

    def _opens(self, text: str, at: int) -> bool:
        if at == 0 or not within_word(text[at - 1], text[at]):
            return True
        if self._heads is None:
            return False
        begin = at
        while begin > 0 and at - begin < _LONGEST_AFFIX and _is_letter(text[begin - 1]):
            begin -= 1
        return self._heads.fullmatch(text, begin, at) is not None

    def _closes(self, text: str, at: int) -> bool:
        if at == len(text) or not within_word(text[at - 1], text[at]):
            return True
        if self._tails is None:
            return False
        end = at
        while end < len(text) and end - at < _LONGEST_AFFIX and _is_letter(text[end]):
            end += 1
        return self._tails.fullmatch(text, at, end) is not None


def even(text: str) -> str:
    """A text with one kind of hyphen, apostrophe and space, each character in its place."""
    if not text.isascii():
        for printed, meant in _EVENED:
            text = text.replace(printed, meant)
    return text


def within_word(before: str, after: str) -> bool:
    """Do two neighbouring characters belong to the same word?"""
    if before.isascii() and after.isascii():
        return before.isalnum() and after.isalnum()
    if _UNSPACED.match(before) or _UNSPACED.match(after):
        return False
    if _KATAKANA.match(before) or _KATAKANA.match(after):
        return bool(_KATAKANA.match(before) and _KATAKANA.match(after))
    return _is_letter(before) and _is_letter(after)


def _is_letter(char: str) -> bool:
    """Vowel signs of Indian scripts are no letters to Python, but they are part of a word."""
    return (
        char.isalnum() or "\u0900" <= char <= "\u0dff" or "\u0300" <= char <= "\u036f" or "\u064b" <= char <= "\u065f"
    )
