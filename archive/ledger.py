"""The ledger: every URL that was ever announced, its one state, and how it came to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Row, func, insert, select, update

from archive.database import Tables, aware, utc
from archive.links import Outcome
from archive.tables import absences, articles, backlog, fetches, links, outcomes, versions
from archive.urls import article_id, url_key


class State(StrEnum):
    """Where a URL stands. Each has exactly one."""

    INDEXED = "indexed"
    KEPT = "waiting for the index"
    REJECTED = "rejected by the index"
    DUPLICATE = "duplicate"
    NOT_AN_ARTICLE = "not an article"
    BLOCKED = "blocked"
    FAILED = "failed"
    GONE = "gone"
    WAITING = "waiting"


_STATES = {
    Outcome.DUPLICATE: State.DUPLICATE,
    Outcome.NOT_AN_ARTICLE: State.NOT_AN_ARTICLE,
    Outcome.BLOCKED: State.BLOCKED,
    Outcome.REFUSED: State.BLOCKED,
    Outcome.FAILED: State.FAILED,
    Outcome.FAILED_TEMPORARILY: State.FAILED,
    Outcome.MISSING: State.FAILED,
    Outcome.GONE: State.GONE,
}
"""The state of a URL without an article, by its last outcome; without one it waits."""
_NOTED = insert(outcomes)
"""Asked for with each page: made once, because SQLAlchemy takes longer to make a statement than SQLite to carry it out."""
_FAILED = (Outcome.FAILED, Outcome.FAILED_TEMPORARILY)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a URL: ``what`` in a word or two, ``detail`` the cause, the feed, the capture."""

    at: datetime
    what: str
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What the ledger says of a URL. ``cause`` is its last outcome's reason; the history is in order of time."""

    url: str
    outlet: str
    state: State
    cause: str | None
    outcome: str | None
    article: str | None
    attempts: int
    history: tuple[Event, ...]


def note_outcome(connection: Connection, key: str, outcome: Outcome, reason: str | None, at: datetime) -> None:
    """Write down what became of a link this time."""
    connection.execute(_NOTED, {"key": key, "outcome": outcome, "reason": reason, "at": utc(at)})


class Ledger(Tables):
    """The ledger of one home. Every method is one transaction."""

    def entry(self, url: str) -> Entry | None:
        """What is known of this URL; None if it was never announced and no article is from it."""
        key = url_key(url)
        with self._transaction() as connection:
            link = connection.execute(select(links).where(links.c.key == key)).first()
            article = (link.article_id if link else None) or article_id(url)
            kept = connection.execute(
                select(articles.c.id, articles.c.outlet, articles.c.url).where(articles.c.id == article)
            ).first()
            if link is None and kept is None:
                return None
            state = _state(connection, link, article if kept else None)
            address = link.url if link else kept.url if kept else url
            return Entry(
                url=address,
                outlet=link.outlet if link else kept.outlet if kept else "",
                state=state,
                cause=link.reason if link else None,
                outcome=link.outcome if link else None,
                article=kept.id if kept else link.article_id if link else None,
                attempts=link.attempts if link else 0,
                history=tuple(
                    sorted(_history(connection, link, key, article, {url, address}), key=lambda event: event.at)
                ),
            )

    def failed_causes(self, outlets: Sequence[str] = ()) -> dict[str, int]:
        """How many links failed by each cause, the most first; of these outlets, or of all."""
        wanted = select(links.c.reason, func.count()).where(links.c.outcome.in_(_FAILED)).group_by(links.c.reason)
        if outlets:
            wanted = wanted.where(links.c.outlet.in_(outlets))
        with self._transaction() as connection:
            return {
                reason or "": count
                for reason, count in connection.execute(wanted.order_by(func.count().desc(), links.c.reason))
            }

    def reopen(self, cause: str, outlets: Sequence[str] = ()) -> int:
        """Have the links that failed by this cause fetched again by the next run; how many there are."""
        failed = (links.c.outcome.in_(_FAILED)) & (links.c.reason == cause)
        if outlets:
            failed &= links.c.outlet.in_(outlets)
        with self._transaction() as connection:
            return connection.execute(update(links).where(failed).values(outcome=None, attempts=0)).rowcount


def _state(connection: Connection, link: Row[tuple[object, ...]] | None, article: str | None) -> State:
    if article is None:
        return _STATES.get(Outcome(link.outcome), State.WAITING) if link is not None and link.outcome else State.WAITING
    waits = connection.execute(select(backlog.c.reason).where(backlog.c.article_id == article)).first()
    if waits is None:
        return State.INDEXED
    return State.REJECTED if waits.reason else State.KEPT


def _history(
    connection: Connection, link: Row[tuple[object, ...]] | None, key: str, article: str, urls: set[str]
) -> Iterator[Event]:
    if link is not None:
        yield Event(aware(link.first_seen_at), "announced", link.found_in)
    for row in connection.execute(select(fetches).where(fetches.c.url.in_(urls))):
        place = f"{row.warc} at {row.offset}" if row.warc else row.cause
        yield Event(aware(row.fetched_at), f"http {row.status}" if row.status else "no answer", place)
    for row in connection.execute(select(outcomes).where(outcomes.c.key == key)):
        yield Event(aware(row.at), str(row.outcome).replace("_", " "), row.reason)
    for row in connection.execute(
        select(versions.c.version, versions.c.fetched_at).where(versions.c.article_id == article)
    ):
        if row.fetched_at:
            yield Event(aware(row.fetched_at), f"version {row.version}")
    for row in connection.execute(select(absences).where(absences.c.article_id == article)):
        yield Event(aware(row.at), "not there", row.reason)
