"""When is a source asked again? By the share of its links that were known already, within bounds. Pure.

A source that repeats itself is asked less often, one that rolls over between two looks more often: half of a feed that is new is a
feed that could have lost something (rss-fetcher steers toward a target share in the same way, news-crawl by whether the content changed).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from archive.polls import Source

FIRST = timedelta(hours=1)
"""Between the first two looks at a source."""
SHORTEST = timedelta(minutes=15)
LONGEST = timedelta(days=1)
"""Of a source that the outlet's file names: what is new must not wait longer."""
LONGEST_NAMED = timedelta(days=7)
"""Of a sitemap that an index names: most of them list a month that is long over."""
_TARGET = 0.8
"""The share of known links that is aimed at: a feed of 20 is asked when 4 are new, and loses nothing in a fivefold rush."""
_LONGER, _SHORTER = 1.5, 0.25
"""Bounds of one step: slow to lengthen, quick to shorten."""
_EARLY = 0.9
"""Due a tenth before the interval is over: runs of cron begin some seconds earlier or later, and a whole turn must not be missed."""

MOST_FURTHER = 5
"""Further pages of a feed that rolled over; what is older than that is a back-fill's."""


def has_rolled_over(source: Source, links: int, new: int) -> bool:
    """Has a source that was read before listed nothing that is known? Then something may have gone between the two looks."""
    return source.seen_share is not None and links == new > 0


def next_poll(source: Source, links: int, known: int, now: datetime) -> Source:
    """The source after it was asked at ``now`` and listed ``links``, of which ``known`` were not new.

    None listed, as in an answer of "not modified", means that nothing was new.
    """
    share = known / links if links else 1.0
    unknown = 1.0 - share
    step = _LONGER if unknown == 0 else (1.0 - _TARGET) / unknown
    return replace(_after(source, step, now, share), read_at=now, failures=0, cause=None)


def after_failure(source: Source, now: datetime, cause: str) -> Source:
    """The source after it could not be read: asked less often, and never quite given up."""
    return replace(_after(source, _LONGER, now, source.seen_share), failures=source.failures + 1, cause=cause)


def _after(source: Source, step: float, now: datetime, share: float | None) -> Source:
    longest = LONGEST_NAMED if source.parent else LONGEST
    before = source.interval
    interval = before * min(max(step, _SHORTER), _LONGER) if before else FIRST
    interval = min(max(interval, SHORTEST), longest)
    return replace(source, interval=interval, seen_share=share, polled_at=now, due_at=now + interval * _EARLY)
