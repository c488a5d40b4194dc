"""Back-fill: an outlet's history, walked from new to old within a run's limits, and taken up where the last run stopped.

Each outlet's walk is one listing after the other, and goes on while places for articles are left: what waits from earlier runs
comes first. A cursor moves when what a listing announces is in the store, so that a crash costs one listing read twice.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from archive.cursors import Cursor
from archive.links import Outcome, Standing
from crawler.causes import cause_of, outcome_of
from crawler.discovery.history import (
    PAGED,
    Listing,
    anything_new,
    is_end,
    is_last,
    is_trouble,
    listings_of,
    within,
    worth_walking,
)
from crawler.discovery.links import Findings, More
from crawler.discovery.reading import read_history
from crawler.headers import header
from crawler.outlet import Outlet
from crawler.spiders.outlets import OutletsSpider

_BARREN = 3
"""Pages of a feed with nothing new, after which WordPress's API is taken to have told all: it leaves out some kinds of post."""


class HistorySpider(OutletsSpider):
    """The outlets' spider, let loose on what is old. ``since`` is the day, in ISO 8601, back to which it goes."""

    command = "backfill"

    def __init__(self, *args: Any, since: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.since = datetime.fromisoformat(since).replace(tzinfo=UTC)
        self.walks: dict[str, deque[Listing]] = {}
        self.cursors: dict[str, dict[str, Cursor]] = {}
        self.met: dict[tuple[str, str], set[int]] = defaultdict(set)
        self.barren: Counter[tuple[str, str]] = Counter()
        self.walked: set[tuple[str, str, int]] = set()
        self.listings_left: Counter[str] = Counter()

    async def _begin(self, outlet: Outlet) -> AsyncIterator[Request]:
        """What waits from earlier runs, then the first listing that is not walked yet."""
        self.listings_left[outlet.id] = self.settings.getint("LISTINGS_PER_OUTLET")
        self.cursors[outlet.id] = await self.run.call(self.run.store.cursors.of, outlet.id)
        self.walks[outlet.id] = deque(listings_of(outlet.history, self.since, datetime.now(UTC)))
        waiting = await self.run.call(self.run.store.waiting, outlet.id, self.articles_left[outlet.id])
        for link, _ in await self.run.discover(waiting):
            if request := self._page(link):
                yield request
        if request := self._next(outlet.id):
            yield request

    async def read_listing(self, response: Response, listing: Listing, outlet: str) -> AsyncIterator[Request]:
        """What a listing announces, and the listing after it."""
        if response.status == 200:
            findings = await self._findings(response, listing.kind, outlet, read_history)
            trouble = is_trouble(listing, response.url, findings, self.since)
            if trouble or findings.links or listing.kind not in PAGED:
                self._report(findings, outlet, response.url)
            async for request in self._announced(findings, outlet, listing, response.url):
                yield request
            if not trouble:
                await self._advance(response, listing, findings, outlet)
        elif is_end(listing, response.status):
            await self._move(listing, outlet, done=True)
        elif listing.kind != "robots":  # a site without one has no sitemaps to name
            self.run.report(outlet, listing.address(self.since), f"http {response.status}")
        if following := self._next(outlet):
            yield following

    async def listing_failed(self, failure: Failure) -> AsyncIterator[Request]:
        """The source is left for the next run; the outlet's others are walked."""
        outlet, listing = failure.request.cb_kwargs["outlet"], failure.request.cb_kwargs["listing"]  # type: ignore[attr-defined]
        if outcome_of(failure.value) is not Outcome.WAITING:
            self.run.report(outlet, listing.address(self.since), cause_of(failure.value))
        if request := self._next(outlet):
            yield request

    async def _announced(
        self, findings: Findings, outlet: str, listing: Listing, found_in: str
    ) -> AsyncIterator[Request]:
        """Requests for what is not known yet: what is known is not fetched again by a back-fill."""
        old = replace(findings, links=within(findings.links, self.since))
        self.barren[outlet, listing.url] += 1
        async for link, standing in self._sift(old, outlet, found_in):
            if standing is Standing.NEW:
                self.barren[outlet, listing.url] = 0
            if standing in (Standing.DONE, Standing.DUE):
                self.run.count(link.key, outlet, Outcome.SEEN)
            elif request := self._page(link):
                yield request

    async def _advance(self, response: Response, listing: Listing, findings: Findings, outlet: str) -> None:
        walk = self.walks[outlet]
        if listing.kind in PAGED:
            pages = _number(header(response, "X-WP-TotalPages"))
            new = anything_new(findings, self.met[outlet, listing.url])
            following = listing.following(findings) if new and not self._is_told_by_wordpress(listing, outlet) else None
            if following and not is_last(listing, response.url, findings, pages, self.since):
                await self._move(following, outlet, done=False)
                walk.appendleft(following)
            else:
                del self.met[outlet, listing.url]
                await self._move(listing, outlet, done=True)
        elif findings.more:  # an index is never done: it may name another sitemap tomorrow
            walk.extendleft(reversed([Listing("sitemap", one.url) for one in self._unwalked(findings, outlet)]))
        elif listing.kind == "sitemap" and findings.links:
            await self._move(listing, outlet, done=True)

    def _is_told_by_wordpress(self, listing: Listing, outlet: str) -> bool:
        """Has a feed said nothing new for some pages, after all posts were had from the API, which tells ten times as many at once?"""
        api = self.cursors[outlet].get(self.catalogue.get(outlet).wordpress or "")
        told = api is not None and api.covers(self.since)
        return listing.kind == "feed" and told and self.barren[outlet, listing.url] >= _BARREN

    def _unwalked(self, findings: Findings, outlet: str) -> list[More]:
        """The sitemaps that were not walked yet, or changed since then."""
        walked = {url: cursor.moved_at for url, cursor in self.cursors[outlet].items() if cursor.covers(self.since)}
        return [
            one
            for one in worth_walking(findings.more, self.since)
            if one.url not in walked or (one.changed_at and one.changed_at > walked[one.url])
        ]

    def _next(self, outlet: str) -> Request | None:
        walk = self.walks[outlet]
        while walk and self.articles_left[outlet] > 0 and self.listings_left[outlet] > 0:
            listing = self._taken_up(walk.popleft(), outlet)
            if listing is None or (outlet, listing.url, listing.page) in self.walked:
                continue
            self.walked.add((outlet, listing.url, listing.page))
            self.listings_left[outlet] -= 1
            return Request(
                listing.address(self.since),
                self.read_listing,
                errback=self.listing_failed,
                priority=10,
                dont_filter=True,
                cb_kwargs={"listing": listing, "outlet": outlet},
                meta={"kind": "announcement", "outlet": outlet},
            )
        return None

    def _taken_up(self, listing: Listing, outlet: str) -> Listing | None:
        """Where the last run stopped; None where there is no more. What it left out as too old is sought from the beginning."""
        cursor = self.cursors[outlet].get(listing.url)
        if cursor is None or listing.kind not in PAGED or listing.page > 1 or self.since < cursor.since:
            return listing
        if cursor.done:  # back to this day at least: the line above sees to that
            return None if listing.is_final(cursor.moved_at) else listing
        return replace(listing, page=cursor.page, place=cursor.place)

    async def _move(self, listing: Listing, outlet: str, *, done: bool) -> None:
        cursor = Cursor(outlet, listing.url, listing.page, self.since, done, datetime.now(UTC), listing.place)
        self.cursors[outlet][listing.url] = cursor
        await self.run.call(self.run.store.cursors.move, cursor)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None
