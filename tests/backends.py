"""The two backends of the index: one suite of tests runs on both."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from elasticsearch import Elasticsearch

from search.index import Connection

BACKENDS = ["embedded", "elasticsearch"]


def connection_of(request: pytest.FixtureRequest) -> Iterator[Connection | None]:
    """None for the embedded index; for the real one a connection with an alias of its own, whose indices go at the end."""
    if request.param == "embedded":
        yield None
        return
    url = request.getfixturevalue("elasticsearch_url")
    alias = f"test-{uuid.uuid4().hex[:12]}"
    yield Connection(url, alias)
    with Elasticsearch(url) as client:
        if there := list(client.indices.get(index=f"{alias}-*").body):
            client.indices.delete(index=there, ignore_unavailable=True)
