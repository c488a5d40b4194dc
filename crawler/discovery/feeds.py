"""What a feed announces: RSS, Atom and RDF by feedparser, JSON Feed by its own simple rules."""

from __future__ import annotations

import calendar
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import feedparser

from crawler.discovery.feed_pages import older_page
from crawler.discovery.json_feeds import MOST_LINKS, read_json_feed
from crawler.discovery.links import Findings, Link, is_html, possible, sifted

# feedparser would leave out links such as file:///etc/passwd without a word; we refuse and count them.
feedparser.urls.ACCEPTABLE_URI_SCHEMES = ()

LISTS_NOTHING = "the feed lists nothing"
_MOST_BYTES = 20_000_000
_MOST_RELATIONS = 100


def read_feed(content: bytes, url: str) -> Findings:
    """The links of a feed fetched from ``url``. Never raises: what is wrong is among the findings' problems."""
    if not content.strip():
        return Findings(problems=("the feed is empty",))
    if is_html(content):
        return Findings(problems=("HTML, not a feed",))
    content = content[:_MOST_BYTES]
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return read_json_feed(content, url)
    # A stream, because feedparser takes a string for the name of a file or a URL to fetch.
    feed = feedparser.parse(
        io.BytesIO(content),
        response_headers={"content-location": url, "content-type": "application/xml"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    problems = []
    if not feed.version:
        problems.append(f"not a feed: {feed.get('bozo_exception', 'neither RSS nor Atom')}"[:200])
    elif feed.get("bozo") and _is_torn(content):
        problems.append("the feed is cut off")
    elif not feed.entries:
        problems.append(LISTS_NOTHING)
    relations = [
        (str(one.get("rel") or ""), str(one.get("href") or "")) for one in feed.feed.get("links", ())[:_MOST_RELATIONS]
    ]
    hubs = [address for relation, address in relations if relation == "hub"]
    older = older_page(relations, _generator(feed.feed), url) if feed.entries else None
    return sifted(_links(feed.entries), url, MOST_LINKS, problems=problems, hubs=hubs, following=older)


def _generator(channel: Any) -> str:
    """What made the feed, by name and address."""
    stated = channel.get("generator_detail") or {}
    return f"{channel.get('generator', '')} {stated.get('href', '')}"


def _links(entries: list[Any]) -> Iterator[Link]:
    for entry in entries:
        address = entry.get("feedburner_origlink") or entry.get("link") or _permalink(entry)
        if address:
            yield Link(str(address), entry.get("title"), _date(entry), _author(entry))


def _author(entry: Any) -> str | None:
    """Who is named as its author: all names, where a feed has several, and no mail address in their place."""
    names = [str(one.get("name") or "") for one in entry.get("authors", ()) if isinstance(one, dict)]
    return "; ".join(dict.fromkeys(filter(None, names))) or None


def _permalink(entry: Any) -> str | None:
    name = str(entry.get("id") or "")
    return name if name.startswith(("http://", "https://")) else None


def _date(entry: Any) -> datetime | None:
    for name in ("published_parsed", "updated_parsed"):
        if name in entry and (parsed := entry[name]):
            try:
                return possible(datetime.fromtimestamp(calendar.timegm(parsed), UTC))
            except (ValueError, OverflowError, OSError):
                return None
    return None


def _is_torn(content: bytes) -> bool:
    return not content.rstrip().endswith(b">")
