"""Which words does a text have in which order? Its shingles: every few words in a row (Broder, "On the resemblance and containment of
documents", 1997).

Case, accents and punctuation do not matter. In scripts without spaces every character counts as a word, as in ``search/tokens.py``,
and twice as many make a shingle.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from search.tokens import UNSPACED

_CLASS = "".join(f"{chr(first)}-{chr(last)}" for first, last in UNSPACED)
_WORD = re.compile(rf"[{_CLASS}]|[^\W_{_CLASS}]+")
_CHARACTER = re.compile(rf"[{_CLASS}]")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_IN_WORDS, _IN_CHARACTERS = 5, 10
"""Words, or characters, to a shingle. Of 784 unrelated articles no two share more than a third of their words by such shingles;
with one word in ten misspelt an article still shares four fifths."""
_LONGEST = 400_000
"""Characters that are looked at: more than any article has, so that a hostile page costs no minute."""


@dataclass(frozen=True, slots=True)
class Shingled:
    """A text's words, and the shingles that begin at each of them but the last few, without case. ``length`` is a shingle's, in words."""

    words: list[str]
    shingles: list[str]
    length: int


def words_of(text: str) -> list[str]:
    """The words of a text without accents.

    >>> words_of("L’été, 3.5 % — 台湾"), words_of("")
    (['L', 'ete', '3', '5', '台', '湾'], [])
    """
    read = text[:_LONGEST]
    if not read.isascii():
        read = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", read)))
    return _WORD.findall(read)


def is_unspaced(words: list[str]) -> bool:
    """Are most of these words single characters of a script without spaces?"""
    return 2 * sum(1 for word in words if _CHARACTER.match(word)) > len(words)


def shingled(words: list[str], unspaced: bool) -> Shingled:
    """The shingles of these words; none where they are fewer than one shingle has."""
    length = _IN_CHARACTERS if unspaced else _IN_WORDS
    plain = [word.casefold() for word in words]
    return Shingled(words, [" ".join(row) for row in zip(*(plain[n:] for n in range(length)), strict=False)], length)
