"""The extractors that are measured, each the way its own documentation calls it. Their libraries are imported when chosen.

Each of them is three steps, of which only the second is timed: how the page is handed over, the extraction itself from
bytes to its result, and how that result is told in the corpus' form.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from bench.corpus import Raw

Told = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Extractor:
    """One tool in three steps; ``extract`` gives None, or raises, where it finds no article."""

    hand_over: Callable[[Raw], Any]
    extract: Callable[[Any], Any]
    tell: Callable[[Any], Told]


def ours(with_outlets: bool) -> Extractor:
    """Our whole derivation. Without the outlets' files each page's publisher is its host, and nothing is known of it."""
    import pipelines.preloaded  # noqa: F401 - a worker has it
    from crawler import settings
    from crawler.catalogue import load_outlets
    from pipelines.derive import derive
    from pipelines.page import Knowledge, Page

    outlets = load_outlets(settings.OUTLETS_FOLDERS if with_outlets else [])
    known = Knowledge(outlets.rules)

    def page(raw: Raw) -> Page:
        return known.told(Page(raw.url, raw.content, outlets.publisher_of(raw.url), raw.content_type, raw.fetched_at))

    return Extractor(page, derive, lambda article: article.model_dump(mode="json"))


def trafilatura() -> Extractor:
    """trafilatura's default, with metadata."""
    from trafilatura import bare_extraction

    def extract(raw: Raw) -> Any:
        return bare_extraction(raw.content, url=raw.url, with_metadata=True)

    def tell(document: Any) -> Told:
        return {
            "title": document.title,
            "authors": (document.author or "").split("; ") if document.author else [],
            "published_at": document.date,
            "summary": document.description,
            "body": document.text,
            "language": document.language,
        }

    return Extractor(_as_it_is, extract, tell)


def newspaper4k() -> Extractor:
    """newspaper4k without fetching images, decoding as its own downloads do; it takes the language from the page."""
    from newspaper import Article
    from w3lib.encoding import html_to_unicode

    def extract(raw: Raw) -> Any:
        _, text = html_to_unicode(raw.content_type, raw.content, default_encoding="utf-8")
        return Article(raw.url, fetch_images=False).download(input_html=text).parse()

    def tell(article: Any) -> Told:
        return {
            "title": article.title,
            "authors": article.authors,
            "published_at": article.publish_date and article.publish_date.isoformat(),
            "summary": article.meta_description,
            "body": article.text,
            "language": article.meta_lang,
        }

    return Extractor(_as_it_is, extract, tell)


def news_please() -> Extractor:
    """news-please without fetching images, decoding as its ``from_warc`` does."""
    from bs4.dammit import EncodingDetector
    from langdetect import DetectorFactory
    from newsplease import NewsPlease

    DetectorFactory.seed = 0  # it is a game of chance otherwise
    logging.disable()

    def extract(raw: Raw) -> Any:
        named = (raw.content_type or "").partition("charset=")[2].strip(" \"'")
        encoding = named or EncodingDetector.find_declared_encoding(raw.content, is_html=True) or "utf-8"
        try:
            text = raw.content.decode(encoding, "replace")
        except LookupError:
            text = raw.content.decode("utf-8", "replace")
        return NewsPlease.from_html(text, url=raw.url, fetch_images=False)

    def tell(article: Any) -> Told:
        return {
            "title": article.title,
            "authors": article.authors,
            "published_at": article.date_publish and article.date_publish.isoformat(),
            "summary": article.description,
            "body": article.maintext,
            "language": article.language,
        }

    return Extractor(_as_it_is, extract, tell)


def _as_it_is(raw: Raw) -> Raw:
    return raw


OURS, NO_OUTLETS, TRAFILATURA = "ours", "no outlet files", "trafilatura"
PEERS = {"newspaper4k": newspaper4k, "news-please": news_please}
EXTRACTORS: dict[str, Callable[[], Extractor]] = {
    OURS: partial(ours, with_outlets=True),
    NO_OUTLETS: partial(ours, with_outlets=False),
    TRAFILATURA: trafilatura,
    **PEERS,
}
