"""What is a word? One rule for both backends and for highlights, so that the same search finds the same articles.

A word is a run of letters, marks and digits; dots between single letters are no part of it (U.S. is US). In scripts written
without spaces, and in Hangul, whose particles are written onto the word, every character is a word of its own, and a search
for several of them in a row is a search for a phrase, so any part of a Japanese sentence can be found.
Case, accents and typographic quotes do not matter.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x0F00, 0x0FFF),  # Tibetan
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x3007),  # 々 〇
    (0x3040, 0x30FA),  # Hiragana, Katakana
    (0x30FC, 0x30FF),
    (0x3400, 0x4DBF),  # Han
    (0x4E00, 0x9FFF),
    (0xAC00, 0xD7A3),  # Hangul
    (0xF900, 0xFAFF),
)
"""Code points of scripts that are searched character by character."""

_UNSPACED = "".join(f"{chr(first)}-{chr(last)}" for first, last in UNSPACED)
_MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u0900-\u0963\u0971-\u0dff"
"""Marks that Python's ``\\w`` does not count: accents, points of Hebrew and Arabic, the Indic blocks without their full stops."""
PART = rf"(?:[^\W_{_UNSPACED}]|[{_MARKS}])"
"""What words are made of."""
_LETTER = rf"[^\W\d_{_UNSPACED}]"
_SPACED = rf"{_LETTER}(?:\.{_LETTER}(?!{PART}))+|(?:[^\W_{_UNSPACED}]+|[{_MARKS}]+)+"
_BEYOND_LATIN = re.compile("[^\x00-\u02ff\u2000-\u2fff]")
_LATIN_PART = r"[^\W_]"
_LATIN_WORD = re.compile(r"[^\W\d_](?:\.[^\W\d_](?![^\W_]))+|[^\W_]+")
"""The same rule where no character is beyond Latin, but for punctuation: three times as fast, and soon compiled."""

_JAVA_UNSPACED = "".join(f"\\u{first:04x}-\\u{last:04x}" for first, last in UNSPACED)
JAVA_PART = rf"[\p{{L}}\p{{M}}\p{{N}}&&[^{_JAVA_UNSPACED}]]"
_JAVA_LETTER = rf"[\p{{L}}&&[^{_JAVA_UNSPACED}]]"
JAVA = f"([{_JAVA_UNSPACED}]|{JAVA_PART}+)"
"""The rule in the dialect of Java's regex, which Elasticsearch's pattern tokenizer uses; dots are taken out before it."""
JAVA_PAIRS = (
    f"(?=([{_JAVA_UNSPACED}][{_JAVA_UNSPACED}]|(?<![{_JAVA_UNSPACED}])[{_JAVA_UNSPACED}](?![{_JAVA_UNSPACED}])"
    f"|(?<!{JAVA_PART}){JAVA_PART}+))"
)
"""The same with unspaced characters in overlapping pairs, as Lucene's ``cjk`` analysis has them."""
JAVA_DOT = rf"(?<=(?<!{JAVA_PART}){_JAVA_LETTER})\.(?={_JAVA_LETTER}(?!{JAVA_PART}))"
"""A dot between two single letters."""

_ARABIC_POINTS = "".join(map(chr, [*range(0x064B, 0x0660), 0x0640, 0x0670]))
_HEBREW_POINTS = "".join(map(chr, [*range(0x0591, 0x05BE), 0x05BF, 0x05C1, 0x05C2]))
LETTERS = {
    **dict(zip("ΆΈΉΊΌΎΏΪΫάέήίόύώϊϋΐΰ", "ΑΕΗΙΟΥΩΙΥαεηιουωιυιυ", strict=True)),
    "Ё": "Е",
    "ё": "е",
    **dict(zip("أإآٱىةیک", "اااايهيك", strict=True)),
    **dict.fromkeys(_ARABIC_POINTS + _HEBREW_POINTS, ""),
}
"""Letters of other scripts that are often typed without their marks: Greek, Russian ё, Arabic (as Lucene's ArabicNormalizer)."""
_LATIN = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "ħ": "h", "ı": "i", "þ": "th", "ŋ": "n", "ə": "a"}
)
"""Letters that Unicode does not take apart and Lucene's ASCIIFoldingFilter does."""
_LETTERS = str.maketrans(LETTERS)


@lru_cache(40_000)
def folded(text: str) -> str:
    """Text without case, and without accents on Latin letters; in other scripts marks make other letters (и, й).

    >>> folded("Négociations"), folded("ЙОД"), folded("Łódź")
    ('negociations', 'йод', 'lodz')
    """
    if text.isascii():
        return text.lower()
    kept: list[str] = []
    base = ""
    for char in unicodedata.normalize("NFKD", text.translate(_LETTERS).casefold()):
        if not unicodedata.combining(char):
            base = char
        elif base < "\u0250" and char < "\u0370":
            continue
        kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept)).translate(_LATIN)


def words(text: str) -> list[tuple[int, int, str]]:
    """The words of a text: where each starts and ends, and the word folded."""
    return [(start, end, folded(word)) for start, end, word in written(text)]


def written(text: str) -> list[tuple[int, int, str]]:
    """The words as they are written, without the dots of U.S."""
    return [(found.start(), found.end(), found[0].replace(".", "")) for found in _word(text).finditer(text)]


def listed(text: str) -> list[str]:
    """The same without their places, sooner: for whole articles."""
    return _listed(text, _word(text))


def spaced(text: str) -> list[str]:
    """The same without characters of scripts that are searched character by character."""
    return _listed(text, _word(text, unspaced=False))


def part_in(text: str) -> str:
    """What the words of a text are made of, by the simplest pattern that is enough for it."""
    return PART if _BEYOND_LATIN.search(text) else _LATIN_PART


def _listed(text: str, word: re.Pattern[str]) -> list[str]:
    return [one.replace(".", "") if "." in one else one for one in word.findall(text)]


def _word(text: str, unspaced: bool = True) -> re.Pattern[str]:
    return _any_word(unspaced) if _BEYOND_LATIN.search(text) else _LATIN_WORD


@cache
def _any_word(unspaced: bool) -> re.Pattern[str]:
    return re.compile(rf"[{_UNSPACED}]|{_SPACED}" if unspaced else _SPACED)


def is_unspaced(word: str) -> bool:
    """Is it a character of a script that is searched character by character?"""
    return word[0] > "\u0dff" and any(first <= ord(word[0]) <= last for first, last in UNSPACED)


def has_unspaced(text: str) -> bool:
    """Has it such characters?"""
    return any(is_unspaced(char) for char in text if char > "\u0dff")
