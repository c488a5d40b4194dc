"""All our objects, ready for a space: those that code makes, and the dashboards that ``tools/kibana`` compiled from YAML."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files

from search.kibana.maps import map_of_countries
from search.kibana.objects import (
    DEFAULT_SPACE,
    TAG,
    Reference,
    SavedObject,
    in_space,
    signed,
)
from search.kibana.searches import saved_searches
from search.kibana.views import data_views

_TAGGED = frozenset({"search", "map", "lens", "dashboard"})
"""Types that Kibana's lists filter by tag."""


def our_objects(alias: str, space: str = DEFAULT_SPACE) -> tuple[SavedObject, ...]:
    """Every object for the articles of this alias, with its ids in this space; what is mentioned stands first."""
    everything = (_tag(), *data_views(alias), *saved_searches(), map_of_countries(), *_compiled())
    return tuple(in_space(_tagged(one), space) for one in everything)


def _compiled() -> tuple[SavedObject, ...]:
    lines = files("search.kibana").joinpath("dashboards.ndjson").read_text("utf-8").splitlines()
    return tuple(_read(line) for line in lines)


def _read(line: str) -> SavedObject:
    told = json.loads(line)
    attributes = told["attributes"]
    attributes["description"] = signed(attributes["description"])
    references = tuple(Reference(one["name"], one["type"], one["id"]) for one in told["references"])
    return SavedObject(told["type"], told["id"], attributes, references)


def _tag() -> SavedObject:
    return SavedObject(
        "tag",
        TAG,
        {"name": "Dragoman", "description": signed("Put in by Dragoman"), "color": "#2B5C8A"},
    )


def _tagged(one: SavedObject) -> SavedObject:
    if one.type not in _TAGGED:
        return one
    return replace(one, references=(*one.references, Reference(f"tag-ref-{TAG}", "tag", TAG)))
