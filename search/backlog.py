"""What the index lacks goes to it in bulk, until the backlog is empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from archive.article import Article
from search.index import Rejection, Writer

_BATCH = 200
"""Articles in one bulk request: a few megabytes, well under Elasticsearch's 100 MB."""


class Backlog(Protocol):
    """Where articles wait for the index: the archive's store."""

    def backlog(self, limit: int) -> list[Article]: ...
    def indexed(self, done: Sequence[Article]) -> None: ...
    def rejected(self, article: str, reason: str) -> None: ...
    def backlog_size(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did; ``left`` counts what still waits, rejected articles among them."""

    indexed: int
    rejected: tuple[Rejection, ...]
    left: int


def push(backlog: Backlog, index: Writer) -> Pushed:
    """Write what waits. Each article leaves the backlog only once the index has it. Raises IndexUnavailable."""
    indexed, rejections = 0, []
    while batch := backlog.backlog(_BATCH):
        refused = index.write(batch)
        ids = {rejection.article_id for rejection in refused}
        for rejection in refused:
            backlog.rejected(rejection.article_id, rejection.reason)
        taken = [article for article in batch if article.id not in ids]
        backlog.indexed(taken)
        indexed += len(taken)
        rejections += refused
    return Pushed(indexed, tuple(rejections), backlog.backlog_size())
