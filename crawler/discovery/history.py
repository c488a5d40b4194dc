"""How an outlet's history is walked: which listing comes after one that was read, and where the walk ends. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from crawler.discovery.archives import has_pages, periods
from crawler.discovery.feeds import LISTS_NOTHING
from crawler.discovery.links import UNREADABLE, Findings, Link, More
from crawler.discovery.reading import address_of
from pipelines.url_dates import date_in_url

PAGED = ("wordpress", "archive", "feed", "section")
_LINKED = ("feed", "section")
"""Each of their pages says where the next one is."""
_MOST_PAGES = 20_000
"""Two million posts: a longer archive is a trap."""
_REMEMBERED = 20_000
"""Links of a walk that are remembered, so that one that goes in a circle ends."""
_PAST_THE_END = frozenset({400, 404, 410})
"""Answers for a page after the last; 400 is WordPress's (``rest_post_invalid_page_number``)."""
_YEAR = re.compile(r"(?<!\d)(199\d|20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Listing:
    """One step of a walk: a page of a paginated source, or a sitemap, or the robots.txt that names some.

    ``place`` is the page's address where the page before it named it; ``until`` is when the time that it lists is over.
    """

    kind: str
    url: str
    page: int = 1
    place: str | None = None
    until: datetime | None = None

    def address(self, since: datetime) -> str:
        """Where it is."""
        return self.place or address_of(self.kind, self.url, self.page, since)

    def following(self, findings: Findings) -> Listing | None:
        """The next page, if there can be one."""
        if self.kind in _LINKED:
            return replace(self, page=self.page + 1, place=findings.following) if findings.following else None
        return replace(self, page=self.page + 1) if self.kind == "wordpress" or has_pages(self.url) else None

    def is_final(self, walked_at: datetime) -> bool:
        """Can nothing more be listed than at this time, because what is listed was over by then?"""
        return self.until is None or walked_at >= self.until


def listings_of(sources: Iterable[tuple[str, str]], since: datetime, now: datetime) -> Iterator[Listing]:
    """Where the walks through an outlet's history begin: one a source, and one a year, month or day of an archive by dates."""
    for kind, url in sources:
        for address, until in periods(url, since, now) if kind == "archive" else [(url, None)]:
            yield Listing(kind, address, until=until)


def within(links: tuple[Link, ...], since: datetime) -> tuple[Link, ...]:
    """The links that may have been published from ``since`` on: by what is announced, by a date in the URL, or for want of both."""
    return tuple(link for link in links if not _is_before(link, since))


def worth_walking(more: tuple[More, ...], since: datetime) -> tuple[More, ...]:
    """Of the sitemaps that an index names, those that may list what was published from ``since`` on.

    One that did not change since then lists nothing newer; one that says no change, but one year in its address, is that year's.
    """
    return tuple(one for one in more if not _is_over(one, since))


def is_end(listing: Listing, status: int) -> bool:
    """Does a paginated source answer so for a page that it does not have, or for a month in which nothing was published?"""
    return listing.kind in PAGED and status in _PAST_THE_END and (listing.page > 1 or listing.until is not None)


def is_trouble(listing: Listing, landed: str, findings: Findings, since: datetime) -> bool:
    """Is a page that announces nothing one that could not be read, not the end of the walk? It is asked for again in another run."""
    if findings.links or not findings.problems:
        return False
    if findings.problems[0].startswith(UNREADABLE) or (listing.page == 1 and listing.until is None):
        return True
    if listing.kind in ("archive", "section"):
        return False  # after the last page many sites show one without articles
    return findings.problems[0] != LISTS_NOTHING and not _is_elsewhere(listing, landed, since)


def anything_new(findings: Findings, met: set[int]) -> bool:
    """Does a page announce what no page before it in this walk did? ``met`` is what they announced, and is added to."""
    urls = {hash(link.url) for link in findings.links}
    new = not urls <= met
    if len(met) > _REMEMBERED:
        met.clear()
    met |= urls
    return new


def is_last(listing: Listing, landed: str, findings: Findings, pages: int | None, since: datetime) -> bool:
    """Was this the last page of a paginated source, though it announces something new?

    ``landed`` is where a redirect led, ``pages`` how many there are where that was said: some sites answer each number too high
    with their first or their last page. Pages go from new to old.
    """
    if listing.page >= _MOST_PAGES or (pages is not None and listing.page >= pages):
        return True
    if listing.kind not in _LINKED and _is_elsewhere(listing, landed, since):
        return True
    return all(_is_before(link, since) for link in findings.links)


def _is_elsewhere(listing: Listing, landed: str, since: datetime) -> bool:
    """Did a later page's address lead to something that has not its number?"""
    asked = listing.address(since)
    return listing.page > 1 and _path(landed) != _path(asked) and str(listing.page) not in landed


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
