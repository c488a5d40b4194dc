"""Which zone is a written time in? Offsets (``+0900``, ``UTC+3``) and the abbreviations that newsrooms print."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

ZONE = r"(?:(?:UTC|GMT)?\s?[+−-]\d{1,2}(?::?[0-5]\d)?(?!\d)|(?-i:[A-Z]{1,5}|МСК|SEČ|SELČ)(?![^\W\d_])|[Zz]\b)"
"""What may follow a clock as its zone; abbreviations in capitals only, so that no word of a sentence is one."""

_OFFSET = re.compile(r"(?:UTC|GMT)?\s?(?P<sign>[+−-])(?P<hours>\d{1,2}):?(?P<minutes>[0-5]\d)?", re.IGNORECASE)
_FURTHEST = timedelta(hours=14)
"""Kiribati: no zone on Earth is further from UTC."""
_HOURS = {
    name: hours
    for hours, names in (
        (0, "UTC UT GMT Z WET"),
        (1, "BST CET MEZ SEČ WEST WAT"),
        (2, "CEST MESZ SELČ EET SAST CAT"),
        (3, "EEST IDT MSK МСК TRT EAT"),
        (4, "GST"),
        (5, "PKT"),
        (5.5, "IST"),
        (5.75, "NPT"),
        (7, "WIB ICT"),
        (8, "WITA SGT MYT HKT PHT AWST"),
        (9, "WIT JST KST"),
        (10, "AEST"),
        (11, "AEDT"),
        (12, "NZST"),
        (13, "NZDT"),
        (-3, "BRT ART"),
        (-4, "EDT AST"),
        (-5, "EST CDT"),
        (-6, "CST MDT"),
        (-7, "MST PDT"),
        (-8, "PST AKDT"),
        (-9, "AKST"),
        (-10, "HST"),
    )
    for name in names.split()
}
"""Hours from UTC, after the tz database's abbreviations (https://data.iana.org/time-zones/theory.html)."""
_ABROAD = {
    ("IST", "IL"): 2,
    ("IST", "IE"): 1,
    ("BST", "BD"): 6,
    **{("CST", country): 8 for country in ("CN", "TW", "HK", "MO")},
    **{("AST", country): 3 for country in ("SA", "IQ", "KW", "QA", "YE", "BH")},
}
"""Abbreviations that mean another zone in an outlet of that country."""
_SEASONAL = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}
"""What American newsrooms print all year round."""


def zone_named(text: str, at: datetime, country: str | None = None) -> tzinfo | None:
    """The zone that a written name or offset means at that local time, in an outlet of that country; None if unknown.

    >>> zone_named("JST", datetime(2026, 3, 5))
    datetime.timezone(datetime.timedelta(seconds=32400))
    """
    text = text.strip().upper()
    if offset := _OFFSET.fullmatch(text):
        away = timedelta(hours=int(offset["hours"]), minutes=int(offset["minutes"] or 0))
        return None if away > _FURTHEST else timezone(away if offset["sign"] == "+" else -away)
    if text in _SEASONAL:
        return timezone(ZoneInfo(_SEASONAL[text]).utcoffset(at) or timedelta())
    hours = _ABROAD.get((text, country or ""), _HOURS.get(text))
    return None if hours is None else timezone(timedelta(hours=hours))
