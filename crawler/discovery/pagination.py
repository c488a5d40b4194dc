"""Which link of a list's page leads to the page after it, to what is older? Pure.

Where the page says so, it is that (``rel=next``, HTML Standard, 4.6.7). Else it is a link to the same address with the next number up:
``/page/3/``, ``?page=3``, ``?start=40`` after ``?start=20``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urljoin, urlsplit

from archive.urls import host_of
from pipelines.documents import Document

_MOST_LINKS = 20_000
_PAGE_IN_PATH = re.compile(r"(?P<list>.*?)/(?:page|seite|pagina)[/-]?(?P<number>[0-9]{1,6})/?", re.IGNORECASE)
_PAGES = frozenset({"page", "paged", "pg", "pagina", "seite", "pagenum", "page_num", "pageno", "currentpage"})
"""Parameters that count pages: a list without one is the first. Not ``p``, which is a post of WordPress's."""
_OFFSETS = frozenset({"start", "offset", "skip", "limitstart", "b_start:int"})
"""Parameters that count entries: a list without one begins at none."""
_MAY_COUNT = re.compile(
    r"(?:page|seite|pagina)[/-]?[0-9]|(?:page|paged|pg|pagina|seite|num|no|start|offset|skip|int)=[0-9]", re.IGNORECASE
)
"""Looked for before an address is taken apart: most links of a page count nothing."""
_MOST_ASKED = 20
"""Parameters; an address with more is no list's."""

List = tuple[str, str, tuple[tuple[str, str], ...]]
"""What the pages of one list share: host, path, what else is asked."""


def next_page(document: Document, url: str) -> str | None:
    """The address of the page after the one at ``url``, as it is linked to; never on another host."""
    for link in document.tagged("link", "a")[:_MOST_LINKS]:
        if "next" in (link.get("rel") or "").lower().split():
            address = _joined(url, link.get("href"))
            if address and host_of(address) == host_of(url) and address != url:
                return address
    return min(_further(document, url), default=(0, None))[1]


def _further(document: Document, url: str) -> Iterator[tuple[int, str]]:
    """Later pages of the same list, by their numbers."""
    if url.count("&") > _MOST_ASKED:
        return
    here = {(which, name): number for which, name, number in _numbered(url)}
    plain = _list(url)
    for anchor in document.tagged("a")[:_MOST_LINKS]:
        href = anchor.get("href") or ""
        address = _joined(url, href) if _MAY_COUNT.search(href) and href.count("&") <= _MOST_ASKED else None
        for which, name, number in _numbered(address) if address else ():
            first = int(name not in _OFFSETS)
            now = here.get((which, name), first if which == plain else None)
            if address and now is not None and (number > now if name in _OFFSETS else number == now + 1):
                yield number, address


def _numbered(url: str) -> Iterator[tuple[List, str, int]]:
    """The numbers in an address that may count pages or entries: of which list, by what name, and the number."""
    host, path, asked = _list(url)
    if found := _PAGE_IN_PATH.fullmatch(path):
        yield (host, found["list"], asked), "/page/", int(found["number"])
    for name, value in asked:
        if name.lower() in _PAGES | _OFFSETS and value.isascii() and value.isdecimal() and len(value) <= 6:
            rest = tuple(one for one in asked if one != (name, value))
            yield (host, path, rest), name.lower(), int(value)


def _list(url: str) -> List:
    parts = urlsplit(url)
    return host_of(url), parts.path.rstrip("/"), tuple(sorted(parse_qsl(parts.query, keep_blank_values=True)))


def _joined(url: str, href: str | None) -> str | None:
    """Where a link leads, without the place in the page."""
    if not href:
        return None
    try:
        address = urljoin(url, href.strip()).partition("#")[0]
        return address if urlsplit(address).scheme in ("http", "https") else None
    except ValueError:
        return None
