"""The three Scrapy ends: a page is derived, its article kept, and the index told, in this order."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from typing import Self

from pebble import ProcessExpired
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DropItem

from archive.article import Article
from archive.errors import ArchiveError, IndexUnavailable, NotAnArticle
from archive.links import Announced, Outcome
from archive.urls import url_key
from archive.variants import is_variant
from pipelines.deriving import Derivation, derivation_of
from pipelines.gates import GATES
from pipelines.learning import learn_after_crawl
from pipelines.missing import NOT_FOUND
from pipelines.page import Page
from pipelines.renewing import outdated, renew
from pipelines.run import Run, the_run
from search.backlog import push
from search.index import Connection
from search.opening import connection_from, open_index

logger = logging.getLogger(__name__)

_ENOUGH_FOR_A_BATCH = 200
"""Articles kept between two pushes to the index: bulk requests, and an index never far behind."""


class Derive:
    """Reads each page as an article, in worker processes so that the reactor stays free."""

    def __init__(self, run: Run) -> None:
        self.run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(the_run(crawler))

    async def process_item(self, page: Page) -> Derivation:
        key, outlet = url_key(page.url), page.publisher.id
        try:
            return await self.run.workers.call(derivation_of, page)
        except NotAnArticle as reason:
            if reason.kind in GATES:
                await self._gated(page, key, reason)
            elif reason.kind != NOT_FOUND or not await self._missed(page, str(reason)):
                await self.run.settle(key, outlet, Outcome.NOT_AN_ARTICLE, str(reason))
            raise DropItem(f"{page.url} is not an article: {reason}") from reason
        except (TimeoutError, ProcessExpired) as reason:
            await self._failed(page, key, f"not derived within {self.run.workers.seconds:g} s", reason)
        except Exception as reason:  # noqa: BLE001 - a page that breaks an extractor must cost that page only
            await self._failed(page, key, f"not derived: {type(reason).__name__}", reason)
        raise AssertionError("unreachable")

    async def _gated(self, page: Page, key: str, reason: NotAnArticle) -> None:
        """The article may be behind it: the link stays open, and the outlet's failures tell of it."""
        self.run.report(page.publisher.id, page.url, reason.kind)
        await self.run.settle(key, page.publisher.id, Outcome.FAILED_TEMPORARILY, reason.kind)

    async def _missed(self, page: Page, reason: str) -> bool:
        try:
            return await self.run.missed(page.url, page.publisher.id, reason, page.fetched_at, page.capture)
        except CloseSpider as failed:
            raise DropItem("the archive failed") from failed

    async def _failed(self, page: Page, key: str, cause: str, reason: Exception) -> None:
        self.run.report(page.publisher.id, page.url, cause)
        await self.run.settle(key, page.publisher.id, Outcome.FAILED, cause)
        raise DropItem(f"{page.url}: {cause}") from reason


class Keep:
    """Puts each article into the store, with its version and its story, and into the index's backlog, in one transaction."""

    def __init__(self, run: Run) -> None:
        self.run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(the_run(crawler))

    async def process_item(self, derived: Derivation) -> Article:
        article = derived.article
        try:
            await self._refuse_another_form(article)
            if page := await self.run.call(outdated, self.run.store, article):
                await self._derive_again(page)
            return await self.run.keep(article, derived.sketch)
        except CloseSpider as reason:
            raise DropItem("the archive failed") from reason

    async def _refuse_another_form(self, article: Article) -> None:
        """An AMP or print version of a page that has its article already is a duplicate; of one that has none, it stands for the page."""
        canonical = article.canonical_url
        if canonical is None or not is_variant(article.url, canonical):
            return
        landed = Announced(url_key(canonical), canonical, article.outlet.id, article.title, None, article.url)
        if await self.run.call(self.run.store.land, landed, article.url, datetime.now(UTC)):
            key, reason = url_key(article.url), f"another form of {canonical[:300]}"
            await self.run.settle(key, article.outlet.id, Outcome.DUPLICATE, reason)
            raise DropItem(reason)

    async def _derive_again(self, page: Page) -> None:
        """The known text was read by another extractor than the new one: both are read alike before they are compared."""
        with suppress(NotAnArticle, TimeoutError, ProcessExpired):
            again = await self.run.workers.call(derivation_of, self.run.knowledge.told(page))
            await self.run.call(renew, self.run.store, again.article, again.sketch)


class Queue:
    """Pushes the backlog to the index in bulk, beside the crawl and never in its way.

    When the index is down the crawl goes on: articles wait in the backlog, and the run says so at its end.
    """

    def __init__(self, run: Run, connection: Connection | None, goes_on: Callable[[], bool]) -> None:
        self.run = run
        self.connection = connection
        self._goes_on = goes_on
        self._kept = 0
        self._pushing: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(the_run(crawler), connection_from(crawler.settings), lambda: crawler.crawling)

    async def process_item(self, article: Article) -> Article:
        self._kept += 1
        if self._kept >= _ENOUGH_FOR_A_BATCH and (self._pushing is None or self._pushing.done()):
            self._kept = 0
            self._pushing = asyncio.create_task(self._push())
        return article

    async def close_spider(self) -> None:
        if self._pushing:
            await self._pushing
        await self._learn()
        await self._push()

    async def _learn(self) -> None:
        """Before the last push, which takes the articles that are changed by it."""
        run = self.run
        if not isinstance(run.error, ArchiveError):
            outlets = run.outlets_with(Outcome.NEW)
            await asyncio.to_thread(learn_after_crawl, run.store, outlets, run.workers, run.knowledge, self._goes_on)

    async def _push(self) -> None:
        try:
            pushed = await asyncio.to_thread(self._push_all)
        except (IndexUnavailable, ArchiveError) as reason:
            self.run.fail(reason)
            logger.warning("%s", reason)
        else:
            self.run.stats.inc_value("indexed", pushed)

    def _push_all(self) -> int:
        with closing(open_index(self.run.keeper.home.index, self.connection)) as index:
            pushed = push(self.run.store, index)
        for rejection in pushed.rejected:
            self.run.report("index", rejection.article_id, f"rejected by the index: {rejection.reason}")
        return pushed.indexed
