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
    **dict.fromkeys(("UTC", "UT", "GMT", "Z", "WET"), 0.0),
    **dict.fromkeys(("BST", "CET", "MEZ", "SEČ", "WEST", "WAT"), 1.0),
    **dict.fromkeys(("CEST", "MESZ", "SELČ", "EET", "SAST", "CAT"), 2.0),
    **dict.fromkeys(("EEST", "IDT", "MSK", "МСК", "TRT", "EAT"), 3.0),
    **{"GST": 4.0, "PKT": 5.0, "IST": 5.5, "NPT": 5.75},
    **dict.fromkeys(("WIB", "ICT"), 7.0),
    **dict.fromkeys(("WITA", "SGT", "MYT", "HKT", "PHT", "AWST"), 8.0),
    **dict.fromkeys(("WIT", "JST", "KST"), 9.0),
    **{"ACST": 9.5, "AEST": 10.0, "ACDT": 10.5, "AEDT": 11.0, "NZST": 12.0, "NZDT": 13.0},
    **{"BRT": -3.0, "ART": -3.0, "AST": -4.0, "EDT": -4.0, "EST": -5.0, "CDT": -5.0, "CST": -6.0, "MDT": -6.0},
    **{"MST": -7.0, "PDT": -7.0, "PST": -8.0, "AKDT": -8.0, "AKST": -9.0, "HST": -10.0},
}
"""Hours from UTC, after the tz database's abbreviations (https://data.iana.org/time-zones/theory.html)."""
_ABROAD = {
    ("IST", "IL"): 2.0,
    ("IST", "IE"): 1.0,
    ("BST", "BD"): 6.0,
    **dict.fromkeys((("CST", "CN"), ("CST", "TW"), ("CST", "HK"), ("CST", "MO")), 8.0),
    **dict.fromkeys((("AST", "SA"), ("AST", "IQ"), ("AST", "KW"), ("AST", "QA"), ("AST", "YE"), ("AST", "BH")), 3.0),
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
