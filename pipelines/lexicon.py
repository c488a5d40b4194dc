"""Where do known names stand in a text? The openings of all names of a language are sought in one pass (Aho-Corasick), the
longest name that goes on from there counts.

The words of a language that is written without spaces may stand anywhere; others must begin and end where a word does. What
may follow a name within its word (Finnish cases, Korean particles) or precede it (Arabic articles) is the language's own rule.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation

Meaning = TypeVar("Meaning")

_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u309f\u3400-\u9fff\uf900-\ufaff]")
"""Scripts without spaces. Katakana is written without them too, but a foreign name is one run of it: タイ is not in タイトル."""
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc]")
_LONGEST_AFFIX = 12
_OPENING = 6
"""Characters of a name that are sought: so few that names share them, so many that hardly any other text has them."""
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
    """Known names with their meanings; of names that only their apostrophes, hyphens or spaces tell apart the first counts.

    ``tails`` and ``heads`` say what may follow or precede a name within its word.
    """

    def __init__(
        self,
        names: Mapping[str, Meaning],
        heads: re.Pattern[str] | None = None,
        tails: re.Pattern[str] | None = None,
    ) -> None:
        evened = even("\n".join(names)).split("\n") if names else []  # at once: a language has up to 20,000
        known = dict(zip(evened[::-1], list(names.values())[::-1], strict=True))
        self._names = sorted(known)
        self.meanings = tuple(map(known.__getitem__, self._names))
        self._heads, self._tails = heads, tails
        # Of their openings, which many share, an automaton is made in a tenth of the time that all names take.
        openings = dict.fromkeys(name[:_OPENING] for name in self._names)
        self._automaton = AhoCorasick(list(openings), implementation=Implementation.ContiguousNFA)
        self._longest = max(map(len, self._names), default=0)

    def find(self, text: str) -> Iterator[Found[Meaning]]:
        """The names in an ``even`` text, from left to right, none within another."""
        openings = self._automaton.find_matches_as_indexes(text, overlapping=True)
        done = 0
        for start in sorted({start for _, start, _ in openings}):
            if start < done:
                continue
            known = self._begun(text[start : start + self._longest])
            if known is None:
                continue
            done = start + len(self._names[known])
            if not self._opens(text, start):
                continue
            while known is not None:
                name = self._names[known]
                end = start + len(name)
                if self._closes(text, end):
                    yield Found(self.meanings[known], name, start, end)
                    break
                known = self._begun(name[:-1])  # what may stand here where the longer one turns out not to

    def _begun(self, text: str) -> int | None:
        """The longest name that a text begins with.

        Of sorted names it is the last that comes before the text, or one that this begins with as the text does.
        """
        at = len(self._names)
        while (at := bisect_right(self._names, text, 0, at) - 1) >= 0:
            name = self._names[at]
            if text.startswith(name):
                return at
            text = text[: _in_common(name, text)]
        return None

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


def _in_common(one: str, other: str) -> int:
    """Characters that two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
