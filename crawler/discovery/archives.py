"""Where are the pages of an outlet's archive? By its address in the outlet's file, with places for numbers and days. Pure.

``{page}`` counts pages from 1, ``{offset:20}`` counts entries by twenties from 0; ``{year}``, ``{month}`` and ``{day}`` are one list a year, a
month or a day, which may have pages of its own: ``https://example.org/{year}/{month}/page/{page}/``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice

_PLACE = re.compile(r"\{(page|year|month|day|offset:[1-9][0-9]{0,3})\}")
_DATES: tuple[list[str], ...] = ([], ["year"], ["year", "month"], ["year", "month", "day"])
_MOST_PERIODS = 20_000
"""Half a century of days."""


def paged_address(url: str) -> str:
    """The address, if its places are those of an archive. Raises ValueError with the mend."""
    names = [name.partition(":")[0] for name in _PLACE.findall(url)]
    counted = [name for name in names if name in ("page", "offset")]
    dated = [name for name in ("year", "month", "day") if name in names]
    rest = _PLACE.sub("", url)
    if not names or len(names) > len(set(names)) or len(counted) > 1 or dated not in _DATES or re.search("[{}]", rest):
        raise ValueError(
            f"{url!r} has no place for a page's number; write https://…/page/{{page}}, …?start={{offset:20}} or …/{{year}}/{{month}}/"
        )
    return url


def archive_url(url: str, page: int, day: date) -> str:
    """Where a page of an archive is, and of an archive by days that of this day's.

    >>> archive_url("https://example.org/{year}/{month}/?start={offset:20}", 3, date(2024, 5, 17))
    'https://example.org/2024/05/?start=40'
    """

    def filled(place: re.Match[str]) -> str:
        name, _, step = place[1].partition(":")
        return {
            "page": str(page),
            "offset": str((page - 1) * int(step or 0)),
            "year": f"{day.year:04}",
            "month": f"{day.month:02}",
            "day": f"{day.day:02}",
        }[name]

    return _PLACE.sub(filled, url)


def has_pages(url: str) -> bool:
    """Has the archive, or what is left of its address when the day is filled in, a place for a page's number?"""
    return bool(_PLACE.search(url))


def periods(url: str, since: datetime, now: datetime) -> Iterator[tuple[str, datetime | None]]:
    """The lists that an archive consists of, from new to old, each with when its time is over: one, if it is not by years, months or days."""
    names = _PLACE.findall(url)
    if "year" not in names:
        yield url, None
        return
    for begin, end in islice(_backwards(names, now.date()), _MOST_PERIODS):
        if end <= since.date():
            return
        dated = url
        for name, value in (("{year}", f"{begin:%Y}"), ("{month}", f"{begin:%m}"), ("{day}", f"{begin:%d}")):
            dated = dated.replace(name, value)
        yield dated, datetime(end.year, end.month, end.day, tzinfo=UTC)


def _backwards(names: list[str], day: date) -> Iterator[tuple[date, date]]:
    """First day of each period, and the first after it."""
    end = day + timedelta(days=1)
    if "day" not in names:
        end = (day.replace(day=28) + timedelta(days=4)).replace(day=1)  # the next month's first
    if "month" not in names:
        end = date(day.year + 1, 1, 1)
    while end > date(1900, 1, 1):
        last = end - timedelta(days=1)
        begin = last if "day" in names else last.replace(day=1) if "month" in names else last.replace(month=1, day=1)
        yield begin, end
        end = begin
