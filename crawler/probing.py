"""A look at sources without a crawl: each is asked once, with a crawl's manners, and nothing becomes of what it announces.

The exchanges are archived as a crawl's are: what a source answered on a day is worth knowing when it is silent later.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http.request import NO_CALLBACK

from crawler.catalogue import Catalogue, load_outlets
from crawler.causes import cause_of
from crawler.discovery.link_headers import told_by_header
from crawler.discovery.links import UNREADABLE, Findings
from crawler.discovery.reading import address_of, read_announcement
from crawler.discovery.shapes import KNOWN_ARTICLES, Shapes, learn_shapes
from crawler.headers import headers
from crawler.manners import keep_delays
from crawler.running import settings_of
from pipelines.run import Run, the_run


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: ``url`` is where a redirect led, if one did; ``cause`` says why nothing came.

    ``link`` is its header of that name.
    """

    url: str
    status: int | None = None
    content: bytes = b""
    link: str = ""
    cause: str | None = None

    @property
    def is_there(self) -> bool:
        """Was it answered with what was asked for?"""
        return self.status == 200


class Prober:
    """Asks, within a crawl that is under way."""

    def __init__(self, spider: Spider, run: Run) -> None:
        self.spider = spider
        self.run = run

    async def ask(self, url: str, outlet: str | None = None) -> Answer:
        """The answer of a page or source. Never raises: what went wrong is its cause."""
        engine = self.spider.crawler.engine
        if engine is None:
            raise RuntimeError("nothing is asked without an engine")
        meta = {"kind": "announcement", "outlet": outlet}
        try:
            request = Request(url, callback=NO_CALLBACK, dont_filter=True, meta=meta)
            response = await engine.download_async(request)
        except Exception as reason:  # noqa: BLE001 - whatever it is, it is why this source gives nothing
            return Answer(url, cause=cause_of(reason))
        return Answer(response.url, response.status, response.body, headers(response, "Link"))

    async def look(self, kind: str, url: str, outlet: str | None = None) -> tuple[Answer, Findings]:
        """The answer of a source of this kind, and what it announces."""
        answer = await self.ask(address_of(kind, url), outlet)
        if not answer.is_there:
            return answer, Findings(problems=(answer.cause or f"http {answer.status}",))
        try:
            shapes = await self._shapes(outlet) if outlet else Shapes()
            findings = await self.run.workers.call(read_announcement, kind, answer.content, answer.url, shapes)
        except Exception as reason:  # noqa: BLE001 - whatever a hostile source does to its reader is the source's failure
            findings = Findings(problems=(f"{UNREADABLE} ({type(reason).__name__})",))
        return answer, told_by_header(findings, answer.link, answer.url) if kind == "feed" else findings

    async def _shapes(self, outlet: str) -> Shapes:
        return learn_shapes(await self.run.call(self.run.store.cursors.article_urls, outlet, KNOWN_ARTICLES))


Work = Callable[[Prober], Awaitable[Any]]


class ProbingSpider(Spider):
    """Does one piece of work, and makes no requests of its own."""

    name = "probing"
    command = "outlets"
    """What the table of runs calls it."""

    def __init__(self, work: Work, catalogue: Catalogue, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.work = work
        self.catalogue = catalogue
        self.result: Any = None
        self.failure: Exception | None = None

    async def start(self) -> AsyncIterator[Request]:
        if self.crawler.engine:
            keep_delays(self.crawler.engine.downloader.per_slot_settings, self.catalogue)
        try:
            self.result = await self.work(Prober(self, the_run(self.crawler)))
        except Exception as reason:  # noqa: BLE001 - Scrapy would log it and go on; it is raised when the crawl has ended
            self.failure = reason
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request


def probe(work: Work, overrides: Mapping[str, Any]) -> Any:
    """What ``work`` returns, done within Scrapy. Raises what it raises, RunLocked when a run holds the home, ArchiveError."""
    settings = settings_of(
        {**overrides, "ITEM_PIPELINES": {}, "LOG_ENABLED": False, "SPIDERMON_ENABLED": False}
    )  # nothing is derived, so nothing is learned, indexed or judged
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(ProbingSpider)
    task = process.crawl(crawler, work=work, catalogue=load_outlets(settings.getlist("OUTLETS_FOLDERS")))
    process.start()
    if not task.cancelled() and (error := task.exception()):
        raise error
    run = crawler.get_extension(Run)
    spider = crawler.spider
    if run is None or not isinstance(spider, ProbingSpider):
        raise RuntimeError("the crawl ended before it began")
    if failure := spider.failure or run.error:
        raise failure
    return spider.result
