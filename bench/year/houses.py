"""The simulated outlets: what each publishes when, and what befalls it. The truth that the archive is held against."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import datetime, timedelta

UNREADABLE = frozenset({"down", "dead", "refused", "html", "empty"})
"""Troubles in which an outlet's announcements cannot be read."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that befalls an outlet from ``begins`` to ``ends``.

    While it lasts, and until ``clears``, an alarm of these kinds is right. Where it should be told, one of them must be
    raised until ``by``.
    """

    kind: str
    begins: datetime
    ends: datetime
    alarms: frozenset[str] = frozenset()
    by: datetime | None = None
    clears: datetime | None = None

    def is_on(self, now: datetime) -> bool:
        """Is it so now?"""
        return self.begins <= now < self.ends


@dataclass(frozen=True, slots=True)
class Move:
    """An outlet moves to another host: the old one redirects, or is dead until the operator mends the outlet's file."""

    at: datetime
    host: str
    redirects: bool
    mended_at: datetime


@dataclass(slots=True)
class Piece:
    """An article of an outlet. ``texts``: which of the language's paragraphs it has from when on, the first at its publication."""

    number: int
    path: str
    at: datetime
    title: str
    author: str
    texts: list[tuple[datetime, tuple[int, ...]]]
    deleted_at: datetime | None = None
    deletion: str = ""

    def text(self, now: datetime) -> tuple[int, ...]:
        """Its paragraphs now."""
        return next(text for at, text in reversed(self.texts) if at <= now or at == self.at)

    def is_deleted(self, now: datetime) -> bool:
        """Has it been taken down?"""
        return self.deleted_at is not None and self.deleted_at <= now


@dataclass(slots=True)
class House:
    """One simulated outlet. ``feed``: rss, atom, json or sitemap, with ``size`` entries. ``validators``: how it answers
    conditional requests: etag, modified, none (each answer differs), or stale (it says "not modified" whatever happened).
    ``clock``: what is wrong with its dates, if anything. ``looks``: its templates' numbers, from when on.
    """

    id: str
    host: str
    language: str
    a_week: float
    feed: str
    size: int
    validators: str
    clock: str
    looks: list[tuple[datetime, int]]
    pieces: list[Piece] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    move: Move | None = None
    _times: list[datetime] = field(default_factory=list)

    def trouble(self, now: datetime) -> str:
        """The trouble that it has now, or nothing."""
        return next((one.kind for one in self.troubles if one.is_on(now)), "")

    def began(self, now: datetime) -> datetime:
        """When the trouble that it has now began."""
        return next(one.begins for one in self.troubles if one.is_on(now))

    def host_at(self, now: datetime) -> str:
        """Where it lives now."""
        return self.move.host if self.move and self.move.at <= now else self.host

    def configured(self, now: datetime) -> str:
        """Where its file in the catalogue says that it lives."""
        return self.move.host if self.move and self.move.mended_at <= now else self.host

    def template(self, now: datetime) -> int:
        """The number of its template now."""
        return next(number for at, number in reversed(self.looks) if at <= now)

    def listed(self, now: datetime) -> list[Piece]:
        """What its announcement lists now, the newest first."""
        if len(self._times) != len(self.pieces):
            self._times = [piece.at for piece in self.pieces]
        seen = self.began(now) if self.trouble(now) == "frozen" else now
        newest = self.pieces[: bisect_right(self._times, seen)][::-1]
        listed = [piece for piece in newest[: self.size + 5] if not piece.is_deleted(seen)]
        return listed[: self.size]

    def is_readable(self, now: datetime) -> bool:
        """Can what it announces be read now, at the address that is known?"""
        if self.trouble(now) in UNREADABLE:
            return False
        return self.move is None or self.move.redirects or self.configured(now) == self.host_at(now)
