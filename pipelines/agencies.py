"""Which wire service is named? Its names in their languages and scripts, and the sites of its own, from ``data/agencies.yaml``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from archive.urls import host_of
from pipelines.sites import registrable
from pipelines.text import even

SURE = 2
"""Evidence that makes a piece republished: one sure sign, or two weak ones of different kinds."""
WEAK = 1
_LONGEST_NOTE = 60
_LONGEST_NAME = 50
_INITIALS_LENGTH = 4
"""Letters of a name that may as well be somebody's initials, a word or a button: its case has to be the agency's."""
_MOST_WORDS = 12
APART = re.compile(
    r"\s*(?:[/,;|+&·、，＝=]|\s[-–—]\s|\b(?:and|und|et|y|e|и|ja|og|en|with|for|via|mit|avec|con|com)\b)\s*"
)
_INITIALS = re.compile(r"[a-zäöü]{1,5}|[\w-]{2,30}\.[a-z]{2,4}|[A-Z]{2,4}")
_BY = re.compile(r"^(?:by|von|par|por|de|di|door|the|l['’])\s*(?<=[\s'’])", re.IGNORECASE)
_STAFF = re.compile(
    r"\s+(?:staff|news|writers?|reporters?|correspondents?|news agency|newsroom|photo|nachrichtenagentur|agency|in \w{2,20})$"
)
_AROUND = '()[]（）【】«»"“” .,;:–—-*•/'
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Known:
    """Names by their plain spelling, the spellings as they stand, and the agencies of registrable domains."""

    names: dict[str, str]
    spellings: frozenset[str]
    sites: dict[str, str]
    telling: dict[str, list[frozenset[str]]]


@lru_cache(4_096)  # a line's parts are asked for more than once, and agencies are few
def agency_named(text: str) -> str | None:
    """The wire service that these words are the name of; None for anything else.

    >>> agency_named("The Associated Press"), agency_named("AP said so")
    ('AP', None)
    """
    if len(text) > _LONGEST_NAME:
        return None
    bare = _bare(text)
    names, plain = _known().names, bare.casefold()
    name = names.get(plain) or names.get(_STAFF.sub("", plain))
    if name and len(plain) <= _INITIALS_LENGTH and bare != bare.upper() and bare not in _known().spellings:
        return None  # "App", "Uni" and "ap" are a word or somebody's initials; "APP", "UNI" and "dpa" are agencies
    return name


def agencies_in(text: str) -> tuple[str, ...]:
    """The wire services of a line that names nothing else: "AFP/Reuters", or "dpa/jd" with its editor's initials."""
    if len(text) > _LONGEST_NOTE:
        return ()
    whole = even(text).strip(_AROUND)
    if name := agency_named(whole):
        return (name,)
    parts = [part for part in APART.split(whole) if part]
    named = [agency_named(part) for part in parts]
    others = [part for part, name in zip(parts, named, strict=True) if not name]
    if not any(named) or any(not _INITIALS.fullmatch(other) or not ("/" in text or "," in text) for other in others):
        return ()
    return tuple(dict.fromkeys(name for name in named if name))


def agency_of_site(url: str) -> str | None:
    """The wire service whose own site an address is on."""
    host, sites = host_of(url), _known().sites
    return sites.get(host) or sites.get(registrable(host))


def agency_at_home(url: str, site_name: str) -> frozenset[str]:
    """The wire services whose own site this may be: by its domain, or by the name that it gives itself."""
    words = even(site_name).split()[:_MOST_WORDS]
    spans = {" ".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1)}
    label = registrable(host_of(url)).partition(".")[0]
    by_domain = agency_named(label) if len(label) > _INITIALS_LENGTH else None
    return frozenset(filter(None, (agency_of_site(url), by_domain, *map(agency_named, spans))))


def may_name_agencies(texts: Sequence[str]) -> list[int]:
    """The places of the texts that have all words of an agency's name. Cheap, for many texts of which most have none.

    >>> may_name_agencies(["The minister said.", "By Jane Doe, Associated Press", "Pressed, the associated agreed."])
    [1]
    """
    telling = _known().telling
    words = set(_WORD.findall("\n".join(texts).casefold()))
    names = {word: there for word in telling.keys() & words if (there := [n for n in telling[word] if n <= words])}
    found = []
    for at, text in enumerate(texts if names else ()):
        folded = text.casefold()
        told = [word for word in names if word in folded]
        if told:
            own = set(_WORD.findall(folded))
            if any(name <= own for word in told for name in names[word]):
                found.append(at)
    return found


def _bare(text: str) -> str:
    return _BY.sub("", even(text).strip(_AROUND)).strip(_AROUND)


def _plain(text: str) -> str:
    return _bare(text).casefold()


def is_agency(name: str) -> bool:
    """Is this, in whatever case, what a wire service is called?"""
    return _plain(name) in _known().names


def spellings() -> frozenset[str]:
    """All names of all wire services, as they are printed."""
    return _known().spellings


@cache
def _known() -> _Known:
    path = Path(__file__).parent / "data" / "agencies.yaml"
    data: dict[str, dict[str, Any]] = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    spelled = {
        even(spelling): name
        for name, entry in data.items()
        for spelling in [*([] if entry.get("word") else [name]), *entry["names"]]
    }
    return _Known(
        names={_plain(spelling): name for spelling, name in spelled.items()},
        spellings=frozenset(spelled),
        sites={site: name for name, entry in data.items() for site in entry["sites"]},
        telling=_telling(list(spelled)),
    )


def _telling(spellings: list[str]) -> dict[str, list[frozenset[str]]]:
    """Names, as their words, by the one of these that fewest others have: "emirates" of "Emirates News Agency"."""
    names = [frozenset(_WORD.findall(spelling.casefold())) for spelling in spellings]
    counts = Counter(word for name in names for word in name)
    telling: dict[str, list[frozenset[str]]] = {}
    for name in names:
        if name:
            telling.setdefault(min(name, key=lambda word: (counts[word], -len(word), word)), []).append(name)
    return telling
