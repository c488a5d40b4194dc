"""The one spider: outlets → announcements → links → pages.

It decides nothing about links: the store knows where each one stands, and every way a fetch can end leads to one
``settle``. What is announced beyond a run's limit waits in the store, oldest first, for the runs to come.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from archive.links import Announced, Outcome, Standing
from archive.urls import url_key
from crawler.catalogue import Catalogue, load_outlets
from crawler.causes import cause_of, outcome_of, outcome_of_status
from crawler.discovery.feeds import read_feed
from crawler.discovery.links import Findings
from crawler.discovery.sitemaps import read_sitemap
from crawler.javascript import browser_settings, by_browser
from crawler.outlet import Outlet
from pipelines.missing import GONE_STATUSES, leads_home, leads_up
from pipelines.page import Knowledge, Page
from pipelines.run import Run, the_run

_READERS = {"feed": read_feed, "sitemap": read_sitemap}
_READABLE = ("text/html", "application/xhtml+xml", "application/pdf", "application/x-pdf")


class OutletsSpider(Spider):
    """``scrapy crawl outlets -a only=kootneeti,diplomat -a limit=20``."""

    name = "outlets"

    run: Run
    """Set when the crawl starts: Scrapy makes a spider before its extensions."""

    def __init__(self, catalogue: Catalogue, only: str, limit: int, sitemaps: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.catalogue = catalogue
        self.outlets: tuple[Outlet, ...] = (
            tuple(catalogue.get(name.strip()) for name in only.split(",")) if only else tuple(catalogue)
        )
        self.articles_left = Counter({outlet.id: limit for outlet in self.outlets})
        self.sitemaps_left = Counter({outlet.id: sitemaps for outlet in self.outlets})
        self.unread: Counter[str] = Counter()
        self.announcements: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *_: Any, only: str = "", limit: str | None = None, **kwargs: Any) -> Self:
        settings = crawler.settings
        spider = cls(
            load_outlets(settings.getlist("OUTLETS_FOLDERS")),
            only,
            int(limit) if limit else settings.getint("ARTICLES_PER_OUTLET"),
            settings.getint("SITEMAPS_PER_OUTLET"),
            **kwargs,
        )
        spider._set_crawler(crawler)
        return spider

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        super().update_settings(settings)
        if any(outlet.javascript for outlet in load_outlets(settings.getlist("OUTLETS_FOLDERS"))):
            with_browser = browser_settings(settings.getlist("ALLOWED_ADDRESSES"), settings.get("CHROMIUM"))
            settings.update(with_browser, priority="spider")

    async def start(self) -> AsyncIterator[Request]:
        self.run = the_run(self.crawler)
        self._mind_manners()
        rules = self.catalogue.rules if self.settings.getbool("OUTLET_RULES") else {}
        self.run.knowledge = Knowledge(rules, await self.run.call(self.run.store.templates.newest))
        for outlet in self.outlets:
            for kind, urls in (("feed", outlet.feeds), ("sitemap", outlet.sitemaps)):
                for url in urls:
                    if request := self._announcement(outlet.id, kind, url):
                        yield request

    async def read_announcement(self, response: Response, kind: str, outlet: str) -> AsyncIterator[Request]:
        """What a feed or sitemap announces: links to articles, and further sitemaps."""
        if response.status == 200:
            findings = await self._findings(response, kind, outlet)
            for url in findings.more:
                if self.sitemaps_left[outlet] > 0 and (request := self._announcement(outlet, "sitemap", url)):
                    self.sitemaps_left[outlet] -= 1
                    yield request
            async for request in self._follow(findings, outlet, response.url):
                yield request
        else:
            self.run.report(
                outlet, response.request.url if response.request else response.url, f"http {response.status}"
            )
        async for request in self._announcement_done(outlet):
            yield request

    async def announcement_failed(self, failure: Failure) -> AsyncIterator[Request]:
        request: Request = failure.request  # type: ignore[attr-defined]
        outlet = request.meta["outlet"]
        self.run.report(outlet, request.meta["announced"], cause_of(failure.value))
        async for following in self._announcement_done(outlet):
            yield following

    async def read_page(self, response: Response, link: Announced) -> AsyncIterator[Page]:
        """A fetched article becomes a page for the pipelines; whatever else came is settled here."""
        if response.status != 200:
            await self._not_there(response, link)
        elif leads_home(link.url, response.url):
            if not await self._missed(response, link, f"not found: redirected to {response.url[:200]}"):
                await self.run.settle(link.key, link.outlet, Outcome.NOT_AN_ARTICLE, f"leads to {response.url}")
        elif await self._known_elsewhere(response, link):
            await self.run.settle(link.key, link.outlet, Outcome.DUPLICATE, f"leads to {response.url}")
        elif not (content_type := _text(response, "Content-Type")).startswith(_READABLE) and content_type:
            await self.run.settle(
                link.key, link.outlet, Outcome.NOT_AN_ARTICLE, f"neither html nor pdf: {content_type[:80]}"
            )
        else:
            page = Page(
                url=link.url,
                content=response.body,
                publisher=self.catalogue.get(link.outlet).publisher,
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
        if outcome is not Outcome.BLOCKED:
            self.run.report(link.outlet, link.url, cause)
        await self.run.settle(link.key, link.outlet, outcome, cause)

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

    async def _findings(self, response: Response, kind: str, outlet: str) -> Findings:
        try:
            findings = await self.run.workers.call(_READERS[kind], response.body, response.url)
        except Exception as reason:  # noqa: BLE001 - whatever a hostile feed does to its reader is the feed's failure
            findings = Findings(problems=(f"cannot be read ({type(reason).__name__})",))
        for problem in findings.problems:
            self.run.report(outlet, response.url, problem)
        return findings

    async def _follow(self, findings: Findings, outlet: str, found_in: str) -> AsyncIterator[Request]:
        """Requests for the links that are new or worth another try; the rest are settled."""
        announced = [
            Announced(key, link.url, outlet, link.title, link.announced_at, found_in)
            for link in findings.links
            if (key := url_key(link.url))
        ]
        refused = {one.url[:2_000]: one.reason for one in findings.refused}
        announced += [Announced(f"refused:{url}", url, outlet, None, None, found_in) for url in refused]
        for link, standing in await self.run.discover(announced):
            if link.url in refused and link.key.startswith("refused:"):
                await self.run.settle(link.key, outlet, Outcome.REFUSED, refused[link.url])
            elif standing is Standing.DONE:
                self.run.count(link.key, outlet, Outcome.SEEN)
            elif request := self._page(link):
                yield request

    async def _announcement_done(self, outlet: str) -> AsyncIterator[Request]:
        """When an outlet's last announcement is read, what waits from earlier runs takes the places that are left."""
        self.unread[outlet] -= 1
        if self.unread[outlet] == 0 and self.articles_left[outlet] > 0:
            waiting = await self.run.call(self.run.store.waiting, outlet, self.articles_left[outlet])
            for link, _ in await self.run.discover(waiting):
                if request := self._page(link):
                    yield request

    async def _known_elsewhere(self, response: Response, link: Announced) -> bool:
        """Did a redirect lead to a page that has its own place in the archive?"""
        key = url_key(response.url)
        if key == link.key:
            return False
        if leads_up(link.url, response.url) and await self.run.call(self.run.store.has_article, link.url):
            return False  # what it is now is seen when it is read
        landed = Announced(key, response.url, link.outlet, link.title, link.announced_at, link.url)
        return await self.run.call(self.run.store.land, landed, link.url, datetime.now(UTC))

    def _announcement(self, outlet: str, kind: str, url: str) -> Request | None:
        if url in self.announcements:
            return None
        self.announcements.add(url)
        self.unread[outlet] += 1
        return Request(
            url,
            self.read_announcement,
            errback=self.announcement_failed,
            priority=10,
            dont_filter=True,
            cb_kwargs={"kind": kind, "outlet": outlet},
            meta={"kind": "announcement", "outlet": outlet, "announced": url},
        )

    def _page(self, link: Announced) -> Request | None:
        if self.articles_left[link.outlet] <= 0:
            return None
        self.articles_left[link.outlet] -= 1
        outlet = self.catalogue.get(link.outlet)
        return Request(
            link.url,
            self.read_page,
            errback=self.page_failed,
            dont_filter=True,
            cb_kwargs={"link": link},
            meta={"kind": "article", "outlet": link.outlet, **(by_browser() if outlet.javascript else {})},
        )

    def _mind_manners(self) -> None:
        """An outlet that wants time between requests gets it, on each of its hosts."""
        engine = self.crawler.engine
        if engine is None:
            raise NotConfigured("a spider starts within an engine")
        for outlet in self.outlets:
            if outlet.delay:
                for host in outlet.hosts:
                    engine.downloader.per_slot_settings[host] = {"concurrency": 1, "delay": outlet.delay}


def _text(response: Response, header: str) -> str:
    return (response.headers.get(header) or b"").decode("latin-1").strip().lower()
