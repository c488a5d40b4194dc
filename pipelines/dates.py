"""When was it published, and when changed? Each with where the page says so, and how exactly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from htmldate import find_date

from archive.article import Precision
from pipelines.documents import Document, text_at

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""No web page is older; what says so means 1970, the epoch of a missing date."""
_PUBLISHED_META = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "dc.date.created",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "date",
    "article.published",
    "cxenseparse:recs:publishtime",
    "last-modified-none",
)
_MODIFIED_META = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified")
_IN_URL = re.compile(r"/(?P<year>20\d\d|199\d)[/-](?P<month>\d{1,2})[/-](?P<day>\d{1,2})(?:[/-]|$)")
_ISO = re.compile(
    r"(?P<day>\d{4}-\d{1,2}-\d{1,2})(?:[T ]+(?P<time>\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class When:
    """An instant in UTC, where the page says so, and how exactly."""

    at: datetime
    source: str
    precision: Precision


def published(document: Document) -> When | None:
    """When the article was published: JSON-LD and meta first, then time elements, visible text, and the URL last."""
    for when in _published(document):
        if when and _is_possible(when.at, document):
            return when
    return None


def modified(document: Document) -> When | None:
    """When the article was changed, where JSON-LD or meta say so."""
    candidates = [(text_at(document.about, "dateModified"), "json-ld")]
    candidates += [(document.meta.get(name, ""), "meta") for name in _MODIFIED_META]
    for text, source in candidates:
        when = _read(text, source)
        if when and _is_possible(when.at, document):
            return when
    return None


def _published(document: Document) -> Iterator[When | None]:
    yield _read(text_at(document.about, "datePublished"), "json-ld")
    for name in _PUBLISHED_META:
        yield _read(document.meta.get(name, ""), "meta")
    for thing in document.linked:
        yield _read(text_at(thing, "datePublished"), "json-ld")
    for element in document.tree.iter("time"):
        if (
            element.get("pubdate") is not None
            or "publish" in f"{element.get('class')} {element.get('itemprop')}".lower()
        ):
            yield _read(element.get("datetime") or element.text_content(), "visible")
    yield _visible(document)
    if found := _IN_URL.search(document.page.url):
        yield _read(f"{found['year']}-{found['month']}-{found['day']}", "url")


def _visible(document: Document) -> When | None:
    """htmldate's answer: what is printed near the headline, in many languages."""
    latest = (document.page.fetched_at or datetime.now(UTC)) + timedelta(days=1)
    try:
        found = find_date(
            document.tree, url=document.page.url, original_date=True, max_date=latest.replace(tzinfo=None)
        )
    except (ValueError, OverflowError, RecursionError):
        return None
    return _read(found or "", "visible")


def _read(text: str, source: str) -> When | None:
    """An instant as pages write it: ISO 8601 mostly, and whatever dateparser understands otherwise."""
    text = " ".join(text.split())[:60]
    if not re.search(r"\d", text):
        return None
    try:
        if iso := _ISO.match(text):
            return _iso(iso, source)
        return _spoken(text, source)
    except (ValueError, OverflowError):
        return None


def _iso(found: re.Match[str], source: str) -> When:
    year, month, day = (int(part) for part in found["day"].split("-"))
    time = found["time"]
    if not time:
        return When(datetime(year, month, day, tzinfo=UTC), source, "day")
    zone = (found["zone"] or "Z").upper()
    offset = "+00:00" if zone in ("Z", "UTC", "GMT") else zone
    clock = re.sub(r"\.\d+", "", time).rjust(5, "0")
    at = datetime.strptime(
        f"{year:04}-{month:02}-{day:02}T{clock}{offset if ':' in offset or len(offset) != 3 else offset + ':00'}",
        f"%Y-%m-%dT%H:%M{':%S' if clock.count(':') == 2 else ''}%z",
    )
    return When(at.astimezone(UTC), source, "second" if clock.count(":") == 2 else "minute")


def _spoken(text: str, source: str) -> When | None:
    import warnings

    import dateparser

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        at = dateparser.parse(
            text,
            settings={"TIMEZONE": "UTC", "RETURN_AS_TIMEZONE_AWARE": True, "REQUIRE_PARTS": ["year", "month", "day"]},
        )
    if at is None:
        return None
    has_time = re.search(r"\d:\d\d", text) is not None
    at = at.astimezone(UTC) if has_time else at.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=UTC)
    return When(at, source, "minute" if has_time else "day")


def _is_possible(at: datetime, document: Document) -> bool:
    latest = (document.page.fetched_at or datetime.now(UTC)) + timedelta(days=1)
    return _EARLIEST <= at <= latest
