"""What an outlet's articles were like of late, and before: what its health is judged by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from archive.database import Tables, aware, utc
from archive.links import Outcome
from archive.tables import articles, fetches, links, outcomes

_REMEMBERED = 300
"""Articles of an outlet that are looked at."""
_ASKED = 5
"""Fetches of a source that are looked at."""
_KEPT = (Outcome.NEW, Outcome.UPDATED, Outcome.UNCHANGED)


@dataclass(frozen=True, slots=True)
class Shape:
    """What one article has. ``seen_at`` is when its link was first announced to us, UTC."""

    seen_at: datetime
    words: int
    has_date: bool
    has_author: bool


@dataclass(frozen=True, slots=True)
class Asking:
    """How the last requests to one source ended, the latest first: an HTTP status, or the cause why none came."""

    url: str
    ends: tuple[str, ...]
    last_answer: datetime | None


@dataclass(frozen=True, slots=True)
class Habits:
    """What is known of one outlet: its articles, the latest first, its sources, and what became of its last links, by cause."""

    articles: tuple[Shape, ...]
    sources: tuple[Asking, ...]
    ends: tuple[str, ...]


class Observed(Tables):
    """Reads habits from one home. Every method is one transaction."""

    def habits(self, outlet: str, sources: Sequence[str], since: datetime) -> Habits:
        """The habits of an outlet with these sources; ``ends`` are those of links settled since."""
        with self._transaction() as connection:
            return Habits(
                tuple(sorted(_shapes(connection, outlet), key=lambda shape: shape.seen_at, reverse=True)),
                tuple(_asking(connection, url) for url in sources),
                tuple(_ends(connection, outlet, since)),
            )


def _shapes(connection: Connection, outlet: str) -> Iterator[Shape]:
    found: list[Any] = []
    for outcome in _KEPT:  # apart, so that each is found by the index
        latest = (
            select(links.c.first_seen_at, links.c.article_id)
            .where(links.c.outlet == outlet, links.c.outcome == outcome)
            .order_by(links.c.first_seen_at.desc())
            .limit(_REMEMBERED)
        )
        found += connection.execute(latest).all()
    seen = {
        row.article_id: row.first_seen_at for row in sorted(found, key=lambda row: row.first_seen_at)[-_REMEMBERED:]
    }
    wanted = select(
        articles.c.id,
        func.json_extract(articles.c.document, "$.word_count"),
        articles.c.published_at.is_not(None),
        func.json_array_length(articles.c.document, "$.authors"),
    ).where(articles.c.id.in_(seen))
    for article, words, has_date, authors in connection.execute(wanted):
        yield Shape(aware(seen[article]), words or 0, bool(has_date), bool(authors))


def _asking(connection: Connection, url: str) -> Asking:
    last = select(fetches).where(fetches.c.url == url).order_by(fetches.c.fetched_at.desc()).limit(_ASKED)
    rows = connection.execute(last).all()
    good = next((aware(row.fetched_at) for row in rows if row.status in (200, 304)), None)
    return Asking(url, tuple(str(row.status) if row.status else row.cause or "" for row in rows), good)


def _ends(connection: Connection, outlet: str, since: datetime) -> Iterator[str]:
    ended = (
        select(outcomes.c.outcome, outcomes.c.reason)
        .join(links, links.c.key == outcomes.c.key)
        .where(outcomes.c.at >= utc(since), links.c.outlet == outlet)
        .limit(10 * _REMEMBERED)
    )
    failed = (Outcome.FAILED, Outcome.FAILED_TEMPORARILY)
    for row in connection.execute(ended):
        yield (row.reason or "failed") if row.outcome in failed else ""
