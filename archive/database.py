"""The database of a home: SQLite in WAL mode, its tables brought up to date when it is opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, overload

from sqlalchemy import Connection, Engine, Table, create_engine, event, inspect, text
from sqlalchemy.dialects.sqlite import Insert, insert
from sqlalchemy.exc import DBAPIError

from archive.errors import ArchiveError
from archive.home import Home

HEAD = "0010"
"""The newest migration. A database that is there need not wait for Alembic's import (0.6 s)."""


def open_database(home: Home) -> Engine:
    """The engine of a home's database, with all tables. Raises ArchiveError."""
    engine = create_engine(f"sqlite:///{home.database}")
    event.listen(engine, "connect", _configure)
    with translated(home), engine.begin() as connection:
        revision = _revision(connection)
        if revision and revision > HEAD:
            raise ArchiveError(
                f"{home.database}: a newer Dragoman made it (tables {revision} and not {HEAD}): update Dragoman"
            )
        if revision != HEAD:
            _migrate(connection)
    return engine


@contextmanager
def translated(home: Home) -> Iterator[None]:
    """Turns what the database complains of into an ArchiveError of one line."""
    try:
        yield
    except DBAPIError as reason:
        raise ArchiveError(f"{home.database}: {reason.orig}") from reason


class Tables:
    """Some tables of one home. What inherits it makes each of its public methods one transaction."""

    def __init__(self, home: Home, engine: Engine) -> None:
        self._home = home
        self._engine = engine

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with translated(self._home), self._engine.begin() as connection:
            yield connection


def _configure(connection: sqlite3.Connection, _: Any) -> None:
    # WAL with synchronous=NORMAL: a killed process loses nothing, a lost machine at most the last transactions, and
    # those are derived again, because their captures were fsynced before.
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _migrate(connection: Connection) -> None:
    from alembic.command import upgrade
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    upgrade(config, "head")


def upsert(table: Table, *keys: str, values: Sequence[str]) -> Insert:
    """A statement, made once, that puts a row of these values in; where there is one under its keys, it has these values then.

    Statements that each page asks for are made once, because SQLAlchemy takes longer to make one than SQLite to carry it out.
    """
    put = insert(table)
    changed = {name: put.excluded[name] for name in values if name not in keys}
    return put.on_conflict_do_update(index_elements=keys, set_=changed)


def utc(instant: datetime | None) -> datetime | None:
    """An instant as the database holds it: UTC, without saying so."""
    return instant.astimezone(UTC).replace(tzinfo=None) if instant else None


@overload
def aware(instant: datetime) -> datetime: ...
@overload
def aware(instant: None) -> None: ...
def aware(instant: datetime | None) -> datetime | None:
    """An instant as read from the database, saying that it is UTC."""
    return instant.replace(tzinfo=UTC) if instant else None
