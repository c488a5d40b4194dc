"""The tables of sources and validators: when each feed and sitemap was asked, when it is due again, and what it gave to ask by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from archive.database import Tables, aware, utc
from archive.tables import sources
from archive.validators import Validators, put_validators, validators_of


@dataclass(frozen=True, slots=True)
class Source:
    """A feed or sitemap. ``parent`` is the sitemap index that named it; the outlet's own file names those without one.

    ``seen_share`` is the share of its links, when it was asked last, that were known already; ``read_at`` is when it could
    be read last, ``failures`` the times in a row that it could not since, and ``cause`` the last reason.
    """

    url: str
    outlet: str
    kind: str
    parent: str | None = None
    interval: timedelta | None = None
    seen_share: float | None = None
    polled_at: datetime | None = None
    due_at: datetime | None = None
    read_at: datetime | None = None
    failures: int = 0
    cause: str | None = None

    def is_due(self, now: datetime) -> bool:
        """Is it time to ask it? One that was never asked is due."""
        return self.due_at is None or self.due_at <= now


class Polls(Tables):
    """The table of sources. Every method is one transaction."""

    def of(self, outlet: str) -> list[Source]:
        """The known sources of an outlet, those due longest first."""
        with self._transaction() as connection:
            wanted = select(sources).where(sources.c.outlet == outlet).order_by(sources.c.due_at, sources.c.url)
            return [source_of(row) for row in connection.execute(wanted)]

    def record(self, source: Source, validators: Validators | None, *, forget: bool) -> None:
        """Note that a source was asked. With ``forget`` its validators are these, or none; without, those known stay."""
        row = _row(source)
        with self._transaction() as connection:
            put = insert(sources).values(row)
            connection.execute(put.on_conflict_do_update(index_elements=["url"], set_=row))
            if forget:
                put_validators(connection, source.url, validators)

    def name(self, parent: str, named: Sequence[Source]) -> list[Source]:
        """Note the sitemaps that an index names, in the place of those it named before; gives those that are new."""
        with self._transaction() as connection:
            known = set(connection.execute(select(sources.c.url).where(sources.c.parent == parent)).scalars())
            gone = known - {source.url for source in named}
            connection.execute(delete(sources).where(sources.c.url.in_(gone)))
            fresh = [source for source in named if source.url not in known]
            if fresh:
                rows = [_row(source) for source in fresh]
                connection.execute(insert(sources).on_conflict_do_nothing(), rows)
        return fresh

    def validators(self, key: str, now: datetime) -> Validators | None:
        """What to send with a request for the page or source of this key."""
        with self._transaction() as connection:
            return validators_of(connection, key, now)


def source_of(row: Any) -> Source:
    """A source from its row."""
    return Source(
        row.url,
        row.outlet,
        row.kind,
        row.parent,
        timedelta(seconds=row.interval) if row.interval is not None else None,
        row.seen_share,
        aware(row.polled_at),
        aware(row.due_at),
        aware(row.read_at),
        row.failures,
        row.cause,
    )


def _row(source: Source) -> dict[str, object]:
    return {
        "url": source.url,
        "outlet": source.outlet,
        "kind": source.kind,
        "parent": source.parent,
        "interval": int(source.interval.total_seconds()) if source.interval is not None else None,
        "seen_share": source.seen_share,
        "polled_at": utc(source.polled_at),
        "due_at": utc(source.due_at),
        "read_at": utc(source.read_at),
        "failures": source.failures,
        "cause": source.cause,
    }
