"""Which phrases does a line consist of? A look-up among thousands of them.

A line is compared with the phrases that can open as it does (a dictionary of openings), and with those that open with a gap
only where a word they need is in the line.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pipelines.folding import even_letters, folded
from pipelines.phrase_language import (
    OPENING,
    Item,
    apart,
    ends_of,
    gaps_in,
    literals_in,
    needed_words,
    openings_of,
    parsed,
    pattern_of,
)

Words = Mapping[str, Sequence[str]]
"""Words by the kind of gap that they may stand in."""
Place = Literal["anywhere", "head", "edge", "tail", "end", "beside"]

LONGEST = 400
"""Characters of a line that may be boilerplate: the longest disclaimers and consent notices; longer lines are not looked at."""
_LONGEST_WITHOUT_OPENING = 220
"""Characters of a line that may be a phrase which opens with a gap ("<name> is a fellow at …")."""
_FEW_SIGNS = 50
"""So many signs are sooner looked for in a line than the line is parted into its own."""
_FIRST_UNPARTED = "\u3000"
"""From here on are the scripts of Chinese, Japanese and Korean, whose words are not reliably parted by spaces."""
_UNPARTED = re.compile(f"[{_FIRST_UNPARTED}-\U0010ffff]")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"\w+")
"""A word of a folded line, which has no underscore."""


@dataclass(frozen=True, eq=False)
class Phrase:
    """A phrase with the name of its rule, the place where it holds, and the words of its gaps: all, and those in ASCII."""

    rule: str
    place: Place
    items: tuple[Item, ...]
    words: Words
    ascii_words: Words

    # Late: of thousands of phrases a page's lines open as some hundreds do, have the words of some dozens, and are a few.
    @cached_property
    def gaps(self) -> frozenset[str]:
        """The kinds of its gaps."""
        return frozenset(gaps_in(self.items))

    @cached_property
    def _needed(self) -> tuple[tuple[str, ...], ...]:
        # One text is seldomer there than one of several, and a long one seldomer than a short one; a space is in any line.
        telling = (literals for literals in literals_in(self.items) if all(map(str.strip, literals)))
        return tuple(sorted(telling, key=lambda literals: (len(literals), -min(map(len, literals)))))

    @cached_property
    def _ends(self) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
        return ends_of(self.items, self.words, 0), ends_of(self.items, self.words, -1)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(pattern_of(self.items, self.words))

    @cached_property
    def _pattern_in_ascii(self) -> re.Pattern[str]:
        return re.compile(pattern_of(self.items, self.ascii_words))

    def may_fit(self, line: str) -> bool:
        """Has this folded line all the words that it needs?"""
        for literals in self._needed:
            for literal in literals:
                if literal in line:
                    break
            else:
                return False
        return True

    def fits(self, line: str) -> bool:
        """Is it all that this folded line says?"""
        opening, ending = self._ends
        if (opening and not line.startswith(opening)) or (ending and not line.endswith(ending)):
            return False  # as most are not, for which no pattern needs to be made
        # Most lines are in ASCII, and a pattern of hundreds of words is made in half the time without all others.
        pattern = self._pattern_in_ascii if line.isascii() else self._pattern
        return pattern.fullmatch(line) is not None


class Phrases:
    """Phrases, found by how a line opens."""

    def __init__(self, rules: Iterable[tuple[str, Place, str]], words: Words) -> None:
        self._words = {kind: tuple(dict.fromkeys(map(even_letters, listed))) for kind, listed in words.items()}
        self._ascii = {kind: tuple(filter(str.isascii, listed)) or listed for kind, listed in self._words.items()}
        self._whole: defaultdict[str, list[Phrase]] = defaultdict(list)
        self._by_opening: defaultdict[str, list[Phrase]] = defaultdict(list)
        self._by_sign: dict[str, dict[str, list[Phrase]]] = {}
        for rule, place, text in rules:
            self._add(rule, place, text)

    def _add(self, rule: str, place: Place, text: str) -> None:
        words = self._words
        plain = Phrase(rule, place, (), words, self._ascii)
        for items in apart(parsed(text)):
            if all(isinstance(item, str) for item in items):
                self._whole[folded("".join(map(str, items)))].append(plain)
                continue
            phrase = Phrase(rule, place, items, words, self._ascii)
            openings = {opening.rstrip("\0") for opening in openings_of(items, words)}
            if "" in openings:
                for word in needed_words(items, words, text):
                    self._by_sign.setdefault(_sign(word), {}).setdefault(word, []).append(phrase)
            else:
                for opening in openings:
                    self._by_opening[opening].append(phrase)

    def may_fit(self, text: str) -> bool:
        """Does a text that is not folded yet open as a phrase does, or is it short enough for one that opens with a gap?"""
        if len(text) <= _LONGEST_WITHOUT_OPENING:
            return True
        opening = folded(text[: 4 * OPENING])
        return any(opening[:size] in self._by_opening for size in range(1, OPENING + 1))

    def fitting(self, line: str) -> list[Phrase]:
        """The phrases that a folded line consists of, whatever their place."""
        near: list[Phrase] = []
        for size in range(1, OPENING + 1):
            near += self._by_opening.get(line[:size], ())
        if len(line) <= _LONGEST_WITHOUT_OPENING:
            few = len(self._by_sign) < _FEW_SIGNS
            for sign in self._by_sign if few else self._by_sign.keys() & _signs(line):
                for word, phrases in self._by_sign[sign].items():
                    if word in line:
                        near += phrases
        if not near:
            return list(self._whole.get(line, ()))
        found = [phrase for phrase in dict.fromkeys(near) if phrase.may_fit(line)]
        if found and _DIGIT.search(line) is None:
            found = [phrase for phrase in found if "date" not in phrase.gaps]
        return [*self._whole.get(line, ()), *(phrase for phrase in found if phrase.fits(line))]


def _signs(line: str) -> set[str]:
    """What tells that a word may be in a line: each of its words, and, where words are not parted, each of its characters."""
    return {"", *_WORD.findall(line), *(() if line.isascii() else _UNPARTED.findall(line))}


def _sign(word: str) -> str:
    """The sign by which a word is looked up; none for a word without letters."""
    return word[0] if word >= _FIRST_UNPARTED else next(iter(_WORD.findall(word)), "")
