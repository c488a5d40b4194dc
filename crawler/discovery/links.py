"""A link: a URL as an outlet announced it, with what the announcement says of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin, urlsplit

from archive.urls import host_of

LONGEST_URL = 2_083
"""Characters; longer ones are traps or mistakes, and Scrapy's own limit is the same."""
UNREADABLE = "cannot be read"
"""How the problem begins of an announcement whose reader failed."""
_LONGEST_AUTHOR = 300
_MOST_HUBS = 10
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Link:
    """An announced article. ``announced_at`` is when the outlet says it was published, UTC; ``author`` as it is written."""

    url: str
    title: str | None = None
    announced_at: datetime | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """An announced URL that is never fetched, and why."""

    url: str
    reason: str


@dataclass(frozen=True, slots=True)
class More:
    """A sitemap that another, or a robots.txt, names. ``changed_at`` is when it says that this one changed, UTC."""

    url: str
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """What one announcement says: links, further announcements, what was refused, and what is wrong with it.

    ``hubs`` are the WebSub hubs that would tell of news by themselves (https://www.w3.org/TR/websub/, 4); ``following`` is where what is
    older is announced, of a feed or section that has pages.
    """

    links: tuple[Link, ...] = ()
    more: tuple[More, ...] = ()
    refused: tuple[Refused, ...] = ()
    problems: tuple[str, ...] = ()
    hubs: tuple[str, ...] = ()
    following: str | None = None


def sifted(
    links: Iterable[Link],
    base: str,
    most: int,
    more: Iterable[More] = (),
    problems: Iterable[str] = (),
    hubs: Iterable[str] = (),
    following: str | None = None,
) -> Findings:
    """Findings of links made absolute; what is no web address, or too long, is refused."""
    kept: dict[str, Link] = {}
    refused: dict[str, Refused] = {}
    said = list(problems)
    for count, link in enumerate(links):
        if count >= most:
            said.append(f"announces more than {most} links; the rest is left out")
            break
        url = _absolute(link.url, base)
        if reason := _objection(url):
            refused.setdefault(url, Refused(url, reason))
        else:
            author = (link.author or "").strip()[:_LONGEST_AUTHOR] or None
            kept.setdefault(url, Link(url, link.title or None, link.announced_at, author))
    further: dict[str, More] = {}
    for one in more:
        if not _objection(url := _absolute(one.url, base)):
            further.setdefault(url, More(url, one.changed_at))
    return Findings(
        tuple(kept.values()),
        tuple(further.values()),
        tuple(refused.values()),
        tuple(said),
        tuple(web_addresses(hubs, base)[:_MOST_HUBS]),
        _page_of_its_own(following, base),
    )


def web_addresses(addresses: Iterable[str], base: str) -> list[str]:
    """Those that can be asked, absolute, each once."""
    return list(dict.fromkeys(url for one in addresses if one.strip() and not _objection(url := _absolute(one, base))))


def _page_of_its_own(following: str | None, base: str) -> str | None:
    """A further page on the same host: what leads elsewhere, or to where we are, leads nowhere."""
    found = [url.partition("#")[0] for url in web_addresses([following or ""], base)]
    return next((url for url in found if host_of(url) == host_of(base) and url != base.partition("#")[0]), None)


def possible(at: datetime | None) -> datetime | None:
    """A date that can be true: not the epoch that stands for a missing one, and not next week."""
    if at is None:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return at if _EARLIEST <= at <= datetime.now(UTC) + timedelta(days=2) else None


def is_html(content: bytes) -> bool:
    """Is this a page where a feed or sitemap was expected?"""
    start = content[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html")) or (
        b"<html" in start and b"<rss" not in start and b"<feed" not in start
    )


def _absolute(url: str, base: str) -> str:
    try:
        return urljoin(base, url.strip())
    except ValueError:
        return url.strip()


def _objection(url: str) -> str | None:
    if len(url) > LONGEST_URL:
        return f"the URL has {len(url)} characters"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "not a URL"
    if parts.scheme not in ("http", "https"):
        return f"the scheme {parts.scheme[:20]!r} is not fetched"
    return None if host else "the URL names no host"
