"""The requests of a crawl: for an announcement, and for an article's page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from scrapy import Request

from archive.links import Announced
from archive.polls import Source
from crawler.discovery.reading import address_of

Callback = Callable[..., Any]


def announcement_request(source: Source, read: Callback, failed: Callback) -> Request:
    """Ask for a feed or sitemap, before any article."""
    return Request(
        address_of(source.kind, source.url),
        read,
        errback=failed,
        priority=10,
        dont_filter=True,
        cb_kwargs={"source": source},
        meta={"kind": "announcement", "outlet": source.outlet, "key": source.url},
    )


def further_request(place: str, source: Source, left: int, read: Callback, failed: Callback) -> Request:
    """Ask for a feed's further page, without conditions: what is on it changes with each entry that comes."""
    return Request(
        place,
        read,
        errback=failed,
        priority=10,
        dont_filter=True,
        cb_kwargs={"source": source, "left": left},
        meta={"kind": "announcement", "outlet": source.outlet},
    )


def page_request(link: Announced, read: Callback, failed: Callback, how: Mapping[str, Any]) -> Request:
    """Ask for an article; ``how`` is meta for the downloader."""
    return Request(
        link.url,
        read,
        errback=failed,
        dont_filter=True,
        cb_kwargs={"link": link},
        meta={"kind": "article", "outlet": link.outlet, "key": link.key, **how},
    )
