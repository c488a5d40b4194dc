"""The downloader's queues, one a host: what stands in them has passed all middlewares on its way out, and can still be called back."""

from __future__ import annotations

from scrapy import Request
from scrapy.core.downloader import Slot
from scrapy.utils.httpobj import urlparse_cached
from twisted.python.failure import Failure

from crawler.causes import HostRefuses, HostRests


def host_of(request: Request) -> str:
    """Whom a request is to: a host with its port, if it names one."""
    return urlparse_cached(request).netloc.rpartition("@")[2].lower()


def call_back(slot: Slot, reason: str, host: str | None = None) -> None:
    """Take the requests to this host, because it refuses, or all out of a queue: each ends in HostRefuses, or in HostRests."""
    queued = list(slot.queue)
    slot.queue.clear()
    for request, answer in queued:
        if host is None or host_of(request) == host:
            answer.errback(Failure(HostRefuses(reason) if host else HostRests(reason)))  # type: ignore[no-untyped-call]
        else:
            slot.queue.append((request, answer))
