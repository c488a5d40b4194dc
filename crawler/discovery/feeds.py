"""What a feed announces: RSS, Atom and RDF by feedparser, JSON Feed by its own simple rules (jsonfeed.org, version 1.1)."""

from __future__ import annotations

import calendar
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import feedparser

from crawler.discovery.links import Findings, Link, is_html, possible, sifted

# feedparser would leave out links such as file:///etc/passwd without a word; we refuse and count them.
feedparser.urls.ACCEPTABLE_URI_SCHEMES = ()

MOST_LINKS = 2_000
_MOST_BYTES = 20_000_000


def read_feed(content: bytes, url: str) -> Findings:
    """The links of a feed fetched from ``url``. Never raises: what is wrong is among the findings' problems."""
    if not content.strip():
        return Findings(problems=("the feed is empty",))
    if is_html(content):
        return Findings(problems=("HTML, not a feed",))
    content = content[:_MOST_BYTES]
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json_feed(content, url)
    # A stream, because feedparser takes a string for the name of a file or a URL to fetch.
    feed = feedparser.parse(
        io.BytesIO(content),
        response_headers={"content-location": url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    problems = []
    if not feed.entries and feed.get("bozo"):
        problems.append(f"not a feed: {feed.get('bozo_exception')}"[:200])
    elif not feed.version:
        problems.append("not a feed")
    elif feed.get("bozo") and _is_torn(content):
        problems.append("the feed is cut off")
    hubs = [str(one.get("href") or "") for one in feed.feed.get("links", ()) if one.get("rel") == "hub"]
    return sifted(_links(feed.entries), url, MOST_LINKS, problems=problems, hubs=hubs)


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


def _json_feed(content: bytes, url: str) -> Findings:
    try:
        feed = json.loads(content)
        items = feed["items"]
        links = [
            Link(item["url"], item.get("title"), _instant(item.get("date_published")), _json_author(item))
            for item in items
            if _is_text(item.get("url"))
        ]
        hubs = [hub["url"] for hub in feed.get("hubs") or () if _is_text(hub.get("url"))]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as reason:
        return Findings(problems=(f"not a JSON feed: {type(reason).__name__}",))
    return sifted(links, url, MOST_LINKS, hubs=hubs)


def _json_author(item: dict[str, Any]) -> str | None:
    """Version 1.1 has ``authors``, version 1 had one ``author``."""
    people = item.get("authors") or [item.get("author")]
    return "; ".join(one["name"] for one in people if isinstance(one, dict) and _is_text(one.get("name"))) or None


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _instant(value: Any) -> datetime | None:
    try:
        return possible(datetime.fromisoformat(value))
    except (ValueError, TypeError):
        return None
