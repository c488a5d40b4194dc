"""What does a site's front page say of its publisher: name, languages, country, and where it announces its articles?

Only what the page states. A country is stated by an address or by a ``geo`` meta element; a language's region (``en-US``) is none, because
publishing systems set it, and neither is a domain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from archive.article import Publisher
from archive.errors import NotAnArticle
from crawler.countries import COUNTRIES
from crawler.discovery.hubs import no_article
from pipelines.documents import Document, Json, as_list, document_of, text_at
from pipelines.languages import language_of
from pipelines.page import Page
from pipelines.sites import parts_of

_FEED_TYPES = re.compile(
    r"application/(?:rss|atom|rdf|feed)\+(?:xml|json)|application/json|text/xml|application/xml", re.IGNORECASE
)
_COMMENTS = re.compile(r"comments?/|comments?-feed|oembed|wp-json", re.IGNORECASE)
_FEED_LINKS = re.compile(r"\.(?:rss|rdf|atom)$|/(?:rss|feed|atom|index)\.xml$|[?&]feed=", re.IGNORECASE)
_MOST_FEEDS = 10
_FEEDS = ("/feed/", "/rss.xml", "/feed.xml", "/atom.xml", "/rss", "/index.xml", "/feed.json")
"""Where feeds are when no page names them: the places of WordPress, Drupal, Jekyll, Ghost, Hugo."""
_SITEMAPS = ("/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml", "/wp-sitemap.xml")
"""Where sitemaps are when no robots.txt names them."""
_PUBLISHERS = re.compile(r"WebSite|\w*Organization|Corporation")
_LONGEST_NAME = 100
_MOST_TEXTS, _ENOUGH = 500, 20_000
"""Elements, and characters of their text, from which a page's language is read."""
_NOBODY = Publisher(id="", name="")


@dataclass(frozen=True, slots=True)
class Homepage:
    """What a front page states. ``feeds`` and ``wordpress`` are what it names: whether they are there is to be seen."""

    name: str | None
    languages: tuple[str, ...]
    country: str | None
    feeds: tuple[str, ...]
    wordpress: str | None


def read_homepage(content: bytes, url: str) -> Homepage | None:
    """What the front page fetched from ``url`` states; None where it is no page."""
    try:
        document = document_of(Page(url=url, content=content, publisher=_NOBODY))
    except NotAnArticle:
        return None
    return Homepage(
        name=next((name for one in _names(document) if (name := " ".join(one.split())[:_LONGEST_NAME])), None),
        languages=_languages(document),
        country=next(filter(None, map(_country, _countries(document))), None),
        feeds=tuple(dict.fromkeys(_feeds(document, url)))[:_MOST_FEEDS],
        wordpress=_wordpress(document, url),
    )


def usual_feeds(url: str) -> tuple[str, ...]:
    """Where a site's feeds are when its front page names none."""
    return tuple(urljoin(url, place) for place in _FEEDS)


def usual_sitemaps(url: str) -> tuple[str, ...]:
    """Where a site's sitemaps are when its robots.txt names none."""
    return tuple(urljoin(url, place) for place in _SITEMAPS)


def _names(document: Document) -> Iterator[str]:
    yield document.meta.get("og:site_name", "")
    yield from (text_at(thing, "name") for thing in _publishers(document))
    yield document.meta.get("application-name", "")
    for title in document.tagged("title")[:1]:
        text = " ".join(title.text_content().split())
        yield min((text[start:end].strip() for start, end in parts_of(text)), key=len, default=text)


def _publishers(document: Document) -> Iterator[Json]:
    for thing in document.linked[:50]:
        if any(isinstance(kind, str) and _PUBLISHERS.fullmatch(kind) for kind in as_list(thing.get("@type"))):
            yield thing


def _languages(document: Document) -> tuple[str, ...]:
    """By the page's words, and by what it declares where they are few."""
    words = " ".join(element.text_content() for element in document.tagged("p", "a", "h1", "h2", "h3")[:_MOST_TEXTS])
    read = language_of(" ".join(words.split())[:_ENOUGH], document)
    return (read,) if read else ()


def _countries(document: Document) -> Iterator[str]:
    for thing in _publishers(document):
        for address in as_list(thing.get("address")):
            if isinstance(address, dict):
                yield text_at(address, "addressCountry")
    yield document.meta.get("geo.country", "")
    yield document.meta.get("geo.region", "").partition("-")[0]


def _country(stated: str) -> str | None:
    """The code of a country that is stated by code or name."""
    code = stated.strip().upper()
    if code in COUNTRIES or not code:
        return code or None
    import pycountry  # its tables take a while to load, and few pages state a name

    try:
        return str(pycountry.countries.lookup(code[:_LONGEST_NAME]).alpha_2)
    except LookupError:
        return None


def _feeds(document: Document, url: str) -> Iterator[str]:
    for link in document.tagged("link"):
        rel, kind, href = (link.get(name) or "" for name in ("rel", "type", "href"))
        if "alternate" in rel.lower() and _FEED_TYPES.fullmatch(kind.strip()) and not _COMMENTS.search(href):
            yield urljoin(url, href.strip())
    for anchor in document.tagged("a"):
        href = urljoin(url, (anchor.get("href") or "").strip())
        same_site = urlsplit(href).hostname == urlsplit(url).hostname
        if same_site and (_FEED_LINKS.search(href) or no_article(href) == "a feed") and not _COMMENTS.search(href):
            yield href


def _wordpress(document: Document, url: str) -> str | None:
    for link in document.tagged("link"):
        if "https://api.w.org/" in (link.get("rel") or "").split():
            return str(urljoin(url, (link.get("href") or "").strip()))
    if document.meta.get("generator", "").startswith("WordPress"):
        return urljoin(url, "/wp-json/")
    return None
