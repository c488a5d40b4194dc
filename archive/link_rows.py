"""The rows of links, read inside a transaction: where each stands, what waits, what is due to be looked at again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, case, func, not_, or_, select, update

from archive.database import aware, utc
from archive.ledger import note_outcome
from archive.links import KEPT, PAUSES, Announced, Fetch, Outcome, Standing
from archive.revisits import born_at, next_look
from archive.tables import articles, links
from archive.tombstones import APART
from archive.validators import Validators, put_validators

_BORN = (
    select(links.c.first_seen_at, articles.c.published_at)
    .join(articles, articles.c.id == func.coalesce(bindparam("article"), links.c.article_id))
    .where(links.c.key == bindparam("key"))
)
"""When an article came into the world, as its page and its link say. Asked for with each page, and so made once."""
_SETTLED = (
    update(links)
    .where(links.c.key == bindparam("link"))
    .values(
        outcome=bindparam("is_now"),
        reason=bindparam("why"),
        settled_at=bindparam("now"),
        attempts=case((bindparam("is_kept"), 0), else_=links.c.attempts + 1),
        article_id=func.coalesce(bindparam("article"), links.c.article_id),
    )
)
_DUE = update(links).where(links.c.key == bindparam("link")).values(due_at=bindparam("due"))


def standings_of(connection: Connection, keys: Sequence[str], now: datetime) -> dict[str, Standing]:
    """Where these links stand that were announced at ``now``."""
    standing = case(
        (and_(_is_open(now), links.c.first_seen_at == utc(now), links.c.attempts == 0), Standing.NEW.value),
        (_is_open(now), Standing.OPEN.value),
        (links.c.due_at <= utc(now), Standing.DUE.value),
        else_=Standing.DONE.value,
    )
    found = connection.execute(select(links.c.key, standing).where(links.c.key.in_(keys))).all()
    return {key: Standing(value) for key, value in found}


def waiting_of(connection: Connection, outlet: str, limit: int, now: datetime) -> list[Announced]:
    """Links of an outlet that are open, the longest known first."""
    ours = select(links).where(links.c.outlet == outlet, _is_open(now))
    tried = links.c.outcome.in_((Outcome.FAILED_TEMPORARILY, Outcome.MISSING))
    found: list[Row[Any]] = []
    for one in (links.c.outcome.is_(None), tried):  # apart, so that each is found by the index
        oldest = ours.where(one).order_by(links.c.first_seen_at, links.c.key).limit(limit)
        found += connection.execute(oldest).all()
    return [_announced(row) for row in sorted(found, key=lambda row: (row.first_seen_at, row.key))[:limit]]


def due_of(connection: Connection, outlet: str, limit: int, now: datetime) -> list[Announced]:
    """Links of an outlet to known articles that are due to be looked at again, those due longest first."""
    wanted = (
        select(links)
        .where(links.c.outlet == outlet, links.c.due_at <= utc(now), not_(_is_open(now)))
        .order_by(links.c.due_at)
        .limit(limit)
    )
    return [_announced(row) for row in connection.execute(wanted)]


def settle(
    connection: Connection,
    key: str,
    outcome: Outcome,
    reason: str | None,
    article: str | None,
    now: datetime,
    validators: Validators | None,
) -> None:
    """Remember a link's outcome, when its page is due again if an article is known, and what to ask for it by if one was kept."""
    is_now = {"link": key, "is_now": outcome, "why": reason, "now": utc(now), "is_kept": outcome in KEPT}
    connection.execute(_SETTLED, {**is_now, "article": article})
    if born := connection.execute(_BORN, {"key": key, "article": article}).first():
        due = next_look(born_at(aware(born.first_seen_at), aware(born.published_at)), now)
        connection.execute(_DUE, {"link": key, "due": utc(due)})
    note_outcome(connection, key, outcome, reason, now)
    if validators and outcome in KEPT:
        put_validators(connection, key, validators)


def _is_open(now: datetime) -> ColumnElement[bool]:
    """Links to be fetched: never yet, again after a passing failure, again where a known article's page was missed."""
    rested = (
        and_(links.c.attempts == attempts, links.c.settled_at <= utc(now - pause))
        for attempts, pause in enumerate(PAUSES, start=1)
    )
    failed = and_(links.c.outcome == Outcome.FAILED_TEMPORARILY, or_(*rested))
    missing = and_(links.c.outcome == Outcome.MISSING, links.c.settled_at <= utc(now - APART))
    return or_(links.c.outcome.is_(None), failed, missing)


def _announced(row: Row[Any]) -> Announced:
    return Announced(row.key, row.url, row.outlet, row.title, aware(row.announced_at), row.found_in, row.author)


def fetch_row(fetch: Fetch) -> dict[str, Any]:
    """An exchange as a row."""
    ref = fetch.ref
    return {
        "run": fetch.run,
        "url": fetch.url,
        "outlet": fetch.outlet,
        "kind": fetch.kind,
        "status": fetch.status,
        "cause": fetch.cause,
        "fetched_at": utc(fetch.fetched_at),
        "warc": ref.warc if ref else None,
        "offset": ref.offset if ref else None,
        "length": ref.length if ref else None,
        "digest": ref.digest if ref else None,
    }
