"""The date in a page's URL: ``/2026/03/05/``, ``/2026-03-05-``, ``-20260305``, or year and month alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_IN_URL = re.compile(
    r"/(?P<year>20\d\d|199\d)[/_-](?P<month>0?[1-9]|1[0-2])(?:[/_-](?P<day>[0-2]?[1-9]|[1-3]0|31))?(?=[/_-]|$)"
    r"|[/_-](?P<year8>20\d\d|199\d)(?P<month8>0[1-9]|1[0-2])(?P<day8>0[1-9]|[12]\d|3[01])(?=\D|$)"
)


@dataclass(frozen=True, slots=True)
class UrlDate:
    """A year and month, and mostly a day."""

    year: int
    month: int
    day: int | None

    @property
    def at(self) -> datetime:
        """Midnight of the day, or of the month's first."""
        return datetime(self.year, self.month, self.day or 1, tzinfo=UTC)

    def agreement(self, other: date) -> float:
        """How much surer a printed date is by this one: the same day, the same month, or another."""
        if self.day and abs(self.at.date() - other) <= timedelta(days=1):
            return 2.0
        return 1.0 if (self.year, self.month) == (other.year, other.month) else -2.0


def date_in_url(url: str) -> UrlDate | None:
    """The first date in the URL's path that is not in the future.

    >>> date_in_url("https://example.org/2026/03/05/a-title")
    UrlDate(year=2026, month=3, day=5)
    """
    for found in _IN_URL.finditer(url.partition("?")[0]):
        day = found["day"] or found["day8"]
        named = UrlDate(
            int(found["year"] or found["year8"]), int(found["month"] or found["month8"]), int(day) if day else None
        )
        try:
            if named.at <= datetime.now(UTC) + timedelta(days=1):
                return named
        except ValueError:  # the 31st of June
            continue
    return None
