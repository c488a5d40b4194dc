"""What an outlet's file expects of it: held against its last week, and suggested from its good ones. Pure.

A minimum that fails is a failure, a maximum warns (zavod's assertions; its bounds are 10-20% below the healthy figure, as here).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from archive.habits import WEEK, Gap, Habits, Shape
from crawler.outlet import Expectations
from crawler.silence import pause

ENOUGH = 20
"""Articles by which a share is judged: the last week's, or the last twenty where a week has fewer."""
_FEWEST = 10
_WEEKS, _WHOLE = 2, timedelta(days=6)
"""Good weeks from which something can be suggested, and what is left of a week that was watched."""
_GOOD = 0.2
"""Of the usual week: what has less was an outage or a holiday, and is no good week."""
_BELOW, _ABOVE = 0.8, 1.5
"""How far from the healthy figure a minimum and a maximum are set."""
_WORTH = 0.5
"""A share under this is no expectation."""


@dataclass(frozen=True, slots=True)
class Broken:
    """An expectation that does not hold: the alarm's kind, what was seen, the mend, and whether it only warns."""

    kind: str
    seen: str
    mend: str
    warns: bool = False


def broken(expects: Expectations, habits: Habits, gaps: Sequence[Gap]) -> Iterator[Broken]:
    """The expectations of an outlet's file that do not hold."""
    if (
        expects.articles_a_week is not None
        and _is_watched(habits, gaps, 0)
        and habits.weeks[0] < expects.articles_a_week
    ):
        seen = f"{habits.weeks[0]} articles in a week; its file expects {expects.articles_a_week}"
        yield Broken("fewer", seen, "look at its feeds, or lower expects.articles_a_week")
    judged = _judged(habits)
    if len(judged) >= _FEWEST:
        yield from _too_few(expects.share_with_author, "authors", share(judged, has_author), "share_with_author")
        yield from _too_few(expects.share_with_date, "dates", share(judged, has_date), "share_with_date")
        if expects.words is not None and (words := median(one.words for one in judged)) < expects.words:
            seen = f"its articles have {words:g} words; its file expects {expects.words}"
            yield Broken("shorter", seen, "look at one: a paywall, or a new template? Or lower expects.words")
    yield from _too_many(expects.requests_per_article, habits, gaps)


def _too_few(least: float | None, kind: str, there: float, name: str) -> Iterator[Broken]:
    if least is not None and there < least:
        seen = f"{there:.0%} of its articles have {kind}; its file expects {least:.0%}"
        yield Broken(kind, seen, f"dragoman extract --explain shows what is read of one; or lower expects.{name}")


def _too_many(most: float | None, habits: Habits, gaps: Sequence[Gap]) -> Iterator[Broken]:
    if most is None or not _is_watched(habits, gaps, 0) or habits.requests <= most * max(habits.weeks[0], 1):
        return
    seen = f"{habits.requests} requests in a week for {habits.weeks[0]} articles; its file expects {most:g} for one at most"
    mend = "which of its sources give nothing new? Take them out of its file, or raise expects.requests_per_article"
    yield Broken("requests", seen, mend, warns=True)


def suggested(habits: Habits, gaps: Sequence[Gap]) -> Expectations | None:
    """What an outlet may be expected to give, by its last good weeks; None while fewer than two of them are known."""
    weeks = good_weeks(habits, gaps)
    if len(weeks) < _WEEKS:
        return None
    chunks = [habits.articles[at : at + ENOUGH] for at in range(0, len(habits.articles), ENOUGH)]
    whole = [chunk for chunk in chunks if len(chunk) == ENOUGH] or chunks[:1]
    requests = (
        habits.requests / habits.weeks[0] if _is_watched(habits, gaps, 0) and habits.weeks[0] >= _FEWEST else None
    )
    return Expectations(
        articles_a_week=math.floor(_BELOW * min(weeks)) or None,
        share_with_author=_least_share(whole, has_author),
        share_with_date=_least_share(whole, has_date),
        words=int(_BELOW * min(median(one.words for one in chunk) for chunk in whole)) // 10 * 10 or None,
        requests_per_article=math.ceil(_ABOVE * requests) if requests else None,
    )


def good_weeks(habits: Habits, gaps: Sequence[Gap]) -> list[int]:
    """How many articles came in each week that was watched as a whole and was no outage, the latest first."""
    watched = [count for n, count in enumerate(habits.weeks) if _is_watched(habits, gaps, n)]
    usual = median(watched) if watched else 0
    return [count for count in watched if count and count >= _GOOD * usual]


def share(shapes: Sequence[Shape], has: Callable[[Shape], bool]) -> float:
    """The share of articles that have it."""
    return sum(map(has, shapes)) / len(shapes)


def has_date(shape: Shape) -> bool:
    return shape.has_date


def has_author(shape: Shape) -> bool:
    return shape.has_author


def _judged(habits: Habits) -> Sequence[Shape]:
    until = habits.watched_until
    week = [one for one in habits.articles if until and until - one.seen_at <= WEEK]
    return week if len(week) >= ENOUGH else habits.articles[:ENOUGH]


def _is_watched(habits: Habits, gaps: Sequence[Gap], week: int) -> bool:
    """Was the outlet known, and were there runs, in the whole of this week?"""
    if habits.watched_until is None or habits.known_since is None or week >= len(habits.weeks):
        return False
    end = habits.watched_until - week * WEEK
    return habits.known_since < end - WEEK and pause(end - WEEK, end, gaps) >= _WHOLE


def _least_share(chunks: Sequence[Sequence[Shape]], has: Callable[[Shape], bool]) -> float | None:
    """Down to a twentieth, from the poorest of these lots."""
    least = math.floor(20 * _BELOW * min((share(chunk, has) for chunk in chunks if chunk), default=0)) / 20
    return least if least >= _WORTH * _BELOW else None
