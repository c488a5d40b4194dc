"""How long may an outlet be silent?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.habits import Gap
from crawler.silence import Rhythm, patience, pause, rhythm_of

DAY = timedelta(days=1)
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def weekdays(begin: datetime, days: int) -> Iterator[datetime]:
    """Nine in the morning and five in the evening, from Monday to Friday."""
    for n in range(days):
        if (begin + n * DAY).weekday() < 5:
            yield begin + n * DAY
            yield begin + n * DAY + 8 * DAY / 24


def is_silent(seen: list[datetime], now: datetime, known_for: timedelta = 90 * DAY, gaps: tuple[Gap, ...] = ()) -> bool:
    latest = max(seen)
    return pause(latest, now, gaps) > patience(rhythm_of(seen, gaps), latest, now, known_for)


def test_a_newsroom_that_never_rests_is_silent_after_two_days() -> None:
    seen = [MONDAY + n * DAY / 24 for n in range(300)]
    assert not is_silent(seen, max(seen) + 2 * DAY)
    assert is_silent(seen, max(seen) + 2.5 * DAY)


def test_a_weekend_is_no_silence_for_an_outlet_whose_weekends_are_not_known_yet() -> None:
    seen = list(weekdays(MONDAY, 5))
    assert not is_silent(seen, MONDAY + 7 * DAY, known_for=7 * DAY)
    assert is_silent(seen, MONDAY + 9 * DAY, known_for=9 * DAY)


def test_a_long_weekend_is_none_for_an_outlet_that_rests_on_weekends() -> None:
    seen = list(weekdays(MONDAY, 32))  # until the Thursday before Easter
    assert max(seen).weekday() == 3
    assert not is_silent(seen, max(seen) + 4.7 * DAY)
    assert is_silent(seen, max(seen) + 7 * DAY)


@pytest.mark.parametrize(("last", "back"), [((2026, 7, 31), 25), ((2026, 12, 23), 14)])
def test_holidays_are_none_for_an_outlet_that_comes_once_a_week(last: tuple[int, int, int], back: int) -> None:
    latest = datetime(*last, 12, tzinfo=UTC)
    seen = [latest - n * 7 * DAY for n in range(20)]
    assert not is_silent(seen, latest + back * DAY)
    assert is_silent(seen, latest + 50 * DAY)


def test_a_newsroom_has_no_holidays() -> None:
    begin = datetime(2026, 7, 20, tzinfo=UTC)
    seen = [begin + n * DAY / 12 for n in range(200)]
    assert is_silent(seen, max(seen) + 3 * DAY)


def test_the_first_look_at_a_feed_is_one_moment() -> None:
    seen = [MONDAY] * 40 + [MONDAY + n * DAY for n in range(1, 5)]
    assert rhythm_of(seen, ()) == Rhythm(DAY, 5)
    assert not is_silent(seen, max(seen) + 20 * DAY, known_for=24 * DAY)


def test_a_pause_of_ours_is_no_habit_of_theirs() -> None:
    seen = [MONDAY + n * DAY for n in range(30)] + [MONDAY + (50 + n) * DAY for n in range(10)]
    gap = Gap(MONDAY + 29 * DAY, MONDAY + 50 * DAY)
    assert rhythm_of(seen, (gap,)).pause == DAY
    assert rhythm_of(seen, ()).pause == 21 * DAY


def test_what_was_half_a_year_ago_does_not_make_it_patient_for_ever() -> None:
    august = [MONDAY + n * 7 * DAY for n in range(12)]
    since = [august[-1] + 40 * DAY + n * 7 * DAY for n in range(40)]
    assert rhythm_of(august + since, ()).pause == 7 * DAY


@given(
    hours=st.lists(st.integers(0, 5_000), min_size=1, max_size=60),
    silence=st.integers(0, 5_000),
    gap=st.tuples(st.integers(0, 5_000), st.integers(0, 2_000)),
)
def test_patience_has_its_bounds_and_a_gap_never_makes_a_silence_longer(
    hours: list[int], silence: int, gap: tuple[int, int]
) -> None:
    seen = [MONDAY + timedelta(hours=n) for n in hours]
    now = max(seen) + timedelta(hours=silence)
    ours = Gap(MONDAY + timedelta(hours=gap[0]), MONDAY + timedelta(hours=sum(gap)))
    assert 2 * DAY <= patience(rhythm_of(seen, ()), max(seen), now, 90 * DAY) <= 180 * DAY
    assert timedelta() <= pause(max(seen), now, (ours,)) <= pause(max(seen), now, ())
