"""Which countries does an article speak of, which is it really about, and which pairs of them?

A country is spoken of by name, nationality, government ("the Kremlin"), or capital. A name within a longer proper name
("China Daily") and a person's ("Michael Jordan") do not count.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from archive.article import CountryWeight
from pipelines.gazetteer import Gazetteer, Place, gazetteer, given_names
from pipelines.lexicon import Found, even

_TITLE, _SUMMARY, _LEAD, _BODY = 6.0, 3.0, 2.0, 1.0
"""What a mention weighs: an article says first what it is about."""
_LEAD_LENGTH = 300
_LEAST = 1.0
"""What all mentions of a country weigh at least: one mention of a city far below says nothing of its country."""
_MOST_ABOUT = 5
_ABOUT_SHARE, _ABOUT_LEAST, _ABOUT_OF_TOP = 0.15, 2.5, 0.33
"""From which share of all mentions, from which weight, and from which part of the chief one's weight on an article is about a
country. Chosen on two thirds of ``bench/enrichment.jsonl``."""
_NEAR = 30
_WORD_BEFORE = re.compile(r"([\w.]+) $")
_WORD_AFTER = re.compile(r"[ -](\w+)")


@dataclass(frozen=True, slots=True)
class Places:
    """Countries by ISO 3166-1 alpha-2, most spoken of first, and the pairs among those that the article is about."""

    countries: tuple[str, ...]
    weights: tuple[CountryWeight, ...]
    about: tuple[str, ...]
    dyads: tuple[str, ...]


def places_of(title: str, summary: str | None, body: str, language: str | None) -> Places:
    """The countries of an article."""
    known = gazetteer(language)
    standfirst = summary or ""
    text = even(f"{title}\n{standfirst}\n{body}")
    bounds = (len(title), len(title) + 1 + len(standfirst), len(title) + 2 + len(standfirst) + _LEAD_LENGTH)
    mentions = [
        found for found in known.names.find(text) if found.meaning.countries and not _is_other_name(text, found, known)
    ]
    people = {
        found.name
        for found in mentions
        if found.meaning.is_person and found.start > bounds[0] and _is_person(text, found)
    }
    counted: defaultdict[tuple[str, ...], float] = defaultdict(float)
    for found in mentions:
        if found.name not in people or _is_signed(found, text):
            counted[_meant(found, text)] += _weight(found.start, bounds) * found.meaning.weight
    return _ranked(_by_country(counted))


def _weight(at: int, bounds: tuple[int, int, int]) -> float:
    if at < bounds[0]:
        return _TITLE
    if at < bounds[1]:
        return _SUMMARY
    return _LEAD if at < bounds[2] else _BODY


def _by_country(counted: Mapping[tuple[str, ...], float]) -> dict[str, float]:
    weights: defaultdict[str, float] = defaultdict(float)
    for countries, weight in counted.items():
        for country in countries:
            weights[country] += weight
    return weights


def _ranked(weights: Mapping[str, float]) -> Places:
    ordered = sorted(weights.items(), key=lambda one: -one[1])
    ranked = [(country, weight) for country, weight in ordered if weight >= _LEAST]
    total = sum(weight for _, weight in ranked) or 1.0
    least = max(_ABOUT_LEAST, _ABOUT_SHARE * total, _ABOUT_OF_TOP * (ranked[0][1] if ranked else 0.0))
    about = tuple(country for country, weight in ranked if weight >= least)[:_MOST_ABOUT]
    return Places(
        tuple(country for country, _ in ranked),
        tuple(CountryWeight(country=country, weight=round(100 * weight / total)) for country, weight in ranked),
        about,
        tuple(sorted("-".join(sorted(pair)) for pair in combinations(about, 2))),
    )


def _is_other_name(text: str, found: Found[Place], known: Gazetteer) -> bool:
    """Is it a part of a longer name, as in "China Daily"?"""
    after = _WORD_AFTER.match(text, found.end)
    if after and after[1] in known.following:
        return True
    before = _WORD_BEFORE.search(text, max(0, found.start - _NEAR), found.start) if known.preceding else None
    return before is not None and before[1] in known.preceding


def _is_person(text: str, found: Found[Place]) -> bool:
    """Is it a given name before a surname, or a surname after a given name that opens no sentence?"""
    after = _WORD_AFTER.match(text, found.end)
    if after and after[1][0].isupper() and text[found.end] == " ":
        return True
    before = _WORD_BEFORE.search(text, max(0, found.start - _NEAR), found.start)
    if before is None or not before[1].istitle():
        return False
    opens_sentence = not text[max(0, before.start() - 2) : before.start()].strip().isalnum()
    return before[1].lower() in given_names() or not opens_sentence


def _meant(found: Found[Place], text: str) -> tuple[str, ...]:
    doubt = found.meaning.doubt
    if doubt is None or _is_signed(found, text):
        return found.meaning.countries
    if any(sign in text for sign in doubt.against) or (doubt.signs and not doubt.against):
        return (doubt.instead,) if doubt.instead else ()
    return found.meaning.countries


def _is_signed(found: Found[Place], text: str) -> bool:
    """Does the text show that the country is meant?"""
    doubt = found.meaning.doubt
    return doubt is not None and any(sign in text for sign in doubt.signs)
