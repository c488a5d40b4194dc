"""Where does the outlet file the article: under which address, in which section, with which keywords?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urljoin, urlsplit

from w3lib.url import safe_url_string

from pipelines.documents import Document, as_list, html_text, text_at
from pipelines.sites import registrable
from pipelines.text import even

_LONGEST_URL, _MOST_LINKS = 2_083, 500
_MOST_TAGS, _LONGEST_TAG, _LONGEST_SECTION = 30, 60, 100
_LONGEST_LIST = 4_000
_COMMA = re.compile("[,;،؛、，；]")


def canonical_url(document: Document) -> str | None:
    """The page's own canonical link, where it points to the page's own domain, and not from an article to the home page."""
    for href in _canonical_links(document):
        try:
            url = safe_url_string(urljoin(document.page.url, href))
            canonical, own = urlsplit(url), urlsplit(document.page.url)
        except ValueError:
            return None
        host, own_host = canonical.hostname or "", own.hostname or ""
        if canonical.scheme not in ("http", "https") or len(url) > _LONGEST_URL:
            return None
        if canonical.path.strip("/") == "" != own.path.strip("/") and not canonical.query:
            return None
        return url if host == own_host or registrable(host) == registrable(own_host) else None
    return None


def section_of(document: Document) -> str | None:
    """The section the outlet puts it in."""
    for section in (document.meta.get("article:section", ""), text_at(document.about, "articleSection")):
        if section and "://" not in section:
            return even(html_text(section[:_LONGEST_LIST]))[:_LONGEST_SECTION] or None
    return None


def tags_of(document: Document) -> tuple[str, ...]:
    """The outlet's own keywords, in its order: a list as it is, one text split at its commas."""
    keywords = as_list(document.about.get("keywords"))
    if len(keywords) < 2:
        listed = (
            text_at(document.about, "keywords")
            or document.meta.get("news_keywords")
            or document.meta.get("keywords", "")
        )
        keywords = list(_COMMA.split(listed[:_LONGEST_LIST]))
    words = (text_at({"name": word}, "name") for word in keywords[: 4 * _MOST_TAGS])
    return tuple(dict.fromkeys(word for word in words if 1 < len(word) <= _LONGEST_TAG))[:_MOST_TAGS]


def _canonical_links(document: Document) -> Iterator[str]:
    for link in islice(document.tagged("link"), _MOST_LINKS):
        if "canonical" in (link.get("rel") or "").lower().split() and (href := (link.get("href") or "").strip()):
            yield href
