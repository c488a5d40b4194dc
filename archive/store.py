"""What is known: links, fetches, articles, their versions, and the index's backlog. Every method is one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, and_, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from archive.article import Article
from archive.captures import CaptureRef
from archive.cursors import Cursors
from archive.database import Tables, open_database, utc
from archive.errors import UserError
from archive.habits import Observed
from archive.held import (
    Rejected,
    article_of,
    digest_of_missing,
    held_of,
    missed_at,
    note_absence,
    put_article,
    put_decision,
    queue,
    versions_of,
)
from archive.home import Home
from archive.host_store import Hosts
from archive.ledger import Ledger
from archive.link_rows import due_of, fetch_row, settle, standings_of, waiting_of
from archive.links import Announced, Fetch, Outcome, Standing
from archive.polls import Polls
from archive.revisions import Kept, Revisions, kept
from archive.runs import Runs
from archive.stories import Sketch
from archive.story_store import Stories, alone, assign, is_told
from archive.tables import articles, backlog, fetches, links, runs, versions
from archive.tellings import Tellings
from archive.template_store import Templates
from archive.urls import article_id
from archive.validators import Validators
from archive.versions import decide

_AT_ONCE = 500
"""Rows to a statement: SQLite takes a limited number of variables."""


@contextmanager
def open_store(home: Home) -> Iterator[Store]:
    """The store of a home. Raises ArchiveError, here and from every method, when the database fails."""
    engine = open_database(home)
    try:
        yield Store(home, engine)
    finally:
        engine.dispose()


class Store(Tables):
    """The tables of one home. Threads may share it: each call has a connection of its own."""

    def __init__(self, home: Home, engine: Engine) -> None:
        super().__init__(home, engine)
        self.home = home
        self.templates = Templates(home, engine)
        self.stories = Stories(home, engine)
        self.revisions = Revisions(home, engine)
        self.ledger = Ledger(home, engine)
        self.observed = Observed(home, engine)
        self.runs = Runs(home, engine)
        self.tellings = Tellings(home, engine)
        self.cursors = Cursors(home, engine)
        self.polls = Polls(home, engine)
        self.hosts = Hosts(home, engine)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction that writes what follows from what it read: nobody else writes between the two."""
        with self._transaction() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # sqlite3 itself begins with the first change only
            yield connection

    # Runs

    def begin_run(self, command: str) -> int:
        """Note that a run begins; its number."""
        with self._transaction() as connection:
            made = connection.execute(insert(runs).values(command=command, started_at=_now()))
            return int(made.inserted_primary_key[0]) if made.inserted_primary_key else 0

    def finish_run(self, run: int, stats: Mapping[str, Any]) -> None:
        """Note that a run ended, with its counts."""
        counts = {name: value for name, value in stats.items() if isinstance(value, int | float | str)}
        with self._transaction() as connection:
            connection.execute(update(runs).where(runs.c.id == run).values(finished_at=_now(), stats=counts))

    # Links

    def announce(self, announced: Sequence[Announced], now: datetime) -> dict[str, Standing]:
        """Note these links, and say by key which are to be fetched."""
        if not announced:
            return {}
        rows = [
            {
                "key": link.key,
                "url": link.url,
                "outlet": link.outlet,
                "title": link.title,
                "announced_at": utc(link.announced_at),
                "found_in": link.found_in,
                "author": link.author,
                "first_seen_at": utc(now),
                "attempts": 0,
            }
            for link in announced
        ]
        keys = [link.key for link in announced]
        standings = dict.fromkeys(keys, Standing.DONE)
        with self._transaction() as connection:
            connection.execute(sqlite_insert(links).on_conflict_do_nothing(), rows)
            for start in range(0, len(keys), _AT_ONCE):
                standings |= standings_of(connection, keys[start : start + _AT_ONCE], now)
        return standings

    def waiting(self, outlet: str, limit: int) -> list[Announced]:
        """Links of an outlet that no run has fetched yet, or that may be tried again; the longest known first."""
        with self._transaction() as connection:
            return waiting_of(connection, outlet, limit, datetime.now(UTC))

    def due(self, outlet: str, limit: int, now: datetime) -> list[Announced]:
        """Links to known articles of an outlet whose pages are to be looked at again, those due longest first."""
        with self._transaction() as connection:
            return due_of(connection, outlet, limit, now)

    def settle(
        self,
        key: str,
        outcome: Outcome,
        reason: str | None,
        article: str | None,
        now: datetime,
        validators: Validators | None = None,
    ) -> None:
        """Remember a link's outcome, when its page is due again if an article is known, and what to ask for it by if one was kept."""
        with self._transaction() as connection:
            settle(connection, key, outcome, reason, article, now, validators)

    def land(self, landed: Announced, announced: str, now: datetime) -> bool:
        """A redirect led from the link ``announced`` to this page: has the page an article under its own URL already?

        If it has none, it is noted as the same page, so that it is not fetched again when it is announced itself.
        """
        row = {
            "key": landed.key,
            "url": landed.url,
            "outlet": landed.outlet,
            "found_in": landed.found_in,
            "first_seen_at": utc(now),
            "outcome": Outcome.DUPLICATE,
            "settled_at": utc(now),
            "attempts": 0,
            "article_id": article_id(announced),
        }
        with self._transaction() as connection:
            known = connection.execute(select(links.c.article_id).where(links.c.key == landed.key)).scalar()
            if known is None:
                put = sqlite_insert(links).values(row)
                connection.execute(put.on_conflict_do_update(index_elements=["key"], set_=row))
            return known is not None and known != article_id(announced)

    # Fetches

    def record_fetches(self, fetched: Sequence[Fetch]) -> None:
        """Note these exchanges, and where each is kept."""
        if not fetched:
            return
        with self._transaction() as connection:
            connection.execute(insert(fetches), [fetch_row(fetch) for fetch in fetched])

    def capture_of(self, url: str, fetched_at: datetime) -> CaptureRef | None:
        """Where the capture of ``url`` at that instant is kept, if it is."""
        wanted = select(fetches).where(
            fetches.c.url == url, fetches.c.fetched_at == utc(fetched_at), fetches.c.warc.is_not(None)
        )
        with self._transaction() as connection:
            row = connection.execute(wanted.limit(1)).first()
        return CaptureRef(row.warc, row.offset, row.length, row.digest) if row else None

    # Articles

    def keep(
        self,
        article: Article,
        sketch: Sketch | None = None,
        link: str | None = None,
        validators: Validators | None = None,
    ) -> tuple[Outcome, Article]:
        """Keep a derived article: as a new one, a new version, or nothing new; the index hears of what changed.

        With its text's sketch the article is put into its story, and the others of the story are told. With the key of its
        link, that is settled. Returns the outcome, and the article as the store now has it.
        """
        with self._writing() as connection:
            outcome, current = _keep(connection, article, sketch)
            if link:
                settle(connection, link, outcome, None, current.id, datetime.now(UTC), validators)
        return outcome, current

    def confirm(self, url: str, at: datetime) -> tuple[Outcome, str] | None:
        """The page at ``url`` was seen at that time as it is known: the outcome and the article's id, or None if none is known."""
        with self._transaction() as connection:
            held = held_of(connection, article_id(url))
            if held.article is None:
                return None
            decision = decide(held, held.article.model_copy(update={"fetched_at": at}))
            put_decision(connection, decision)
        return decision.outcome, decision.current.id

    def miss(self, url: str, at: datetime, reason: str, digest: str | None) -> Outcome | None:
        """Note that the page at ``url`` was not there, with the digest of what came instead: the article, if there is one, stays.

        MISSING, GONE when it was missed before, or None when no article is known or its page was seen later.
        """
        article = article_id(url)
        with self._writing() as connection:
            note_absence(connection, article, at, reason, digest)
            absent = missed_at(connection, article, at)
        return absent[0] if absent else None

    def replace(self, article: Article, sketch: Sketch, revision: int | None = None) -> bool:
        """Put a re-derived article in the place of the version that its capture made.

        With the revision at which it was read: not, and False, when it was changed since.
        """
        with self._writing() as connection:
            if revision is not None and revision != _revision_of(connection, article.id):
                return False
            put_article(connection, article)
            same = (versions.c.article_id == article.id) & (versions.c.version == article.version)
            was = connection.execute(select(versions.c.document).where(same)).scalar()
            silent = was is not None and Article.model_validate_json(was).silently_edited
            recorded = article.model_copy(
                update={"silently_edited": silent, "gone_at": None, "story": None, "role": None}
            )
            connection.execute(
                update(versions)
                .where(same)
                .values(content_hash=recorded.content_hash, document=recorded.model_dump_json())
            )
            queue(connection, article.id)
            _tell(connection, article, sketch)
            return True

    def article(self, wanted: str) -> Article | None:
        """The article of this id, of the one id that starts so, or of this URL. Raises UserError when several start so."""
        with self._transaction() as connection:
            if "/" in wanted:
                return article_of(connection, article_id(wanted))
            ids = (
                connection.execute(
                    select(articles.c.id).where(articles.c.id.startswith(wanted, autoescape=True)).limit(2)
                )
                .scalars()
                .all()
            )
            if len(ids) > 1:
                raise UserError(f"several articles' ids start with {wanted!r}; write more of it")
            return article_of(connection, ids[0]) if ids else None

    def has_article(self, url: str) -> bool:
        """Is an article of this URL known?"""
        with self._transaction() as connection:
            return article_of(connection, article_id(url)) is not None

    def versions(self, article: str) -> list[Article]:
        """All versions of an article, in their order."""
        with self._transaction() as connection:
            return versions_of(connection, article)

    def articles(self) -> Iterator[Article]:
        """Every article, a few hundred in memory at a time."""
        last = ""
        while True:
            wanted = (
                select(articles.c.id, articles.c.document)
                .where(articles.c.id > last)
                .order_by(articles.c.id)
                .limit(_AT_ONCE)
            )
            with self._transaction() as connection:
                rows = connection.execute(wanted).all()
            if not rows:
                return
            for row in rows:
                yield Article.model_validate_json(row.document)
            last = rows[-1].id

    def newest(self, outlet: str, limit: int) -> list[Article]:
        """The articles of an outlet that were captured last, the newest first."""
        wanted = (
            select(articles.c.document)
            .join(versions, and_(versions.c.article_id == articles.c.id, versions.c.version == articles.c.version))
            .where(articles.c.outlet == outlet)
            .order_by(versions.c.fetched_at.desc(), articles.c.id)
            .limit(limit)
        )
        with self._transaction() as connection:
            return [Article.model_validate_json(text) for text in connection.execute(wanted).scalars()]

    # The index's backlog

    def turn(self) -> AbstractContextManager[None]:
        """Keeps others from writing the home's index meanwhile. Raises IndexUnavailable when another run does not end."""
        return self.revisions.turn()

    def backlog(self, limit: int) -> list[Kept]:
        """Articles that the index lacks and has not rejected, the longest waiting first."""
        wanted = (
            select(articles.c.document, articles.c.revision)
            .join(backlog, backlog.c.article_id == articles.c.id)
            .where(backlog.c.reason.is_(None))
            .order_by(backlog.c.queued_at, articles.c.id)
            .limit(limit)
        )
        with self._transaction() as connection:
            return kept(connection.execute(wanted).all())

    def indexed(self, done: Sequence[Kept]) -> None:
        """The index has these now; one that changed since stays in the backlog."""
        self.revisions.indexed(done)

    def rejected(self, article: str, reason: str) -> None:
        """The index will not take this article; it stays in the backlog with the reason."""
        with self._transaction() as connection:
            connection.execute(
                update(backlog)
                .where(backlog.c.article_id == article)
                .values(reason=reason, attempts=backlog.c.attempts + 1)
            )

    def retry_rejected(self) -> None:
        """Let the index be asked again about what it rejected."""
        with self._transaction() as connection:
            connection.execute(update(backlog).values(reason=None))

    def rejections(self) -> list[Rejected]:
        """What the index rejected, the longest waiting first."""
        wanted = (
            select(articles.c.id, articles.c.url, backlog.c.reason, backlog.c.attempts)
            .join(backlog, backlog.c.article_id == articles.c.id)
            .where(backlog.c.reason.is_not(None))
            .order_by(backlog.c.queued_at, articles.c.id)
        )
        with self._transaction() as connection:
            return [Rejected(*row) for row in connection.execute(wanted)]

    def backlog_size(self) -> int:
        """How many articles the index lacks, rejected ones too."""
        with self._transaction() as connection:
            return connection.execute(select(func.count()).select_from(backlog)).scalar_one()


def _keep(connection: Connection, article: Article, sketch: Sketch | None) -> tuple[Outcome, Article]:
    held = held_of(connection, article.id)
    if (at := article.fetched_at) and (digest := digest_of_missing(connection, held, article)):
        note_absence(connection, article.id, at, "not found: the page is that of others which are gone", digest)
        if absent := missed_at(connection, article.id, at):
            return absent
    decision = decide(held, article)
    if sketch and decision.outcome is Outcome.NEW:
        decision = replace(decision, current=alone(decision.current, sketch))
    put_decision(connection, decision)
    current = decision.current
    is_its_text = current.content_hash == article.content_hash
    if sketch and is_its_text and (decision.changes_current or not is_told(connection, article.id)):
        current = _tell(connection, current, sketch)
    return decision.outcome, current


def _revision_of(connection: Connection, article: str) -> int | None:
    return connection.execute(select(articles.c.revision).where(articles.c.id == article)).scalar()


def _tell(connection: Connection, article: Article, sketch: Sketch) -> Article:
    """Put an article into its story; the index hears of all that are told so. Returns the article as it is now."""
    news = {told.id: told for told in assign(connection, article, sketch)}
    for told in news:
        queue(connection, told)
    return news.get(article.id, article)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
