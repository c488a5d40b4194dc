"""Puts synonyms into indices that are there, without indexing anything again: they are closed for a moment, changed, and opened."""

from __future__ import annotations

from typing import Any

from elasticsearch import Elasticsearch

from archive.errors import IndexUnavailable
from search.analysis.elastic import search_filters
from search.analysis.synonyms import Synonyms

_SECONDS = "30s"


def apply(client: Elasticsearch, alias: str, synonyms: Synonyms) -> int:
    """How many of the alias' indices were changed. Raises IndexUnavailable where one does not know the synonyms after it."""
    wanted = search_filters(synonyms)
    if not client.indices.exists_alias(name=alias):
        return 0
    stale = [
        name
        for name, told in client.indices.get_settings(index=alias).body.items()
        if not _has(told["settings"]["index"].get("analysis", {}).get("filter", {}), wanted)
    ]
    for name in stale:
        _put(client, name, wanted)
        _probe(client, name, synonyms)
    return len(stale)


def _has(filters: dict[str, Any], wanted: dict[str, Any]) -> bool:
    return all(filters.get(name, {}).get(key) == value for name, one in wanted.items() for key, value in _changing(one))


def _changing(one: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(key, value) for key, value in one.items() if key in ("synonyms", "pattern")]


def _put(client: Elasticsearch, name: str, wanted: dict[str, Any]) -> None:
    client.indices.close(index=name)
    try:
        client.indices.put_settings(index=name, settings={"analysis": {"filter": wanted}})
    finally:
        client.indices.open(index=name)
        client.cluster.health(index=name, wait_for_status="yellow", timeout=_SECONDS)


def _probe(client: Elasticsearch, name: str, synonyms: Synonyms) -> None:
    """An index may take synonyms and not use them, and then finds nothing (Elasticsearch 8.18, "synonyms sets")."""
    typed, found = synonyms.groups[-1]
    told = client.indices.analyze(index=name, analyzer="sought", text=typed[0])["tokens"]
    if len({one["token"] for one in told}) < 2 <= len(found):
        raise IndexUnavailable(f"{name} does not know that {typed[0]!r} is {found[-1]!r}; run: dragoman reindex")
