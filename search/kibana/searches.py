"""Saved searches for Discover, from ``searches.yaml``."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml

from search.kibana.objects import ARTICLES, Reference, SavedObject, compact, signed

_INDEX = "kibanaSavedObjectMeta.searchSourceJSON.index"
"""What a search calls its data view (Kibana, saved search's references)."""


def saved_searches() -> tuple[SavedObject, ...]:
    """Our saved searches over the articles."""
    told = yaml.safe_load(files("search.kibana").joinpath("searches.yaml").read_text("utf-8"))
    return tuple(_search(one) for one in told)


def _search(told: dict[str, Any]) -> SavedObject:
    source = {
        "highlightAll": True,
        "version": True,
        "query": {"query": told["query"], "language": "kuery"},
        "filter": [],
        "indexRefName": _INDEX,
    }
    attributes: dict[str, Any] = {
        "title": told["title"],
        "description": signed(told["description"]),
        "columns": told["columns"],
        "sort": [[told["sort"], "desc"]],
        "grid": {},
        "hideChart": False,
        "isTextBasedQuery": False,
        "hits": 0,
        "version": 1,
        "timeRestore": "from" in told,
        "kibanaSavedObjectMeta": {"searchSourceJSON": compact(source)},
    }
    if "from" in told:
        attributes["timeRange"] = {"from": told["from"], "to": "now"}
        attributes["refreshInterval"] = {"pause": True, "value": 60_000}
    if "breakdown" in told:
        attributes["breakdownField"] = told["breakdown"]
    return SavedObject("search", told["id"], attributes, (Reference(_INDEX, "index-pattern", ARTICLES),))
