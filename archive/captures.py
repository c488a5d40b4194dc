"""One HTTP exchange, and where it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

Headers = tuple[tuple[str, str], ...]
"""Header lines in order, repeated names kept."""


@dataclass(frozen=True, slots=True)
class CaptureRef:
    """Where a capture's response record lies in the archive.

    ``warc`` is a file name inside the home's ``warc/`` folder, ``offset`` and ``length`` count
    compressed bytes, ``digest`` is the payload digest as WARC writes it (``sha1:BASE32``).
    """

    warc: str
    offset: int
    length: int
    digest: str


@dataclass(frozen=True, slots=True)
class Original:
    """The capture that a server says is still what it has."""

    url: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Capture:
    """One exchange: what was asked, and what came back.

    ``body`` is the entity as it was sent, content-encoding kept, transfer-encoding removed.
    ``fetched_at`` is in UTC. ``truncated`` is WARC's reason (``length``, ``time``, ``disconnect``)
    when ``body`` is not the whole entity. ``unchanged_since`` is what a 304 speaks of.
    """

    url: str
    fetched_at: datetime
    status: int
    headers: Headers
    body: bytes
    method: str = "GET"
    request_headers: Headers = ()
    ip: str | None = None
    truncated: str | None = None
    unchanged_since: Original | None = None
