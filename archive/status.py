"""How an archive stands: what it holds, what became of every link, what waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, case, func, select

from archive.database import aware, open_database, translated
from archive.home import Home
from archive.links import Outcome
from archive.tables import articles, backlog, fetches, links, runs, versions


@dataclass(frozen=True, slots=True)
class OutletStatus:
    """One outlet's share of the archive."""

    articles: int
    outcomes: dict[str, int]
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
    """The counts of one home. ``days`` has the outcomes of the last thirty days, newest first."""

    home: str
    captures: int
    articles: int
    versions: int
    links: int
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
    outcome = func.coalesce(links.c.outcome, Outcome.WAITING)
    by_outlet = connection.execute(
        select(links.c.outlet, outcome, func.count()).group_by(links.c.outlet, outcome)
    ).all()
    outcomes: dict[str, int] = {}
    for _, name, count in by_outlet:
        outcomes[name] = outcomes.get(name, 0) + count
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
        links=sum(outcomes.values()),
        outcomes=outcomes,
        outlets=_outlets(connection, [(outlet, name, count) for outlet, name, count in by_outlet]),
        days=_days(connection),
        waiting_for_index=waiting,
        rejected_by_index=rejected,
        runs=tuple(
            RunStatus(row.id, row.command, row.started_at.replace(tzinfo=UTC), aware(row.finished_at))
            for row in connection.execute(select(runs).order_by(runs.c.id.desc()).limit(5))
        ),
    )


def _outlets(connection: Connection, counted: list[tuple[str, str, int]]) -> dict[str, OutletStatus]:
    kept: dict[str, int] = {
        row.outlet: row.n
        for row in connection.execute(select(articles.c.outlet, func.count().label("n")).group_by(articles.c.outlet))
    }
    fetched = {
        outlet: aware(at)
        for outlet, at in connection.execute(
            select(fetches.c.outlet, func.max(fetches.c.fetched_at)).group_by(fetches.c.outlet)
        )
    }
    return {
        outlet: OutletStatus(
            kept.get(outlet, 0), {name: n for of, name, n in counted if of == outlet}, fetched.get(outlet)
        )
        for outlet in sorted({outlet for outlet, _, _ in counted} | set(kept))
    }


def _days(connection: Connection) -> dict[str, dict[str, int]]:
    day = func.date(links.c.settled_at)
    recent = connection.execute(
        select(day, links.c.outcome, func.count())
        .where(links.c.settled_at.is_not(None), day >= func.date("now", "-30 days"))
        .group_by(day, links.c.outcome)
        .order_by(day.desc())
    )
    days: dict[str, dict[str, int]] = {}
    for date, name, count in recent:
        days.setdefault(date, {})[name] = count
    return days
