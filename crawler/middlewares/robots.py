"""robots.txt, obeyed whole: Scrapy's middleware, and the things it leaves out.

- ``Crawl-delay`` is read by its parser but applied nowhere: here it becomes the delay of the host's queue.
- A robots.txt that answers 5xx means "ask me nothing" (RFC 9309, 2.3.1.4); Scrapy would take the error page for rules. It is no rule
  against a page, which is tried again later.

One that was read is good for a day (2.4), in later runs, too.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser, RobotParser
from twisted.internet.defer import Deferred

from crawler.causes import RulesAway
from pipelines.run import the_run

_MOST_BYTES = 512 * 1024
"""Of a robots.txt that are read (RFC 9309, 2.5, wants at least 500 KiB)."""
_NOTHING_ALLOWED = b"User-agent: *\nDisallow: /\n"


class Robots(RobotsTxtMiddleware):
    """Obeys robots.txt and its crawl-delay, one queue a host."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.run = the_run(crawler)
        self._away: dict[str, int] = {}
        logging.getLogger("scrapy.downloadermiddlewares.robotstxt").addFilter(_without_traceback)

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest as reason:
            if status := self._away.get(urlsplit(request.url).netloc):
                raise RulesAway(f"robots.txt answers {status}") from reason
            raise

    async def robot_parser(self, request: Request) -> RobotParser | None:
        parts = urlsplit(request.url)
        if parts.netloc not in self._parsers:
            held = await self.run.call(self.run.store.hosts.site_file, _address(request), datetime.now(UTC))
            if held and parts.netloc not in self._parsers:  # nobody else was quicker in the meantime
                self._parsers[parts.netloc] = Deferred()
                response = Response(_address(request), status=held[0], body=held[1], flags=["held"])
                await self._parse_robots(response, parts.netloc, request)
        return await super().robot_parser(request)

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status < 500 and response.status != 429 and "held" not in response.flags:
            kept = response.body[:_MOST_BYTES]
            await self.run.call(
                self.run.store.hosts.keep_site_file, _address(request), response.status, kept, datetime.now(UTC)
            )
        if response.status >= 500:
            self._away[netloc] = response.status
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
        delay = max(delay, downloader.per_slot_settings.get(host, {}).get("delay", 0))
        downloader.per_slot_settings[host] = {"concurrency": 1, "delay": delay, "jitter": 0}
        if slot := downloader.slots.get(host):
            slot.concurrency, slot.delay, slot.jitter = 1, max(slot.delay, delay), 0


def _address(request: Request) -> str:
    parts = urlsplit(request.url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"


def _without_traceback(record: logging.LogRecord) -> bool:
    """A robots.txt that cannot be fetched is one line in the log: the page's own failure follows and is counted."""
    record.exc_info = None
    return True
