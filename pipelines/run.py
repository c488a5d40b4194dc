"""One run of the crawler: it holds the home, and sees that every discovered link ends in exactly one counted outcome."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import ParamSpec, Self, TypeVar

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, NotConfigured
from scrapy.statscollectors import StatsCollector

from archive.article import Article
from archive.captures import Capture, CaptureRef
from archive.errors import ArchiveError, DragomanError
from archive.home import open_home
from archive.keeper import Keeper
from archive.links import Announced, Outcome, Standing
from archive.lock import hold
from archive.store import Store
from archive.stories import Sketch
from archive.urls import url_key
from archive.validators import Validators
from pipelines.page import Knowledge
from pipelines.workers import Workers

P = ParamSpec("P")
R = TypeVar("R")

_MOST_FAILURES = 1_000
"""Failures listed in a run's summary; all are counted."""
_LONGEST_CAUSE = 100
"""Characters of a cause that failures are counted under."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that went wrong in a run: where, and why in a few words."""

    outlet: str
    url: str
    cause: str


class Run:
    """Scrapy extension: opens the home when a crawl begins, closes it when the crawl has ended.

    The spider, the middlewares and the pipelines get it with :func:`the_run`. Counts go into Scrapy's stats as
    ``discovered/<outlet>`` and ``outcome/<outlet>/<outcome>``; the two add up for each outlet.
    """

    def __init__(
        self,
        home: Path,
        workers: int,
        page_seconds: float,
        stats: StatsCollector,
        stop: Callable[[], None],
        command: str = "crawl",
    ) -> None:
        self.stats = stats
        self._stop = stop
        self.failures: list[Failure] = []
        self.error: DragomanError | None = None
        self.backlog = 0
        self.knowledge = Knowledge()
        self.validators: dict[str, Validators] = {}
        """What responses of this run gave to ask by, by key, until their pages and sources are settled."""
        self._undecided: dict[str, str] = {}
        self._discovered: set[str] = set()
        self._closing = ExitStack()
        place = open_home(home)
        self._closing.enter_context(hold(place))
        self.keeper = self._closing.enter_context(Keeper.open(place, command))
        self.workers = self._closing.enter_context(Workers(workers, page_seconds))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        settings = crawler.settings
        if crawler.stats is None:
            raise NotConfigured("stats are needed")

        def stop() -> None:
            if crawler.engine and crawler.engine.spider:
                closing.append(asyncio.ensure_future(crawler.engine.close_spider_async(reason="archive_failed")))

        closing: list[asyncio.Future[None]] = []
        workers, seconds = settings.getint("WORKERS"), settings.getfloat("PAGE_SECONDS")
        run = cls(
            Path(settings["HOME"]),
            workers,
            seconds,
            crawler.stats,
            stop,
            getattr(crawler.spidercls, "command", "crawl"),
        )
        crawler.signals.connect(run.close, signal=signals.engine_stopped)
        return run

    async def capture(self, exchange: Capture, outlet: str | None, kind: str) -> CaptureRef:
        """Archive an exchange. It is on the disk when this returns. Raises ArchiveError."""
        self.stats.inc_value("captures")
        return await self.keeper.keep(exchange, outlet, kind)

    async def capture_failure(self, url: str, at: datetime, cause: str, outlet: str | None, kind: str) -> None:
        """Archive that nothing came back, and why. Raises ArchiveError."""
        await self.keeper.keep_failure(url, at, cause, outlet, kind)

    async def call(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Call a method of the store in the archive's own thread. When the archive fails, the run ends with CloseSpider."""
        try:
            return await self.keeper.call(function, *args, **kwargs)
        except ArchiveError as reason:
            self.fail(reason)
            raise CloseSpider("archive_failed") from reason

    @property
    def store(self) -> Store:
        """The tables; only for use with :meth:`call`."""
        return self.keeper.store

    async def discover(self, links: list[Announced]) -> list[tuple[Announced, Standing]]:
        """Note what was announced. Each link is given back once in a run, with where it stands."""
        fresh = {link.key: link for link in links if link.key not in self._discovered}
        if not fresh:
            return []
        for link in fresh.values():  # before the store is asked: a feed and a sitemap are read at the same time
            self._discovered.add(link.key)
            self._undecided[link.key] = link.outlet
            self.stats.inc_value(f"discovered/{link.outlet}")
        standings = await self.call(self.store.announce, list(fresh.values()), _now())
        return [(link, standings[key]) for key, link in fresh.items()]

    async def settle(
        self, key: str, outlet: str, outcome: Outcome, reason: str | None = None, article_id: str | None = None
    ) -> None:
        """The link's one outcome in this run: counted, and remembered for the next."""
        validators = self.validators.pop(key, None)
        if self.count(key, outlet, outcome):
            with suppress(CloseSpider):  # it stays open in the store, and is fetched again when the disk is mended
                await self.call(self.store.settle, key, outcome, reason, article_id, _now(), validators)

    async def keep(self, article: Article, sketch: Sketch) -> Article:
        """Put an article into the store, and settle its link, in one transaction; the article as the store has it.

        When the archive fails, the run ends with CloseSpider.
        """
        key = url_key(article.url)
        link, validators = key if key in self._undecided else None, self.validators.pop(key, None)
        outcome, kept = await self.call(self.store.keep, article, sketch, link, validators)
        self.count(key, article.outlet.id, outcome)
        return kept

    async def missed(self, url: str, outlet: str, reason: str, at: datetime | None, capture: CaptureRef | None) -> bool:
        """A page was not there: settled, if an article of it is known that was not seen later. False if none is."""
        digest = capture.digest if capture else None
        outcome = await self.call(self.store.miss, url, at or _now(), reason, digest)
        if outcome is not None:
            await self.settle(url_key(url), outlet, outcome, reason)
        return outcome is not None

    def count(self, key: str, outlet: str, outcome: Outcome) -> bool:
        """Count a link's outcome without remembering it. False if it was counted before."""
        if self._undecided.pop(key, None) is None:
            return False
        self.stats.inc_value(f"outcome/{outlet}/{outcome}")
        return True

    def outlets_with(self, outcome: Outcome) -> list[str]:
        """The outlets of which a link has ended so in this run."""
        parts = [name.split("/") for name in self.stats.get_stats()]
        return sorted(part[1] for part in parts if part[0] == "outcome" and part[2] == outcome)

    def report(self, outlet: str, url: str, cause: str) -> None:
        """List a failure in the run's summary."""
        self.stats.inc_value("failures")
        self.stats.inc_value(f"failed/{outlet}/{cause[:_LONGEST_CAUSE]}")
        if len(self.failures) < _MOST_FAILURES:
            self.failures.append(Failure(outlet, url, cause))

    def fail(self, error: DragomanError) -> None:
        """Something the run cannot mend: the first such error is the run's. Without an archive it ends at once."""
        if isinstance(error, ArchiveError) and not isinstance(self.error, ArchiveError):
            self._stop()
        self.error = self.error or error

    def close(self) -> None:
        """What is still undecided waits for the next run; then the home is let go."""
        for key, outlet in list(self._undecided.items()):
            self.count(key, outlet, Outcome.WAITING)
        try:
            self.keeper.finish(self.stats.get_stats())
            self.backlog = self.store.backlog_size()
        except ArchiveError as reason:
            self.fail(reason)
        finally:
            self._closing.close()


def the_run(crawler: Crawler) -> Run:
    """The run that this crawler is."""
    run = crawler.get_extension(Run)
    if run is None:
        raise NotConfigured("the extension pipelines.run.Run is off, and nothing can be kept without it")
    return run


def _now() -> datetime:
    return datetime.now(UTC)
