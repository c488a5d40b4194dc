"""Is an outlet well? Each alarm, and the look-alike that is none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from archive.habits import Gap, Habits, Shape
from archive.polls import Source
from crawler.health import Severity, alarms_of
from crawler.outlet import Expectations, Outlet

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)
FEED = "https://pier.example/feed"
PIER = Outlet(
    id="pier", name="The Pier", kind="magazine", country="GB", ownership="foundation", languages=("en",),
    homepage="https://pier.example/", feeds=(FEED,),
)  # fmt: skip


def shapes(count: int, since: datetime = NOW, every: timedelta = DAY, **has: object) -> tuple[Shape, ...]:
    """Articles, one each so often, the latest at ``since``."""
    told = {"words": 800, "has_date": True, "has_author": True, **has}
    return tuple(Shape(seen_at=since - n * every, **told) for n in range(count))  # type: ignore[arg-type]


def habits(articles: tuple[Shape, ...] = (), failures: int = 0, **has: object) -> Habits:
    """The habits of an outlet that was read a moment ago, and is known since its first article."""
    source = Source(FEED, "pier", "feed", polled_at=NOW, read_at=NOW, failures=failures, cause="http 404")
    until = NOW
    week = tuple(sum(n * 7 * DAY <= until - one.seen_at < (n + 1) * 7 * DAY for one in articles) for n in range(8))
    since = articles[-1].seen_at if articles else None
    seen = tuple(one.seen_at for one in articles)
    told = {"seen": seen, "sources": (source,), "weeks": week, "known_since": since, "watched_until": until, **has}
    return Habits(articles, **told)  # type: ignore[arg-type]


def kinds(found: Habits, outlet: Outlet = PIER, gaps: tuple[Gap, ...] = ()) -> list[str]:
    return [alarm.kind for alarm in alarms_of(outlet, found, gaps, NOW)]


def test_an_outlet_that_does_as_it_always_did_is_well() -> None:
    assert kinds(habits(shapes(60), ends={"": 2, "timeout": 1})) == []


@pytest.mark.parametrize(("quiet", "alarm"), [(2, []), (4, ["silent"])])
def test_a_daily_outlet_is_silent_after_some_days(quiet: int, alarm: list[str]) -> None:
    assert kinds(habits(shapes(60, since=NOW - quiet * DAY))) == alarm


@pytest.mark.parametrize(("quiet", "alarm"), [(40, []), (50, ["silent"])])
def test_a_monthly_is_silent_after_a_month_and_a_half(quiet: int, alarm: list[str]) -> None:
    assert kinds(habits(shapes(12, since=NOW - quiet * DAY, every=30 * DAY))) == alarm


@pytest.mark.parametrize(("quiet", "alarm"), [(50, []), (70, ["silent"])])
def test_an_outlet_whose_habit_is_not_known_has_two_months(quiet: int, alarm: list[str]) -> None:
    first_look = shapes(30, since=NOW - quiet * DAY, every=timedelta())
    assert kinds(habits(first_look)) == alarm


def test_what_nobody_watched_is_no_silence() -> None:
    articles = shapes(60, since=NOW - 9 * DAY)
    assert kinds(habits(articles)) == ["silent"]
    assert kinds(habits(articles, watched_until=NOW - 8 * DAY)) == []
    assert kinds(habits(articles), gaps=(Gap(NOW - 9 * DAY, NOW - DAY),)) == []


@pytest.mark.parametrize(
    ("failures", "read", "asked", "alarm"),
    [
        (2, NOW - DAY / 8, NOW, []),
        (3, NOW - DAY / 8, NOW, ["source"]),
        (2, None, NOW, []),
        (3, None, NOW, ["source"]),
        (1, NOW - 1.5 * DAY, NOW, []),
        (2, NOW - 1.5 * DAY, NOW, ["source"]),
        (3, NOW - 32 * DAY, NOW - 30 * DAY, []),
    ],
)
def test_a_source_that_fails_three_times_in_a_row_or_twice_in_a_day_is_reported(
    failures: int, read: datetime | None, asked: datetime, alarm: list[str]
) -> None:
    source = Source(FEED, "pier", "feed", polled_at=asked, read_at=read, failures=failures, cause="http 404")
    assert kinds(habits(sources=(source,))) == alarm


def test_what_a_server_gives_as_a_cause_is_one_line() -> None:
    source = Source(FEED, "pier", "feed", polled_at=NOW, failures=3, cause="no\n\x1b[2Jpage" + "!" * 5_000)
    (alarm,) = alarms_of(PIER, habits(sources=(source,)), (), NOW)
    assert alarm.seen.isprintable()
    assert len(alarm.seen) <= 400


def test_what_most_pages_fail_by_is_named_with_its_mend() -> None:
    failed = habits(shapes(60), ends={"http 403": 6, "": 2, "timeout": 1})
    (alarm,) = alarms_of(PIER, failed, (), NOW)
    assert alarm.seen == "7 of 9 pages failed in a day, 6 by http 403"
    assert "dragoman crawl --retry 'http 403'" in alarm.mend


def test_some_failures_among_many_pages_are_none() -> None:
    assert kinds(habits(shapes(60), ends={"http 404": 6, "": 20})) == []


def test_articles_that_shrink_to_their_leads_are_reported() -> None:
    before = shapes(60, since=NOW - 20 * DAY)
    assert kinds(habits(shapes(20, words=90) + before)) == ["shorter"]
    assert kinds(habits(shapes(20, words=500) + before)) == []


@pytest.mark.parametrize(("lost", "alarm"), [({"has_date": False}, "dates"), ({"has_author": False}, "authors")])
def test_articles_that_lose_their_dates_or_authors_are_reported(lost: dict[str, bool], alarm: str) -> None:
    assert kinds(habits(shapes(20, **lost) + shapes(60, since=NOW - 20 * DAY))) == [alarm]
    assert kinds(habits(shapes(80, **lost))) == []


def test_articles_that_were_found_by_one_look_are_not_held_against_each_other() -> None:
    at_once = shapes(20, every=timedelta(), words=50) + shapes(60, every=timedelta())
    assert kinds(habits(at_once)) == []


def expecting(**bounds: float) -> Outlet:
    return PIER.model_copy(update={"expects": Expectations.model_validate(bounds)})


@pytest.mark.parametrize(
    ("bounds", "lost", "alarm"),
    [
        ({"articles_a_week": 30}, {}, ["fewer"]),
        ({"articles_a_week": 20}, {}, []),
        ({"share_with_author": 0.9}, {"has_author": False}, ["authors"]),
        ({"share_with_author": 0.9}, {"has_date": False}, []),
        ({"share_with_date": 0.9}, {"has_date": False}, ["dates"]),
        ({"words": 1000}, {}, ["shorter"]),
        ({"words": 800}, {}, []),
        ({"requests_per_article": 5}, {}, ["requests"]),
        ({"requests_per_article": 50}, {}, []),
    ],
)
def test_what_the_outlets_file_expects_is_held_against_its_last_week(
    bounds: dict[str, float], lost: dict[str, bool], alarm: list[str]
) -> None:
    articles = shapes(200, every=DAY / 3, **lost)
    assert kinds(habits(articles, requests=672), expecting(**bounds)) == alarm


def test_a_minimum_that_fails_is_a_failure_and_a_maximum_warns() -> None:
    outlet = expecting(articles_a_week=30, requests_per_article=5)
    found = alarms_of(outlet, habits(shapes(200, every=DAY / 3), requests=672), (), NOW)
    assert [(alarm.kind, alarm.severity) for alarm in found] == [
        ("fewer", Severity.FAILURE),
        ("requests", Severity.WARNING),
    ]


def test_a_week_that_was_not_watched_as_a_whole_is_not_counted() -> None:
    outlet = expecting(articles_a_week=30)
    assert kinds(habits(shapes(15, every=DAY / 3)), outlet) == []
    assert kinds(habits(shapes(200, every=DAY / 3)), outlet, (Gap(NOW - 5 * DAY, NOW - DAY),)) == []


def test_every_alarm_says_what_to_do() -> None:
    gone = habits(shapes(60, since=NOW - 30 * DAY), failures=9, ends={"http 403": 20})
    found = alarms_of(expecting(articles_a_week=3, share_with_date=1), gone, (), NOW)
    assert {alarm.kind for alarm in found} == {"source", "failures", "silent", "fewer"}
    assert all(alarm.mend for alarm in found)
