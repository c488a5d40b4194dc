"""What a JSON Feed announces (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from crawler.discovery.links import Findings, Link, possible, sifted

MOST_LINKS = 2_000


def read_json_feed(content: bytes, url: str) -> Findings:
    """The links of a JSON feed fetched from ``url``. Never raises: what is wrong is among the findings' problems."""
    try:
        feed = json.loads(content)
        items = feed["items"]
        links = [
            Link(item["url"], item.get("title"), _instant(item.get("date_published")), _author(item))
            for item in items
            if _is_text(item.get("url"))
        ]
        hubs = [hub["url"] for hub in feed.get("hubs") or () if _is_text(hub.get("url"))]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as reason:
        return Findings(problems=(f"not a JSON feed: {type(reason).__name__}",))
    older = feed.get("next_url")
    return sifted(links, url, MOST_LINKS, hubs=hubs, following=older if links and _is_text(older) else None)


def _author(item: dict[str, Any]) -> str | None:
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
