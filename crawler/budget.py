"""A run's time: when it is over nothing more is asked, and what waits in the hosts' queues waits for the next run.

Scrapy's extension stops handing out requests, but answers those that are queued already, one after the other: thirty of them to a
host that wants ten seconds in between would be five minutes more.
"""

from __future__ import annotations

from scrapy.extensions.closespider import CloseSpider

from crawler.queues import call_back


class TimeBudget(CloseSpider):
    """``CLOSESPIDER_TIMEOUT`` (``--for``), and Scrapy's other limits."""

    def _close_spider(self, reason: str) -> None:
        super()._close_spider(reason)
        engine = self.crawler.engine
        for slot in engine.downloader.slots.values() if engine else ():
            call_back(slot, "the run's time is up")
