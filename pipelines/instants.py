"""Reading one written instant: as machines write it (ISO 8601, RFC 5322, epochs) and as outlets print it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from archive.article import Precision
from pipelines.days import Habit, find_day, western_digits
from pipelines.zones import ZONE, zone_named

_LONGEST = 120
"""Characters that are read: a weekday, a date, a clock and a place's name fit in half of them."""
_ISO = re.compile(
    rf"""
    (?P<year>\d{{4}})(?P<gap>[-/.]?)(?P<month>\d{{1,2}})(?P=gap)(?P<day>\d{{1,2}})
    (?:(?:[T_]|,?\s{{1,3}}|(?<=\d{{8}}))(?P<hour>\d\d?):?(?P<minute>[0-5]\d)(?::?(?P<second>[0-6]\d)(?:[.,:]\d{{1,9}})?)?)?
    \s{{0,2}}(?P<zone>{ZONE})?(?:\[[\w/]{{1,40}}\])?$
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""ISO 8601 with what is seen of it on the web: a space for the T, slashes, +0900 and +09, Java's zone in brackets."""
_UNIX = re.compile(r"(?P<day>[A-Z][a-z]{2}\s{1,2}\d\d?)\s(?P<clock>\d\d:\d\d:\d\d\s[A-Z]{2,5})\s(?P<year>\d{4})")
"""``Thu Mar 05 10:30:00 JST 2026``, as Unix's date and Java print it."""
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
"""Seconds or milliseconds from 1970: ten digits since 2001."""
_CLOCK = re.compile(
    rf"""
    (?:(?P<before>午前|午後|上午|下午|晚上|凌晨|오전|오후)\s?)?
    (?<![\d.:])(?P<hour>[01]?\d|2[0-4])(?:
        (?:[:.h：]|\s?[時时點点시]\s?)(?P<minute>[0-5]\d)(?:[:.：분分]\s?(?P<second>[0-6]\d))?(?!\d)[분分]?(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?
      | \s?(?P<alone>[ap])\.?\s?m\b\.?
      | \s(?:Uhr)\b
    )
    (?:\s?Uhr|\s?hrs?\b)?(?:\s?\(?(?P<zone>{ZONE}))?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NEAR = 30
"""Characters between a date and its clock: "13 October 2024 | Last updated at 17:41" is too far."""
_AFTERNOON = ("午後", "下午", "晚上", "오후")


@dataclass(frozen=True, slots=True)
class Instant:
    """An instant as written: ``at`` has no zone where the text names none; a bare day is its midnight."""

    at: datetime
    precision: Precision

    def utc(self, offset: timedelta = timedelta()) -> datetime:
        """In UTC; a local time of an unnamed zone is taken to be this far from it. A day stays the day it is."""
        if self.precision == "day":
            return self.at.replace(tzinfo=UTC)
        return self.at.astimezone(UTC) if self.at.tzinfo else (self.at - offset).replace(tzinfo=UTC)


def read_instant(text: str, habit: Habit | None = None) -> Instant | None:
    """What a text that is a date says, or None. A text in which a date only occurs is read by ``printed_instant``."""
    text = western_digits(" ".join(text[: 2 * _LONGEST].split()))[:_LONGEST]
    try:
        if _EPOCH.fullmatch(text):
            return Instant(datetime.fromtimestamp(int(text[:10]), UTC), "second")
        if iso := _ISO.match(text):
            return _iso(iso, habit or Habit())
        text = _UNIX.sub(r"\g<day>, \g<year> \g<clock>", text)
        return printed_instant(text, habit or Habit())
    except (ValueError, OverflowError, OSError):
        return None


def printed_instant(text: str, habit: Habit) -> Instant | None:
    """The first whole date in a short text with western digits, with the clock beside it. Raises ValueError never."""
    found = find_day(text, habit)
    if found is None:
        return None
    after, before = text[found.end : found.end + _NEAR + 30], text[max(0, found.start - _NEAR) : found.start]
    clock = _CLOCK.search(after)
    if clock is None or clock.start() > _NEAR:
        clock = _CLOCK.search(before)
    try:
        return _at_clock(found.day, clock, habit) if clock else _whole(found.day)
    except (ValueError, OverflowError):
        return _whole(found.day)


def _iso(found: re.Match[str], habit: Habit) -> Instant:
    if not found["gap"] and len(found["month"] + found["day"]) < 4:
        raise ValueError("a number and no date")
    day = date(int(found["year"]), int(found["month"]), int(found["day"]))
    if not found["hour"]:
        return _whole(day)
    return _exact(day, found["hour"], found["minute"], found["second"], found["zone"], habit)


def _at_clock(day: date, clock: re.Match[str], habit: Habit) -> Instant:
    hour, half = int(clock["hour"]), (clock["half"] or clock["alone"] or "").lower()
    if clock["before"]:
        half = "p" if clock["before"] in _AFTERNOON else "a"
    if half:
        hour = hour % 12 + (12 if half == "p" else 0) if hour <= 12 else hour
    return _exact(day, str(hour), clock["minute"] or "0", clock["second"], clock["zone"], habit)


def _exact(day: date, hour: str, minute: str, second: str | None, zone: str | None, habit: Habit) -> Instant:
    """A clock on a day. Midnight to the second is how systems that know only the day fill the clock: it is that day."""
    at = datetime.combine(day, time()) + timedelta(hours=int(hour), minutes=int(minute), seconds=int(second or 0))
    if at.time() == time() and at.date() == day:
        return _whole(day)
    named = zone_named(zone, at, habit.country) if zone else None
    return Instant(at.replace(tzinfo=named), "minute" if second is None else "second")


def _whole(day: date) -> Instant:
    return Instant(datetime.combine(day, time()), "day")
