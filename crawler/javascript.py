"""Outlets whose pages are empty until a browser has run their scripts: fetched by Chromium, through scrapy-playwright.

An extra, for outlets that say ``javascript: true``: a browser takes a hundred times as much as a request. What is archived is
the page as the browser had it after its scripts, and a header of ours says so. The browser asks for what it needs as any
reader's does, but for pictures, films and fonts, and never for a private address.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
from collections.abc import Sequence
from contextlib import suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from archive.errors import SettingError
from crawler.middlewares.addresses import Network, is_private, networks

if TYPE_CHECKING:
    from playwright.async_api import Page, Request

RENDERED = ("X-Dragoman-Rendered", "chromium")
"""The header of a capture that holds what a browser made of the answer, and not the bytes of the answer."""
_HANDLER = "scrapy_playwright.handler.ScrapyPlaywrightDownloadHandler"
_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_QUIET = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
_NEEDED = frozenset({"document", "script", "xhr", "fetch", "stylesheet"})
"""Kinds of resources that a text may depend on."""
_NAVIGATION_MS, _IDLE_MS = 30_000, 8_000
_PAGES = 2
"""Pages open at a time: each takes 100 MB."""


def browser_settings(allowed: Sequence[str], program: str | None) -> dict[str, Any]:
    """Scrapy's settings for a crawl with a browser. Raises SettingError where the extra or the browser is missing."""
    found = program or next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if find_spec("scrapy_playwright") is None:
        raise SettingError(
            "an outlet says javascript: true, which wants an extra; run: pip install 'dragoman[javascript]'"
        )
    if not found or not os.access(found, os.X_OK):
        raise SettingError(
            "an outlet says javascript: true, and no Chromium is here; install it, or set DRAGOMAN_CHROMIUM to its file"
        )
    flags = [*_QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    return {
        "DOWNLOAD_HANDLERS": {"http": _HANDLER, "https": _HANDLER},
        "PLAYWRIGHT_LAUNCH_OPTIONS": {"executable_path": found, "args": flags},
        "PLAYWRIGHT_CONTEXTS": {"default": {"service_workers": "block", "accept_downloads": False}},
        "PLAYWRIGHT_ABORT_REQUEST": Refusal(networks(allowed)),
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": _PAGES,
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": _NAVIGATION_MS,
    }


def by_browser() -> dict[str, Any]:
    """The meta of a request that a browser is to make."""
    from scrapy_playwright.page import PageMethod

    return {"playwright": True, "playwright_page_methods": [PageMethod(_settle)]}


async def _settle(page: Page) -> None:
    """Wait until the page's scripts ask for nothing more; some never stop, and what is there by then is the page."""
    from playwright.async_api import TimeoutError as NeverIdle

    with suppress(NeverIdle):
        await page.wait_for_load_state("networkidle", timeout=_IDLE_MS)


class Refusal:
    """Called with each request of the browser: must it not be made?"""

    def __init__(self, allowed: Sequence[Network]) -> None:
        self.allowed = allowed

    async def __call__(self, request: Request) -> bool:
        if request.resource_type not in _NEEDED:
            return True
        parts = urlsplit(request.url)
        if parts.scheme in ("data", "blob"):
            return False
        return parts.scheme not in ("http", "https") or await self._is_private(parts.hostname or "")

    async def _is_private(self, host: str) -> bool:
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
        except OSError:
            return False  # it has no address, as the browser will find
        return any(is_private(str(address[4][0]), self.allowed) for address in found)
