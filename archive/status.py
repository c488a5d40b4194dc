"""How an archive stands: what it holds, what became of every link, what waits."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, case, func, select

from archive.database import aware, open_database, translated
from archive.home import Home
from archive.links import Outcome
from archive.tables import articles, backlog, fetches, links, outcomes, runs, versions


@dataclass(frozen=True, slots=True)
class OutletStatus:
    """One outlet's share of the archive: how many URLs it announced, and of how many of them an article is kept.

    ``days`` has what became of its links on each of the last thirty days, newest first.
    """

    announced: int
    archived: int
    articles: int
    outcomes: dict[str, int]
    days: dict[str, dict[str, int]]
    last_fetched_at: datetime | None


@dataclass(frozen=True, slots=True)
class RunStatus:
    """One run; ``finished_at`` is None while it lasts, or when it was killed."""

    id: int
    command: str
    started_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Status:
    """The counts of one home. ``links`` were announced, ``archived`` of them have an article; ``days`` as those of an outlet."""

    home: str
    captures: int
    articles: int
    versions: int
    links: int
    archived: int
    outcomes: dict[str, int]
    outlets: dict[str, OutletStatus]
    days: dict[str, dict[str, int]]
    waiting_for_index: int
    rejected_by_index: int
    runs: tuple[RunStatus, ...]


def status_of(home: Home) -> Status:
    """Count what is in a home. Raises ArchiveError."""
    engine = open_database(home)
    try:
        with translated(home), engine.connect() as connection:
            return _status(connection, home)
    finally:
        engine.dispose()


def _status(connection: Connection, home: Home) -> Status:
    days = _days(connection)
    outlets = _outlets(connection, days)
    waiting, rejected = connection.execute(
        select(func.count(), func.coalesce(func.sum(case((backlog.c.reason.is_not(None), 1), else_=0)), 0)).select_from(
            backlog
        )
    ).one()
    return Status(
        home=str(home.path),
        captures=connection.execute(select(func.count()).where(fetches.c.warc.is_not(None))).scalar_one(),
        articles=connection.execute(select(func.count()).select_from(articles)).scalar_one(),
        versions=connection.execute(select(func.count()).select_from(versions)).scalar_one(),
        links=sum(one.announced for one in outlets.values()),
        archived=sum(one.archived for one in outlets.values()),
        outcomes=dict(sum((Counter(one.outcomes) for one in outlets.values()), Counter())),
        outlets=outlets,
        days=_all_days(days),
        waiting_for_index=waiting,
        rejected_by_index=rejected,
        runs=tuple(
            RunStatus(row.id, row.command, aware(row.started_at), aware(row.finished_at))
            for row in connection.execute(select(runs).order_by(runs.c.id.desc()).limit(5))
        ),
    )


def _outlets(connection: Connection, days: dict[str, dict[str, dict[str, int]]]) -> dict[str, OutletStatus]:
    outcome = func.coalesce(links.c.outcome, Outcome.WAITING)
    counted: dict[str, dict[str, int]] = {}
    for outlet, name, count in connection.execute(
        select(links.c.outlet, outcome, func.count()).group_by(links.c.outlet, outcome)
    ):
        counted.setdefault(outlet, {})[name] = count
    archived = _counts(connection, select(links.c.outlet, func.count(links.c.article_id)).group_by(links.c.outlet))
    kept = _counts(connection, select(articles.c.outlet, func.count()).group_by(articles.c.outlet))
    fetched = {
        outlet: aware(at)
        for outlet, at in connection.execute(
            select(fetches.c.outlet, func.max(fetches.c.fetched_at)).group_by(fetches.c.outlet)
        )
    }
    return {
        outlet: OutletStatus(
            announced=sum(counted.get(outlet, {}).values()),
            archived=archived.get(outlet, 0),
            articles=kept.get(outlet, 0),
            outcomes=counted.get(outlet, {}),
            days=days.get(outlet, {}),
            last_fetched_at=fetched.get(outlet),
        )
        for outlet in sorted(set(counted) | set(kept))
    }


def _counts(connection: Connection, wanted: Select[Any]) -> dict[str, int]:
    return {row[0]: row[1] for row in connection.execute(wanted)}


def _days(connection: Connection) -> dict[str, dict[str, dict[str, int]]]:
    """By outlet and day, what became of its links."""
    day = func.date(outcomes.c.at)
    recent = (
        select(links.c.outlet, day, outcomes.c.outcome, func.count())
        .join(links, links.c.key == outcomes.c.key)
        .where(outcomes.c.at >= func.date("now", "-30 days"))
        .group_by(links.c.outlet, day, outcomes.c.outcome)
        .order_by(day.desc())
    )
    days: dict[str, dict[str, dict[str, int]]] = {}
    for outlet, date, name, count in connection.execute(recent):
        days.setdefault(outlet, {}).setdefault(date, {})[name] = count
    return days


def _all_days(days: dict[str, dict[str, dict[str, int]]]) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = {}
    for of_outlet in days.values():
        for date, counts in of_outlet.items():
            found.setdefault(date, Counter()).update(counts)
    return {date: dict(found[date]) for date in sorted(found, reverse=True)}
