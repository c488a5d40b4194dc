"""What a WordPress site's REST API announces: its posts, a hundred a page (https://developer.wordpress.org/rest-api/reference/posts/)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from crawler.discovery.links import Findings, Link, possible, sifted
from pipelines.documents import html_text

A_PAGE = 100
"""Posts; WordPress gives no more at once."""
_MOST_BYTES = 20_000_000
_FIELDS = "id,link,date_gmt,title"
_LONGEST_TITLE = 500


def posts_url(api: str, page: int, since: datetime | None = None) -> str:
    """The address of a page of posts, the newest first, none of them older than ``since``.

    ``api`` is the API's root as the site links to it: ``https://example.org/wp-json``, or ``https://example.org/?rest_route=/``.

    >>> posts_url("https://example.org/wp-json/", 2)
    'https://example.org/wp-json/wp/v2/posts?per_page=100&page=2&orderby=date&order=desc&_fields=id%2Clink%2Cdate_gmt%2Ctitle'
    """
    asked = {"per_page": str(A_PAGE), "page": str(page), "orderby": "date", "order": "desc", "_fields": _FIELDS}
    if since:
        asked["after"] = since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    joined = "&" if "?" in api else "?"
    return f"{api.rstrip('/')}/wp/v2/posts{joined}{urlencode(asked)}"


def read_posts(content: bytes, url: str) -> Findings:
    """The posts of one page. Never raises: what is wrong is among the findings' problems."""
    try:
        posts = json.loads(content[:_MOST_BYTES])
    except (ValueError, RecursionError):
        return Findings(problems=("not WordPress's API: no JSON",))
    if isinstance(posts, dict) and isinstance(posts.get("code"), str):
        return Findings(problems=(f"WordPress says {posts['code'][:80]}",))
    if not isinstance(posts, list):
        return Findings(problems=("not WordPress's API: no list of posts",))
    links = [_link(post) for post in posts if isinstance(post, dict) and isinstance(post.get("link"), str)]
    problems = ["posts without links"] if posts and not links else []
    return sifted(links, url, 10 * A_PAGE, problems=problems)


def _link(post: dict[str, Any]) -> Link:
    title = post.get("title")
    text = title.get("rendered") if isinstance(title, dict) else title
    shown = " ".join(html_text(text[:_LONGEST_TITLE]).split()) if isinstance(text, str) else None
    return Link(post["link"], shown or None, _instant(post.get("date_gmt")) or _instant(post.get("date")))


def _instant(value: Any) -> datetime | None:
    try:
        return possible(datetime.fromisoformat(value))
    except (ValueError, TypeError):
        return None
