"""What an outlet's articles were like of late, and before: what its health is judged by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, DateTime, Integer, and_, case, cast, func, not_, or_, select

from archive.database import Tables, aware, utc
from archive.links import Outcome
from archive.polls import Source, source_of
from archive.runs import CRAWLS
from archive.tables import articles, fetches, links, outcomes, runs, sources

_REMEMBERED, _READ = 300, 100
"""Articles of an outlet whose times are looked at, and those that are read, the latest: that costs ten times as much."""
_WEEKS = 8
"""Weeks whose articles are counted."""
_KEPT = (Outcome.NEW, Outcome.UPDATED, Outcome.UNCHANGED)
_BACKFILL = "backfill"
_BACKFILLS = 50
"""Back-fills that are told from an outlet's habit, the last ones."""
_LONG = 4
"""Times the usual pause between two runs that is none of the usual ones, if it is two days at least."""
_TWO_DAYS = timedelta(days=2)
_DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Shape:
    """What one article has. ``seen_at`` is when its link was first announced to us, UTC."""

    seen_at: datetime
    words: int
    has_date: bool
    has_author: bool


@dataclass(frozen=True, slots=True)
class Habits:
    """What is known of one outlet.

    ``articles`` have the latest first, and ``seen`` when more of them were; what a back-fill brought is no habit and not among them.
    ``weeks`` counts them in each week back
    from ``watched_until``, the time at which a source of the outlet could be read last: what came later nobody could see.
    ``ends`` counts how its links of the last day ended, by cause, ``""`` being none. ``requests`` were sent to it in the last week.
    """

    articles: tuple[Shape, ...]
    seen: tuple[datetime, ...] = ()
    sources: tuple[Source, ...] = ()
    ends: Mapping[str, int] = field(default_factory=dict)
    weeks: tuple[int, ...] = ()
    known_since: datetime | None = None
    watched_until: datetime | None = None
    requests: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """A time in which no run was made, much longer than usual between two runs: our own silence, and no outlet's."""

    begin: datetime
    end: datetime


class Observed(Tables):
    """Reads habits from one home. Every method is one transaction."""

    def habits(self, outlets: Mapping[str, Sequence[str]], now: datetime) -> dict[str, Habits]:
        """The habits of these outlets that were ever crawled; each has the addresses of its sources."""
        with self._transaction() as connection:
            windows = _backfills(connection)
            asked_of = _sources(connection)
            ends, requests = _ends(connection, now - _DAY), _requests(connection, now - WEEK)
            found = {}
            for outlet, urls in outlets.items():
                since = _known_since(connection, outlet)
                asked = tuple(source for source in asked_of.get(outlet, ()) if source.url in urls)
                if not (asked or since):
                    continue
                until = max((source.read_at for source in asked if source.read_at), default=None)
                latest = _latest(connection, outlet, windows)
                shapes = sorted(_shapes(connection, latest[:_READ]), key=lambda shape: shape.seen_at, reverse=True)
                found[outlet] = Habits(
                    tuple(shapes),
                    tuple(at for at, _ in latest),
                    asked,
                    ends.get(outlet, {}),
                    _weeks(connection, outlet, windows, until) if until else (),
                    since,
                    until,
                    requests.get(outlet, 0),
                )
        return found

    def gaps(self, since: datetime) -> tuple[Gap, ...]:
        """When we made no runs, though we usually do, from ``since`` on, the oldest first."""
        ended = and_(runs.c.finished_at.is_not(None), runs.c.started_at >= utc(since), runs.c.command.in_(CRAWLS))
        before = func.lag(runs.c.started_at, type_=DateTime).over(order_by=runs.c.started_at).label("before")
        pairs = select(runs.c.started_at, before).where(ended).subquery()
        with self._transaction() as connection:
            first, last, count = connection.execute(
                select(func.min(runs.c.started_at), func.max(runs.c.started_at), func.count()).where(ended)
            ).one()
            if count < _LONG:
                return ()
            longest = max(_TWO_DAYS, _LONG * (last - first) / (count - 1))
            days = func.julianday(pairs.c.started_at) - func.julianday(pairs.c.before)
            rows = connection.execute(select(pairs).where(days > longest / timedelta(days=1))).all()
        return tuple(Gap(aware(row.before), aware(row.started_at)) for row in rows)


_Windows = Sequence[tuple[datetime, datetime]]


def _backfills(connection: Connection) -> _Windows:
    wanted = (
        select(runs.c.started_at, func.coalesce(runs.c.finished_at, runs.c.started_at))
        .where(runs.c.command == _BACKFILL)
        .order_by(runs.c.id.desc())
        .limit(_BACKFILLS)
    )
    return [(row[0], row[1]) for row in connection.execute(wanted)]


def _announced(outlet: str, outcome: Outcome, windows: _Windows) -> ColumnElement[bool]:
    """Links of an outlet that ended so, but for those that a back-fill found."""
    found = and_(links.c.outlet == outlet, links.c.outcome == outcome)
    if not windows:
        return found
    return and_(found, not_(or_(*(links.c.first_seen_at.between(*window) for window in windows))))


def _latest(connection: Connection, outlet: str, windows: _Windows) -> list[tuple[datetime, str]]:
    """When the latest articles were seen, and their ids, the latest first."""
    found: list[tuple[datetime, str]] = []
    for outcome in _KEPT:  # apart, so that each is found by the index
        wanted = (
            select(links.c.first_seen_at, links.c.article_id)
            .where(_announced(outlet, outcome, windows))
            .order_by(links.c.first_seen_at.desc())
            .limit(_REMEMBERED)
        )
        found += [(aware(at), article) for at, article in connection.execute(wanted)]
    return sorted(found, key=lambda one: one[0], reverse=True)[:_REMEMBERED]


def _shapes(connection: Connection, latest: Sequence[tuple[datetime, str]]) -> Iterator[Shape]:
    seen = {article: at for at, article in latest}
    wanted = select(
        articles.c.id,
        func.json_extract(articles.c.document, "$.word_count"),
        articles.c.published_at.is_not(None),
        func.json_array_length(articles.c.document, "$.authors"),
    ).where(articles.c.id.in_(seen))
    for article, words, has_date, authors in connection.execute(wanted):
        yield Shape(seen[article], words or 0, bool(has_date), bool(authors))


def _weeks(connection: Connection, outlet: str, windows: _Windows, until: datetime) -> tuple[int, ...]:
    counted = [0] * _WEEKS
    week = cast((func.julianday(utc(until)) - func.julianday(links.c.first_seen_at)) / 7, Integer)
    for outcome in _KEPT:
        wanted = (
            select(week, func.count())
            .where(_announced(outlet, outcome, windows), links.c.first_seen_at > utc(until - _WEEKS * WEEK))
            .group_by(week)
        )
        for which, count in connection.execute(wanted):
            if 0 <= which < _WEEKS:
                counted[which] += count
    return tuple(counted)


def _known_since(connection: Connection, outlet: str) -> datetime | None:
    first = (
        connection.execute(
            select(func.min(links.c.first_seen_at)).where(links.c.outlet == outlet, links.c.outcome == outcome)
        ).scalar()
        for outcome in _KEPT
    )
    return min((aware(instant) for instant in first if instant), default=None)


def _sources(connection: Connection) -> dict[str, list[Source]]:
    """By outlet, the sources that its file names; what a sitemap index names is its business."""
    found: dict[str, list[Source]] = {}
    wanted = select(sources).where(sources.c.parent.is_(None)).order_by(sources.c.outlet, sources.c.url)
    for source in map(source_of, connection.execute(wanted)):
        found.setdefault(source.outlet, []).append(source)
    return found


def _ends(connection: Connection, since: datetime) -> dict[str, Counter[str]]:
    failed = outcomes.c.outcome.in_((Outcome.FAILED, Outcome.FAILED_TEMPORARILY))
    cause = case((failed, func.coalesce(outcomes.c.reason, "failed")), else_="")
    wanted = (
        select(links.c.outlet, cause, func.count())
        .join(links, links.c.key == outcomes.c.key)
        .where(outcomes.c.at >= utc(since))
        .group_by(links.c.outlet, cause)
    )
    found: dict[str, Counter[str]] = {}
    for outlet, name, count in connection.execute(wanted):
        found.setdefault(outlet, Counter())[name] = count
    return found


def _requests(connection: Connection, since: datetime) -> dict[str, int]:
    """How many requests each outlet was sent in runs that began since."""
    first = connection.execute(select(func.min(runs.c.id)).where(runs.c.started_at >= utc(since))).scalar()
    if first is None:
        return {}
    wanted = select(fetches.c.outlet, func.count()).where(fetches.c.run >= first).group_by(fetches.c.outlet)
    return {outlet: count for outlet, count in connection.execute(wanted) if outlet}
