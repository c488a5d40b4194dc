"""How each kind of announcement is read: the one table of them."""

from __future__ import annotations

from datetime import UTC, datetime

from crawler.discovery.archives import archive_url
from crawler.discovery.feeds import read_feed
from crawler.discovery.links import Findings
from crawler.discovery.robots import read_robots
from crawler.discovery.sections import MOST_OF_A_YEAR, read_section
from crawler.discovery.shapes import Shapes
from crawler.discovery.sitemaps import MOST_LINKS, read_sitemap
from crawler.discovery.wordpress import posts_url, read_posts

_READERS = {"feed": read_feed, "sitemap": read_sitemap, "robots": read_robots, "wordpress": read_posts}


def address_of(kind: str, url: str, page: int = 1, since: datetime | None = None) -> str:
    """Where a page of an announcement of this kind is; of what has no pages, the announcement itself."""
    if kind == "wordpress":
        return posts_url(url, page, since)
    return archive_url(url, page, datetime.now(UTC).date()) if kind == "archive" else url


def read_announcement(kind: str, content: bytes, url: str, shapes: Shapes) -> Findings:
    """What an announcement of this kind says. Pages, which only look like announcing something, are read by what is known of URLs."""
    if kind in ("section", "archive"):
        return read_section(content, url, shapes)
    return _READERS[kind](content, url)


def read_history(kind: str, content: bytes, url: str, shapes: Shapes) -> Findings:
    """The same, and all links of a sitemap, not the newest, and of a page, which may list a year."""
    if kind == "sitemap":
        return read_sitemap(content, url, MOST_LINKS)
    if kind in ("section", "archive"):
        return read_section(content, url, shapes, MOST_OF_A_YEAR)
    return read_announcement(kind, content, url, shapes)
