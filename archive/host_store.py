"""The tables of hosts that want to be left alone for a while, and of the files in which sites state their rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from archive.database import Tables, aware, utc
from archive.tables import hosts, site_files

_FRESH = timedelta(hours=24)
"""How long a site's rules are taken as read (RFC 9309, 2.4, says so of robots.txt)."""


@dataclass(frozen=True, slots=True)
class Rest:
    """A host is not asked before ``not_before``. ``trips``: how often in a row it had to be left alone."""

    reason: str
    not_before: datetime
    trips: int = 0


class Hosts(Tables):
    """What sites want of us, from one run to the next. Every method is one transaction."""

    def resting(self) -> dict[str, Rest]:
        """All hosts that were left alone and have not answered well since."""
        with self._transaction() as connection:
            rows = connection.execute(select(hosts)).all()
        return {row.host: Rest(row.reason, at, row.trips) for row in rows if (at := aware(row.not_before))}

    def rest(self, host: str, rest: Rest) -> None:
        """Leave a host alone until then."""
        row = {"host": host, "reason": rest.reason, "trips": rest.trips, "not_before": utc(rest.not_before)}
        with self._transaction() as connection:
            connection.execute(insert(hosts).values(row).on_conflict_do_update(index_elements=["host"], set_=row))

    def awake(self, host: str) -> None:
        """The host answers again."""
        with self._transaction() as connection:
            connection.execute(delete(hosts).where(hosts.c.host == host))

    def site_file(self, url: str, now: datetime) -> tuple[int, bytes] | None:
        """Status and content of a file of rules that was fetched within a day."""
        wanted = select(site_files).where(site_files.c.url == url, site_files.c.fetched_at > utc(now - _FRESH))
        with self._transaction() as connection:
            row = connection.execute(wanted).first()
        return (row.status, row.body) if row else None

    def keep_site_file(self, url: str, status: int, body: bytes, now: datetime) -> None:
        """Remember a file of rules."""
        row = {"url": url, "status": status, "body": body, "fetched_at": utc(now)}
        with self._transaction() as connection:
            connection.execute(insert(site_files).values(row).on_conflict_do_update(index_elements=["url"], set_=row))
