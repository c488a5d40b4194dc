"""Runs, outlet by outlet, as the index of runs wants them.

Counts of links come from the stats that a run leaves at its end, exchanges from the table ``fetches``; both stay as they
are, so the same run gives the same documents whenever it is asked about. A killed run has exchanges and no counts.
"""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Engine, Row, select

from archive.article import Publisher
from archive.database import aware, translated, utc
from archive.home import Home
from archive.links import Outcome
from archive.outlet_run import Answers, CauseCount, CodeCount, Outcomes, OutletRun
from archive.tables import fetches, runs

_NOT_DERIVED = "not derived"
"""How the cause starts when a page came and no article could be made of it (``pipelines/items.py``)."""
CRAWLS = ("crawl", "backfill")
"""Commands of runs that look at outlets."""
_INDEX = "index"
"""What rejections by the index are reported under: no outlet."""


@dataclass(slots=True)
class _Exchanges:
    codes: Counter[int | None] = field(default_factory=Counter)
    size: int = 0
    first: datetime | None = None
    last: datetime | None = None

    def add(self, fetch: Any) -> None:
        self.codes[fetch.status] += 1
        self.size += fetch.length or 0
        self.first = self.first or fetch.fetched_at
        self.last = fetch.fetched_at


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run, and the stats that it left; ``finished_at`` is None while it lasts, or when it was killed."""

    id: int
    command: str
    started_at: datetime
    finished_at: datetime | None
    stats: Mapping[str, Any]


class Runs:
    """The runs of one home."""

    def __init__(self, home: Home, engine: Engine) -> None:
        self.home = home
        self.name = f"{socket.gethostname()}:{home.path}"
        self._engine = engine

    def since(
        self, instant: datetime | None, publisher_of: Callable[[str], Publisher]
    ) -> Iterator[tuple[OutletRun, ...]]:
        """Each run that began at ``instant`` or later, or all, the oldest first: one value an outlet. Raises ArchiveError."""
        wanted = select(runs).order_by(runs.c.id)
        if instant:
            wanted = wanted.where(runs.c.started_at >= utc(instant))
        with translated(self.home), self._engine.connect() as connection:
            rows = connection.execute(wanted).all()
            fetched = _by_run(connection, rows[0].id) if rows else iter(())
            held = next(fetched, None)
            for run in rows:
                while held and held[0] < run.id:
                    held = next(fetched, None)
                yield self._documents(run, held[1] if held and held[0] == run.id else {}, publisher_of)

    def latest(self, count: int) -> tuple[RunRecord, ...]:
        """The latest crawls, the last one first. Raises ArchiveError."""
        wanted = select(runs).where(runs.c.command.in_(CRAWLS)).order_by(runs.c.id.desc()).limit(count)
        with translated(self.home), self._engine.connect() as connection:
            return tuple(
                RunRecord(row.id, row.command, aware(row.started_at), aware(row.finished_at), row.stats or {})
                for row in connection.execute(wanted)
            )

    def _documents(
        self, run: Row[Any], exchanges: Mapping[str | None, _Exchanges], publisher_of: Callable[[str], Publisher]
    ) -> tuple[OutletRun, ...]:
        counted = _counts(run.stats or {})
        outlets = sorted({*counted, *exchanges} - {_INDEX}, key=lambda outlet: outlet or "")
        return tuple(
            OutletRun(
                run=run.id,
                home=self.name,
                command=run.command,
                started_at=aware(run.started_at),
                finished_at=aware(run.finished_at),
                seconds=round((run.finished_at - run.started_at).total_seconds()) if run.finished_at else None,
                outlet=publisher_of(outlet) if outlet else None,
                **_of_links(counted.get(outlet, {})),
                **_of_exchanges(exchanges.get(outlet, _Exchanges())),
            )
            for outlet in outlets
        )


def _by_run(connection: Connection, first: int) -> Iterator[tuple[int, dict[str | None, _Exchanges]]]:
    """Exchanges by run and outlet, from the run ``first`` on. One run at a time holds a home, so theirs lie together."""
    start = None
    for row in connection.execute(select(fetches.c.id, fetches.c.run).order_by(fetches.c.id.desc())):
        if row.run is not None and row.run < first:
            break
        start = row.id
    if start is None:
        return
    columns = (fetches.c.run, fetches.c.outlet, fetches.c.status, fetches.c.length, fetches.c.fetched_at)
    wanted = select(*columns).where(fetches.c.id >= start, fetches.c.run.is_not(None)).order_by(fetches.c.id)
    for run, rows in groupby(connection.execution_options(yield_per=1000).execute(wanted), key=lambda row: row.run):
        found: dict[str | None, _Exchanges] = {}
        for fetch in rows:
            found.setdefault(fetch.outlet, _Exchanges()).add(fetch)
        yield run, found


def _counts(stats: Mapping[str, Any]) -> dict[str | None, dict[tuple[str, str], int]]:
    """A run's stats by outlet: ``found``, outcomes and causes. An import's stats are outcomes of no outlet."""
    counted: dict[str | None, dict[tuple[str, str], int]] = {}
    for name, value in stats.items():
        match name.split("/", 2):
            case ["discovered", outlet]:
                counted.setdefault(outlet, {})["found", ""] = value
            case ["outcome" | "failed" as what, outlet, which]:
                counted.setdefault(outlet, {})[what, which] = value
            case [which] if which in list(Outcome):
                counted.setdefault(None, {})["outcome", which] = value
            case _:
                pass
    return counted


def _of_links(counts: Mapping[tuple[str, str], int]) -> dict[str, Any]:
    outcomes = Outcomes(**{which: count for (what, which), count in counts.items() if what == "outcome"})
    causes = Counter({which: count for (what, which), count in counts.items() if what == "failed"})
    return {
        "found": counts.get(("found", ""), 0),
        "new": outcomes.new,
        "changed": outcomes.updated,
        "failed": outcomes.failed + outcomes.failed_temporarily,
        "extraction_failures": sum(count for cause, count in causes.items() if cause.startswith(_NOT_DERIVED)),
        "outcomes": outcomes,
        "failed_by_cause": tuple(CauseCount(cause=cause, count=count) for cause, count in causes.most_common()),
        "causes": tuple(sorted(causes)),
    }


def _of_exchanges(found: _Exchanges) -> dict[str, Any]:
    codes = {str(code): count for code, count in sorted(found.codes.items(), key=lambda one: one[0] or 0) if code}
    classes = Counter(dict.fromkeys(range(2, 6), 0))
    for code, count in found.codes.items():
        classes[(code or 0) // 100] += count
    span = (found.last - found.first).total_seconds() if found.first and found.last else 0
    return {
        "exchanges": found.codes.total(),
        "answers": Answers(
            success=classes[2], redirect=classes[3], client_error=classes[4], server_error=classes[5], none=classes[0]
        ),
        "http_codes": tuple(CodeCount(code=code, count=count) for code, count in codes.items()),
        "codes": tuple(codes),
        "bytes": found.size,
        "fetching_seconds": round(span),
    }
