"""Links and their outcomes: what became of everything that was ever announced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, StrEnum, auto

from archive.captures import Capture, CaptureRef

PAUSES = (timedelta(0), timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=5))
"""How long a link rests after each passing failure: none after the first, so that the next run tries it. After one more it is
given up. Runs follow each other within a quarter of an hour, and sites are away for a night or a weekend."""


class Outcome(StrEnum):
    """What became of a link in a run. Every discovered link ends in exactly one."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    SEEN = "seen"
    DUPLICATE = "duplicate"
    NOT_AN_ARTICLE = "not_an_article"
    BLOCKED = "blocked"
    REFUSED = "refused"
    MISSING = "missing"
    GONE = "gone"
    FAILED = "failed"
    FAILED_TEMPORARILY = "failed_temporarily"
    WAITING = "waiting"


KEPT = frozenset({Outcome.NEW, Outcome.UPDATED, Outcome.UNCHANGED})
"""Outcomes of a link that brought an article."""


class Standing(Enum):
    """Where an announced link stands before a run: never seen, to be fetched, due to be looked at again, or done with."""

    NEW = auto()
    OPEN = auto()
    DUE = auto()
    DONE = auto()


@dataclass(frozen=True, slots=True)
class Announced:
    """A link as an outlet announced it. ``key`` is its normalised URL, ``url`` what is fetched."""

    key: str
    url: str
    outlet: str
    title: str | None = None
    announced_at: datetime | None = None
    found_in: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Fetch:
    """One exchange of a run, and where it is kept; ``cause`` says why nothing came back."""

    run: int
    url: str
    outlet: str | None
    kind: str
    fetched_at: datetime
    status: int | None = None
    cause: str | None = None
    ref: CaptureRef | None = None

    @classmethod
    def of(cls, run: int, capture: Capture, ref: CaptureRef, outlet: str | None, kind: str) -> Fetch:
        """The fetch that brought this capture."""
        return cls(run, capture.url, outlet, kind, capture.fetched_at, capture.status, None, ref)
