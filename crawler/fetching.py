"""Single pages, asked for now: whether they were announced or not, by whoever they are."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any

from scrapy import Request

from archive.links import Announced
from archive.urls import url_key
from crawler.spiders.outlets import OutletsSpider

ASKED_FOR = "dragoman fetch"
"""Where such a link was found, in the ledger."""


class PagesSpider(OutletsSpider):
    """The outlets' spider, sent to these pages alone."""

    command = "fetch"
    custom_settings = {"SPIDERMON_ENABLED": False}  # noqa: RUF012 - Scrapy's name and shape for it

    def __init__(self, *args: Any, urls: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.urls = urls

    async def start(self) -> AsyncIterator[Request]:
        await self._prepare()
        asked = [
            Announced(url_key(url), url, self.catalogue.publisher_of(url).id, found_in=ASKED_FOR) for url in self.urls
        ]
        for link, _ in await self.run.discover(asked):
            self.articles_left[link.outlet] += 1
            if request := self._page(link):
                yield request
