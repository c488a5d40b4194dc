"""An outlet's manners: the hours in which it may be asked, and the time between two requests. Pure but for :func:`keep_delays`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_HOURS = re.compile(r"(?P<begin>\d{1,2})(?::00)?\s*[-–]\s*(?P<end>\d{1,2})(?::00)?(?:\s+(?P<zone>[A-Za-z0-9_+/-]+))?")


class Mannered(Protocol):
    """An outlet, as far as this module is concerned."""

    @property
    def delay(self) -> float | None: ...
    @property
    def hours(self) -> str | None: ...
    @property
    def hosts(self) -> frozenset[str]: ...


def checked_hours(hours: str) -> str:
    """The hours as they are written. Raises ValueError with the mend."""
    _read(hours)
    return hours


def is_awake(hours: str | None, now: datetime) -> bool:
    """May an outlet with these hours be asked at ``now``? ``22-06`` is from ten in the evening to six, in UTC or the named zone.

    >>> from datetime import UTC
    >>> at = lambda hour: datetime(2026, 7, 1, hour, 30, tzinfo=UTC)
    >>> is_awake("22-06", at(5)), is_awake("22-06", at(6)), is_awake("22-06 Asia/Tokyo", at(14))
    (True, False, True)
    """
    if hours is None:
        return True
    begin, end, zone = _read(hours)
    hour = now.astimezone(zone).hour
    return begin <= hour < end if begin < end else hour >= begin or hour < end


def keep_delays(per_slot_settings: dict[str, dict[str, Any]], outlets: Iterable[Mannered]) -> None:
    """Give each host of an outlet that wants time between requests its own queue with that delay."""
    for outlet in outlets:
        if outlet.delay:
            for host in outlet.hosts:
                per_slot_settings[host] = {"concurrency": 1, "delay": outlet.delay, "jitter": 0}


def _read(hours: str) -> tuple[int, int, ZoneInfo]:
    found = _HOURS.fullmatch(hours.strip())
    begin, end = (int(found["begin"]), int(found["end"])) if found else (0, 0)
    if found is None or begin > 23 or end > 24 or begin == end:
        raise ValueError(
            f"{hours!r} are no hours; write from and to, such as 22-06, with a zone such as Europe/London if not UTC"
        )
    name = found["zone"] or "UTC"
    try:
        return begin, end % 24 if begin > end else end, ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as reason:
        raise ValueError(f"{name!r} is no time zone; write one as Europe/London, or none for UTC") from reason
