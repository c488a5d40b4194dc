"""What does the site call itself? Its names, and titles without them, in any script and behind any separator."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from archive.urls import host_of
from pipelines.documents import Document, as_list, text_at

if TYPE_CHECKING:
    import tldextract

_SEPARATOR = re.compile(
    r"\s+[-–—:~/／]{1,3}\s+|--|\s*[|｜│•·»«›‹⋆♥_]{1,3}\s*|\s+(?=::)|：(?=[^：]{2,30}$)|，(?=[^，]{2,20}$)"
)
"""Between a headline and a site's name. Dashes, colons and slashes part only with spaces about them: they are in words too."""
_NO_LETTER = re.compile(r"[\W_]+")
_MOST_PARTS = 8
_NAMING = (
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
    "dc.publisher",
    "twitter:site",
    "al:ios:app_name",
)
_PUBLISHER = re.compile(r"WebSite|\w*Organization|Corporation|Brand")
_MOST_NAMES = 24
_SHORT_SUFFIX = 3
_LONGEST_NAME = 45


@lru_cache(1_024)  # title_of asks for the same few texts again and again
def key(text: str) -> str:
    """Letters and digits alone, without case and accents: what makes two spellings of one name or headline equal."""
    if text.isascii():
        return _NO_LETTER.sub("", text).lower()
    return _NO_LETTER.sub("", unicodedata.normalize("NFKD", text)).casefold()


def site_names(document: Document) -> frozenset[str]:
    """The keys of all names that the page, its JSON-LD, our catalogue and its host have for the site."""
    return frozenset(name for name in map(key, _names(document)) if 1 < len(name) <= _LONGEST_NAME)


def _names(document: Document) -> Iterator[str]:
    yield from (document.meta.get(name, "").lstrip("@") for name in _NAMING)
    yield from (text_at(document.about, name) for name in ("publisher", "provider"))
    yield document.page.publisher.name
    title = key(document.meta.get("og:title", ""))
    for thing in document.linked[:_MOST_NAMES]:
        if key(text_at(thing, "name")) == title:
            continue  # some call the page a site
        if any(isinstance(kind, str) and _PUBLISHER.fullmatch(kind) for kind in as_list(thing.get("@type"))):
            yield from (text_at(thing, name) for name in ("name", "alternateName"))
    host = host_of(document.page.url)
    labels = host.split(".")
    if len(labels) > 2 and len(labels[-2]) <= _SHORT_SUFFIX:
        del labels[
            -2
        ]  # bbc.co.uk; a wrong guess costs a name, asking the public suffix list would cost all others' time
    yield from (host, ".".join(labels[:-1]), labels[-2] if len(labels) > 1 else "")


def is_site_name(text: str, document: Document) -> bool:
    """Is this what the site calls itself, or its host?"""
    return names_site(text, site_names(document))


def names_site(text: str, names: frozenset[str]) -> bool:
    """Is this one of these names, part of one, or one with little beside it ("Metro News", "STERN.de")?"""
    plain = key(text)
    if not plain:
        return True
    words = text.split()
    if len(words) == 2 and key(words[0]) in names:
        return True
    return plain in names or any(
        (len(plain) > 3 and plain in name and len(plain) * 3 >= len(name) * 2)
        or (len(name) > 2 and name in plain and len(name) * 2 >= len(plain))
        for name in names
    )


def without_site(title: str, names: frozenset[str]) -> str:
    """A title without the site's name at either end, as long as anything is left.

    >>> without_site("Talks resume in Geneva - World - The Example", frozenset({"theexample"}))
    'Talks resume in Geneva - World'
    """
    spans = parts_of(title)
    sites = [names_site(title[start:end], names) for start, end in spans]
    first = next((at for at, is_site in enumerate(sites) if not is_site), 0)
    last = next((at for at in range(first + 1, len(spans)) if sites[at]), len(spans)) - 1
    return title[spans[first][0] : spans[last][1]] if spans else title


def parts_of(title: str) -> list[tuple[int, int]]:
    """Where the parts of a title begin and end: what stands between separators."""
    spans, start = [], 0
    for found in _SEPARATOR.finditer(title):
        if found.start() > start:
            spans.append((start, found.start()))
        start = found.end()
    if start < len(title):
        spans.append((start, len(title)))
    return spans if len(spans) <= _MOST_PARTS else [spans[0], *spans[-_MOST_PARTS + 1 :]]


@cache
def _suffixes() -> tldextract.TLDExtract:
    import tldextract

    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def registrable(host: str) -> str:
    """The registrable domain, by the public suffix list that tldextract ships; nothing is fetched."""
    return _suffixes()(host).top_domain_under_public_suffix or host
