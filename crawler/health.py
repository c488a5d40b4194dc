"""Is an outlet well? What it gave of late is held against its own habit, and what is wrong is said with its mend. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from archive.habits import Habits, Shape
from crawler.outlet import Outlet

LATELY = timedelta(days=1)
"""Links that were settled in this time are looked at for failures."""
_FEWEST, _RECENT = 10, 20
"""Articles from which on there is a habit, and those that are held against the others."""
_PATIENCE = 1.5
"""Times the longest pause so far, after which an outlet is silent."""
_SHORTEST, _LONGEST = timedelta(days=2), timedelta(days=60)
"""A weekend is no silence; and whatever the habit was, after two months somebody should look."""
_UNREAD, _FAILING = 3, 5
"""Requests in a row that a source failed, and failed links that are no accident."""
_MOST = 0.5
"""Share of links that may fail."""
_SHRUNK = 0.4
"""Of the usual length: what is left when a page shows a lead and a request to subscribe."""
_USUAL, _LOST = 0.7, 0.3
"""An outlet whose articles nearly always have a date has lost them when few do."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """What is wrong with an outlet: the kind of it, what was seen, and what to do."""

    outlet: str
    kind: str
    seen: str
    mend: str


def alarms_of(outlet: Outlet, habits: Habits, now: datetime) -> list[Alarm]:
    """What is wrong with an outlet, by what was observed until ``now``."""
    found = [
        *_unread(habits),
        *_failing(habits),
        *_silent(habits, now),
        *_changed(habits.articles),
        *_unexpected(outlet, habits.articles, now),
    ]
    return [Alarm(outlet.id, kind, seen, mend) for kind, seen, mend in found]


_Told = Iterator[tuple[str, str, str]]


def _unread(habits: Habits) -> _Told:
    for source in habits.sources:
        latest = source.ends[:_UNREAD]
        if len(latest) == _UNREAD and not {"200", "304"}.intersection(latest):
            since = f", last read {source.last_answer:%Y-%m-%d}" if source.last_answer else ""
            yield (
                "source",
                f"{source.url}: {source.ends[0]}, {_UNREAD} times in a row{since}",
                "open it in a browser; it has moved, or is blocked: mend the outlet's file",
            )


def _failing(habits: Habits) -> _Told:
    causes = Counter(end for end in habits.ends if end)
    if causes.total() >= _FAILING and causes.total() > _MOST * len(habits.ends):
        cause, count = causes.most_common(1)[0]
        yield (
            "failures",
            f"{causes.total()} of {len(habits.ends)} pages failed in a day, {count} by {cause}",
            f"give the outlet a longer delay or other hours; then: dragoman crawl --retry {cause!r}",
        )


def _silent(habits: Habits, now: datetime) -> _Told:
    seen = [shape.seen_at for shape in habits.articles]
    if len(seen) < _FEWEST:
        return
    longest = max((later - earlier for later, earlier in pairwise(seen)), default=_SHORTEST)
    patience = min(max(_PATIENCE * longest, _SHORTEST), _LONGEST)
    if now - seen[0] > patience:
        days, usual = (now - seen[0]).days, max(longest.days, 1)
        yield (
            "silent",
            f"nothing new for {days} days; {usual} was the longest pause so far",
            "look at its site: has its feed moved, or has it closed?",
        )


def _changed(shapes: Sequence[Shape]) -> _Told:
    recent, before = shapes[:_RECENT], shapes[_RECENT:]
    if len(recent) < _RECENT or len(before) < _RECENT:
        return
    now, usual = median(one.words for one in recent), median(one.words for one in before)
    if now < _SHRUNK * usual:
        yield (
            "shorter",
            f"its articles have {now:g} words, and had {usual:g}",
            "look at one: a paywall, or a new template that wants rules in the outlet's file",
        )
    for kind, has in (("dates", _dated), ("authors", _signed)):
        share, was = _share(recent, has), _share(before, has)
        if was >= _USUAL and share <= _LOST:
            yield (
                kind,
                f"{share:.0%} of its articles have {kind}, and {was:.0%} had",
                "its template is new: dragoman extract --explain shows what is read, and rules in its file mend it",
            )


def _unexpected(outlet: Outlet, shapes: Sequence[Shape], now: datetime) -> _Told:
    """What the outlet's file expects of it: a minimum that fails is a failure."""
    week = [shape for shape in shapes if now - shape.seen_at <= timedelta(days=7)]
    known_for_a_week = bool(shapes) and now - shapes[-1].seen_at > timedelta(days=7)
    least, signed = outlet.expects.articles_a_week, outlet.expects.share_with_author
    if least and known_for_a_week and len(week) < least:
        yield (
            "fewer",
            f"{len(week)} articles in a week; its file expects {least}",
            "look at its feeds, or lower expects.articles_a_week",
        )
    if signed and len(week) >= _FEWEST and (share := _share(week, _signed)) < signed:
        yield (
            "authors",
            f"{share:.0%} of its articles have authors; its file expects {signed:.0%}",
            "look at a byline, or lower expects.share_with_author",
        )


def _share(shapes: Sequence[Shape], has: Callable[[Shape], bool]) -> float:
    return sum(map(has, shapes)) / len(shapes)


def _dated(shape: Shape) -> bool:
    return shape.has_date


def _signed(shape: Shape) -> bool:
    return shape.has_author
