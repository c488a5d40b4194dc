"""What is the article called? Its own headline, without the site's name; and what the page says beside it."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from w3lib.url import safe_url_string

from pipelines.documents import Document, as_list, html_text, text_at
from pipelines.text import even

_SEPARATOR = re.compile(r"\s+[|\-–—·•»›:｜／/]+\s+|\s*[|｜]\s*|\s*[_]\s*(?=[^_]{2,30}$)")
_LONGEST = 400


def title_of(document: Document) -> str:
    """The headline: what h1, JSON-LD, Open Graph and the title element agree on, as the page prints it."""
    headings = [even(h.text_content()) for h in document.tree.iter("h1")]
    headings = [heading for heading in headings if 2 < len(heading) <= _LONGEST]
    linked = text_at(document.about, "headline")
    shared = _stripped(even(html_text(document.meta.get("og:title", ""))), document)
    element = document.tree.find(".//title")
    window = _stripped(even(element.text_content()) if element is not None else "", document)
    others = [candidate for candidate in (linked, shared, window) if candidate]
    for heading in headings:
        if any(_alike(heading, other) for other in others):
            return heading
    if len(headings) == 1 and not is_site_name(headings[0], document):
        return headings[0]
    return next((candidate for candidate in (linked, shared, window, *headings) if candidate), "")[:_LONGEST]


def summary_of(document: Document) -> str | None:
    """The standfirst: what the page offers as its description."""
    for candidate in (
        document.meta.get("og:description"),
        document.meta.get("description"),
        text_at(document.about, "description"),
        document.meta.get("twitter:description"),
    ):
        if candidate and len(candidate) > 20:
            return even(html_text(candidate))
    return None


def canonical_url(document: Document) -> str | None:
    """The page's own canonical link, where it points to the page's own domain."""
    for link in document.tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            try:
                url = safe_url_string(urljoin(document.page.url, link.get("href").strip()))
                host, own = urlsplit(url).hostname or "", urlsplit(document.page.url).hostname or ""
            except ValueError:
                return None
            return url if len(url) <= 2_083 and _domain(host) == _domain(own) else None
    return None


def section_of(document: Document) -> str | None:
    """The section the outlet puts it in."""
    section = document.meta.get("article:section") or text_at(document.about, "articleSection")
    return section[:100] or None


def tags_of(document: Document) -> tuple[str, ...]:
    """The outlet's own keywords, in its order."""
    words: list[str] = []
    for value in as_list(document.about.get("keywords")) or [
        document.meta.get("news_keywords") or document.meta.get("keywords", "")
    ]:
        words += [even(html_text(part)) for part in str(value).split(",")]
    return tuple(dict.fromkeys(word for word in words if 1 < len(word) <= 60))[:30]


def _stripped(title: str, document: Document) -> str:
    """A title without the site's name at either end. A part is the site's when it names it, or is the short last one."""
    parts = _SEPARATOR.split(title)
    if len(parts) < 2:
        return title
    for at in (-1, 0):
        if is_site_name(parts[at], document):
            cut = title.rfind(parts[-1]) if at else len(parts[0])
            rest = title[:cut] if at else title[cut:]
            return _stripped(rest.strip(" |-–—·•»›:｜／/_"), document)
    return title


def is_site_name(text: str, document: Document) -> bool:
    """Is this what the site calls itself, or its host?"""
    plain = re.sub(r"\W", "", text).casefold()
    if not plain:
        return True
    known = [
        document.meta.get("og:site_name", ""),
        document.meta.get("application-name", ""),
        text_at(document.about, "publisher"),
        document.page.publisher.name,
        (urlsplit(document.page.url).hostname or "").removeprefix("www.").rpartition(".")[0],
        (urlsplit(document.page.url).hostname or "").removeprefix("www."),
    ]
    names = [re.sub(r"\W", "", name).casefold() for name in known if name]
    return any(
        plain == name or (len(plain) > 3 and (plain in name or (name in plain and len(name) * 2 > len(plain))))
        for name in names
        if name
    )


def _alike(one: str, other: str) -> bool:
    first, second = (set(re.findall(r"\w+", text.casefold())) for text in (one, other))
    return bool(first and second) and (
        one.casefold() == other.casefold() or len(first & second) >= 0.5 * min(len(first), len(second))
    )


def _domain(host: str) -> str:
    """The registrable domain, by the public suffix list that tldextract ships; nothing is fetched."""
    import tldextract

    found = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)(host)
    return found.top_domain_under_public_suffix or host
