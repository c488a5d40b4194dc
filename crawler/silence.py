"""How long may an outlet be silent? As long as it was before, and half as long again. Pure.

What nobody watched is no silence: neither the time in which we made no runs, nor what came after its sources were read last. An outlet that
rests on weekends rests on holidays too: around New Year and in August a day counts half, or not at all if it comes once a week. A newsroom that never rested has no such excuse.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from archive.habits import Gap

_FEWEST = 8
"""Moments at which something new came, from which on there is a habit."""
_DAY = timedelta(days=1)
_TOGETHER = timedelta(hours=1)
"""What is announced within an hour came at one moment: the first look at a feed finds a month of articles."""
_PATIENCE, _BRIDGE = 1.5, 2.5 * _DAY
"""Times the longest pause so far, and what is added to a weekend at least: Easter has four days."""
_SHORTEST, _SHORTEST_OF_NEW, _UNKNOWN, _LONGEST = 2 * _DAY, 4 * _DAY, 60 * _DAY, 180 * _DAY
"""Of a newsroom; of an outlet whose weekends are not known yet; of one without a habit; and of a quarterly."""
_HALF_A_YEAR = 182 * _DAY
_NEW = 14 * _DAY
_RESTS, _WEEKLY = 2 * _DAY, 6 * _DAY
"""A pause that long is a weekend, and who makes it makes holidays; one that long is between two issues."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often something new came: the longest ``pause`` so far, between how many ``moments``."""

    pause: timedelta
    moments: int


def rhythm_of(seen: Iterable[datetime], gaps: Sequence[Gap]) -> Rhythm:
    """The rhythm of what was seen at these instants: of the last half year, if that is enough to tell, so that no August stays for ever."""
    moments: list[datetime] = []
    for instant in sorted(seen):
        if not moments or instant - moments[-1] > _TOGETHER:
            moments.append(instant)
    recent = [moment for moment in moments if moments[-1] - moment < _HALF_A_YEAR]
    told = recent if len(recent) >= _FEWEST else moments
    pauses = [pause(earlier, later, gaps) for earlier, later in pairwise(told)]
    return Rhythm(max(pauses, default=timedelta()), len(told))


def pause(begin: datetime, end: datetime, gaps: Sequence[Gap]) -> timedelta:
    """How long a silence was, without what nobody watched."""
    unwatched = sum((_overlap(begin, end, gap.begin, gap.end) for gap in gaps), timedelta())
    return max(end - begin - unwatched, timedelta())


def patience(rhythm: Rhythm, begin: datetime, end: datetime, known_for: timedelta) -> timedelta:
    """How long an outlet of this rhythm, known for so long, may be silent from ``begin`` to ``end``."""
    least = _UNKNOWN if rhythm.moments < _FEWEST else _SHORTEST_OF_NEW if known_for < _NEW else _SHORTEST
    usual = max(_PATIENCE * rhythm.pause, least)
    if rhythm.pause >= _RESTS:
        usual = max(usual, rhythm.pause + _BRIDGE) + _holidays(begin, end) * min(rhythm.pause / _WEEKLY, 1)
    return min(usual, _LONGEST)


def _overlap(begin: datetime, end: datetime, other_begin: datetime, other_end: datetime) -> timedelta:
    return max(min(end, other_end) - max(begin, other_begin), timedelta())


def _holidays(begin: datetime, end: datetime) -> timedelta:
    days = min((end - begin).days, _LONGEST.days)
    return sum((_DAY for n in range(days + 1) if _is_holiday((begin + n * _DAY).date())), timedelta())


def _is_holiday(day: date) -> bool:
    """The weeks in which offices of many countries are closed: August, and those around New Year (Christmas of both calendars)."""
    return day.month == 8 or (day.month, day.day) >= (12, 20) or (day.month, day.day) <= (1, 8)
