"""Every exchange goes into the archive, as it was received, before anything sees or changes it.

At 800 this stands below decompression (590), redirects (600) and retries (550): it sees the bytes as sent and every
hop. A response is handed on only when its records are on the disk; when they cannot be, nothing is handed on and the
run ends. (A handler of Scrapy's ``response_downloaded`` signal cannot promise that: errors there are only logged.)
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, ResponseDataLossError
from scrapy.http import Headers, Response

from archive.captures import Capture as Exchange
from archive.captures import Headers as HeaderLines
from archive.errors import ArchiveError
from crawler.causes import cause_of
from crawler.javascript import RENDERED
from pipelines.run import Run, the_run


class Capture:
    """Archives responses and failures; puts the reference to the capture into ``request.meta["capture"]``."""

    def __init__(self, run: Run) -> None:
        self.run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(the_run(crawler))

    async def process_response(self, request: Request, response: Response) -> Response:
        torn = "dataloss" in response.flags
        exchange = Exchange(
            url=request.url,
            fetched_at=datetime.now(UTC),
            status=response.status,
            headers=_lines(response.headers) + ((RENDERED,) if "playwright" in response.flags else ()),
            body=response.body,
            method=request.method,
            request_headers=_lines(request.headers),
            ip=str(response.ip_address) if response.ip_address and not request.meta.get("proxy") else None,
            truncated="disconnect" if torn else None,
        )
        try:
            request.meta["capture"] = await self.run.capture(exchange, request.meta.get("outlet"), _kind(request))
        except ArchiveError as reason:
            self.run.fail(reason)
            raise IgnoreRequest("the archive failed") from reason
        request.meta["fetched_at"] = exchange.fetched_at
        if torn:
            raise ResponseDataLossError(f"the connection broke inside the body of {request.url}")
        return response

    async def process_exception(self, request: Request, exception: Exception) -> None:
        if isinstance(exception, IgnoreRequest):
            return  # robots.txt or a private address: nothing was asked, so there is nothing to keep
        try:
            await self.run.capture_failure(
                request.url, datetime.now(UTC), cause_of(exception), request.meta.get("outlet"), _kind(request)
            )
        except ArchiveError as reason:
            self.run.fail(reason)


def _kind(request: Request) -> str:
    """Why this was fetched: ``announcement``, ``article``, or ``robots`` (which Scrapy asks for by itself)."""
    return str(request.meta.get("kind") or ("robots" if request.url.endswith("/robots.txt") else "other"))


def _lines(headers: Headers) -> HeaderLines:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1")) for name, values in headers.items() for value in values
    )
