"""When is a known article's page looked at again? Soon while it is young, because that is when texts are edited; rarely later. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

LOOKS = (
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=7),
    timedelta(days=30),
)
"""Ages at which a young article is looked at again."""
_RAREST = timedelta(days=365)
_OLD_NEWS = timedelta(days=1)
"""What had been published that long before we saw it was no news then: its age counts from its publication."""


def born_at(first_seen_at: datetime, published_at: datetime | None) -> datetime:
    """From when an article's age counts: first seen, or published where that was long before.

    A stated day is midnight, and a stated hour often another time zone's, so of news only our own clock is trusted.
    """
    if published_at and first_seen_at - published_at > _OLD_NEWS:
        return published_at
    return first_seen_at


def next_look(born_at: datetime, looked_at: datetime) -> datetime:
    """When the page of an article is due again that was looked at now: at the ages of ``LOOKS``, then when its age has doubled,
    and after a year at the latest.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 5, 1, 12, tzinfo=UTC)
    >>> next_look(noon, noon) - noon == timedelta(hours=1), next_look(noon, noon + timedelta(days=40)) - noon
    (True, datetime.timedelta(days=80))
    """
    age = max(looked_at - born_at, timedelta(0))
    for look in LOOKS:
        if look > age:
            return looked_at - age + look
    return looked_at + min(age, _RAREST)
