"""Who worked on the report? Credit lines taken out of the text and split into people and agencies.

"Reporting by …; Editing by …" is how Reuters signs, "With files from …" is Canadian, "Mit Material von …" German usage;
the words are in ``data/credits.yaml``. A line is one only if names follow: "Edited by experts, the volume …" stays.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from archive.article import Credits
from pipelines.agencies import SURE, WEAK, agencies_in, agency_named
from pipelines.deriving import Dropped
from pipelines.text import even

_LONGEST = 600
_LONGEST_ENDING = 250
_LONGEST_AGENCY = 60
_HEAD, _TAIL = 4, 0.6
"""A source is named among the first lines or in the last part of the text, an agency's name alone in the last part."""
_MOST_WORDS = 5
_NAMES = re.compile(
    r"\s*(?:[,;&+、，；|]|\s/\s|(?<=\w)/(?=\w)|\b(?:and|und|et|y|e|и|та|en|og|och|ja|ve|with|as well as|sowie)\b)\s*"
)
_WHERE = re.compile(r"\s+(?:in|from|aus|à|en|em|a|в|из)\s+(?:the\s+|dem\s+)?(?=[A-ZÀ-ÞА-Я]).*$|\s+للنشرة العربية$")
_WHO = re.compile(
    r"^(?:the\s)?(?:(?:[A-Z]\w*\.?\s){1,4}(?:writers?|reporters?|correspondents?|journalists?|editors?)\s|.{2,40}[’']s?\s(?=[A-Z]))"
)
"""Whose they are, before the name: "Associated Press writer", "The Example Post’s"."""
_PARTICLES = frozenset(
    [
        "de",
        "da",
        "do",
        "dos",
        "das",
        "del",
        "della",
        "di",
        "du",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "ibn",
        "bint",
        "ben",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "ten",
        "y",
        "e",
        "af",
        "av",
        "und",
        "zu",
        "zur",
    ]
)
_ARTICLES = frozenset(
    ["the", "a", "an", "die", "das", "les", "une", "los", "las", "o", "os", "gli", "uno", "een", "het"]
)
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af・]{2,12}")
_NO_NAME = re.compile(r"[\d@<>{}\[\]_=#:?!]|https?|www\.|\.(?:com|org|net)\b")
_MARKS = re.compile(
    r"^(?:(?:©|ⓒ|\(?c\)|copyright)\s*(?:by\s)?(?:(?:19|20)\d{2}\s)?)+|,?\s?dpa:\d{6}[\d/-]{1,20}$", re.IGNORECASE
)
"""What stands around an agency's name: its copyright, and dpa's number of the report."""
_AROUND = " \t()（）[]【】.,;–—-*•"


@dataclass(frozen=True, slots=True)
class Credited:
    """The lines without the credit lines, what these said, and how much they say for each agency.

    ``helping`` are agencies of which an author used something ("With files from …").
    """

    lines: list[str]
    credits: Credits
    agencies: Mapping[str, int]
    helping: tuple[str, ...]
    dropped: list[Dropped]


@dataclass(slots=True)
class _Said:
    """What credit lines said so far."""

    people: dict[str, list[str]] = field(default_factory=dict)
    agencies: Counter[str] = field(default_factory=Counter)
    helping: dict[str, None] = field(default_factory=dict)


def split_credits(lines: Sequence[str], pictured: Container[str] = frozenset()) -> Credited:
    """Take credit lines ("Reporting by …; Editing by …") out of the lines, and read who did what.

    ``pictured`` are lines that stand with pictures: an agency that they name made the picture.
    """
    kept: list[str] = []
    dropped: list[Dropped] = []
    said = _Said()
    for at, line in enumerate(lines):
        if _is_credit(line, at, len(lines), _Said() if line in pictured else said):
            dropped.append(Dropped(line, "credits"))
        else:
            kept.append(line)
    people = {role: tuple(dict.fromkeys(names)) for role, names in said.people.items() if names}
    return Credited(kept, Credits(**people), said.agencies, tuple(said.helping), dropped)


def _is_credit(line: str, at: int, total: int, said: _Said) -> bool:
    """Reads the line into ``said`` when it is one."""
    if len(line) > _LONGEST:
        return False
    late = at >= total * _TAIL or total - at <= _HEAD
    label = _labels().match(line)
    if label is not None:
        return _read_labels(line, early=at < _HEAD, late=late, said=said)
    if len(line) <= _LONGEST_ENDING and (ending := _ending(line)) is not None:
        return _read_names(line[:ending], "additional", WEAK, said)
    return late and len(line) <= _LONGEST_AGENCY and _read_agencies(line, said)


def _read_labels(line: str, early: bool, late: bool, said: _Said) -> bool:
    """A line of one or several labels, each with its names; nothing is read unless each has some."""
    found = list(_labels().finditer(line))
    ends = [label.start() for label in found[1:]] + [len(line)]
    read = _Said()
    for label, end in zip(found, ends, strict=True):
        role, names = str(label.lastgroup), line[label.end() : end]
        if role in ("source", "by"):
            if not (late or early) or not _read_agencies(names, read):
                return False
        elif not _read_names(names, role, WEAK if role == "additional" else SURE, read):
            return False
    roles = [str(label.lastgroup) for label in found]
    if any(pair == ("reporting", "editing") for pair in pairwise(dict.fromkeys(roles))) and ";" in line:
        read.agencies["Reuters"] += (
            WEAK  # Reuters Handbook of Journalism, "sign-offs": "(Reporting by …; Editing by …)"
        )
    for role, people in read.people.items():
        said.people.setdefault(role, []).extend(people)
    said.agencies.update(read.agencies)
    said.helping.update(read.helping)
    return True


def _read_names(text: str, role: str, weight: int, said: _Said) -> bool:
    """People and agencies of one label. False when one of the names is none: then it is a sentence."""
    people: list[str] = []
    agencies: list[str] = []
    general = False
    for name in _split(text):
        if agency := agency_named(name) or agency_named(name.partition(" ")[0]):
            agencies.append(agency)  # "AFP Deutschland", too
        elif name.casefold() in _wires():
            general = True
        elif _is_person(name):
            people.append(name)
        elif not name[:1].isupper() or len(name.split()) > 1:
            return False  # a capital alone may be the rest of a place ("in New York and Washington")
    if not (people or agencies or general):
        return False
    said.people.setdefault("additional" if role == "with" else role, []).extend(people)
    if role == "with":
        said.helping.update(dict.fromkeys(agencies))
        return True
    for agency in agencies:
        said.agencies[agency] += weight
    return True


def _read_agencies(text: str, said: _Said) -> bool:
    """A text that names agencies and nothing else."""
    plain = _MARKS.sub("", text.strip(_AROUND)).strip(_AROUND)
    named = agencies_in(plain)
    if not named and plain.casefold() not in _wires():
        parts = [part for part in _NAMES.split(plain) if part]
        named = tuple(filter(None, map(agency_named, parts)))
        if not named or not all(agency_named(part) or part.casefold() in _beside() for part in parts):
            return False
    for name in named:
        said.agencies[name] += SURE
    return True


def _split(text: str) -> Iterator[str]:
    for part in _NAMES.split(text.strip(_AROUND + ":：／/")):
        name = part.strip(_AROUND)
        if not agency_named(name):
            name = _WHO.sub("", _WHERE.sub("", name)).strip(_AROUND)
        if name:
            yield name


def _is_person(name: str) -> bool:
    if len(name) > 60 or _NO_NAME.search(name):
        return False
    if _UNSPACED.fullmatch(name):
        return True
    words = name.split()
    if not 2 <= len(words) <= _MOST_WORDS or words[0] in _PARTICLES or words[0].casefold() in _ARTICLES:
        return False
    return all(word in _PARTICLES or not word[0].islower() for word in words)


def _ending(line: str) -> int | None:
    """Where the names end of a line such as "Jane Doe contributed to this report."."""
    folded = line.casefold()
    tail = folded[-80:]
    if not any(stem in tail for stem in _stems()):
        return None
    for ending in _words()["endings"]:
        at = folded.find(ending)
        if at > 0 and len(folded) - at - len(ending) <= 40 and len(folded) == len(line):
            return at
    return None


@cache
def _words() -> dict[str, Any]:
    found = yaml.load((Path(__file__).parent / "data" / "credits.yaml").read_text("utf-8"), yaml.CSafeLoader)
    found["endings"] = sorted({even(e) for ends in found["endings"].values() for e in ends}, key=len, reverse=True)
    return dict(found)


@cache
def _stems() -> tuple[str, ...]:
    """What is looked for before each ending is: the start of its longest word."""
    return tuple({max(ending.split(), key=len)[:8] for ending in _words()["endings"]})


@cache
def _wires() -> frozenset[str]:
    return frozenset(even(word).casefold() for word in _words()["wires"])


@cache
def _beside() -> frozenset[str]:
    return _wires() | {even(word).casefold() for word in _words()["beside"]}


@cache
def _labels() -> re.Pattern[str]:
    """Any label, its role the name of its group: at the line's start, or after a comma, semicolon, dash or full stop."""
    groups = []
    for role, languages in _words()["labels"].items():
        phrases = sorted({phrase for phrases in languages.values() for phrase in phrases}, key=len, reverse=True)
        groups.append(f"(?P<{role}>{'|'.join(phrases)})")
    before = r"(?:^[\W_]{0,3}|(?<=[,;.。；，)）|–—/ ])(?<![\w,] )\s?(?:and\s|sowie\s)?|(?<=[,;.] )|(?<=[\u3040-\u9fff\uac00-\ud7a3] ))"
    after = r"(?:(?<=[:：/／=＝\s])|(?=[\s’'：:＝=]))\s?[’']?[:：]?\s?"
    return re.compile(rf"{before}(?:{'|'.join(groups)}){after}", re.IGNORECASE)
