"""When is a host left alone? When it answers nothing but refusals, as a circuit breaker opens (Nygard, "Release It!"). Pure.

Closed, requests go through. Five addresses in a row that are refused or broken open it: nothing more is asked until a cooling
time is over. Then it is half open: the first answer decides whether it closes, or opens for twice as long.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from archive.host_store import Rest

ENOUGH = 5
"""Different addresses in a row without one good answer; a page of its own trouble is no trouble of the host's."""
COOLING = timedelta(hours=1)
LONGEST = timedelta(days=1)
REFUSALS = frozenset({403, 429})


def is_refusal(status: int) -> bool:
    """Does this answer say that the host does not want to, or cannot?"""
    return status in REFUSALS or status >= 500


class Breaker:
    """One host's. ``rest`` is what an earlier run found, if it was left alone."""

    def __init__(self, rest: Rest | None = None) -> None:
        self.rest = rest
        self._refused: set[str] = set()

    def blocks(self, now: datetime) -> str | None:
        """Why nothing may be asked now, if so."""
        return self.rest.reason if self.rest and now < self.rest.not_before else None

    def answered(self) -> bool:
        """A good answer. True when it closes a breaker that was not."""
        self._refused.clear()
        was, self.rest = self.rest, None
        return was is not None

    def refused(self, url: str, reason: str, now: datetime) -> Rest | None:
        """A refusal, or no answer: the rest that begins with it, if one does."""
        if self.blocks(now):
            return None
        self._refused.add(url)
        if self.rest is None and len(self._refused) < ENOUGH:
            return None
        trips = self.rest.trips + 1 if self.rest else 1
        wait = min(COOLING * 2 ** min(trips - 1, 10), LONGEST)
        return self.wait(
            wait, f"{reason}, {len(self._refused)} in a row" if trips == 1 else f"{reason}, again", now, trips
        )

    def wait(self, wait: timedelta, reason: str, now: datetime, trips: int | None = None) -> Rest:
        """Leave the host alone for this long."""
        self._refused.clear()
        before = self.rest.trips if self.rest else 0
        self.rest = Rest(reason, now + wait, before if trips is None else trips)
        return self.rest
