"""What became of every URL, and how it came to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from articles import NOON, an_article

from archive.captures import CaptureRef
from archive.home import open_home
from archive.ledger import State
from archive.links import Announced, Fetch, Outcome, Standing
from archive.status import status_of
from archive.store import Store, open_store
from archive.urls import article_id

HOUR = timedelta(hours=1)
NOW = datetime.now(UTC).replace(microsecond=0)
LINK = Announced("example.org/a", "https://example.org/a", "kootneeti", "A title", NOW, "https://example.org/feed")


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with open_store(open_home(home)) as opened:
        opened.announce([LINK], NOW)
        yield opened


def state(store: Store, url: str = LINK.url) -> State | None:
    entry = store.ledger.entry(url)
    return entry.state if entry else None


def test_a_url_that_nobody_announced_has_no_entry(store: Store) -> None:
    assert store.ledger.entry("https://example.org/other") is None


def test_the_same_page_by_another_spelling_of_its_url_is_one_entry(store: Store) -> None:
    assert store.ledger.entry("http://www.example.org/a/?utm_source=rss") == store.ledger.entry(LINK.url)


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (Outcome.DUPLICATE, State.DUPLICATE),
        (Outcome.NOT_AN_ARTICLE, State.NOT_AN_ARTICLE),
        (Outcome.BLOCKED, State.BLOCKED),
        (Outcome.REFUSED, State.BLOCKED),
        (Outcome.FAILED, State.FAILED),
        (Outcome.FAILED_TEMPORARILY, State.FAILED),
        (Outcome.GONE, State.GONE),
    ],
)
def test_without_an_article_the_last_outcome_is_the_state(store: Store, outcome: Outcome, expected: State) -> None:
    assert state(store) is State.WAITING
    store.settle(LINK.key, outcome, "http 500", None, NOW)
    assert state(store) is expected


def test_an_article_is_indexed_once_the_index_has_it(store: Store) -> None:
    _, kept = store.keep(an_article(id=article_id(LINK.url), url=LINK.url))
    store.settle(LINK.key, Outcome.NEW, None, kept.id, NOW)
    assert state(store) is State.KEPT
    waiting = store.backlog(1)
    store.rejected(kept.id, "a date that is none")
    assert state(store) is State.REJECTED
    store.indexed(waiting)
    assert state(store) is State.INDEXED


def test_an_article_stays_indexed_when_its_page_fails_later(store: Store) -> None:
    _, kept = store.keep(an_article(id=article_id(LINK.url), url=LINK.url))
    store.indexed(store.backlog(1))
    store.settle(LINK.key, Outcome.FAILED_TEMPORARILY, "http 503", kept.id, NOW)
    entry = store.ledger.entry(LINK.url)
    assert entry
    assert (entry.state, entry.outcome, entry.cause) == (State.INDEXED, "failed_temporarily", "http 503")


def test_the_history_tells_everything_in_order(store: Store) -> None:
    run = store.begin_run("crawl")
    store.record_fetches([Fetch(run, LINK.url, "kootneeti", "article", NOW + HOUR, cause="timeout")])
    store.settle(LINK.key, Outcome.FAILED_TEMPORARILY, "timeout", None, NOW + HOUR)
    ref = CaptureRef("x.warc.gz", 10, 20, "sha1:A")
    store.record_fetches([Fetch(run, LINK.url, "kootneeti", "article", NOW + 2 * HOUR, 200, None, ref)])
    _, kept = store.keep(an_article(id=article_id(LINK.url), url=LINK.url, fetched_at=NOW + 2 * HOUR))
    store.settle(LINK.key, Outcome.NEW, None, kept.id, NOW + 3 * HOUR)
    entry = store.ledger.entry(LINK.url)
    assert entry
    assert [(event.what, event.detail) for event in entry.history] == [
        ("announced", "https://example.org/feed"),
        ("no answer", "timeout"),
        ("failed temporarily", "timeout"),
        ("http 200", "x.warc.gz at 10"),
        ("version 1", None),
        ("new", None),
    ]


def test_what_failed_by_a_cause_is_fetched_again_when_asked_for(store: Store) -> None:
    other = Announced("example.org/b", "https://example.org/b", "kootneeti")
    store.announce([other], NOW)
    store.settle(LINK.key, Outcome.FAILED, "http 404", None, NOW)
    store.settle(other.key, Outcome.FAILED, "too large", None, NOW)
    assert store.ledger.failed_causes() == {"http 404": 1, "too large": 1}
    assert store.ledger.reopen("http 404", ["diplomat"]) == 0
    assert store.ledger.reopen("http 404", ["kootneeti"]) == 1
    assert store.announce([LINK, other], NOW + HOUR) == {LINK.key: Standing.OPEN, other.key: Standing.DONE}


def test_the_status_says_what_was_announced_and_what_of_it_is_archived(store: Store, home: Path) -> None:
    store.announce([Announced("b", "https://b", "kootneeti")], NOW)
    _, kept = store.keep(an_article(id=article_id(LINK.url), url=LINK.url, fetched_at=NOON))
    store.settle(LINK.key, Outcome.FAILED_TEMPORARILY, "timeout", None, NOW - 24 * HOUR)
    store.settle(LINK.key, Outcome.NEW, None, kept.id, NOW)
    found = status_of(open_home(home))
    one = found.outlets["kootneeti"]
    assert (found.links, found.archived, one.announced, one.archived) == (2, 1, 2, 1)
    day, before = (f"{at:%Y-%m-%d}" for at in (NOW, NOW - 24 * HOUR))
    assert found.days == one.days == {day: {"new": 1}, before: {"failed_temporarily": 1}}
