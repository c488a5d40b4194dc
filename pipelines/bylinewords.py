"""The words that stand in bylines and are nobody's name, and the patterns that they make. The words are data: ``data/bylines/``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

PIECE = "|"
"""What stands between two pieces of a byline that its page keeps apart, in elements of their own."""

_APART = frozenset({"unspaced", "ending", "article", "label"})
"""What a data file holds beside languages: signs of scripts without spaces, endings of compounds, words that open no name,
and labels, which announce somebody only before a colon."""
_SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_LONGEST_ANNOUNCEMENT = 50
_WORD_END = re.compile(r"[\s:：]")


def begins_as_byline(text: str) -> bool:
    """Does the text open with words that announce an author, and go on? "By Jane Doe" · "文：王小明" · "Text & Fotos: Jane Doe"."""
    start = text[:_LONGEST_ANNOUNCEMENT].replace(PIECE, " ")
    if start[:1] not in _first_signs() and _WORD_END.split(start.casefold(), maxsplit=1)[0] not in _first_words():
        return False  # the pattern is long, and most texts open with none of its words
    found = announcement().match(start)
    return found is not None and found.end() < len(text)


def is_label(text: str) -> bool:
    """Is the text such words alone, with a colon: "Autor:", "Text & Fotos:"? What only authors are called needs none: "Author"."""
    plain = text.strip().casefold()
    if plain in _lone_labels():
        return True
    return (
        plain.endswith((":", "：")) and (found := announcement().match(plain)) is not None and found.end() == len(plain)
    )


@cache
def announcement() -> re.Pattern[str]:
    """What announces an author, at the start of a text."""
    return re.compile(
        rf"""
        \A(?:
            (?:{_either(_by())}) (?:\s?[:：]\s?|\s(?!$))
          | (?:{_either(_labels())}) (?:\s?(?:&|\+|/|und|and|et|y|e)\s?\w{{3,15}})? \s?[:：]\s?
          | (?:{_either(_signs())}) \s?(?:[:：／/|｜●◎○=＝◆■]\s?|\s)
        ){{1,4}}
        """,
        re.VERBOSE | re.IGNORECASE,
    )


@cache
def lone_announcement() -> re.Pattern[str]:
    """The same in an element of its own, and the end of that."""
    words = _either([*_by(), *_labels(), *_signs()])
    return re.compile(rf"(?<!\w)(?P<by>{words})\s?[:：]?\s?[{PIECE}]\s?[:：]?\s?", re.IGNORECASE)


@cache
def shared_announcement() -> re.Pattern[str]:
    """Who wrote and took the photos: "Text & Fotos:"."""
    by, others = _either([*_by(), *_labels()]), _either(_read("words.yaml")["others"])
    return re.compile(rf"(?<!\w)(?P<by>{by})\s?(?:&|\+|/|and|und|et|y|e)\s?(?:{others})\s?[:：]\s?", re.IGNORECASE)


@cache
def others_credit() -> re.Pattern[str]:
    """Whom a piece names as photographer, editor or translator."""
    spaced, unspaced = (_either(_read("words.yaml")[key]) for key in ("others", "others_unspaced"))
    return re.compile(
        rf"""
        (?: (?<!\w)(?:{spaced})\s? (?: [:：©]\s?[{PIECE}]? | (?:by|von|par|por|di|de)\s?[:：]?[\s{PIECE}]\s?[:：]?[{PIECE}]? )
          | (?:{unspaced})\s?[:：／/●◎=＝]\s?[{PIECE}]?
        )
        [^{PIECE}]*
        """,
        re.VERBOSE | re.IGNORECASE,
    )


def credits_of_others(text: str) -> str:
    """Those credits in a byline, as they are written."""
    return "".join(found[0] for found in others_credit().finditer(text))


@cache
def speaker() -> re.Pattern[str]:
    """What announces a speaker within a headline: "Speech by"."""
    return re.compile(rf"(?<!\w)(?:{_either(_read('words.yaml')['spoken'])})\s", re.IGNORECASE)


@cache
def conjunction() -> re.Pattern[str]:
    """What joins two people within a piece."""
    words = _read("words.yaml")["and"]
    short, long = [word for word in words if len(word) == 1], [word for word in words if len(word) > 1]
    two_words = r"(?=[^\W\d_]\S*\s[^\W\d_])"  # "José Ortega y Gasset" is one man
    return re.compile(rf"(?:^|\s)(?:{_either(long)})\s|\s(?:{_either(short)})\s{two_words}|(?<=\S)\sと\s?")


@cache
def conjunction_of_pieces() -> re.Pattern[str]:
    """What joins two people whose names have elements of their own."""
    words = _either(_read("words.yaml")["and"])
    return re.compile(rf"[{PIECE}]?\s?(?P<and>,|&|;|(?<![^\s{PIECE}])(?:{words})(?=\s?[{PIECE}]))\s?[{PIECE}]?")


@cache
def afterword() -> re.Pattern[str]:
    """The place, the outlet or the time after a name, to the end."""
    return re.compile(rf"\s(?:{_either(_read('words.yaml')['after'])})(?:\s.*)?$")


@cache
def unspaced_role() -> re.Pattern[str]:
    """What somebody is, in a script without spaces."""
    return re.compile(_either(_words("roles.yaml", "unspaced")))


@cache
def unspaced_collective() -> re.Pattern[str]:
    """What makes a word an organisation's or a place's, in a script without spaces."""
    return re.compile(_either(_words("collectives.yaml", "unspaced")))


@cache
def roles() -> frozenset[str]:
    """What people are."""
    return _words("roles.yaml")


@cache
def nobodys() -> frozenset[str]:
    """Words that no name holds."""
    return _words("collectives.yaml") | roles()


@cache
def endings() -> tuple[str, ...]:
    """How compounds end that are an organisation's: "Bundesverband", "Tageszeitung"."""
    return tuple(_words("collectives.yaml", "ending"))


@cache
def articles() -> frozenset[str]:
    """Words that open an outlet's name, and nobody's: "The Example". Further in they are particles: "Isabella La Rosa"."""
    return _words("collectives.yaml", "article")


@cache
def given_names() -> tuple[str, ...]:
    """Given names that a host may begin with, in lower case and without signs."""
    return tuple(as_in_host(name) for name in _words("given.yaml") if len(name) > 2)


def as_in_host(text: str) -> str:
    """A name as it is written in a host: "Jürgen Müller" is juergenmueller."""
    plain = text.casefold().translate(_SPELT)
    return re.sub(r"[\W_]", "", "".join(sign for sign in unicodedata.normalize("NFD", plain) if sign.isascii()))


@cache
def places() -> frozenset[str]:
    """Places that look like a name, in lower case."""
    return frozenset(place.casefold() for place in _read("places.yaml"))


@cache
def _read(file: str) -> Any:
    return yaml.load((Path(__file__).parent / "data" / "bylines" / file).read_text("utf-8"), yaml.CSafeLoader)


def _words(file: str, kind: str = "") -> frozenset[str]:
    known = _read(file)
    return frozenset(known[kind] if kind else (w for key, words in known.items() if key not in _APART for w in words))


def _by() -> list[str]:
    return [word for key, words in _read("words.yaml")["by"].items() if key not in _APART for word in words]


def _labels() -> list[str]:
    return list(_read("words.yaml")["by"]["label"])


@cache
def _lone_labels() -> frozenset[str]:
    """The labels that mean nobody but an author: "text" and "interview" head other things."""
    return frozenset(
        word for word in _labels() if word.startswith(("aut", "verfasser", "forfatter", "автор", "penulis", "szerző"))
    )


def _signs() -> list[str]:
    return list(_read("words.yaml")["by"]["unspaced"])


@cache
def _first_words() -> frozenset[str]:
    return frozenset(word.split()[0].casefold() for word in [*_by(), *_labels()])


@cache
def _first_signs() -> frozenset[str]:
    return frozenset(word[0] for word in _signs())


def _either(words: Iterable[str]) -> str:
    """The longest first, written so that it holds in a verbose pattern, too."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
