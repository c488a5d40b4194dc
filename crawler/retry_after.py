"""How long does a server want to be left alone? Read from ``Retry-After`` (RFC 9110, 10.2.3): seconds, or a date. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST = timedelta(days=1)
"""A longer wait is cut to this: some servers send a year."""


def retry_after(header: str | None, now: datetime) -> timedelta | None:
    """The wait that the header asks for, at most a day; None where there is none, or none that can be read.

    >>> from datetime import UTC
    >>> retry_after("120", datetime(2026, 5, 1, tzinfo=UTC)).total_seconds()
    120.0
    """
    text = (header or "").strip()[:100]
    if text.isascii() and text.isdigit():
        return min(timedelta(seconds=int(text[:9])), LONGEST)
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(max(at - now, timedelta(0)), LONGEST)
