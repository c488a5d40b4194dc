"""What the catalogue promises: how many outlets, from where, in which languages, and that each says where it was seen."""

from collections import Counter
from functools import cache
from typing import get_args

import pytest
from babel.core import get_global

from crawler.catalogue import check_outlets, load_outlets
from crawler.outlet import Kind, Outlet, Ownership
from crawler.settings import OUTLETS_FOLDERS

OURS = OUTLETS_FOLDERS[:1]
CONTINENTS = {
    "Africa": ["Africa"],
    "America": ["America"],
    "Asia": ["Asia"],
    "Europe": ["Europe"],
    "Oceania": ["Australia", "Pacific"],
}
"""The areas of the time zones of each, by CLDR's list of a country's zones, which Babel ships."""


@cache
def our_outlets() -> tuple[Outlet, ...]:
    return tuple(load_outlets(OURS))


def area_of(country: str) -> str:
    """Where most of a country's time zones are: New York and Honolulu make America."""
    zones = get_global("territory_zones")[country]
    return Counter(zone.partition("/")[0] for zone in zones).most_common(1)[0][0]


def test_every_file_is_right() -> None:
    assert check_outlets(OURS) == []


def test_there_are_150_outlets_of_40_countries_in_15_languages() -> None:
    assert len(our_outlets()) >= 150
    assert len({outlet.country for outlet in our_outlets()}) >= 40
    assert len({language for outlet in our_outlets() for language in outlet.languages}) >= 15


@pytest.mark.parametrize("continent", CONTINENTS)
def test_every_continent_has_several_outlets(continent: str) -> None:
    assert sum(area_of(outlet.country) in CONTINENTS[continent] for outlet in our_outlets()) >= 3


@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_kind_is_there(kind: str) -> None:
    assert any(outlet.kind == kind for outlet in our_outlets())


@pytest.mark.parametrize("ownership", get_args(Ownership))
def test_every_ownership_is_there(ownership: str) -> None:
    assert any(outlet.ownership == ownership for outlet in our_outlets())


def test_no_announcement_and_no_site_is_two_outlets() -> None:
    announced = Counter(url for outlet in our_outlets() for url in (*outlet.feeds, *outlet.sitemaps))
    sites = Counter(site for outlet in our_outlets() for site in outlet.sites)
    assert [one for one, times in (announced + sites).items() if times > 1] == []


def test_every_outlet_names_where_its_announcements_and_its_publisher_were_seen() -> None:
    assert [outlet.id for outlet in our_outlets() if not (outlet.seen_in.sources and outlet.seen_in.publisher)] == []


def test_a_paywall_is_stated_where_it_was_seen_and_bodies_of_states_have_none() -> None:
    stated = [outlet for outlet in our_outlets() if outlet.paywall != "unknown"]
    assert [one.id for one in stated if not one.seen_in.paywall and one.kind not in ("ministry", "organization")] == []
    assert {one.paywall for one in stated if one.kind in ("ministry", "organization")} == {"none"}
