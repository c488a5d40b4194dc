"""robots.txt, obeyed whole: Scrapy's middleware, and the two things it leaves out.

- ``Crawl-delay`` is read by its parser but applied nowhere: here it becomes the delay of the host's queue.
- A robots.txt that answers 5xx means "ask me nothing" (RFC 9309, 2.3.1.4); Scrapy would take the error page for rules.
"""

from __future__ import annotations

import logging

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser

_NOTHING_ALLOWED = b"User-agent: *\nDisallow: /\n"


class Robots(RobotsTxtMiddleware):
    """Obeys robots.txt and its crawl-delay, one queue a host."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._slowed: set[str] = set()
        logging.getLogger("scrapy.downloadermiddlewares.robotstxt").addFilter(_without_traceback)

    async def process_request(self, request: Request, spider: Spider | None = None) -> None:  # noqa: ARG002 - Scrapy's signature
        await super().process_request(request)
        if self.crawler.engine and self.crawler.engine.downloader.get_slot_key(request) in self._slowed:
            request.meta["autothrottle_dont_adjust_delay"] = True

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500:
            response = response.replace(body=_NOTHING_ALLOWED)
        elif response.status >= 400:
            response = response.replace(body=b"")
        await super()._parse_robots(response, netloc, request)
        parser = self._parsers[netloc]
        if isinstance(parser, ProtegoRobotParser):
            delay = parser.rp.crawl_delay(self._robotstxt_useragent or self._default_useragent)
            if delay:
                self._slow_down(request, float(delay))

    def _slow_down(self, request: Request, delay: float) -> None:
        """Give the host's queue this delay in seconds: the slot that is there, and the one made after it is collected."""
        downloader = self.crawler.engine.downloader if self.crawler.engine else None
        if downloader is None:
            return
        host = downloader.get_slot_key(request)
        self._slowed.add(host)
        manners = {"concurrency": 1, "delay": delay, "jitter": 0}
        downloader.per_slot_settings[host] = {**downloader.per_slot_settings.get(host, {}), **manners}
        if slot := downloader.slots.get(host):
            slot.concurrency, slot.delay, slot.jitter = 1, max(slot.delay, delay), 0


def _without_traceback(record: logging.LogRecord) -> bool:
    """A robots.txt that cannot be fetched is one line in the log: the page's own failure follows and is counted."""
    record.exc_info = None
    return True
