"""Documents on their way to a real Elasticsearch, through a server that at times is busy or loses the connection."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterator

import pytest
from between import CUT, CUT_AFTER, Fault, between, refusal
from elastic_transport import ConnectionError as Unreachable
from elasticsearch import ApiError, Elasticsearch

from archive.errors import IndexUnavailable
from search.delivery import Action, deliver

Pauses = list[float]


@pytest.fixture
def place(elasticsearch_url: str) -> Iterator[tuple[str, str]]:
    """An Elasticsearch, and an index in it that takes numbers and dates, and no other field."""
    name = f"test-delivery-{uuid.uuid4().hex[:12]}"
    mapping = {
        "dynamic": "strict",
        "properties": {"n": {"type": "long"}, "day": {"type": "date"}, "text": {"type": "text"}},
    }
    with Elasticsearch(elasticsearch_url) as client:
        client.indices.create(index=name, mappings=mapping, settings={"number_of_replicas": 0})
        yield elasticsearch_url, name
        client.indices.delete(index=name)


def actions(name: str, count: int, **more: object) -> list[Action]:
    return [({"index": {"_index": name, "_id": str(n)}}, {"n": n, **more}) for n in range(count)]


def count(url: str, name: str) -> int:
    with Elasticsearch(url) as client:
        client.indices.refresh(index=name)
        return int(client.count(index=name)["count"])


def on_bulk(wrong: Callable[[], Fault]) -> Callable[[str, bytes], Fault]:
    return lambda path, _: wrong() if path.startswith("/_bulk") else None


@pytest.mark.parametrize("fault", [429, 502, 503, 504, 500, refusal(429), CUT, CUT_AFTER])
def test_what_goes_wrong_at_times_loses_no_document(place: tuple[str, str], fault: Fault) -> None:
    url, name = place
    luck = random.Random(6)
    with (
        between(url, on_bulk(lambda: fault if luck.random() < 0.4 else None)) as server,
        Elasticsearch(server.url) as client,
    ):
        ends = list(deliver(client, actions(name, 300), pause=lambda _: None))
    assert {end.reason for end in ends} == {None}
    assert sorted(int(end.id) for end in ends) == list(range(300))
    assert count(url, name) == 300


def test_each_pause_may_be_longer_than_the_one_before_and_none_is_like_another(place: tuple[str, str]) -> None:
    url, name = place
    runs: list[Pauses] = []
    for _ in range(2):
        pauses: Pauses = []
        with between(url, on_bulk(lambda: 429)) as server, Elasticsearch(server.url) as client, pytest.raises(ApiError):
            list(deliver(client, actions(name, 3), pause=pauses.append))
        runs.append(pauses)
    assert all(0 <= pause <= min(20, 0.5 * 2**k) for pauses in runs for k, pause in enumerate(pauses, 1))
    assert [len(pauses) for pauses in runs] == [7, 7]
    assert runs[0] != runs[1]


def test_a_busy_cluster_is_sent_less_at_once(place: tuple[str, str]) -> None:
    url, name = place
    answers: list[Fault] = [429, 429]
    with (
        between(url, on_bulk(lambda: answers.pop() if answers else None)) as server,
        Elasticsearch(server.url) as client,
    ):
        list(deliver(client, actions(name, 100), pause=lambda _: None))
    sizes = server.bulk_requests()
    assert len(sizes) > 3
    assert max(sizes[2:]) < sizes[0] / 1.9


def test_a_poison_document_costs_only_itself_and_is_named_with_its_reason(place: tuple[str, str]) -> None:
    url, name = place
    poison: list[Action] = [
        ({"index": {"_index": name, "_id": "date"}}, {"n": 1, "day": "the day before"}),
        ({"index": {"_index": name, "_id": "field"}}, {"n": 1, "unheard-of": True}),
        ({"index": {"_index": name, "_id": "x" * 600}}, {"n": 1}),
    ]
    with Elasticsearch(url) as client:
        ends = list(deliver(client, [*poison, *actions(name, 20)]))
    reasons = {end.id: end.reason for end in ends if end.reason}
    assert (len(ends), len(reasons), count(url, name)) == (23, 3, 20)
    assert "the day before" in str(reasons["date"])
    assert "unheard-of" in str(reasons["field"])


def test_a_document_that_the_way_is_too_narrow_for_costs_only_itself(place: tuple[str, str]) -> None:
    url, name = place
    wide = ({"index": {"_index": name, "_id": "wide"}}, {"text": "word " * 3_000})
    with (
        between(url, lambda _, body: 413 if len(body) > 10_000 else None) as server,
        Elasticsearch(server.url) as client,
    ):
        ends = list(deliver(client, [*actions(name, 50, text="word " * 100), wide], pause=lambda _: None))
    assert [(end.id, end.status) for end in ends if end.reason] == [("wide", 413)]
    assert count(url, name) == 50


def test_a_cluster_that_stays_busy_is_no_fault_of_the_documents(place: tuple[str, str]) -> None:
    url, name = place
    busy = b'{"took": 1, "errors": true, "items": [{"index": {"_index": "i", "_id": "0", "status": 429, "error": {"type": "es_rejected_execution_exception", "reason": "queue is full"}}}]}'
    answer = (200, busy, {"X-elastic-product": "Elasticsearch", "Content-Type": "application/json"})
    with between(url, on_bulk(lambda: answer)) as server, Elasticsearch(server.url) as client:
        with pytest.raises(IndexUnavailable, match=r"stays busy .*queue is full"):
            list(deliver(client, actions(name, 1), pause=lambda _: None))
        assert len(server.bulk_requests()) == 8


def test_a_connection_that_stays_lost_is_told(place: tuple[str, str]) -> None:
    url, name = place
    with between(url, on_bulk(lambda: CUT)) as server, Elasticsearch(server.url) as client, pytest.raises(Unreachable):
        list(deliver(client, actions(name, 1), pause=lambda _: None))


def test_a_refusal_of_ourselves_is_not_tried_again(place: tuple[str, str]) -> None:
    url, name = place
    with (
        between(url, on_bulk(lambda: refusal(403, "security_exception"))) as server,
        Elasticsearch(server.url) as client,
    ):
        with pytest.raises(ApiError):
            list(deliver(client, actions(name, 5)))
        assert len(server.bulk_requests()) == 1


def test_an_index_that_is_closed_to_writes_is_no_fault_of_the_documents(place: tuple[str, str]) -> None:
    url, name = place
    with Elasticsearch(url) as client:
        client.indices.put_settings(index=name, settings={"index.blocks.write": True})
        with pytest.raises(IndexUnavailable, match=r"takes nothing .*cluster_block_exception"):
            list(deliver(client, actions(name, 5)))


def test_what_was_not_there_to_be_removed_is_no_error(place: tuple[str, str]) -> None:
    url, name = place
    with Elasticsearch(url) as client:
        (end,) = deliver(client, [({"delete": {"_index": name, "_id": "never"}}, None)])
    assert (end.verb, end.status, end.reason) == ("delete", 404, None)


def test_actions_are_asked_for_only_as_they_can_be_sent(place: tuple[str, str]) -> None:
    url, name = place
    asked = 0

    def endless() -> Iterator[Action]:
        nonlocal asked
        while True:
            asked += 1
            yield {"index": {"_index": name, "_id": str(asked)}}, {"n": asked}

    with Elasticsearch(url) as client:
        next(deliver(client, endless()))
    assert asked <= 500
