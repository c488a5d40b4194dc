"""What stays of a word when it is inflected: its stem, by the article's language family.

Snowball's algorithms where both Lucene and PyStemmer have the language, and endings.txt elsewhere. Accents are folded before, so
that they do not matter in any family; what is written onto a word with an apostrophe (l'Europe, China's, Türkiye'nin) is left out.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

import Stemmer

from search.analysis.synonyms import MARK
from search.families import FAMILIES
from search.tokens import JAVA_PART, folded, listed, part_in, spaced, written

SNOWBALL = frozenset(
    {"armenian", "basque", "catalan", "danish", "dutch", "english", "estonian", "finnish", "french", "german"}
    | {
        "greek",
        "hindi",
        "hungarian",
        "indonesian",
        "irish",
        "lithuanian",
        "norwegian",
        "portuguese",
        "romanian",
    }
    | {"russian", "serbian", "spanish", "swedish", "turkish"}
)
"""Families stemmed by Snowball 2, the algorithms of Lucene 9 and 10 and of PyStemmer 2."""
UMLAUTS = ((r"ae", "a"), (r"oe", "o"), (r"(?<![aeioq])ue", "u"))
"""German ä, ö, ü as they are written without umlauts, after Lucene's GermanNormalizationFilter."""

_APOSTROPHES = "['’‘ʼ`´＇]"
_ELIDED = {
    "french": "l|d|j|m|t|s|n|c|qu|jusqu|lorsqu|puisqu|quoiqu",
    "italian": "l|d|un|c|v|s|gl|all|dall|dell|nell|sull|coll|quest|quell|degl|agl|dagl|negl|sugl",
    "catalan": "l|d|m|t|s|n",
    "irish": "d|m|b|h|n|t",
}
"""Words that lose their vowel before another, after the lists of Lucene's ElisionFilter."""
_ATTACHED = {"english": "s", "turkish": "{part}+"}
"""What follows a word's apostrophe and is not the word."""
_ACRONYM = 6
"""Letters of the longest word in capitals that is told from the same word in small ones (US, UNESCO)."""


def dropped(family: str, part: str) -> str | None:
    """A pattern whose group is left out of a family's texts, None where nothing is; ``part`` is what words are made of."""
    if elided := _ELIDED.get(family):
        return f"(?<!{part})({elided}){_APOSTROPHES}(?={part})"
    if attached := _ATTACHED.get(family):
        return f"(?<={part}){_APOSTROPHES}({attached.format(part=part)})(?!{part})"
    return None


def dropped_in_java(family: str) -> str | None:
    """The same in the dialect of Java's regex."""
    pattern = dropped(family, JAVA_PART)
    return f"(?iu){pattern}" if pattern else None


def marked(text: str, family: str) -> tuple[list[str], list[str]]:
    """What is indexed of a text: its stems in their order, and its acronyms, each once. Unspaced characters are not in it."""
    words = spaced(_without_dropped(text, family))
    return (
        [stem_of(word, family) for word in words],
        sorted({MARK + folded(word) for word in set(words) if is_acronym(word)}),
    )


def kept_words(text: str, family: str) -> list[str]:
    """The words of a text as they are written, without those that are left out in its family."""
    return listed(_without_dropped(text, family))


def _without_dropped(text: str, family: str) -> str:
    pattern = _dropped(family, part_in(text))
    return pattern.sub(" ", text) if pattern else text


def kept(text: str, family: str) -> list[tuple[int, int, str]]:
    """The same with where each starts and ends.

    >>> kept("l’Europe", "french")
    [(2, 8, 'Europe')]
    """
    pattern = _dropped(family, part_in(text))
    out = {found.start(1) for found in pattern.finditer(text)} if pattern else set()
    return [word for word in written(text) if word[0] not in out]


def is_acronym(word: str) -> bool:
    """Two to six capitals?"""
    return word.isupper() and 2 <= len(word) <= _ACRONYM and word.isalpha()


ACRONYM_IN_JAVA = rf"^(\p{{Lu}}{{2,{_ACRONYM}}})$"
"""``is_acronym`` as a pattern for Elasticsearch."""


def stem(word: str, family: str) -> str:
    """The stem of a folded word.

    >>> stem("negociations", "french"), stem("konferencji", "polish"), stem("haeuser", "german"), stem("negociations", "other")
    ('negoci', 'konferencj', 'haus', 'negociations')
    """
    if family in SNOWBALL:
        for digraph, letter in UMLAUTS if family == "german" else ():
            word = re.sub(digraph, letter, word)
        word = str(_snowball(family).stemWord(word))
    pattern = _cut(family)
    return pattern.sub("", word) if pattern else word


@lru_cache(100_000)
def stem_of(word: str, family: str) -> str:
    """The stem of a word as it is written."""
    return stem(folded(word), family)


@cache
def endings(family: str) -> str | None:
    """A pattern of what a family's words lose, after Snowball where it has that; the same in Python's dialect and in Java's."""
    for line in (Path(__file__).parent / "endings.txt").read_text("utf-8").splitlines():
        head, colon, listed = line.partition(":")
        if colon and head.split()[0].removesuffix("+") == family:
            least = int(head.split()[1])
            return _pattern(least, listed.split())
    return None


def _pattern(least: int, listed: list[str]) -> str:
    beginnings = [one.removesuffix("-") for one in listed if one.endswith("-")]
    suffixes = [one for one in listed if not one.endswith("-")]
    cut = f"(?<=.{{{least}}})(?:{'|'.join(_longest_first(suffixes))})$"
    return f"^(?:{'|'.join(_longest_first(beginnings))})(?=.{{{least + 1}}})|{cut}" if beginnings else cut


def _longest_first(parts: list[str]) -> list[str]:
    return sorted(set(parts), key=lambda part: (-len(part), part))


def endings_in_java(family: str) -> str | None:
    """The same for Elasticsearch, where acronyms are words among others, and stay as they are."""
    pattern = endings(family)
    return f"(?<!^{MARK}.{{0,{_ACRONYM}}})(?:{pattern})" if pattern else None


@cache
def _dropped(family: str, part: str) -> re.Pattern[str] | None:
    pattern = dropped(family, part)
    return re.compile(pattern, re.IGNORECASE) if pattern else None


@cache
def _cut(family: str) -> re.Pattern[str] | None:
    pattern = endings(family)
    return re.compile(pattern) if pattern else None


@cache
def _snowball(family: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(family, 0)  # words are remembered above


CODES = {family: family[:3] for family in FAMILIES}
"""How a family's stems are told apart from others' where one index holds all: ``fre:negoci``."""
