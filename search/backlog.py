"""What the index lacks goes to it in bulk, until the backlog is empty."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from archive.revisions import Kept
from search.index import Rejection, Writer

_BATCH = 200
"""Articles in one bulk request: a few megabytes, well under Elasticsearch's 100 MB."""


class Backlog(Protocol):
    """Where articles wait for the index: the archive's store."""

    def turn(self) -> AbstractContextManager[None]: ...
    def backlog(self, limit: int) -> list[Kept]: ...
    def indexed(self, done: Sequence[Kept]) -> None: ...
    def rejected(self, article: str, reason: str) -> None: ...
    def backlog_size(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did; ``left`` counts what still waits, rejected articles among them."""

    indexed: int
    rejected: tuple[Rejection, ...]
    left: int


def push(backlog: Backlog, index: Writer) -> Pushed:
    """Write what waits. Each article leaves the backlog only once the index has it. Raises IndexUnavailable.

    A batch is read, written and crossed off in one turn: no other push, and no swap of generations, comes between.
    """
    pushed = Pushed(0, (), 0)
    while some := _push_some(backlog, index):
        pushed = Pushed(pushed.indexed + some.indexed, pushed.rejected + some.rejected, 0)
    return Pushed(pushed.indexed, pushed.rejected, backlog.backlog_size())


def _push_some(backlog: Backlog, index: Writer) -> Pushed | None:
    with backlog.turn():
        batch = backlog.backlog(_BATCH)
        if not batch:
            return None
        refused = index.write([one.article for one in batch], [one.revision for one in batch])
        for rejection in refused:
            backlog.rejected(rejection.article_id, rejection.reason)
        ids = {rejection.article_id for rejection in refused}
        taken = [one for one in batch if one.article.id not in ids]
        backlog.indexed(taken)
        return Pushed(len(taken), tuple(refused), 0)
