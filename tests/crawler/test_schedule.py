"""When a source is asked again, and when an article's page is looked at again."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.polls import Source
from archive.revisits import LOOKS, born_at, next_look
from crawler.crontab import STEPS, crontab_line
from crawler.schedule import FIRST, LONGEST, LONGEST_NAMED, SHORTEST, after_failure, has_rolled_over, next_poll

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
FEED = Source("https://example.org/feed", "example", "feed", interval=timedelta(hours=4))
HOUR = timedelta(hours=1)


def test_a_source_is_asked_again_after_the_first_interval() -> None:
    first = next_poll(Source("https://example.org/feed", "example", "feed"), 20, 0, NOON)
    assert (first.interval, first.polled_at, first.seen_share) == (FIRST, NOON, 0)


@pytest.mark.parametrize(
    ("links", "known", "interval"),
    [
        (0, 0, 6 * HOUR),  # not modified
        (20, 20, 6 * HOUR),
        (20, 19, 6 * HOUR),
        (20, 16, 4 * HOUR),
        (20, 12, 2 * HOUR),
        (20, 0, HOUR),
    ],
)
def test_the_interval_follows_the_share_of_links_that_are_known(links: int, known: int, interval: timedelta) -> None:
    changed = next_poll(FEED, links, known, NOON).interval
    assert changed is not None
    assert abs(changed - interval) < timedelta(seconds=1)


@pytest.mark.parametrize(
    ("source", "links", "new", "rolled_over"),
    [
        (next_poll(FEED, 20, 19, NOON), 20, 20, True),
        (after_failure(next_poll(FEED, 20, 19, NOON), NOON), 20, 20, True),
        (next_poll(FEED, 20, 19, NOON), 20, 19, False),
        (next_poll(FEED, 20, 19, NOON), 0, 0, False),
        (FEED, 20, 20, False),
        (after_failure(FEED, NOON), 20, 20, False),
    ],
)
def test_a_feed_that_was_read_before_and_lists_nothing_known_has_rolled_over(
    source: Source, links: int, new: int, rolled_over: bool
) -> None:
    assert has_rolled_over(source, links, new) is rolled_over


@given(st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 2_000)), max_size=60), st.booleans())
def test_no_history_leads_out_of_the_bounds(polls: list[tuple[int, int]], named: bool) -> None:
    source = Source("https://example.org/s", "example", "sitemap", parent="https://example.org/i" if named else None)
    for links, known in polls:
        source = next_poll(source, links, min(links, known), NOON)
        assert source.interval is not None
        assert SHORTEST <= source.interval <= (LONGEST_NAMED if named else LONGEST)
        assert source.due_at is not None
        assert source.due_at > NOON


def test_a_source_that_fails_for_a_year_is_still_asked_every_day() -> None:
    source = FEED
    for _ in range(365):
        source = after_failure(source, NOON, "http 503")
    assert source.interval == LONGEST


def test_cron_that_begins_some_seconds_earlier_misses_no_turn() -> None:
    source = next_poll(Source("https://example.org/feed", "example", "feed"), 20, 0, NOON)
    assert source.is_due(NOON + HOUR - timedelta(seconds=30))
    assert not source.is_due(NOON + HOUR / 2)


def test_a_young_article_is_looked_at_at_its_ages_and_an_old_one_rarely() -> None:
    at, ages = NOON, []
    for _ in range(9):
        at = next_look(NOON, at)
        ages.append(at - NOON)
    days = timedelta(days=1)
    assert ages == [HOUR, 6 * HOUR, days, 7 * days, 30 * days, 60 * days, 120 * days, 240 * days, 480 * days]


def test_a_look_that_came_late_skips_those_that_it_stands_for() -> None:
    assert next_look(NOON, NOON + timedelta(hours=20)) == NOON + timedelta(days=1)


@given(st.timedeltas(timedelta(days=-400), timedelta(days=9_000)))
def test_the_next_look_is_always_ahead_and_within_a_year(age: timedelta) -> None:
    ahead = next_look(NOON, NOON + age) - (NOON + age)
    assert timedelta(0) < ahead <= timedelta(days=365)
    if age < timedelta(0):
        assert ahead == LOOKS[0]  # a clock that was put back


@pytest.mark.parametrize(
    ("published", "born"),
    [
        (None, NOON),
        (NOON - timedelta(hours=12), NOON),  # a stated day is midnight
        (NOON + timedelta(hours=5), NOON),  # another time zone's clock
        (NOON - timedelta(days=400), NOON - timedelta(days=400)),  # from an archive
    ],
)
def test_an_article_ages_from_when_it_was_news(published: datetime | None, born: datetime) -> None:
    assert born_at(NOON, published) == born


@pytest.mark.parametrize("every", STEPS)
def test_the_start_minute_is_the_homes_own_and_stays(every: int) -> None:
    def line(home: str) -> str:
        return crontab_line(Path(home), "/venv/bin/python", Path("/srv"), every, "host", {}).when

    minutes = {line(f"/srv/{n}") for n in range(1_000)}
    assert len(minutes) == (max(1, every))
    assert line("/srv/1") == line("/srv/1")


def test_what_a_crontab_would_take_for_something_else_is_quoted() -> None:
    line = crontab_line(
        Path("/a b"), "/py thon", Path("/c d"), 15, "host", {"DRAGOMAN_HOME": "/a b", "DRAGOMAN_X": "5%"}
    )
    assert "cd '/c d' && DRAGOMAN_HOME='/a b' DRAGOMAN_X=5\\% '/py thon' -m dragoman crawl --due" in line.command
