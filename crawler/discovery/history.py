"""How an outlet's history is walked: which listing comes after one that was read, and where the walk ends. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from crawler.discovery.links import Findings, Link, More
from crawler.discovery.reading import address_of
from pipelines.url_dates import date_in_url

PAGED = ("wordpress", "archive")
_MOST_PAGES = 20_000
"""Two million posts: a longer archive is a trap."""
_PAST_THE_END = frozenset({400, 404, 410})
"""Answers for a page after the last; 400 is WordPress's (``rest_post_invalid_page_number``)."""
_YEAR = re.compile(r"(?<!\d)(199\d|20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Listing:
    """One step of a walk: a page of a paginated source, or a sitemap, or the robots.txt that names some."""

    kind: str
    url: str
    page: int = 1

    def address(self, since: datetime) -> str:
        """Where it is."""
        return address_of(self.kind, self.url, self.page, since)

    @property
    def following(self) -> Listing:
        """The next page."""
        return replace(self, page=self.page + 1)


def within(links: tuple[Link, ...], since: datetime) -> tuple[Link, ...]:
    """The links that may have been published from ``since`` on: by what is announced, by a date in the URL, or for want of both."""
    return tuple(link for link in links if not _is_before(link, since))


def worth_walking(more: tuple[More, ...], since: datetime) -> tuple[More, ...]:
    """Of the sitemaps that an index names, those that may list what was published from ``since`` on.

    One that did not change since then lists nothing newer; one that says no change, but one year in its address, is that year's.
    """
    return tuple(one for one in more if not _is_over(one, since))


def is_end(status: int) -> bool:
    """Does a paginated source answer so for a page that it does not have?"""
    return status in _PAST_THE_END


def is_last(
    listing: Listing, landed: str, findings: Findings, pages: int | None, before: frozenset[str], since: datetime
) -> bool:
    """Was this the last page of a paginated source?

    ``landed`` is where a redirect led, ``pages`` how many there are where that was said, ``before`` what the page before announced:
    some sites answer each number too high with their first or their last page. Pages go from new to old.
    """
    urls = frozenset(link.url for link in findings.links)
    asked = listing.address(since)
    if not urls or urls <= before or listing.page >= _MOST_PAGES:
        return True
    if pages is not None and listing.page >= pages:
        return True
    if listing.page > 1 and _path(landed) != _path(asked) and str(listing.page) not in landed:
        return True
    return all(_is_before(link, since) for link in findings.links)


def _is_before(link: Link, since: datetime) -> bool:
    if link.announced_at:
        return link.announced_at < since
    named = date_in_url(link.url)
    if named is None:
        return False
    last = named.at if named.day else named.at + timedelta(days=30)  # the month's last day, or a little more
    return last.date() < since.date()


def _is_over(one: More, since: datetime) -> bool:
    if one.changed_at:
        return one.changed_at + timedelta(days=1) < since
    years = {int(year) for year in _YEAR.findall(urlsplit(one.url).path)}
    return len(years) == 1 and datetime(years.pop() + 1, 1, 1, tzinfo=UTC) <= since


def _path(url: str) -> str:
    return urlsplit(url).path.rstrip("/")
