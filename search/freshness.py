"""How much less does an old article count? The option of a search that prefers what is new."""

from __future__ import annotations

from datetime import datetime, timedelta

HALF_LIFE = timedelta(days=30)
"""The age at which half of the advantage of today's article is gone: news of last month is background."""
FLOOR = 0.5
"""What the oldest article, and one without a date, keeps of its score: a good match never sinks below one half as good."""


def freshness(published: datetime | None, now: datetime) -> float:
    """What a score is multiplied with, 1 for now; a date to come counts as one as far in the past.

    >>> from datetime import UTC
    >>> now = datetime(2026, 11, 23, tzinfo=UTC)
    >>> freshness(now, now), freshness(now - HALF_LIFE, now), freshness(None, now)
    (1.0, 0.75, 0.5)
    """
    if published is None:
        return FLOOR
    return FLOOR + (1 - FLOOR) * float(0.5 ** (abs(now - published) / HALF_LIFE))
