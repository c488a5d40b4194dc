"""What health is judged by, as it is read from the store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from articles import an_article
from sqlalchemy import insert

from archive.database import open_database, utc
from archive.habits import Gap
from archive.home import open_home
from archive.links import Announced, Fetch, Outcome
from archive.polls import Source
from archive.store import Store, open_store
from archive.tables import runs
from archive.urls import article_id

NOW = datetime.now(UTC).replace(microsecond=0)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FEED = "https://example.org/feed"


def keep(store: Store, name: str, at: datetime, words: int = 300) -> None:
    """An article of the outlet that was announced at this time."""
    url = f"https://example.org/{name}"
    store.announce([Announced(f"example.org/{name}", url, "kootneeti")], at)
    _, kept = store.keep(an_article(id=article_id(url), url=url, word_count=words, authors=()))
    store.settle(f"example.org/{name}", Outcome.NEW, None, kept.id, at)


def ran(home: Path, *spans: tuple[datetime, datetime | None], command: str = "crawl") -> None:
    """Runs, each with its begin and end."""
    engine = open_database(open_home(home))
    rows = [{"command": command, "started_at": utc(begin), "finished_at": utc(end)} for begin, end in spans]
    with engine.begin() as connection:
        connection.execute(insert(runs), rows)
    engine.dispose()


def test_the_habits_of_an_outlet_are_its_articles_sources_and_failures(home: Path) -> None:
    with open_store(open_home(home)) as store:
        run = store.begin_run("crawl")
        read = Source(FEED, "kootneeti", "feed", polled_at=NOW, read_at=NOW - HOUR, failures=1, cause="http 503")
        store.polls.record(read, None, forget=False)
        store.polls.record(Source("https://example.org/old", "kootneeti", "feed", read_at=NOW), None, forget=False)
        store.record_fetches([Fetch(run, FEED, "kootneeti", "announcement", NOW - n * HOUR, 200) for n in range(3)])
        keep(store, "a", NOW - 2 * HOUR)
        keep(store, "b", NOW - HOUR, words=500)
        store.announce([Announced("example.org/c", "https://example.org/c", "kootneeti")], NOW)
        store.settle("example.org/c", Outcome.FAILED, "http 404", None, NOW)
        (found,) = store.observed.habits({"kootneeti": [FEED], "another": []}, NOW).values()
    assert [(shape.seen_at, shape.words, shape.has_author) for shape in found.articles] == [
        (NOW - HOUR, 500, False),
        (NOW - 2 * HOUR, 300, False),
    ]
    assert found.seen == (NOW - HOUR, NOW - 2 * HOUR)
    assert [(one.url, one.failures, one.cause) for one in found.sources] == [(FEED, 1, "http 503")]
    assert (found.known_since, found.watched_until) == (NOW - 2 * HOUR, NOW - HOUR)
    assert found.ends == {"": 2, "http 404": 1}
    assert (found.weeks, found.requests) == ((2, 0, 0, 0, 0, 0, 0, 0), 3)


def test_weeks_are_counted_back_from_the_last_look(home: Path) -> None:
    with open_store(open_home(home)) as store:
        store.polls.record(Source(FEED, "kootneeti", "feed", read_at=NOW - 10 * DAY), None, forget=False)
        for n, days in enumerate((11, 12, 18, 30, 80)):
            keep(store, f"a{n}", NOW - days * DAY)
        assert store.observed.habits({"kootneeti": [FEED]}, NOW)["kootneeti"].weeks == (2, 1, 1, 0, 0, 0, 0, 0)


def test_what_a_back_fill_found_is_no_habit(home: Path) -> None:
    with open_store(open_home(home)) as store:
        ran(home, (NOW - 3 * HOUR, NOW - HOUR), command="backfill")
        store.polls.record(Source(FEED, "kootneeti", "feed", read_at=NOW), None, forget=False)
        keep(store, "new", NOW - 4 * HOUR)
        keep(store, "old", NOW - 2 * HOUR)
        found = store.observed.habits({"kootneeti": [FEED]}, NOW)["kootneeti"]
    assert [shape.seen_at for shape in found.articles] == [NOW - 4 * HOUR]
    assert found.weeks[0] == 1


@pytest.mark.parametrize(
    ("hours", "gaps"),
    [
        ([*range(100), *range(300, 400)], [(99, 300)]),
        ([*range(100), *range(140, 240)], []),
        (list(range(0, 2400, 24)), []),
        (list(range(0, 2400, 168)), []),
        ([0, 900], []),
        ([], []),
    ],
)
def test_a_gap_is_much_longer_than_the_usual_pause_between_two_runs(
    home: Path, hours: list[int], gaps: list[tuple[int, int]]
) -> None:
    begin = NOW - 200 * DAY
    with open_store(open_home(home)) as store:
        if hours:
            ran(home, *((begin + n * HOUR, begin + n * HOUR) for n in hours))
        assert store.observed.gaps(begin) == tuple(Gap(begin + a * HOUR, begin + b * HOUR) for a, b in gaps)


def test_runs_that_were_killed_or_took_in_captures_of_others_looked_at_nothing(home: Path) -> None:
    begin = NOW - 30 * DAY
    with open_store(open_home(home)) as store:
        ran(home, *((begin + n * HOUR, begin + n * HOUR) for n in [*range(50), *range(200, 250)]))
        ran(home, (begin + 100 * HOUR, None))
        ran(home, (begin + 150 * HOUR, begin + 150 * HOUR), command="import")
        assert store.observed.gaps(begin) == (Gap(begin + 49 * HOUR, begin + 200 * HOUR),)
