"""What a section's page announces: the links on it that look like articles of this outlet. For outlets without feeds, and for old pages.

Which URLs are articles is learned from those the outlet is known to have. Where nothing is known yet, or the URL has no known shape but a
date, a link must also read like a headline, and stand outside of the page's navigation.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from archive.article import Publisher
from archive.errors import NotAnArticle
from archive.urls import host_of, url_key
from crawler.discovery.links import Findings, Link, possible, sifted
from crawler.discovery.pagination import next_page
from crawler.discovery.shapes import Shapes, shape_of
from pipelines.documents import Document, document_of
from pipelines.page import Page
from pipelines.reports import PDF

MOST_LINKS = 500
MOST_OF_A_YEAR = 10_000
"""Of a page of an archive, which may list all that was published in a year."""
_MOST_ANCHORS = 20_000
_NOBODY = Publisher(id="", name="")
_LONGEST_TITLE = 500
_WORDS, _CHARACTERS, _SIGNS = 4, 25, 8
"""Of a headline, at least: so many words, or letters, or signs of a script that writes no spaces."""
_AROUND = 4
"""Elements above a link in which its date is looked for: a card's depth on most sites."""


def read_section(content: bytes, url: str, shapes: Shapes, most: int = MOST_LINKS) -> Findings:
    """The articles that a page fetched from ``url`` links to, in its order, and the list's next page. Never raises: what is wrong is among the problems."""
    if content.startswith(PDF):
        return Findings(problems=("a PDF, not a page",))
    try:
        document = document_of(Page(url=url, content=content, publisher=_NOBODY))
    except NotAnArticle as reason:
        return Findings(problems=(f"no page: {reason}",))
    links = tuple(_articles(document, url, shapes))
    problems = [] if links else ["no link on it looks like an article"]
    return sifted(links, url, most, problems=problems, following=next_page(document, url) if links else None)


def _articles(document: Document, url: str, shapes: Shapes) -> Iterator[Link]:
    base = next((urljoin(url, one.get("href", "").strip()) for one in document.tagged("base")[:1]), url)
    hosts, own = {host_of(url), *shapes.hosts}, url_key(url)
    titles: dict[str, str] = {}
    dates: dict[str, datetime | None] = {}
    for anchor in document.tagged("a")[:_MOST_ANCHORS]:
        address = _address(anchor, base)
        if address is None or host_of(address) not in hosts:
            continue
        if not shapes.is_article(address) or url_key(address) == own:
            continue
        text = _text(anchor)
        speaks = _is_headline(text) and not _is_navigation(anchor)
        if not (address in titles or speaks or shape_of(address) in shapes.shapes):
            continue
        if len(text) >= len(titles.setdefault(address, "")):
            titles[address] = text
        dates[address] = dates.get(address) or _date(anchor)
    for address, title in titles.items():
        yield Link(address, title or None, dates[address])


def _address(anchor: HtmlElement, base: str) -> str | None:
    """Where it leads, without the place in the page: one article's comments are no second article."""
    href = (anchor.get("href") or "").strip()
    if not href or href.startswith("#"):
        return None
    try:
        address = urljoin(base, href)
        return address.partition("#")[0] if urlsplit(address).scheme in ("http", "https") else None
    except ValueError:
        return None


def _text(anchor: HtmlElement) -> str:
    shown = " ".join(" ".join(anchor.itertext()).split())
    return (shown or anchor.get("title") or "")[:_LONGEST_TITLE]


def _is_headline(text: str) -> bool:
    return (
        text.count(" ") >= _WORDS - 1
        or len(text) >= _CHARACTERS
        or (len(text) >= _SIGNS and not text[:_SIGNS].isascii() and " " not in text)
    )


def _is_navigation(anchor: HtmlElement) -> bool:
    return any(above.tag in ("nav", "footer") for above in anchor.iterancestors())


def _date(anchor: HtmlElement) -> datetime | None:
    """The one time that the link's card states."""
    for _, card in zip(range(_AROUND), anchor.iterancestors(), strict=False):
        stated = {one.get("datetime", "").strip() for one in card.iter("time")} - {""}
        if len(stated) > 1:
            return None
        if stated:
            return _instant(stated.pop())
    return None


def _instant(text: str) -> datetime | None:
    try:
        return possible(datetime.fromisoformat(text))
    except ValueError:
        return None
