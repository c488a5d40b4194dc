"""What a server gave with a page or feed, by which it can tell that nothing changed since (RFC 9110, 8.8 and 13.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, select

from archive.database import aware, upsert, utc
from archive.tables import validators

_LONGEST = 500
"""Characters of a validator; a longer one is a mistake or a trap."""
TRUSTED = timedelta(days=7)
"""After that something is fetched whole again: a server that says "not modified" for ever would else hide what it changed."""

_KNOWN = select(validators).where(
    validators.c.key == bindparam("wanted"), validators.c.fetched_at > bindparam("trusted")
)
_PUT = upsert(validators, "key", values=("url", "etag", "last_modified", "fetched_at"))
_FORGOTTEN = delete(validators).where(validators.c.key == bindparam("forgotten"))


@dataclass(frozen=True, slots=True)
class Validators:
    """Of the capture of ``url`` at ``fetched_at``: what to send with the next request for it."""

    url: str
    fetched_at: datetime
    etag: str | None = None
    last_modified: str | None = None

    @property
    def usable(self) -> bool:
        """Is there anything to send, of a sane length?"""
        given = [one for one in (self.etag, self.last_modified) if one]
        return bool(given) and all(len(one) <= _LONGEST and one.isprintable() for one in given)


def validators_of(connection: Connection, key: str, now: datetime) -> Validators | None:
    """What is known of the page or source under this key, while it is trusted."""
    row = connection.execute(_KNOWN, {"wanted": key, "trusted": utc(now - TRUSTED)}).first()
    at = aware(row.fetched_at) if row else None
    return Validators(row.url, at, row.etag, row.last_modified) if row and at else None


def put_validators(connection: Connection, key: str, found: Validators | None) -> None:
    """Remember these for the next request; None forgets what was known."""
    if found is None or not found.usable:
        connection.execute(_FORGOTTEN, {"forgotten": key})
        return
    row = {
        "key": key,
        "url": found.url,
        "etag": found.etag,
        "last_modified": found.last_modified,
        "fetched_at": utc(found.fetched_at),
    }
    connection.execute(_PUT, row)
