"""Hosts that want to be left alone are: what ``Retry-After`` asks is done, and a host that answers nothing but refusals rests.

At 560 this stands just below retries (550), so that a retry of what was refused waits in the host's queue. A short wait holds the
queue; for a longer one the links of the host wait for a later run, which the table ``hosts`` remembers. Nothing tries to get around a refusal.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Self

from scrapy import Request, signals
from scrapy.core.downloader import Downloader, Slot
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from archive.host_store import Rest
from crawler.breaker import Breaker, is_refusal
from crawler.catalogue import Catalogue
from crawler.causes import HostRefuses, HostRests, cause_of
from crawler.headers import header
from crawler.manners import is_awake
from crawler.queues import call_back, host_of
from crawler.retry_after import retry_after
from pipelines.run import Run, the_run

_PATIENCE = timedelta(seconds=60)
"""A wait up to this is sat out; during a longer one the run does not stand still for one host."""
_SLOWEST_AFTER = 1.0
"""Seconds between requests, at least, to a host that said "too many"."""

_REMEMBERED = timedelta(days=7)
"""After that a rest counts no more, where nothing came by that could have ended it."""


class Patience:
    """Raises HostRests, or HostRefuses, for what may not be asked now; notes each host's answers."""

    def __init__(
        self, run: Run, downloader: Callable[[], Downloader | None], hours: Callable[[str], str | None]
    ) -> None:
        self.run = run
        self.downloader = downloader
        self.hours = hours
        self.breakers: dict[str, Breaker] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        def hours(outlet: str) -> str | None:
            catalogue: Catalogue | None = getattr(crawler.spider, "catalogue", None)
            found = catalogue.outlets.get(outlet) if catalogue else None
            return found.hours if found else None

        patience = cls(the_run(crawler), lambda: crawler.engine.downloader if crawler.engine else None, hours)
        crawler.signals.connect(patience.remember, signal=signals.spider_opened)
        return patience

    async def remember(self) -> None:
        """Take up where the last run left off."""
        resting = await self.run.call(self.run.store.hosts.resting)
        forgotten = datetime.now(UTC) - _REMEMBERED
        self.breakers = {host: Breaker(rest) for host, rest in resting.items() if rest.not_before > forgotten}

    def process_request(self, request: Request) -> None:
        now = datetime.now(UTC)
        if reason := self._breaker(request).blocks(now):
            raise HostRefuses(reason)
        outlet = request.meta.get("outlet")
        if outlet and not is_awake(self.hours(outlet), now):
            raise HostRests("outside the outlet's hours")
        downloader = self.downloader()
        if downloader is None:
            return
        host = downloader.get_slot_key(request)
        if self._breaker(request).rest and host not in downloader.slots:  # half open: one request after the other
            manners = {"concurrency": 1, "delay": _SLOWEST_AFTER, "jitter": 0}
            downloader.per_slot_settings.setdefault(host, manners)
        if host in downloader.per_slot_settings:
            request.meta["autothrottle_dont_adjust_delay"] = True  # a delay that was asked for is not worked down

    async def process_response(self, request: Request, response: Response) -> Response:
        breaker, now = self._breaker(request), datetime.now(UTC)
        if not is_refusal(response.status):
            # That a feed is served says nothing of the pages which were refused.
            if (breaker.rest is None or request.meta.get("kind") == "article") and breaker.answered():
                await self.run.call(self.run.store.hosts.awake, host_of(request))
            return response
        wait = retry_after(header(response, "Retry-After"), now)
        if wait and response.status in (429, 503):
            if wait > _PATIENCE:
                reason = f"http {response.status}, asks for {wait.total_seconds():.0f} s"
                if not breaker.blocks(now):  # it has said so to a request that was under way with this one
                    await self._rest(request, breaker.wait(wait, reason, now))
                raise HostRefuses(reason)
            self._hold(request, wait)
        elif response.status == 429:
            self._hold(request, timedelta(seconds=_SLOWEST_AFTER))
        await self._refused(request, f"http {response.status}")
        return response

    async def process_exception(self, request: Request, exception: Exception) -> None:
        if not isinstance(exception, IgnoreRequest):
            await self._refused(request, cause_of(exception))

    async def _refused(self, request: Request, reason: str) -> None:
        if rest := self._breaker(request).refused(request.url, reason, datetime.now(UTC)):
            await self._rest(request, rest)

    async def _rest(self, request: Request, rest: Rest) -> None:
        host = host_of(request)
        self.run.report(
            request.meta.get("outlet") or host, host, f"rests until {rest.not_before:%Y-%m-%d %H:%M} UTC: {rest.reason}"
        )
        if slot := self._slot(request):
            call_back(slot, rest.reason, host)
        await self.run.call(self.run.store.hosts.rest, host, rest)

    def _hold(self, request: Request, wait: timedelta) -> None:
        """Hold the host's queue: its next request goes when the wait is over."""
        if slot := self._slot(request):
            slot.delay = max(slot.delay, _SLOWEST_AFTER)
            slot.lastseen = max(slot.lastseen, monotonic() + wait.total_seconds() - slot.delay)

    def _slot(self, request: Request) -> Slot | None:
        downloader = self.downloader()
        return downloader.slots.get(downloader.get_slot_key(request)) if downloader else None

    def _breaker(self, request: Request) -> Breaker:
        return self.breakers.setdefault(host_of(request), Breaker())
