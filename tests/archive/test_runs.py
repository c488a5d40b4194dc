"""What the index of runs is told, from a store in which runs left their traces."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.article import Publisher
from archive.captures import CaptureRef
from archive.home import open_home
from archive.links import Fetch, Outcome
from archive.outlet_run import CauseCount, CodeCount, Outcomes
from archive.runs import Runs
from archive.store import Store, open_store

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with open_store(open_home(home)) as opened:
        yield opened


def publisher(outlet: str) -> Publisher:
    return Publisher(id=outlet, name=outlet.title(), country="SG")


def fetched(store: Store, run: int, outlet: str | None, *statuses: int | None) -> None:
    store.record_fetches(
        [
            Fetch(
                run,
                f"https://strait.example/{number}",
                outlet,
                "article",
                NOON + timedelta(seconds=number),
                status=status,
                cause=None if status else "timeout",
                ref=CaptureRef("a.warc.gz", 0, 100, "sha1:A") if status else None,
            )
            for number, status in enumerate(statuses)
        ]
    )


def test_a_run_is_told_outlet_by_outlet(store: Store) -> None:
    run = store.begin_run("crawl")
    fetched(store, run, "strait", 200, 301, 200, 404, 503, None)
    fetched(store, run, "harbour", 200)
    fetched(store, run, None, 200)
    stats = {
        "discovered/strait": 7,
        "outcome/strait/new": 3,
        "outcome/strait/updated": 1,
        "outcome/strait/failed": 2,
        "outcome/strait/failed_temporarily": 1,
        "failed/strait/http 503": 1,
        "failed/strait/not derived: ValueError": 2,
        "failed/index/rejected by the index: too long": 1,
        "failed/reef/not a feed: https://reef.example/a/b": 1,
        "failures": 4,
        "captures": 6,
    }
    store.finish_run(run, stats)
    ((none, harbour, reef, strait),) = store.runs.since(None, publisher)
    assert strait.outlet == publisher("strait")
    assert (strait.found, strait.new, strait.changed, strait.failed, strait.extraction_failures) == (7, 3, 1, 3, 2)
    assert strait.outcomes == Outcomes(new=3, updated=1, failed=2, failed_temporarily=1)
    assert strait.failed_by_cause == (
        CauseCount(cause="not derived: ValueError", count=2),
        CauseCount(cause="http 503", count=1),
    )
    assert strait.causes == ("http 503", "not derived: ValueError")
    assert strait.codes == ("200", "301", "404", "503")
    assert strait.http_codes[0] == CodeCount(code="200", count=2)
    assert strait.answers.model_dump() == {"success": 2, "redirect": 1, "client_error": 1, "server_error": 1, "none": 1}
    assert (strait.exchanges, strait.bytes, strait.fetching_seconds) == (6, 500, 5)
    assert (harbour.found, harbour.exchanges) == (0, 1)
    assert reef.causes == ("not a feed: https://reef.example/a/b",)
    assert (none.outlet, none.exchanges) == (None, 1)


def test_every_outcome_of_a_link_has_its_count() -> None:
    assert set(Outcomes.model_fields) == {str(outcome) for outcome in Outcome}


def test_a_killed_run_has_exchanges_and_no_end(store: Store) -> None:
    fetched(store, store.begin_run("crawl"), "strait", 200, 500)
    ((strait,),) = store.runs.since(None, publisher)
    assert (strait.finished_at, strait.seconds, strait.found, strait.exchanges) == (None, None, 0, 2)


def test_an_import_is_of_no_outlet(store: Store) -> None:
    run = store.begin_run("import")
    fetched(store, run, None, 200, 200, 404)
    store.finish_run(run, {"new": 2, "not_an_article": 1})
    ((only,),) = store.runs.since(None, publisher)
    assert (only.command, only.outlet, only.new, only.outcomes.not_an_article, only.exchanges) == (
        "import",
        None,
        2,
        1,
        3,
    )


def test_a_run_that_did_nothing_is_no_document(store: Store) -> None:
    store.finish_run(store.begin_run("crawl"), {"elapsed_time_seconds": 1})
    assert list(store.runs.since(None, publisher)) == [()]


def test_runs_come_in_their_order_and_from_an_instant_on(store: Store) -> None:
    for run in range(1, 5):
        assert store.begin_run("crawl") == run
        if run != 3:
            fetched(store, run, "strait", *[200] * run)
        store.finish_run(run, {"discovered/strait": run})
    everything = list(store.runs.since(None, publisher))
    assert [(one.run, one.found, one.exchanges) for (one,) in everything] == [
        (1, 1, 1),
        (2, 2, 2),
        (3, 3, 0),
        (4, 4, 4),
    ]
    third = everything[2][0].started_at
    assert list(store.runs.since(third, publisher)) == everything[2:]
    assert list(store.runs.since(third + timedelta(days=1), publisher)) == []


def test_the_same_run_has_the_same_ids_whenever_it_is_asked_about(store: Store) -> None:
    run = store.begin_run("crawl")
    fetched(store, run, "strait", 200)
    ((before,),) = store.runs.since(None, publisher)
    store.finish_run(run, {"discovered/strait": 1})
    ((after,),) = store.runs.since(None, publisher)
    assert before.id == after.id != before.model_copy(update={"outlet": None}).id


def test_a_home_is_named_by_machine_and_folder(store: Store, home: Path) -> None:
    assert isinstance(store.runs, Runs)
    assert store.runs.name.endswith(f":{home}")
