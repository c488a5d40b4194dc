"""The table of cursors: how far back-fills have walked each source of an outlet's history, so that the next goes on from there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.dialects.sqlite import insert

from archive.database import Tables, aware, utc
from archive.tables import articles, cursors, fetches

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the walk through one source stands: the ``page`` to be read next, or ``done`` back to ``since``.

    ``place`` is that page's address, where the page before it named it.
    """

    outlet: str
    url: str
    page: int
    since: datetime
    done: bool
    moved_at: datetime
    place: str | None = None

    def covers(self, since: datetime) -> bool:
        """Is all walked that was published from ``since`` on?"""
        return self.done and self.since <= since


class Cursors(Tables):
    """The table of cursors. Every method is one transaction."""

    def of(self, outlet: str) -> dict[str, Cursor]:
        """An outlet's cursors, by their sources' addresses."""
        with self._transaction() as connection:
            rows = connection.execute(select(cursors).where(cursors.c.outlet == outlet)).all()
        return {
            row.url: Cursor(
                row.outlet,
                row.url,
                row.page,
                aware(row.since),
                row.done,
                aware(row.moved_at),
                row.place,
            )
            for row in rows
        }

    def move(self, cursor: Cursor) -> None:
        """Note where a walk stands."""
        row = {
            "outlet": cursor.outlet,
            "url": cursor.url,
            "page": cursor.page,
            "since": utc(cursor.since),
            "done": cursor.done,
            "moved_at": utc(cursor.moved_at),
            "place": cursor.place,
        }
        with self._transaction() as connection:
            put = insert(cursors).values(row)
            connection.execute(put.on_conflict_do_update(index_elements=["outlet", "url"], set_=row))

    def read_at(self, urls: Sequence[str]) -> dict[str, datetime]:
        """When each of these announcements was read last, if it was."""
        found: dict[str, datetime] = {}
        with self._transaction() as connection:
            for start in range(0, len(urls), _AT_ONCE):
                wanted = (
                    select(fetches.c.url, func.max(fetches.c.fetched_at))
                    .where(fetches.c.url.in_(urls[start : start + _AT_ONCE]), fetches.c.status.in_((200, 304)))
                    .group_by(fetches.c.url)
                )
                found |= {url: aware(at) for url, at in connection.execute(wanted)}
        return found

    def article_urls(self, outlet: str, limit: int) -> list[str]:
        """Addresses of articles of an outlet that are known: what its article addresses look like is learned from them."""
        wanted = (
            select(articles.c.url)
            .where(articles.c.outlet == outlet)
            .order_by(articles.c.published_at.desc(), articles.c.id)
            .limit(limit)
        )
        with self._transaction() as connection:
            return list(connection.execute(wanted).scalars())
