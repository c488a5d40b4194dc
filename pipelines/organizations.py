"""Which bodies of states does an article speak of? By their short English names, whatever the article's language: OTAN is NATO.

A body of another (European Commission, UNHCR) does not add its parent. Acronyms count in capitals only, and those that are
words ("WHO IS WHO") or of several meanings (ICC) only where the text shows which is meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipelines.gazetteer import affixes, endings, known_language
from pipelines.inflection import by_its_head
from pipelines.lexicon import Found, Lexicon, even

_FOLDER = Path(__file__).parent / "data"
_EVERYWHERE = "all"
_DEFAULT = "en"
_NEIGHBOURHOOD = 12
"""Characters on both sides of an acronym in which another word in small letters shows that it is none."""


def organizations_of(title: str, summary: str | None, body: str, language: str | None) -> tuple[str, ...]:
    """The organizations of an article, most spoken of first."""
    text = even(f"{title}\n{summary or ''}\n{body}")
    counted = Counter(
        found.meaning for found in _lexicon(known_language(language)).find(text) if _is_meant(found, text)
    )
    return tuple(name for name, _ in counted.most_common())


def _is_meant(found: Found[str], text: str) -> bool:
    if not found.meaning:
        return False
    signs = _signs().get(found.name, ())
    if signs and not any(sign in text for sign in signs):
        return False
    return found.name not in _words() or not _is_among_capitals(text, found)


def _is_among_capitals(text: str, found: Found[str]) -> bool:
    around = text[max(0, found.start - _NEIGHBOURHOOD) : found.start] + text[found.end : found.end + _NEIGHBOURHOOD]
    return around.isupper()


@cache
def _lexicon(code: str) -> Lexicon[str]:
    names: dict[str, str] = dict.fromkeys(map(even, _doubts()["other"]), "")
    for name, spoken in _names(code):
        names.setdefault(even(spoken), name)
    return Lexicon(names, *affixes(code))


def _names(code: str) -> Iterator[tuple[str, str]]:
    """Each name of each organization in a language, inflected; then those of all languages, and the English ones."""
    table = {**endings(code, "names"), **_doubts()["forms"].get(code, {})}
    for language in dict.fromkeys((code, _EVERYWHERE, _DEFAULT)):
        for name, spellings in _organizations().items():
            for spelling in spellings.get(language, ()):
                if language == code:
                    yield from ((name, form) for form in by_its_head(spelling, table))
                elif language == _EVERYWHERE or " " in spelling:
                    yield name, spelling


@cache
def _organizations() -> Mapping[str, Mapping[str, list[str]]]:
    return _read("organizations.yaml")


@cache
def _doubts() -> Mapping[str, Any]:
    return _read("organization_doubts.yaml")


@cache
def _signs() -> Mapping[str, list[str]]:
    signs: Mapping[str, list[str]] = _doubts()["signs"]
    return signs


@cache
def _words() -> frozenset[str]:
    return frozenset(_doubts()["words"])


def _read(name: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.load((_FOLDER / name).read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506 - only strings
    return read
