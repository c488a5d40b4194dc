"""The one spider: outlets → announcements → links → pages.

It decides nothing about links: the store knows where each one stands, and every way a fetch can end leads to one
``settle``. What is announced beyond a run's limit waits in the store, oldest first, for the runs to come. When all that
an outlet announces is read, what waits takes the places that are left, and then known articles that are due to be looked at again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from archive.links import Announced, Outcome, Standing
from archive.polls import Source
from archive.urls import url_key
from crawler.asking import announcement_request, further_request, page_request
from crawler.catalogue import Catalogue, load_outlets
from crawler.causes import HostRefuses, cause_of, outcome_of, outcome_of_status
from crawler.discovery import reading
from crawler.discovery.hubs import no_article
from crawler.discovery.link_headers import told_by_header
from crawler.discovery.links import UNREADABLE, Findings, More
from crawler.discovery.shapes import KNOWN_ARTICLES, Shapes, learn_shapes
from crawler.discovery.sitemaps import changed_since_read, worth_naming
from crawler.headers import header, headers
from crawler.javascript import browser_settings, by_browser
from crawler.manners import is_awake, keep_delays
from crawler.outlet import Outlet
from crawler.schedule import MOST_FURTHER, after_failure, has_rolled_over, next_poll
from pipelines.missing import GONE_STATUSES, leads_home, leads_up
from pipelines.page import Knowledge, Page
from pipelines.run import Run, the_run

_READ_BY_SHAPES = ("section", "archive")
_READABLE = ("text/html", "application/xhtml+xml", "application/pdf", "application/x-pdf")


Reader = Callable[[str, bytes, str, Shapes], Findings]


class OutletsSpider(Spider):
    """``scrapy crawl outlets -a only=kootneeti,diplomat -a limit=20 -a due=1``."""

    name = "outlets"

    run: Run
    """Set when the crawl starts: Scrapy makes a spider before its extensions."""

    def __init__(self, catalogue: Catalogue, only: str, due: bool, limit: int, sitemaps: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.catalogue = catalogue
        self.only_due = due
        self.outlets: tuple[Outlet, ...] = (
            tuple(catalogue.get(name.strip()) for name in only.split(",")) if only else tuple(catalogue)
        )
        self.articles_left = Counter({outlet.id: limit for outlet in self.outlets})
        self.most_sitemaps = sitemaps
        self.sitemaps_left = Counter({outlet.id: sitemaps for outlet in self.outlets})
        self.unread: Counter[str] = Counter()
        self.announcements: set[str] = set()
        self.named: dict[str, list[Source]] = defaultdict(list)
        self.shapes: dict[str, Shapes] = {}
        self.put_aside: dict[str, list[Announced]] = defaultdict(list)

    @classmethod
    def from_crawler(
        cls, crawler: Crawler, *_: Any, only: str = "", limit: str | None = None, due: str = "", **kwargs: Any
    ) -> Self:
        settings = crawler.settings
        spider = cls(
            settings["CATALOGUE"],
            only,
            bool(due),
            int(limit) if limit else settings.getint("ARTICLES_PER_OUTLET"),
            settings.getint("SITEMAPS_PER_OUTLET"),
            **kwargs,
        )
        spider._set_crawler(crawler)
        return spider

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Reads the catalogue, once for the spider too: an outlet may want another downloader."""
        super().update_settings(settings)
        catalogue = load_outlets(settings.getlist("OUTLETS_FOLDERS"))
        settings.set("CATALOGUE", catalogue, priority="spider")
        if any(outlet.javascript for outlet in catalogue):
            with_browser = browser_settings(settings.getlist("ALLOWED_ADDRESSES"), settings.get("CHROMIUM"))
            settings.update(with_browser, priority="spider")

    async def start(self) -> AsyncIterator[Request]:
        await self._prepare()
        for outlet in self.outlets:
            if is_awake(outlet.hours, datetime.now(UTC)):
                async for request in self._begin(outlet):
                    yield request

    async def _prepare(self) -> None:
        """Take over the run, and what is known of outlets' pages and manners."""
        self.run = the_run(self.crawler)
        if self.crawler.engine:
            keep_delays(self.crawler.engine.downloader.per_slot_settings, self.outlets)
        rules = self.catalogue.rules if self.settings.getbool("OUTLET_RULES") else {}
        self.run.knowledge = Knowledge(rules, await self.run.call(self.run.store.templates.newest))

    async def read_announcement(self, response: Response, source: Source) -> AsyncIterator[Request]:
        """What a feed or sitemap announces: links to articles, and further sitemaps."""
        if response.status == 200:
            async for request in self._read(response, source):
                yield request
        elif response.status == 304:
            await self._polled(next_poll(source, 0, 0, datetime.now(UTC)))
            for named in [] if self.only_due else self.named[source.url]:
                if asked := self._announcement(named):
                    yield asked
        else:
            await self._unread(source, f"http {response.status}")
        async for request in self._announcement_done(source.outlet):
            yield request

    async def announcement_failed(self, failure: Failure) -> AsyncIterator[Request]:
        source: Source = failure.request.cb_kwargs["source"]  # type: ignore[attr-defined]
        if isinstance(failure.value, HostRefuses):  # reported once, when its rest began
            await self._polled(after_failure(source, datetime.now(UTC), cause_of(failure.value)))
        elif outcome_of(failure.value) is not Outcome.WAITING:
            await self._unread(source, cause_of(failure.value))
        async for following in self._announcement_done(source.outlet):
            yield following

    async def read_page(self, response: Response, link: Announced) -> AsyncIterator[Page]:
        """A fetched article becomes a page for the pipelines; whatever else came is settled here."""
        if response.status == 304:
            await self._not_modified(response, link)
        elif response.status != 200:
            await self._not_there(response, link)
        elif leads_home(link.url, response.url):
            if not await self._missed(response, link, f"not found: redirected to {response.url[:200]}"):
                await self.run.settle(link.key, link.outlet, Outcome.NOT_AN_ARTICLE, f"leads to {response.url}")
        elif await self._known_elsewhere(response, link):
            await self.run.settle(link.key, link.outlet, Outcome.DUPLICATE, f"leads to {response.url}")
        elif not (content_type := header(response, "Content-Type").lower()).startswith(_READABLE) and content_type:
            await self.run.settle(
                link.key, link.outlet, Outcome.NOT_AN_ARTICLE, f"neither html nor pdf: {content_type[:80]}"
            )
        else:
            outlet = self.catalogue.outlets.get(link.outlet)
            page = Page(
                url=link.url,
                content=response.body,
                publisher=outlet.publisher if outlet else self.catalogue.publisher_of(link.url),
                content_type=content_type or None,
                fetched_at=response.meta["fetched_at"],
                capture=response.meta["capture"],
                announced_title=link.title,
                landed=response.url if url_key(response.url) != link.key else None,
            )
            yield self.run.knowledge.told(page)

    async def page_failed(self, failure: Failure) -> None:
        link: Announced = failure.request.cb_kwargs["link"]  # type: ignore[attr-defined]
        outcome, cause = outcome_of(failure.value), cause_of(failure.value)
        if outcome is Outcome.WAITING:
            self.run.count(link.key, link.outlet, outcome)
            return
        if outcome is not Outcome.BLOCKED:
            self.run.report(link.outlet, link.url, cause)
        await self.run.settle(link.key, link.outlet, outcome, cause)

    async def _not_modified(self, response: Response, link: Announced) -> None:
        """The server says that the page is as it was: so is its article."""
        confirmed = await self.run.call(self.run.store.confirm, link.url, response.meta["fetched_at"])
        if confirmed is None or "validators" not in response.meta:
            await self._not_there(response, link)
        else:
            await self.run.settle(link.key, link.outlet, confirmed[0], article_id=confirmed[1])

    async def _not_there(self, response: Response, link: Announced) -> None:
        cause = f"http {response.status}"
        if response.status in GONE_STATUSES and await self._missed(response, link, cause):
            return
        self.run.report(link.outlet, link.url, cause)
        await self.run.settle(link.key, link.outlet, outcome_of_status(response.status), cause)

    async def _missed(self, response: Response, link: Announced, reason: str) -> bool:
        return await self.run.missed(
            link.url, link.outlet, reason, response.meta["fetched_at"], response.meta["capture"]
        )

    async def _read(self, response: Response, source: Source) -> AsyncIterator[Request]:
        findings = await self._findings(response, source.kind, source.outlet)
        self._report(findings, source.outlet, response.url)
        outlet = source.outlet
        more = worth_naming(findings.more, self.most_sitemaps)
        named = [Source(one.url, outlet, "sitemap", source.url) for one in more]
        fresh = await self.run.call(self.run.store.polls.name, source.url, named) if named else []
        for one in await self._worth_asking(more, named, fresh):
            if request := self._announcement(one):
                yield request
        wanted, links, new = await self._taken(findings, outlet, response.url)
        for request in wanted:
            yield request
        if findings.problems and not findings.links:
            await self._polled(after_failure(source, datetime.now(UTC), findings.problems[0]))
            return
        if source.kind == "feed" and has_rolled_over(source, links, new):
            for request in self._further(findings, source, MOST_FURTHER):
                yield request
        listed = max(len(findings.links), links) + len(named)
        await self._polled(next_poll(source, listed, listed - new - len(fresh), datetime.now(UTC)))

    async def _taken(self, findings: Findings, outlet: str, found_in: str) -> tuple[list[Request], int, int]:
        """Requests for pages that an announcement names, how many it names that nothing else did in this run, and how many are new."""
        requests: list[Request] = []
        links = new = 0
        async for link, standing in self._sift(findings, outlet, found_in):
            links += 1
            new += standing is Standing.NEW
            if standing is Standing.DONE:
                self.run.count(link.key, outlet, Outcome.SEEN)
            elif standing is Standing.DUE:
                self.put_aside[outlet].append(link)
            elif request := self._page(link):
                requests.append(request)
        return requests, links, new

    def _further(self, findings: Findings, source: Source, left: int) -> Iterator[Request]:
        """A request for a feed's further page, after one on which nothing was known: it could have lost something in between."""
        place = findings.following
        if place and left and place not in self.announcements:
            self.announcements.add(place)
            self.unread[source.outlet] += 1
            yield further_request(place, source, left, self.read_further, self.further_failed)

    async def read_further(self, response: Response, source: Source, left: int) -> AsyncIterator[Request]:
        """What a feed's further page announces, and the page after it while nothing is known."""
        if response.status == 200:
            findings = await self._findings(response, source.kind, source.outlet)
            if findings.links:
                self._report(findings, source.outlet, response.url)
            wanted, links, new = await self._taken(findings, source.outlet, response.url)
            for request in wanted:
                yield request
            if links == new > 0:
                for request in self._further(findings, source, left - 1):
                    yield request
        elif response.status not in GONE_STATUSES:
            self.run.report(source.outlet, response.url, f"http {response.status}")
        async for request in self._announcement_done(source.outlet):
            yield request

    async def further_failed(self, failure: Failure) -> AsyncIterator[Request]:
        source: Source = failure.request.cb_kwargs["source"]  # type: ignore[attr-defined]
        if outcome_of(failure.value) is not Outcome.WAITING:
            self.run.report(source.outlet, failure.request.url, cause_of(failure.value))  # type: ignore[attr-defined]
        async for following in self._announcement_done(source.outlet):
            yield following

    async def _worth_asking(self, more: Sequence[More], named: list[Source], fresh: list[Source]) -> Iterable[Source]:
        """Of the sitemaps that an index names, those that say they changed, or say nothing; only what is due has a time of its own."""
        read_at = await self.run.call(self.run.store.cursors.read_at, [one.url for one in more])
        changed = {one.url: one.changed_at for one in changed_since_read(more, read_at)}
        if not self.only_due:
            return [source for source in named if source.url in changed]
        return [*fresh, *(source for source in named if source.url in read_at and changed.get(source.url))]

    async def _findings(
        self, response: Response, kind: str, outlet: str, read: Reader = reading.read_announcement
    ) -> Findings:
        shapes = await self._shapes(outlet) if kind in _READ_BY_SHAPES else Shapes()
        try:
            findings = await self.run.workers.call(read, kind, response.body, response.url, shapes)
        except Exception as reason:  # noqa: BLE001 - whatever a hostile feed does to its reader is the feed's failure
            findings = Findings(problems=(f"{UNREADABLE} ({type(reason).__name__})",))
        return told_by_header(findings, headers(response, "Link"), response.url) if kind == "feed" else findings

    def _report(self, findings: Findings, outlet: str, url: str) -> None:
        for problem in findings.problems:
            self.run.report(outlet, url, problem)

    async def _shapes(self, outlet: str) -> Shapes:
        """What the outlet's article addresses look like, by those that were known when the run began."""
        if outlet not in self.shapes:
            known = await self.run.call(self.run.store.cursors.article_urls, outlet, KNOWN_ARTICLES)
            self.shapes[outlet] = learn_shapes(known)
        return self.shapes[outlet]

    async def _sift(self, findings: Findings, outlet: str, found_in: str) -> AsyncIterator[tuple[Announced, Standing]]:
        """The links with where they stand; those that are refused, or cannot be articles, are settled."""
        announced = [
            Announced(key, link.url, outlet, link.title, link.announced_at, found_in, link.author)
            for link in findings.links
            if (key := url_key(link.url))
        ]
        refused = {one.url[:2_000]: one.reason for one in findings.refused}
        announced += [Announced(f"refused:{url}", url, outlet, None, None, found_in) for url in refused]
        for link, standing in await self.run.discover(announced):
            if link.url in refused and link.key.startswith("refused:"):
                await self.run.settle(link.key, outlet, Outcome.REFUSED, refused[link.url])
            elif standing in (Standing.NEW, Standing.OPEN) and (reason := no_article(link.url)):
                await self.run.settle(link.key, outlet, Outcome.NOT_AN_ARTICLE, f"by its URL: {reason}")
            else:
                yield link, standing

    async def _begin(self, outlet: Outlet) -> AsyncIterator[Request]:
        """Requests for an outlet's sources: all of them, or those that are due."""
        now = datetime.now(UTC)
        known = {source.url: source for source in await self.run.call(self.run.store.polls.of, outlet.id)}
        listed = [known.get(url) or Source(url, outlet.id, kind) for kind, url in outlet.sources]
        asked = [self._announcement(source) for source in listed if source.is_due(now) or not self.only_due]
        for source in known.values():
            if source.parent in known:
                self.named[source.parent].append(source)
                asked += [self._announcement(source)] if source.is_due(now) else []
        for request in filter(None, asked):
            yield request
        if not self.unread[outlet.id]:
            async for request in self._remaining(outlet.id):
                yield request

    async def _announcement_done(self, outlet: str) -> AsyncIterator[Request]:
        self.unread[outlet] -= 1
        if self.unread[outlet] == 0:
            async for request in self._remaining(outlet):
                yield request

    async def _remaining(self, outlet: str) -> AsyncIterator[Request]:
        """What waits from earlier runs takes the places that are left, then what is due to be looked at again."""
        if (left := self.articles_left[outlet]) > 0:
            for link, _ in await self.run.discover(await self.run.call(self.run.store.waiting, outlet, left)):
                if request := self._page(link):
                    yield request
        due = self.put_aside.pop(outlet, [])
        if (left := self.articles_left[outlet]) > 0:
            found = await self.run.call(self.run.store.due, outlet, left, datetime.now(UTC))
            due += [link for link, _ in await self.run.discover(found)]
        for link in due:
            if request := self._page(link):
                yield request

    async def _unread(self, source: Source, cause: str) -> None:
        self.run.report(source.outlet, source.url, cause)
        await self._polled(after_failure(source, datetime.now(UTC), cause))

    async def _polled(self, source: Source) -> None:
        """Note when the source is due again, after what it announces is in the store."""
        validators = self.run.validators.pop(source.url, None)
        await self.run.call(self.run.store.polls.record, source, validators, forget=validators is not None)

    async def _known_elsewhere(self, response: Response, link: Announced) -> bool:
        """Did a redirect lead to a page that has its own place in the archive?"""
        key = url_key(response.url)
        if key == link.key:
            return False
        if leads_up(link.url, response.url) and await self.run.call(self.run.store.has_article, link.url):
            return False  # what it is now is seen when it is read
        landed = Announced(key, response.url, link.outlet, link.title, link.announced_at, link.url)
        return await self.run.call(self.run.store.land, landed, link.url, datetime.now(UTC))

    def _announcement(self, source: Source) -> Request | None:
        if source.url in self.announcements or (source.parent and self.sitemaps_left[source.outlet] <= 0):
            return None
        self.announcements.add(source.url)
        self.sitemaps_left[source.outlet] -= bool(source.parent)
        self.unread[source.outlet] += 1
        return announcement_request(source, self.read_announcement, self.announcement_failed)

    def _page(self, link: Announced) -> Request | None:
        if self.articles_left[link.outlet] <= 0:
            return None
        self.articles_left[link.outlet] -= 1
        outlet = self.catalogue.outlets.get(link.outlet)
        by = by_browser() if outlet and outlet.javascript else {}
        return page_request(link, self.read_page, self.page_failed, by)
