"""A site's ``/.well-known/tdmrep.json``: asked for once a day, before the first article's page of its host."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.causes import Reserved
from crawler.queues import host_of
from crawler.reservations import reserved_by_site
from pipelines.run import Run, the_run

_MOST_BYTES = 500_000


class SiteReservations:
    """Raises Reserved for pages whose site has reserved text and data mining of them."""

    def __init__(self, run: Run, fetch: Callable[[Request], Awaitable[Response]]) -> None:
        self.run = run
        self.fetch = fetch
        self._rules: dict[str, asyncio.Task[bytes]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        if not crawler.settings.getbool("OBEY_TDM_RESERVATION"):
            raise NotConfigured

        async def fetch(request: Request) -> Response:
            if crawler.engine is None:
                raise NotConfigured("nothing is fetched without an engine")
            return await crawler.engine.download_async(request)

        return cls(the_run(crawler), fetch)

    async def process_request(self, request: Request) -> None:
        if request.meta.get("kind") != "article":
            return
        parts = urlsplit(request.url)
        site = f"{parts.scheme}://{host_of(request)}"
        if site not in self._rules:
            self._rules[site] = asyncio.create_task(self._read(f"{site}/.well-known/tdmrep.json"))
        if reservation := reserved_by_site(await self._rules[site], parts.path or "/"):
            raise Reserved(reservation)

    async def _read(self, url: str) -> bytes:
        """The file's content; nothing where there is none, or none can be had."""
        hosts = self.run.store.hosts
        if held := await self.run.call(hosts.site_file, url, datetime.now(UTC)):
            return held[1]
        try:
            response = await self.fetch(Request(url, callback=NO_CALLBACK, priority=1000, meta={"kind": "other"}))
        except Exception:  # noqa: BLE001 - whatever it is, the page's own exchange will show and count it
            return b""
        body = response.body[:_MOST_BYTES] if response.status == 200 else b""
        if response.status < 500:
            await self.run.call(hosts.keep_site_file, url, response.status, body, datetime.now(UTC))
        return body
