"""What countries are called in a language: their names, inflected, their people, governments, capitals.

Names and cities are CLDR's (babel), official names those of iso-codes (pycountry), words of nationality those of
i18n-nationality; what these lack is in ``data/places/``, a file a language, with the rules by which its words are inflected.
Where CLDR names a language after one country (``japansk``, ``japoński``), that is its word of nationality too.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pycountry
import yaml
from babel import Locale, UnknownLocaleError
from babel.core import get_global

from pipelines.lexicon import Lexicon

_FOLDER = Path(__file__).parent / "data" / "places"
_DEFAULT = "en"
_NOT_COUNTRIES = frozenset({"AC", "AQ", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UM", "UN", "XA", "XB", "ZZ"})
"""What CLDR lists among the territories and ISO 3166-1 does not, and lands without people."""
_SHORTEST_SHOUTED = 4
"""Characters of a name that is also sought in capitals: shorter ones are acronyms of something else."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A name that means a country only where the text speaks of it: one of ``signs``, or none of ``against``.

    Where it does not, it means ``instead``.
    """

    signs: tuple[str, ...]
    against: tuple[str, ...]
    instead: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """What a name means: the countries, none for a name that only looks like one.

    ``is_city`` is one of a city or region: weak evidence, since events have places. ``is_person`` is one that people bear.
    """

    countries: tuple[str, ...]
    is_city: bool = False
    doubt: Doubt | None = None
    is_person: bool = False


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The names of one language, and the words that make another name of what they stand beside."""

    names: Lexicon[Place]
    following: frozenset[str]
    preceding: frozenset[str]


@cache
def gazetteer(language: str | None) -> Gazetteer:
    """The names of a language; English ones where we know none."""
    code = _known(language)
    facts = _facts(code)
    doubts = {
        name: Doubt(_listed(doubt, "for"), _listed(doubt, "against"), doubt.get("instead"))
        for name, doubt in facts.get("doubtful", {}).items()
    }
    people = frozenset(facts.get("people", ()))
    places: dict[str, Place] = {}
    for name, countries, is_city in _names(code, facts):
        if name not in places:
            places[name] = Place(countries, is_city, doubts.get(name), name in people)
    return Gazetteer(
        Lexicon(places, _pattern(facts.get("heads")), _pattern(facts.get("tails"))),
        frozenset(facts.get("following", ())),
        frozenset(facts.get("preceding", ())),
    )


def languages() -> tuple[str, ...]:
    """The languages in which we know more than CLDR's names."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("??.yaml")))


def _known(language: str | None) -> str:
    code = {"no": "nb", "nn": "nb", "tl": "fil"}.get(language or "", language or _DEFAULT)
    try:
        return code if Locale(code).territories else _DEFAULT
    except (UnknownLocaleError, ValueError):
        return _DEFAULT


def _names(code: str, facts: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Every form of every name, its countries, and whether it is a city's; what is given of a name first counts."""
    for name in facts.get("other", ()):
        yield from ((form, (), False) for form in _cased(name))
    inflected, described = _inflections(facts, "names"), _inflections(facts, "adjectives")
    cut = frozenset(facts.get("cut", ()))
    for pair, countries in _shortened(facts):
        yield pair, countries, False
    for country, names in (*facts.get("names", {}).items(), *_territories(code), *_official(code)):
        for form in _forms(names, inflected, cut):
            yield form, tuple(country.split()), False
    for country, words in _adjectives(code, facts):
        for form in _forms(words, described, cut):
            yield form, (country,), False
            yield form[:1].upper() + form[1:], (country,), False
    for country, names in (*facts.get("places", {}).items(), *_cities(code)):
        for form in _forms(names, inflected, cut):
            yield form, (country,), True


def _shortened(facts: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Countries by one ideograph each: 日米, and 米政府 but not 中紙."""
    letters: Mapping[str, str] = facts.get("letters", {})
    for pair in facts.get("pairs", ()):
        yield pair, tuple(dict.fromkeys(letters[char] for char in pair if char in letters))
    refused = frozenset(facts.get("not_beside", ()))
    for letter, country in letters.items():
        yield from ((letter + word, (country,)) for word in facts.get("beside", ()) if letter + word not in refused)


def _forms(names: Iterable[str], inflected: Callable[[str], Iterator[str]], cut: frozenset[str]) -> Iterator[str]:
    for name in names:
        if name not in cut:
            for form in inflected(name):
                yield from _cased(form)


def _cased(name: str) -> Iterator[str]:
    yield name
    if len(name) >= _SHORTEST_SHOUTED and name.upper() != name:
        yield name.upper()


def _territories(code: str) -> Iterator[tuple[str, list[str]]]:
    for country, name in Locale(code).territories.items():
        if len(country) == 2 and country.isalpha() and country not in _NOT_COUNTRIES:
            yield country, _written(name)


def _written(name: str) -> list[str]:
    """A name as texts write it: CLDR's "Myanmar (Burma)" are two, its "&" is a word, and " - " only tells two apart."""
    if " - " in name or " – " in name:
        return []
    outside, _, inside = name.partition("(")
    return [part for part in (outside.strip(), inside.strip(" )")) if part]


def _official(code: str) -> Iterator[tuple[str, list[str]]]:
    translated = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[code], fallback=True).gettext
    for country in pycountry.countries:
        names = [getattr(country, kind, None) for kind in ("official_name", "common_name")]
        spoken = [translated(name) for name in names if name]
        yield country.alpha_2, [name for name in spoken if name.isascii() or code != _DEFAULT] if code == _DEFAULT else [
            name for name in spoken if name not in names
        ]


def _cities(code: str) -> Iterator[tuple[str, list[str]]]:
    zones = {zone: country for zone, country in get_global("zone_territories").items() if "/" in zone}
    counted: dict[str, int] = {}
    for country in zones.values():
        counted[country] = counted.get(country, 0) + 1
    chief = frozenset(_common()["zones"])
    spoken = Locale(code).time_zones
    latin = Locale(code).script in (None, "Latn") and Locale(code).territories["JP"].isascii() or code in languages()
    for zone, country in zones.items():
        if counted[country] == 1 or zone in chief:
            city = spoken.get(zone, {}).get("city") or (zone.rsplit("/")[-1].replace("_", " ") if latin else None)
            if city and country not in _NOT_COUNTRIES:
                yield country, [city]


def _adjectives(code: str, facts: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    yield from facts.get("adjectives", {}).items()
    yield from _nationalities().get(code, {}).items()
    if (turn := facts.get("from_languages")) is not None:
        spoken = Locale(code).languages
        for language, country in _common()["nations"].items():
            word = spoken.get(language, "")
            for suffix, ending in turn.items():
                if word.endswith(suffix):
                    yield country, [word[: len(word) - len(suffix)] + ending]
                    break
    if (derived := facts.get("from_names")) is not None:
        for country, names in _territories(code):
            yield country, [stem + ending for name in names for stem, endings in _stems(name, derived) for ending in endings]


def _stems(name: str, derived: Mapping[str, list[str]]) -> Iterator[tuple[str, list[str]]]:
    if " " in name or "-" in name:
        return
    for suffix in sorted(derived, key=len, reverse=True):
        if name.endswith(suffix):
            yield name[: len(name) - len(suffix)].lower(), derived[suffix]
            return


def _inflections(facts: Mapping[str, Any], kind: str) -> Callable[[str], Iterator[str]]:
    """What makes the forms of a name, by the language's table of endings: the longest ending that fits counts.

    Of a name of several words the first forms, then the second forms … stand together: they are the same cases.
    """
    table: Mapping[str, list[str]] = facts.get("forms", {}).get(kind, {})
    endings = sorted(table, key=len, reverse=True)

    def word_forms(word: str) -> list[str]:
        for ending in endings:
            if word.endswith(ending):
                stem = word[: len(word) - len(ending)]
                return [stem + other for other in table[ending]]
        return [word]

    def forms(name: str) -> Iterator[str]:
        yield name
        words = [word_forms(word) for word in name.split(" ")]
        if len(words) == 1:
            yield from words[0]
        elif len({len(word) for word in words}) == 1:
            yield from (" ".join(case) for case in zip(*words, strict=True))

    return forms


def _listed(doubt: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(doubt.get(name, ()))


def _pattern(written: str | None) -> re.Pattern[str] | None:
    return re.compile(written) if written else None


def _facts(code: str) -> dict[str, Any]:
    path = _FOLDER / f"{code}.yaml"
    return _read(path) if path.exists() else {}


@cache
def _common() -> dict[str, Any]:
    return _read(_FOLDER / "common.yaml")


@cache
def _nationalities() -> dict[str, Any]:
    return _read(_FOLDER / "nationalities.yaml")


def _read(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)  # to others NO is a truth value
    return read
