"""Articles in the order in which they changed, so that an index can be filled, and later told what has happened since.

Each change of an article, whoever makes it, gives its row the greatest revision of all (migration 0006). SQLite lets one
transaction write at a time: who has seen all up to a revision has missed nothing below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, func, or_, select
from sqlalchemy.dialects.sqlite import insert

from archive.article import Article
from archive.database import Tables, translated, utc
from archive.lock import turn
from archive.tables import articles, backlog, progress

_AT_ONCE = 500
"""Articles in memory at a time."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An article as the store has it at a revision."""

    article: Article
    revision: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What identifies an article's state: in the archive, and in an index that has it."""

    outlet: str
    id: str
    revision: int
    version: int
    content_hash: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Some articles: of an outlet, in a language, published since; one without a date counts from when it was first seen."""

    since: datetime | None = None
    outlet: str | None = None
    language: str | None = None

    def __bool__(self) -> bool:
        return bool(self.since or self.outlet or self.language)

    def condition(self) -> ColumnElement[bool]:
        """The same for SQL."""
        parts: list[ColumnElement[bool]] = [articles.c.id.is_not(None)]
        if self.outlet:
            parts.append(articles.c.outlet == self.outlet)
        if self.language:
            parts.append(func.json_extract(articles.c.document, "$.language") == self.language)
        if self.since:
            at = utc(self.since)
            seen = func.json_extract(articles.c.document, "$.first_seen_at") >= f"{at:%Y-%m-%dT%H:%M:%S}"
            parts.append(or_(articles.c.published_at >= at, and_(articles.c.published_at.is_(None), seen)))
        return and_(*parts)


class Snapshot:
    """The articles as they are, or as they were when a reading transaction began."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def changed(self, after: int, until: int | None = None) -> Iterator[list[Kept]]:
        """Articles whose revision is beyond ``after`` and no further than ``until``, a batch at a time in their order."""
        while batch := kept(self._connection.execute(_changed(after, until)).all()):
            yield batch
            after = batch[-1].revision

    def entries(self) -> Iterator[Entry]:
        """What identifies each article, in no order."""
        text = articles.c.document
        wanted = select(
            articles.c.outlet,
            articles.c.id,
            articles.c.revision,
            func.json_extract(text, "$.version").label("version"),
            func.json_extract(text, "$.content_hash").label("content_hash"),
        ).execution_options(yield_per=_AT_ONCE)
        for row in self._connection.execute(wanted):
            yield Entry(row.outlet, row.id, row.revision, row.version, row.content_hash)


class Revisions(Tables):
    """The articles of a home by their revisions, and how far what goes through them has come."""

    def turn(self) -> AbstractContextManager[None]:
        """Keeps others from writing the home's index meanwhile. Raises IndexUnavailable when another run does not end."""
        return turn(self._home)

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """All articles at one instant, whatever is written meanwhile."""
        with translated(self._home), self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")  # sqlite3 begins no transaction for reading by itself
            yield Snapshot(connection)

    def changed(self, after: int, until: int | None = None) -> Iterator[list[Kept]]:
        """As a snapshot's, each batch as it is when it is asked for."""
        while batch := self._kept(_changed(after, until)):
            yield batch
            after = batch[-1].revision

    def some(self, wanted: Wanted, after: str = "") -> Iterator[list[Kept]]:
        """The wanted articles whose ids come after this one, a batch at a time in the order of their ids."""
        while True:
            these = _ROWS.where(articles.c.id > after, wanted.condition()).order_by(articles.c.id).limit(_AT_ONCE)
            if not (batch := self._kept(these)):
                return
            yield batch
            after = batch[-1].article.id

    def count(self, wanted: Wanted, after: str = "") -> int:
        """How many articles are wanted, of those whose ids come after this one."""
        with self._transaction() as connection:
            asked = select(func.count()).select_from(articles).where(articles.c.id > after, wanted.condition())
            return connection.execute(asked).scalar_one()

    def newest(self) -> int:
        """The greatest revision; 0 when there is no article."""
        with self._transaction() as connection:
            return connection.execute(select(func.max(articles.c.revision))).scalar() or 0

    def until(self, revision: int) -> int:
        """How many articles have a revision up to this one."""
        with self._transaction() as connection:
            asked = select(func.count()).select_from(articles).where(articles.c.revision <= revision)
            return connection.execute(asked).scalar_one()

    # What the index has

    def in_index(self) -> int:
        """The revision up to which the live index has everything: the backlog begins beyond it."""
        waits = select(func.min(articles.c.revision)).join(backlog, backlog.c.article_id == articles.c.id)
        with self._transaction() as connection:
            first = connection.execute(waits).scalar()
            return first - 1 if first else connection.execute(select(func.max(articles.c.revision))).scalar() or 0

    def indexed(self, done: Sequence[Kept]) -> None:
        """The index has these now; one that changed since stays in the backlog."""
        with self._transaction() as connection:
            for one in done:
                same = articles.c.revision == one.revision
                unchanged = select(articles.c.id).where(articles.c.id == one.article.id, same)
                connection.execute(delete(backlog).where(backlog.c.article_id.in_(unchanged)))

    def indexed_until(self, revision: int) -> None:
        """The index has all articles up to this revision: none of them waits."""
        has = select(articles.c.id).where(articles.c.revision <= revision)
        with self._transaction() as connection:
            connection.execute(delete(backlog).where(backlog.c.article_id.in_(has)))

    def refused(self, article: str, reason: str) -> None:
        """The index will not take this article: it stands in the backlog with the reason."""
        row = {"attempts": 1, "reason": reason}
        new = insert(backlog).values(article_id=article, queued_at=utc(datetime.now(UTC)), **row)
        with self._transaction() as connection:
            connection.execute(new.on_conflict_do_update(index_elements=["article_id"], set_=row))

    # How far a task has come

    def tasks(self, kind: str) -> dict[str, str]:
        """The tasks of this kind that are under way, and where each is."""
        with self._transaction() as connection:
            rows = connection.execute(select(progress).where(progress.c.task.startswith(f"{kind} ", autoescape=True)))
            return {row.task.removeprefix(f"{kind} "): row.at for row in rows}

    def reached(self, kind: str, task: str, at: str) -> None:
        """Remember where a task is."""
        new = insert(progress).values(task=f"{kind} {task}", at=at)
        with self._transaction() as connection:
            connection.execute(new.on_conflict_do_update(index_elements=["task"], set_={"at": at}))

    def forget(self, kind: str, tasks: Sequence[str]) -> None:
        """These tasks are done with."""
        names = [f"{kind} {task}" for task in tasks]
        with self._transaction() as connection:
            for start in range(0, len(names), _AT_ONCE):
                these = progress.c.task.in_(names[start : start + _AT_ONCE])
                connection.execute(delete(progress).where(these))

    def _kept(self, these: Select[Any]) -> list[Kept]:
        with self._transaction() as connection:
            return kept(connection.execute(these).all())


_ROWS = select(articles.c.document, articles.c.revision)


def _changed(after: int, until: int | None) -> Select[Any]:
    these = _ROWS.where(articles.c.revision > after)
    if until is not None:
        these = these.where(articles.c.revision <= until)
    return these.order_by(articles.c.revision).limit(_AT_ONCE)


def kept(rows: Iterable[Any]) -> list[Kept]:
    """Rows of documents and revisions as articles."""
    return [Kept(Article.model_validate_json(row.document), row.revision) for row in rows]
