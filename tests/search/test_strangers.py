"""Servers that are no Elasticsearch, or one that we cannot talk to: one clear line each."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

import pytest
from articles import an_article
from between import Answer, between
from elasticsearch import Elasticsearch

from archive.errors import IndexUnavailable
from search.index import Connection
from search.opening import open_index

_SIGNED = {"X-elastic-product": "Elasticsearch", "Content-Type": "application/json"}
_PLAIN = {"Content-Type": "application/json; charset=UTF-8"}


def says(status: int, body: object, headers: dict[str, str]) -> Answer:
    return status, json.dumps(body).encode(), headers


OPENSEARCH = {
    "name": "node-1",
    "cluster_name": "docker-cluster",
    "version": {"distribution": "opensearch", "number": "3.3.0", "minimum_wire_compatibility_version": "2.19.0"},
    "tagline": "The OpenSearch Project: https://opensearch.org/",
}
NOT_ACCEPTABLE = {
    "error": "Content-Type header [application/vnd.elasticsearch+json; compatible-with=8] is not supported",
    "status": 406,
}
MEDIA_TYPE = {
    "error": {
        "type": "media_type_header_exception",
        "reason": "Invalid media-type value on headers [Accept]",
        "caused_by": {
            "type": "status_exception",
            "reason": "Accept version must be either version 8 or 7, but found 9.",
        },
    },
    "status": 400,
}
OLD = {"name": "n", "version": {"number": "8.13.4", "build_flavor": "default"}, "tagline": "You Know, for Search"}


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        (says(200, OPENSEARCH, _PLAIN), "is not Elasticsearch; OpenSearch and others are not supported"),
        (says(406, NOT_ACCEPTABLE, _PLAIN), "is not Elasticsearch; OpenSearch and others are not supported"),
        ((200, b"<html>It works!</html>", {"Content-Type": "text/html"}), "is not Elasticsearch"),
        ((404, b"<html>Not found</html>", {"Content-Type": "text/html"}), "is not Elasticsearch"),
        (says(400, MEDIA_TYPE, _SIGNED), r"pip install 'elasticsearch>=8\.19,<9'"),
        (says(200, OLD, _SIGNED), "is Elasticsearch 8.13.4; 8.14 or newer is needed"),
        ((200, b"{", _SIGNED), "cannot be used"),
    ],
)
def test_a_server_that_will_not_do_is_one_clear_line(answer: Answer, line: str, tmp_path: Path) -> None:
    with between("http://127.0.0.1:9", lambda *_: answer) as server:
        with pytest.raises(IndexUnavailable, match=line) as found:
            open_index(tmp_path, Connection(server.url))
        assert str(found.value).startswith(server.url)
        assert "\n" not in str(found.value)


def test_an_elasticsearch_that_does_not_tell_its_version_may_still_be_used(
    elasticsearch_url: str, tmp_path: Path
) -> None:
    refusal = says(403, {"error": {"type": "security_exception", "reason": "unauthorized"}, "status": 403}, _SIGNED)
    alias = f"test-untold-{uuid.uuid4().hex[:12]}"
    with between(elasticsearch_url, lambda path, _: refusal if path == "/" else None) as server:
        index = open_index(tmp_path, Connection(server.url, alias))
        assert (index.write([an_article()]), index.count()) == ([], 1)
        index.close()
    with Elasticsearch(elasticsearch_url) as client:
        client.indices.delete(index=list(client.indices.get(index=f"{alias}-*").body))
