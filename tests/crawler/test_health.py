"""Is an outlet well? Each alarm, and the look-alike that is none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from archive.habits import Asking, Habits, Shape
from crawler.health import alarms_of
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


def kinds(
    outlet: Outlet = PIER,
    articles: tuple[Shape, ...] = (),
    ends: tuple[str, ...] = (),
    asked: tuple[str, ...] = ("200",),
) -> list[str]:
    source = Asking(FEED, asked, NOW - DAY)
    return [alarm.kind for alarm in alarms_of(outlet, Habits(articles, (source,), ends), NOW)]


def test_an_outlet_that_does_as_it_always_did_is_well() -> None:
    assert kinds(articles=shapes(60), ends=("", "", "timeout")) == []


def test_an_outlet_of_which_next_to_nothing_is_known_is_not_judged() -> None:
    assert kinds(articles=shapes(9, since=NOW - 300 * DAY)) == []


@pytest.mark.parametrize(("quiet", "alarm"), [(2, []), (4, ["silent"])])
def test_a_daily_outlet_is_silent_after_some_days(quiet: int, alarm: list[str]) -> None:
    assert kinds(articles=shapes(60, since=NOW - quiet * DAY)) == alarm


@pytest.mark.parametrize(("quiet", "alarm"), [(40, []), (50, ["silent"])])
def test_a_monthly_is_silent_after_a_month_and_a_half(quiet: int, alarm: list[str]) -> None:
    assert kinds(articles=shapes(12, since=NOW - quiet * DAY, every=30 * DAY)) == alarm


@pytest.mark.parametrize(
    ("asked", "alarm"),
    [
        (("404", "404", "404", "200"), ["source"]),
        (("timeout", "503", "timeout"), ["source"]),
        (("404", "404", "200", "200"), []),
        (("404", "404"), []),
        (("304", "200", "304"), []),
    ],
)
def test_a_source_that_fails_three_times_in_a_row_is_reported(asked: tuple[str, ...], alarm: list[str]) -> None:
    assert kinds(asked=asked) == alarm


def test_what_most_pages_fail_by_is_named_with_its_mend() -> None:
    habits = Habits(shapes(60), (), ("http 403",) * 6 + ("",) * 2 + ("timeout",))
    (alarm,) = alarms_of(PIER, habits, NOW)
    assert alarm.seen == "7 of 9 pages failed in a day, 6 by http 403"
    assert "dragoman crawl --retry 'http 403'" in alarm.mend


def test_some_failures_among_many_pages_are_none() -> None:
    assert kinds(articles=shapes(60), ends=("http 404",) * 6 + ("",) * 20) == []


def test_articles_that_shrink_to_their_leads_are_reported() -> None:
    before = shapes(60, since=NOW - 20 * DAY)
    assert kinds(articles=shapes(20, words=90) + before) == ["shorter"]
    assert kinds(articles=shapes(20, words=500) + before) == []


@pytest.mark.parametrize(("lost", "alarm"), [({"has_date": False}, "dates"), ({"has_author": False}, "authors")])
def test_articles_that_lose_their_dates_or_authors_are_reported(lost: dict[str, bool], alarm: str) -> None:
    assert kinds(articles=shapes(20, **lost) + shapes(60, since=NOW - 20 * DAY)) == [alarm]
    assert kinds(articles=shapes(80, **lost)) == []


def test_what_the_outlets_file_expects_is_held_against_its_last_week() -> None:
    expecting = PIER.model_copy(update={"expects": Expectations(articles_a_week=10, share_with_author=0.9)})
    assert kinds(expecting, articles=shapes(60)) == ["fewer"]
    assert kinds(expecting, articles=shapes(200, every=DAY / 3)) == []
    assert kinds(expecting, articles=shapes(200, every=DAY / 3, has_author=False)) == ["authors"]
