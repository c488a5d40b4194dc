"""What is known is asked for by its ETag or date of change, so that a server can answer "not modified" (RFC 9110, 13.1).

What a response gave is remembered only when its page or source was settled: what was lost on the way to the archive
is fetched whole again.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from archive.validators import Validators
from crawler.headers import header
from pipelines.run import Run, the_run

_HEADERS = ("If-None-Match", "If-Modified-Since")


class Conditional:
    """Adds conditions to requests whose ``meta["key"]`` is known, and notes what responses give for the next time."""

    def __init__(self, run: Run) -> None:
        self.run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(the_run(crawler))

    async def process_request(self, request: Request) -> None:
        key = request.meta.get("key")
        if key is None or any(name in request.headers for name in _HEADERS):
            return  # none of ours, or a redirect or retry of one that has them
        known = await self.run.call(self.run.store.polls.validators, key, datetime.now(UTC))
        if known is None:
            return
        request.meta["validators"] = known
        if known.etag:
            request.headers["If-None-Match"] = known.etag
        if known.last_modified:
            request.headers["If-Modified-Since"] = known.last_modified

    def process_response(self, request: Request, response: Response) -> Response:
        key = request.meta.get("key")
        if key is not None and response.status == 200:
            etag, changed = header(response, "ETag") or None, header(response, "Last-Modified") or None
            at = request.meta.get("fetched_at") or datetime.now(UTC)
            self.run.validators[key] = Validators(request.url, at, etag, changed)
        return response
