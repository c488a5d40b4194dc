"""Is a run well, and are we?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from archive.runs import RunRecord
from crawler.health import Alarm, Severity
from crawler.run_health import alarms_of_runs, failing_share, folded

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def run(number: int, ago: timedelta, ended: bool = True, **stats: Any) -> RunRecord:
    begin = NOW - ago
    return RunRecord(number, "crawl", begin, begin + HOUR / 60 if ended else None, stats)


def test_what_monitors_found_wrong_with_the_last_run_is_an_alarm_until_a_run_is_well() -> None:
    bad = run(2, HOUR, **{"monitor/index": "connection refused", "monitor/outlets": "not well: pier", "captures": 3})
    (alarm,) = alarms_of_runs([bad, run(1, 2 * HOUR)], NOW)
    assert (alarm.outlet, alarm.kind, alarm.seen, alarm.severity) == (
        "",
        "index",
        "connection refused",
        Severity.FAILURE,
    )
    assert "dragoman index" in alarm.mend
    assert alarms_of_runs([run(3, HOUR / 2), bad], NOW) == []


def test_an_archive_that_was_never_crawled_is_well() -> None:
    assert alarms_of_runs([], NOW) == []
    assert alarms_of_runs([run(1, HOUR, ended=False)], NOW) == []


@pytest.mark.parametrize(("days", "kinds"), [(1, []), (3, ["idle"]), (40, ["idle"])])
def test_a_home_that_nobody_crawls_is_a_warning(days: int, kinds: list[str]) -> None:
    found = alarms_of_runs([run(1, days * 24 * HOUR)], NOW)
    assert [alarm.kind for alarm in found] == kinds
    assert all(alarm.severity is Severity.WARNING for alarm in found)


@pytest.mark.parametrize(("killed", "kinds"), [((2, 3, 4), ["killed"]), ((3, 4), []), ((2, 4), [])])
def test_runs_that_are_broken_off_again_and_again_are_reported(killed: tuple[int, ...], kinds: list[str]) -> None:
    runs = [run(n, (6 - n) * HOUR, ended=n not in killed) for n in (5, 4, 3, 2, 1)]
    assert [alarm.kind for alarm in alarms_of_runs(runs, NOW)] == kinds


def test_a_run_of_whose_pages_most_failed_is_told_from_one_with_some_failures() -> None:
    stats = {"outcome/pier/failed_temporarily": 20, "outcome/pier/new": 9, "failed/pier/http 503": 20}
    assert failing_share(stats) == "20 of 29 pages failed, 20 by http 503"
    assert failing_share({**stats, "outcome/quay/unchanged": 20}) is None
    assert failing_share({**stats, "outcome/quay/seen": 200}) is not None
    assert failing_share({"outcome/pier/failed": 9, "failed/pier/http 404": 9}) is None
    assert failing_share({}) is None


def unread(count: int) -> list[Alarm]:
    return [Alarm(f"pier-{n}", "source", "…", "…", about=f"https://pier-{n}.example/feed") for n in range(count)]


def test_outlets_that_cannot_be_reached_all_at_once_are_our_own_network() -> None:
    alarms = [*unread(8), Alarm("quay", "silent", "…", "…")]
    causes: dict[str, str | None] = {alarm.about: "host not found" for alarm in alarms}
    assert [(alarm.outlet, alarm.kind) for alarm in folded(alarms, causes, 10)] == [("", "network"), ("quay", "silent")]


@pytest.mark.parametrize(
    ("count", "judged", "cause"), [(8, 10, "http 403"), (8, 100, "host not found"), (2, 2, "timeout")]
)
def test_a_few_or_those_that_answered_are_their_own(count: int, judged: int, cause: str) -> None:
    alarms = unread(count)
    assert folded(alarms, dict.fromkeys((alarm.about for alarm in alarms), cause), judged) == alarms
