"""The index of runs, ``<alias>-runs``: what each run did at each outlet, for Kibana. Only Elasticsearch has one.

The archive has all that is in it, so what could not be pushed is pushed the next time, and all of it can be made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from elasticsearch import Elasticsearch

from archive.article import Publisher
from archive.errors import IndexUnavailable
from archive.outlet_run import OutletRun
from archive.runs import Runs
from search.cluster import client_of, complaints
from search.delivery import deliver
from search.index import Connection
from search.schema import Kind, fields_of

_TYPES: dict[Kind, dict[str, Any]] = {
    Kind.KEYWORD: {"type": "keyword", "ignore_above": 2_048},
    Kind.DATE: {"type": "date"},
    Kind.INTEGER: {"type": "long"},
}
_NESTED = ("failed_by_cause", "http_codes")
"""Pairs that belong together: KQL asks for ``http_codes: { code: 503 and count > 9 }``."""
_SETTINGS = {"number_of_shards": 1, "auto_expand_replicas": "0-1"}


def runs_index(alias: str) -> str:
    """The name of the index of runs beside the articles of this alias."""
    return f"{alias}-runs"


def runs_mapping() -> dict[str, Any]:
    """The mapping: strict, as that of articles."""
    properties: dict[str, Any] = {}
    for field in fields_of(OutletRun):
        parent, _, name = field.path.partition(".")
        if parent in _NESTED:
            nested = properties.setdefault(parent, {"type": "nested", "dynamic": "strict", "properties": {}})
            nested["properties"][name] = _TYPES[field.kind]
        else:
            properties[field.path] = _TYPES[field.kind]
    return {"dynamic": "strict", "properties": properties}


def push_new_runs(runs: Runs, connection: Connection, publisher_of: Callable[[str], Publisher]) -> int:
    """Write the runs that the index lacks, and the last that it has, which may have gone on. Raises IndexUnavailable.

    They are written in their order and each whole, so what is lacking is what began later. Returns how many runs.
    """
    with _open(connection) as client:
        since = _last(client, runs_index(connection.alias), runs.name)
        return _write(client, connection.alias, runs.since(since, publisher_of))


def push_all_runs(runs: Runs, connection: Connection, publisher_of: Callable[[str], Publisher]) -> int:
    """Write every run again. Raises IndexUnavailable. Returns how many runs."""
    with _open(connection) as client:
        return _write(client, connection.alias, runs.since(None, publisher_of))


@contextmanager
def _open(connection: Connection) -> Iterator[Elasticsearch]:
    """A client of the cluster, in which the index is ready."""
    name = runs_index(connection.alias)
    with complaints(connection.url), client_of(connection) as client:
        if client.indices.exists(index=name):
            client.indices.put_mapping(index=name, **runs_mapping())
        else:
            client.indices.create(index=name, settings=_SETTINGS, mappings=runs_mapping())
        yield client


def _last(client: Elasticsearch, index: str, home: str) -> datetime | None:
    """When the last run that the index has of this home began."""
    client.indices.refresh(index=index)
    found = client.search(
        index=index, query={"term": {"home": home}}, size=1, sort={"started_at": "desc"}, source_includes=["started_at"]
    )["hits"]["hits"]
    return datetime.fromisoformat(found[0]["_source"]["started_at"]) if found else None


def _write(client: Elasticsearch, alias: str, runs: Iterator[tuple[OutletRun, ...]]) -> int:
    index, count = runs_index(alias), 0
    for count, outlets in enumerate(runs, 1):  # noqa: B007 - how many there were is what is returned
        actions = (({"index": {"_index": index, "_id": one.id}}, one.model_dump_json()) for one in outlets)
        for done in deliver(client, actions):
            if done.reason:
                raise IndexUnavailable(f"{index} does not take a run: {done.reason}")
    client.indices.refresh(index=index)
    return count
