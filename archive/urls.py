"""When do two URLs mean one page? A normalised URL is a key: it is never fetched and never shown.

Only what is known to carry no content is dropped: the fragment, default ports, the order of
the query, a trailing slash, and campaign parameters by exact name. Paths keep their case, hosts
their sub-domains (press.un.org is not news.un.org; only ``www.`` goes), and parameters such as
``source``, ``ref`` or ``sid`` stay, because some sites choose the page by them.
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from w3lib.url import canonicalize_url

_CAMPAIGN = re.compile(
    r"""
    utm_\w+ | fbclid | gclid | dclid | msclkid | yclid | twclid | igshid | mc_cid | mc_eid
    | _ga | _gl | _hsenc | _hsmi | ocid | cmpid | at_(?:medium|campaign|link\w*|ptr_name|bbc_team|format)
    | wt_mc | wt\.mc | xtor | ito | ncid | smid | CMP
    """,
    re.VERBOSE,
)


def url_key(url: str) -> str:
    """The key of the page that ``url`` announces, without scheme.

    >>> url_key("http://www.example.org:80/A/?b=2&a=1&utm_source=rss#top")
    'example.org/A?a=1&b=2'
    """
    try:
        parts = urlsplit(canonicalize_url(url.strip()))
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return url.strip()  # no URL at all, so it can only be itself
    host = (parts.hostname or "").removeprefix("www.")
    kept = [
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _CAMPAIGN.fullmatch(name)
    ]
    query = f"?{urlencode(kept)}" if kept else ""
    return f"{host}{port}{parts.path.rstrip('/')}{query}"


def article_id(url: str) -> str:
    """The id of the article at ``url``: 16 hex digits (64 bits: one clash is likely at four thousand million pages)."""
    return hashlib.sha256(url_key(url).encode()).hexdigest()[:16]


def host_of(url: str) -> str:
    """A URL's host, without ``www``; nothing where it has none, or is no URL.

    >>> host_of("https://www.example.org/a"), host_of("http://[x")
    ('example.org', '')
    """
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
