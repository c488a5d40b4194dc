"""What countries are called in a language: their names, inflected, their people, governments, capitals.

Names and cities are CLDR's (babel), official names those of iso-codes (pycountry), words of nationality those of
i18n-nationality; what these lack is in ``data/places/``, a file a language, with the rules by which its words are inflected.
Where CLDR names a language after one country (``japansk``, ``japoński``), that is its word of nationality too.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pycountry
import yaml
from babel import Locale, localedata
from babel.core import get_global

from pipelines import bylinewords
from pipelines.agencies import spellings
from pipelines.inflection import Endings, in_cases
from pipelines.lexicon import Lexicon, even

_FOLDER = Path(__file__).parent / "data" / "places"
_DEFAULT = "en"
_NOT_COUNTRIES = frozenset(
    {"AC", "AQ", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UM", "UN", "XA", "XB", "ZZ"}
)
"""What CLDR lists among the territories and ISO 3166-1 does not, and lands without people."""
_SHORTEST_SHOUTED = 4
"""Characters of a name that is also sought in capitals: shorter ones are acronyms of something else."""
_NAME, _NATIONALITY, _CAPITAL, _REGION = 1.0, 1.0, 0.5, 0.3
"""What a mention weighs: of a country, its government or leader; of its people; of its capital, which may stand
for its government; of other cities and regions, since events have places and not each is a matter of its state."""


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

    ``weight`` is what a mention counts for, ``is_person`` says that people bear the name.
    """

    countries: tuple[str, ...]
    weight: float = 1.0
    doubt: Doubt | None = None
    is_person: bool = False


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The names of one language, and the words that make another name of what they stand beside."""

    names: Lexicon[Place]
    following: frozenset[str]
    preceding: frozenset[str]


def gazetteer(language: str | None) -> Gazetteer:
    """The names of a language; English ones where we know none."""
    return _gazetteer(known_language(language))


@cache
def _gazetteer(code: str) -> Gazetteer:
    facts = _facts(code)
    doubts = {
        form: Doubt(_listed(doubt, "for"), _listed(doubt, "against"), doubt.get("instead"))
        for name, doubt in facts.get("doubtful", {}).items()
        for form in _forms([name], endings(code, "names"), frozenset())
    }
    people = frozenset(facts.get("people", ()))
    places: dict[str, Place] = {}
    for forms, countries, weight in reversed(list(_names(code, facts))):  # what is given of a name first counts
        places.update(dict.fromkeys(forms, Place(countries, weight)))
    for name in places.keys() & (doubts.keys() | people):
        places[name] = replace(places[name], doubt=doubts.get(name), is_person=name in people)
    return Gazetteer(
        Lexicon(places, *affixes(code)),
        frozenset(facts.get("following", ())),
        frozenset(facts.get("preceding", ())),
    )


@cache
def languages() -> tuple[str, ...]:
    """The languages in which we know more than CLDR's names."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("??.yaml")))


def endings(code: str, kind: str) -> Endings:
    """By what the ``names`` or ``adjectives`` of a language are inflected."""
    table: Endings = _facts(code).get("forms", {}).get(kind, {})
    return table


def affixes(code: str) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """What may precede and follow a name within its word."""
    facts = _facts(code)
    return _pattern(facts.get("heads")), _pattern(facts.get("tails"))


def known_language(language: str | None) -> str:
    """The code by which we know a language; that of English for those we do not."""
    code = {"no": "nb", "nn": "nb", "tl": "fil"}.get(language or "", language or _DEFAULT)
    return code if localedata.exists(code) else _DEFAULT


def _names(code: str, facts: Mapping[str, Any]) -> Iterator[tuple[list[str], tuple[str, ...], float]]:
    """Every form of every name, its countries, and what a mention weighs."""
    yield _forms((*facts.get("other", ()), *_agencies()), {}, frozenset()), (), _NAME
    inflected, described = endings(code, "names"), endings(code, "adjectives")
    cut = frozenset(facts.get("cut", ()))
    for pair, countries in _shortened(facts):
        yield [pair], countries, _NAME
    spoken = (code,) if code in languages() else (code, _DEFAULT)
    territories = chain.from_iterable((*_territories(one), *_official(one)) for one in spoken)
    contracted = facts.get("contracted", {})
    for country, names in (*facts.get("names", {}).items(), *territories):
        forms = _forms(names, inflected, cut)
        for article, joined in contracted.items():
            forms += [joined + form[len(article) :] for form in forms if form.startswith(article)]
        yield forms, tuple(country.split()), _NAME
    for country, words in _adjectives(code, facts):
        forms = _forms(words, described, cut)
        yield [*forms, *(form[:1].upper() + form[1:] for form in forms)], (country,), _NATIONALITY
    cities = {_CAPITAL: (*facts.get("capitals", {}).items(), *_cities(code)), _REGION: facts.get("regions", {}).items()}
    for weight, places in cities.items():
        for country, names in places:
            yield _forms(names, inflected, cut), (country,), weight


def _shortened(facts: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Countries by one ideograph each: 日米, and 米政府 but not 中紙."""
    letters: Mapping[str, str] = facts.get("letters", {})
    for pair in facts.get("pairs", ()):
        yield pair, tuple(dict.fromkeys(letters[char] for char in pair if char in letters))
    refused = frozenset(facts.get("not_beside", ()))
    for letter, country in letters.items():
        yield from ((letter + word, (country,)) for word in facts.get("beside", ()) if letter + word not in refused)


def _forms(names: Iterable[str], inflected: Endings, cut: frozenset[str]) -> list[str]:
    forms = [form for name in names if name not in cut for form in in_cases(even(name), inflected)]
    return forms + [form.upper() for form in forms if len(form) >= _SHORTEST_SHOUTED]


@cache
def _territories(code: str) -> list[tuple[str, list[str]]]:
    return [
        (country, _written(name))
        for country, name in Locale(code).territories.items()
        if len(country) == 2 and country.isalpha() and country not in _NOT_COUNTRIES
    ]


def _written(name: str) -> list[str]:
    """A name as texts write it: CLDR's "Myanmar (Burma)" are two, its "&" is a word, and " - " only tells two apart."""
    if " - " in name or " – " in name:
        return []
    outside, _, inside = name.partition("(")
    return [part for part in (outside.strip(), inside.strip(" )")) if part]


def _official(code: str) -> Iterator[tuple[str, list[str]]]:
    translated = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[code], fallback=True).gettext
    for country, names in _registered():
        spoken = map(translated, names)
        yield country, [name for name in spoken if (name.isascii() if code == _DEFAULT else name not in names)]


@cache
def _registered() -> list[tuple[str, list[str]]]:
    """The English official and common names of iso-codes."""
    kinds = ("official_name", "common_name")
    return [
        (country.alpha_2, [name for kind in kinds if (name := getattr(country, kind, None))])
        for country in pycountry.countries
    ]


def _cities(code: str) -> Iterator[tuple[str, list[str]]]:
    zones = {zone: country for zone, country in get_global("zone_territories").items() if "/" in zone}
    counted: dict[str, int] = {}
    for country in zones.values():
        counted[country] = counted.get(country, 0) + 1
    chief = frozenset(_common()["zones"])
    spoken = Locale(code).time_zones
    latin = (
        Locale(code).script in (None, "Latn") and Locale(code).territories.get("JP", "").isascii()
    ) or code in languages()
    for zone, country in zones.items():
        if counted[country] == 1 or zone in chief:
            city = spoken.get(zone, {}).get("city") or (zone.rsplit("/")[-1].replace("_", " ") if latin else None)
            if city and country not in _NOT_COUNTRIES:
                yield country, [city]


def _adjectives(code: str, facts: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    yield from facts.get("adjectives", {}).items()
    yield from _nationalities(code).items()
    if (turn := facts.get("from_languages")) is not None:
        spoken = Locale(code).languages
        for language, country in _common()["nations"].items():
            word = spoken.get(language, "").lower()
            for suffix, ending in turn.items():
                if word.endswith(suffix):
                    yield country, [word[: len(word) - len(suffix)] + ending]
                    break
    if (derived := facts.get("from_names")) is not None:
        for country, names in _territories(code):
            yield (
                country,
                [stem + ending for name in names for stem, endings in _stems(name, derived) for ending in endings],
            )


def _stems(name: str, derived: Mapping[str, list[str]]) -> Iterator[tuple[str, list[str]]]:
    if " " in name or "-" in name:
        return
    for suffix in sorted(derived, key=len, reverse=True):
        if name.endswith(suffix):
            yield name[: len(name) - len(suffix)].lower(), derived[suffix]
            return


def _listed(doubt: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(doubt.get(name, ()))


def _pattern(written: str | None) -> re.Pattern[str] | None:
    return re.compile(written) if written else None


def _facts(code: str) -> dict[str, Any]:
    return _read(_FOLDER / f"{code if code in languages() else _DEFAULT}.yaml")


@cache
def given_names() -> frozenset[str]:
    """Common given names, in small letters."""
    return frozenset(bylinewords.given_names())


@cache
def _agencies() -> tuple[str, ...]:
    """Wire services that are called after a country: Agence France-Presse."""
    return tuple(sorted(spelling for spelling in spellings() if " " in spelling))


def _common() -> dict[str, Any]:
    return _read(_FOLDER / "common.yaml")


def _nationalities(code: str) -> dict[str, Any]:
    path = _FOLDER / "nationalities" / f"{code}.yaml"
    return _read(path) if path.exists() else {}


@cache
def _read(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506 - only strings: to other loaders NO is a truth value
    return read
