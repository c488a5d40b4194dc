"""Is an outlet well? What it gave of late is held against its own habit, and what is wrong is said with its mend. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median

from archive.habits import Gap, Habits, Shape
from crawler.expecting import broken, has_author, has_date, share
from crawler.outlet import Outlet
from crawler.silence import patience, pause, rhythm_of

_RECENT = 20
"""Articles that are held against those before them."""
_UNREAD, _UNREAD_FOR_A_DAY, _FAILING = 3, 2, 5
"""Times in a row that a source could not be read; those that are enough when a day has gone; and failed links that are no accident."""
_DAY = timedelta(days=1)
_OF_LATE = timedelta(days=10)
"""A source that was not asked for so long is not asked any more: once a day is the least."""
_MOST = 0.5
"""Share of links that may fail."""
_SHRUNK = 0.4
"""Of the usual length: what is left when a page shows a lead and a request to subscribe."""
_USUAL, _LOST = 0.7, 0.3
"""An outlet whose articles nearly always have a date has lost them when few do."""
_LONGEST_SEEN = 400
"""Characters of what was seen: a cause may be as long as a server likes."""


class Severity(StrEnum):
    """A failure wants to be mended; a warning wants a look, and leaves the exit code as it is."""

    FAILURE = "failure"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Alarm:
    """What is wrong: with which outlet, or with all (``""``), the kind of it, what was seen, and what to do.

    ``about`` is the address of the source, if it is about one. At the next look it is the same alarm if its ``key`` is.
    """

    outlet: str
    kind: str
    seen: str
    mend: str
    severity: Severity = Severity.FAILURE
    about: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        return self.outlet, self.kind, self.about


def alarms_of(outlet: Outlet, habits: Habits, gaps: Sequence[Gap], now: datetime) -> list[Alarm]:
    """What is wrong with an outlet, by what was observed until ``now``; in the ``gaps`` nobody observed it."""
    expected = [
        Alarm(outlet.id, one.kind, one.seen, one.mend, Severity.WARNING if one.warns else Severity.FAILURE)
        for one in broken(outlet.expects, habits, gaps)
    ]
    observed = [*_unread(habits, now), *_failing(habits), *_silent(habits, gaps), *_changed(habits.articles)]
    found = [
        *(Alarm(outlet.id, kind, plain(seen), plain(mend), about=about) for kind, seen, mend, about in observed),
        *expected,
    ]
    return list({alarm.key: alarm for alarm in found}.values())


def plain(text: str) -> str:
    """It in a line that moves no cursor and ends no header: a cause may be whatever a server likes."""
    return "".join(sign if sign.isprintable() else " " for sign in text[:_LONGEST_SEEN])


_Told = Iterator[tuple[str, str, str, str]]


def _unread(habits: Habits, now: datetime) -> _Told:
    for source in habits.sources:
        enough = _UNREAD_FOR_A_DAY if source.read_at and now - source.read_at > _DAY else _UNREAD
        if source.failures >= enough and source.polled_at and now - source.polled_at < _OF_LATE:
            since = f", last read {source.read_at:%Y-%m-%d}" if source.read_at else ""
            yield (
                "source",
                f"{source.url}: {source.cause}, {source.failures} times in a row{since}",
                "open it in a browser; it has moved, or is blocked: mend the outlet's file",
                source.url,
            )


def _failing(habits: Habits) -> _Told:
    causes = Counter({cause: count for cause, count in habits.ends.items() if cause})
    settled = sum(habits.ends.values())
    if causes.total() >= _FAILING and causes.total() > _MOST * settled:
        cause, count = causes.most_common(1)[0]
        yield (
            "failures",
            f"{causes.total()} of {settled} pages failed in a day, {count} by {cause}",
            f"give the outlet a longer delay or other hours; then: dragoman crawl --retry {cause!r}",
            "",
        )


def _silent(habits: Habits, gaps: Sequence[Gap]) -> _Told:
    until = habits.watched_until
    if until is None or habits.known_since is None or not habits.seen:
        return
    latest = habits.seen[0]
    rhythm = rhythm_of(habits.seen, gaps)
    silence = pause(latest, until, gaps)
    if silence > patience(rhythm, latest, until, until - habits.known_since):
        yield (
            "silent",
            f"nothing new for {silence.days} days; {max(rhythm.pause.days, 1)} was the longest pause so far",
            "look at its site: has its feed moved, or has it closed?",
            "",
        )


def _changed(shapes: Sequence[Shape]) -> _Told:
    recent = shapes[:_RECENT]
    before = [
        shape for shape in shapes[_RECENT:] if shape.seen_at < recent[-1].seen_at
    ]  # of another look at its sources
    if len(recent) < _RECENT or len(before) < _RECENT:
        return
    now, usual = median(one.words for one in recent), median(one.words for one in before)
    if now < _SHRUNK * usual:
        yield (
            "shorter",
            f"its articles have {now:g} words, and had {usual:g}",
            "look at one: a paywall, or a new template that wants rules in the outlet's file",
            "",
        )
    for kind, has in (("dates", has_date), ("authors", has_author)):
        there, was = share(recent, has), share(before, has)
        if was >= _USUAL and there <= _LOST:
            yield (
                kind,
                f"{there:.0%} of its articles have {kind}, and {was:.0%} had",
                "its template is new: dragoman extract --explain shows what is read, and rules in its file mend it",
                "",
            )
