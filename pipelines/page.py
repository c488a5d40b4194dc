"""A page: all that deriving an article needs, so that it looks nothing up and travels to a worker process."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from archive.article import Publisher
from archive.captures import CaptureRef


@dataclass(frozen=True, slots=True)
class Page:
    """One captured page on its way to becoming an article.

    ``content`` is the entity with its content-encoding removed, ``content_type`` the header as sent,
    ``fetched_at`` in UTC. ``announced_title`` is what the feed called it, if one did.
    """

    url: str
    content: bytes
    publisher: Publisher
    content_type: str | None = None
    fetched_at: datetime | None = None
    capture: CaptureRef | None = None
    announced_title: str | None = None
