"""Every exchange goes into the archive, as it was received, before anything sees or changes it.

At 800 this stands below decompression (590), redirects (600) and retries (550): it sees the bytes as sent and every
hop. A response is handed on only when its records are on the disk; when they cannot be, nothing is handed on and the
run ends. (A handler of Scrapy's ``response_downloaded`` signal cannot promise that: errors there are only logged.)

A page that its publisher has reserved leaves a metadata record that says so, and nothing of its content.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, ResponseDataLossError
from scrapy.http import Headers, Response

from archive.captures import Capture as Exchange
from archive.captures import Headers as HeaderLines
from archive.captures import Original
from archive.encodings import decoded
from archive.errors import ArchiveError
from archive.validators import Validators
from crawler.causes import Reserved, cause_of
from crawler.contact import is_written_ours
from crawler.headers import header
from crawler.javascript import RENDERED
from crawler.reservations import Obeyed, reserved_by_headers, reserved_by_page
from pipelines.run import Run, the_run

_PAGES = ("text/html", "application/xhtml+xml")
_OPENING = 100_000
"""Bytes of a page in which its head is."""


class Capture:
    """Archives responses and failures; puts the reference to the capture into ``request.meta["capture"]``."""

    def __init__(self, run: Run, robot: str, obeyed: Obeyed) -> None:
        self.run = run
        self.robot = robot
        self.obeyed = obeyed

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        settings = crawler.settings
        obeyed = Obeyed(
            settings.getbool("OBEY_NOARCHIVE"),
            not settings.getbool("IGNORE_META_NOARCHIVE"),
            settings.getbool("OBEY_TDM_RESERVATION"),
        )
        return cls(the_run(crawler), settings["ROBOTSTXT_USER_AGENT"], obeyed)

    async def process_response(self, request: Request, response: Response) -> Response:
        await self._respect(request, response)
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
            unchanged_since=_original(request, response),
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
        if not isinstance(exception, IgnoreRequest):  # else nothing was asked, so there is nothing to keep
            await self._keep_failure(request, cause_of(exception))

    async def _respect(self, request: Request, response: Response) -> None:
        """Raises Reserved for an article's page that is not to be kept; that it was met is."""
        if _kind(request) != "article" or response.status != 200:
            return
        obeyed = replace(self.obeyed, meta=False) if _is_replayed(request) else self.obeyed
        reservation = reserved_by_headers(_lines(response.headers), self.robot, obeyed)
        if reservation is None and (header(response, "Content-Type") or "text/html").lower().startswith(_PAGES):
            reservation = reserved_by_page(_opening(response), self.robot, obeyed)
        if reservation:
            await self._keep_failure(request, reservation)
            raise Reserved(reservation)

    async def _keep_failure(self, request: Request, cause: str) -> None:
        try:
            await self.run.capture_failure(
                request.url, datetime.now(UTC), cause, request.meta.get("outlet"), _kind(request)
            )
        except ArchiveError as reason:
            self.run.fail(reason)


def _is_replayed(request: Request) -> bool:
    """Does it come from an archive that somebody replays on our own network, and not from its publisher?"""
    proxy: str | None = request.meta.get("proxy")
    return proxy is not None and is_written_ours(urlsplit(proxy).hostname or "")


def _original(request: Request, response: Response) -> Original | None:
    """What a 304 is about: the capture whose validators were sent."""
    known: Validators | None = request.meta.get("validators")
    return Original(known.url, known.fetched_at) if known and response.status == 304 else None


def _opening(response: Response) -> bytes:
    try:
        return decoded(response.body, header(response, "Content-Encoding"), _OPENING)
    except ArchiveError:
        return b""  # of an unknown encoding; that is told where the page is read


def _kind(request: Request) -> str:
    """Why this was fetched: ``announcement``, ``article``, or ``robots`` (which Scrapy asks for by itself)."""
    return str(request.meta.get("kind") or ("robots" if request.url.endswith("/robots.txt") else "other"))


def _lines(headers: Headers) -> HeaderLines:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1")) for name, values in headers.items() for value in values
    )
