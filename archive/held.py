"""What is held of one page: the rows of its article, versions and absences, read and written inside a transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import BindParameter, Connection, bindparam, select, update
from sqlalchemy.dialects.sqlite import insert

from archive.article import Article
from archive.database import aware, upsert, utc
from archive.links import Outcome
from archive.tables import absences, articles, backlog, versions
from archive.tombstones import SAYS_SO
from archive.versions import Decision, Held, missed

_OF: BindParameter[str] = bindparam("article")
_HELD = select(articles.c.document, articles.c.seen_at).where(articles.c.id == _OF)
_MISSED = select(absences.c.at, absences.c.reason).where(absences.c.article_id == _OF)
_VERSIONS = select(versions.c.document).where(versions.c.article_id == _OF).order_by(versions.c.version)
_DOCUMENT = select(articles.c.document).where(articles.c.id == _OF)
_SEEN = update(articles).where(articles.c.id == _OF).values(seen_at=bindparam("seen"))
_PUT = upsert(articles, "id", values=("url", "outlet", "published_at", "version", "document"))
_RECORDED = upsert(versions, "article_id", "version", values=("content_hash", "fetched_at", "document"))
_QUEUED = upsert(backlog, "article_id", values=("queued_at", "attempts", "reason"))


def put_decision(connection: Connection, decision: Decision) -> None:
    if decision.changes_current:
        put_article(connection, decision.current)
        queue(connection, decision.current.id)
    connection.execute(_SEEN, {"article": decision.current.id, "seen": utc(decision.seen_at)})
    for article in decision.written:
        row = {
            "article_id": article.id,
            "version": article.version,
            "content_hash": article.content_hash,
            "fetched_at": utc(article.fetched_at),
            "document": article.model_dump_json(),
        }
        connection.execute(_RECORDED, row)


def note_absence(connection: Connection, article: str, at: datetime, reason: str, digest: str | None) -> None:
    row = {"article_id": article, "at": utc(at), "reason": reason, "digest": digest}
    connection.execute(insert(absences).values(row).on_conflict_do_nothing())


def missed_at(connection: Connection, article: str, at: datetime) -> tuple[Outcome, Article] | None:
    """What an absence that is noted makes of the article."""
    held = held_of(connection, article)
    absent = missed(held, at)
    if absent and absent[1] != held.article:
        put_article(connection, absent[1])
        queue(connection, article)
    return absent


def digest_of_missing(connection: Connection, held: Held, new: Article) -> str | None:
    """The digest of a known article's page, where another text is on it now and it is, byte for byte, what came instead of
    another page that was missed."""
    if held.article is None or new.capture is None or new.content_hash in {one.content_hash for one in held.versions}:
        return None
    others = select(absences.c.digest).where(absences.c.digest == new.capture.digest, absences.c.article_id != new.id)
    found: str | None = connection.execute(others.limit(1)).scalar()
    return found


def held_of(connection: Connection, article: str) -> Held:
    row = connection.execute(_HELD, {"article": article}).first()
    missed = connection.execute(_MISSED, {"article": article}).all()
    known = Article.model_validate_json(row.document) if row else None
    seen_at = (aware(row.seen_at) if row else None) or (known.fetched_at if known else None)
    why = {aware(one.at): one.reason for one in missed}
    sure = frozenset(at for at, reason in why.items() if reason == SAYS_SO)
    return Held(known, tuple(versions_of(connection, article)) if known else (), seen_at, tuple(why), sure)


def versions_of(connection: Connection, article: str) -> list[Article]:
    texts = connection.execute(_VERSIONS, {"article": article}).scalars()
    return [Article.model_validate_json(text) for text in texts]


@dataclass(frozen=True, slots=True)
class Rejected:
    """An article that the index would not take: the reason it gave, and how often it was asked."""

    id: str
    url: str
    reason: str
    attempts: int


def put_article(connection: Connection, article: Article) -> None:
    row = {
        "id": article.id,
        "url": article.url,
        "outlet": article.outlet.id,
        "published_at": utc(article.published_at),
        "version": article.version,
        "document": article.model_dump_json(),
    }
    connection.execute(_PUT, row)


def queue(connection: Connection, article: str) -> None:
    row = {"article_id": article, "queued_at": utc(datetime.now(UTC)), "attempts": 0, "reason": None}
    connection.execute(_QUEUED, row)


def article_of(connection: Connection, article: str) -> Article | None:
    found = connection.execute(_DOCUMENT, {"article": article}).scalar()
    return Article.model_validate_json(found) if found else None
