"""Times as people type them: 2026, 2026-10, 2026-10-03, "last month", "3 days ago", « la semaine dernière »."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from archive.errors import QueryError

_ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?")
_PERIOD = re.compile(r"(?:last|this)\s+(?P<unit>day|week|month|year)", re.IGNORECASE)


def instant_of(text: str, now: datetime, column: int) -> datetime:
    """When the time that ``text`` means begins. Raises QueryError."""
    return _span(text.strip(), now, column)[0]


def end_of(text: str, now: datetime, column: int) -> datetime:
    """When the time that ``text`` means is over: a day includes its evening. Raises QueryError."""
    return _span(text.strip(), now, column)[1]


def _span(text: str, now: datetime, column: int) -> tuple[datetime, datetime]:
    try:
        if iso := _ISO.fullmatch(text):
            return _calendar(int(iso["year"]), iso["month"], iso["day"])
        return _spoken(text, now, column)
    except (ValueError, OverflowError) as reason:
        raise QueryError(f'column {column}: {text!r} is no date; write 2026-10-03 or "last month"') from reason


def _calendar(year: int, month: str | None, day: str | None) -> tuple[datetime, datetime]:
    start = datetime(year, int(month or 1), int(day or 1), tzinfo=UTC)
    if day:
        return start, start + timedelta(days=1)
    if month:
        return start, (start + timedelta(days=32)).replace(day=1)
    return start, start.replace(year=year + 1)


def _spoken(text: str, now: datetime, column: int) -> tuple[datetime, datetime]:
    """What dateparser makes of it. "last month" is where a month ago begins: analysts mean the days up to today."""
    import warnings

    import dateparser

    period = _PERIOD.fullmatch(text)
    asked = f"1 {period['unit']} ago" if period and text.lower().startswith("last") else text
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # dateparser's own, about days without a year
        found = dateparser.parse(
            asked[:100],
            settings={
                "RELATIVE_BASE": now.replace(tzinfo=None),
                "TIMEZONE": "UTC",
                "RETURN_AS_TIMEZONE_AWARE": True,
                "PREFER_DATES_FROM": "past",
            },
        )
    if found is None:
        raise QueryError(f'column {column}: {text!r} is no date; write 2026-10-03 or "last month"')
    start = found.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return start, start + timedelta(days=1)
