"""The index of runs, on a real Elasticsearch, through the command line."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Dragoman
from elasticsearch import BadRequestError, Elasticsearch

from archive.article import Publisher
from archive.errors import IndexUnavailable
from archive.home import open_home
from archive.store import Store, open_store
from search.index import Connection
from search.runs import push_all_runs, push_new_runs, runs_index, runs_mapping

NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
def connection(elasticsearch_url: str) -> Iterator[Connection]:
    alias = f"test-{uuid.uuid4().hex[:12]}"
    yield Connection(elasticsearch_url, alias)
    with Elasticsearch(elasticsearch_url) as client:
        client.indices.delete(index=list(client.indices.get(index=f"{alias}-*").body), ignore_unavailable=True)


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with open_store(open_home(home)) as opened:
        yield opened


def publisher(outlet: str) -> Publisher:
    return Publisher(id=outlet, name=outlet.title())


def a_run(store: Store, found: int, *, ended: bool = True) -> int:
    run = store.begin_run("crawl")
    if ended:
        store.finish_run(run, {"discovered/strait": found})
    return run


def known(connection: Connection) -> list[tuple[int, int]]:
    """Number and links found of each run that the index has."""
    with Elasticsearch(connection.url) as client:
        hits = client.search(index=runs_index(connection.alias), size=1000, sort={"run": "asc"})["hits"]["hits"]
    return [(hit["_source"]["run"], hit["_source"]["found"]) for hit in hits]


def test_what_the_index_lacks_is_pushed_and_the_last_again(store: Store, connection: Connection) -> None:
    a_run(store, 1)
    a_run(store, 2)
    assert push_new_runs(store.runs, connection, publisher) == 2
    a_run(store, 3)
    assert push_new_runs(store.runs, connection, publisher) == 2
    assert push_new_runs(store.runs, connection, publisher) == 1
    assert known(connection) == [(1, 1), (2, 2), (3, 3)]


def test_a_run_that_went_on_is_told_to_its_end(store: Store, connection: Connection) -> None:
    run = a_run(store, 1)
    late = store.begin_run("crawl")
    push_new_runs(store.runs, connection, publisher)
    store.finish_run(late, {"discovered/strait": 9})
    push_new_runs(store.runs, connection, publisher)
    assert known(connection) == [(run, 1), (late, 9)]


def test_all_can_be_made_again(store: Store, connection: Connection) -> None:
    for found in (1, 2, 3):
        a_run(store, found)
    push_new_runs(store.runs, connection, publisher)
    before = known(connection)
    with Elasticsearch(connection.url) as client:
        client.indices.delete(index=runs_index(connection.alias))
    assert push_all_runs(store.runs, connection, publisher) == 3
    assert push_all_runs(store.runs, connection, publisher) == 3
    assert known(connection) == before


def test_two_homes_can_share_an_alias(home: Path, tmp_path: Path, connection: Connection) -> None:
    for place in (home, tmp_path / "other"):
        with open_store(open_home(place)) as one:
            a_run(one, 5)
            assert push_new_runs(one.runs, connection, publisher) == 1
    assert known(connection) == [(1, 5), (1, 5)]


def test_a_field_that_nobody_declared_is_refused(store: Store, connection: Connection) -> None:
    push_new_runs(store.runs, connection, publisher)
    with Elasticsearch(connection.url) as client, pytest.raises(BadRequestError, match="strict_dynamic_mapping"):
        client.index(index=runs_index(connection.alias), document={"surprise": 1})


def test_a_newer_mapping_is_put_on_an_index_that_is_there(store: Store, connection: Connection) -> None:
    older = runs_mapping()
    del older["properties"]["extraction_failures"]
    with Elasticsearch(connection.url) as client:
        client.indices.create(index=runs_index(connection.alias), mappings=older)
    a_run(store, 1)
    push_new_runs(store.runs, connection, publisher)
    assert known(connection) == [(1, 1)]


def test_a_cluster_that_is_away_is_said_to_be_away(store: Store) -> None:
    with pytest.raises(IndexUnavailable, match="no Elasticsearch answers"):
        push_new_runs(store.runs, Connection(NOWHERE), publisher)


def test_a_crawl_tells_of_itself_and_what_was_away_is_told_later(dragoman: Dragoman, connection: Connection) -> None:
    here = {"DRAGOMAN_ELASTICSEARCH_URL": connection.url, "DRAGOMAN_ELASTICSEARCH_INDEX": connection.alias}
    away = {**here, "DRAGOMAN_ELASTICSEARCH_URL": NOWHERE}
    assert dragoman("demo", **away).returncode == 4
    assert dragoman("index", **here).returncode == 0
    told = known(connection)
    assert sorted(found for _, found in told) == [0, 13, 14, 15]
    assert dragoman("demo", **here).returncode == 0
    twice = known(connection)
    assert sorted(found for run, found in twice if run == 2) == [13, 14, 15]  # the sites' robots.txt are remembered
    assert dragoman("reindex", **here).returncode == 0
    assert known(connection) == twice


def test_without_elasticsearch_there_is_no_index_of_runs_and_nothing_is_amiss(dragoman: Dragoman) -> None:
    assert dragoman("demo").returncode == 0
    assert dragoman("index").returncode == 0
    assert dragoman("reindex").returncode == 0
