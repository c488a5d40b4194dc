"""A crawl in this process, from the command line or a program: starts Scrapy, waits, and sums up."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from archive.errors import DragomanError
from crawler.backfilling import HistorySpider
from crawler.catalogue import load_outlets
from crawler.contact import require_contact, require_contact_for
from crawler.fetching import PagesSpider
from crawler.logs import log_to
from crawler.spiders.outlets import OutletsSpider
from crawler.summary import Summary, summarise
from pipelines.run import Run

_M_ARENA_MAX = -8
"""malloc.h"""
Watcher = Callable[[Mapping[str, Any]], None]
"""Called with Scrapy's stats whenever a response has come in."""


def crawl(
    only: Sequence[str],
    limit: int | None,
    due: bool,
    overrides: Mapping[str, Any],
    watch: Watcher,
    since: datetime | None = None,
) -> tuple[Summary, DragomanError | None]:
    """Crawl these outlets, or all, and return what was done, with what kept the run from its end, if anything did.

    With ``due`` only sources are asked whose time has come; with ``since`` outlets' history is walked back to that day. ``overrides`` stand over ``crawler/settings.py``. Raises OutletError for an unknown outlet, SettingError
    when a contact is wanted, RunLocked when another
    run holds the home, ArchiveError when the home cannot be opened. Ends early, and cleanly, at Ctrl-C.
    """
    settings = settings_of(overrides)
    catalogue = load_outlets(settings.getlist("OUTLETS_FOLDERS"))
    ids = [catalogue.get(name).id for name in only] or [outlet.id for outlet in catalogue]
    require_contact([catalogue.get(one) for one in ids], settings)
    spider = HistorySpider if since else OutletsSpider
    back = {"since": since.date().isoformat()} if since else {}
    asked = {"only": ",".join(ids), "limit": limit, "due": "1" if due else "", **back}
    return _crawled(spider, asked, ids, settings, watch)


def fetch(urls: Sequence[str], overrides: Mapping[str, Any], watch: Watcher) -> tuple[Summary, DragomanError | None]:
    """Fetch these pages, and them alone. Raises as :func:`crawl` does."""
    settings = settings_of(overrides)
    require_contact_for("the page", urls, settings)
    return _crawled(PagesSpider, {"urls": tuple(urls)}, (), settings, watch)


def _crawled(
    spider: type[Spider], asked: Mapping[str, Any], ids: Sequence[str], settings: Settings, watch: Watcher
) -> tuple[Summary, DragomanError | None]:
    _share_arenas()
    process = AsyncCrawlerProcess(settings)
    if file := settings["LOG_FILE_ROTATED"]:
        log_to(Path(file), settings["LOG_LEVEL"])
    crawler = process.create_crawler(spider)
    crawler.signals.connect(_reporting(crawler, watch), signal=signals.response_received, weak=False)
    task = process.crawl(crawler, **asked)
    process.start()
    if not task.cancelled() and (error := task.exception()):
        raise error
    run = crawler.get_extension(Run)
    if run is None or crawler.stats is None:
        raise RuntimeError("the crawl ended before it began")
    return summarise(crawler.stats.get_stats(), ids, run.failures, run.backlog), run.error


def _share_arenas() -> None:
    """Have glibc's malloc keep two arenas, not eight a core: threads that come and go left 50 MB in theirs (make bench)."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)


def settings_of(overrides: Mapping[str, Any]) -> Settings:
    """The project's settings, and these over them."""
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.setdict(dict(overrides), priority="cmdline")
    if settings["LOG_FILE_ROTATED"]:
        settings.set(
            "LOG_ENABLED", False, priority="cmdline"
        )  # in that file, and not on standard error, of which cron makes a mail
    return settings


def _reporting(crawler: Crawler, watch: Watcher) -> Callable[[], None]:
    def report() -> None:
        if crawler.stats is not None:
            watch(crawler.stats.get_stats())

    return report
