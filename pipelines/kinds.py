"""What kind of document is it: a report, a statement, a readout, an op-ed …?

Asked in this order: what JSON-LD calls it (schema.org/NewsArticle and its kinds), what its title opens with, how its text is
built, where the outlet files it, who publishes it. Words are in ``data/kinds.yaml``, by language. What nothing tells is unknown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, get_args
from urllib.parse import unquote, urlsplit

import yaml

from archive.article import DocumentKind
from pipelines.documents import Document, as_list, text_at
from pipelines.folding import folded
from pipelines.text import even

_TYPES: dict[str, DocumentKind] = {
    "LiveBlogPosting": "live blog",
    "OpinionNewsArticle": "op-ed",
    "AnalysisNewsArticle": "analysis",
    "BackgroundNewsArticle": "analysis",
    "ReportageNewsArticle": "report",
}
"""schema.org/NewsArticle, "more specific types"."""
_PUBLISHED_BY: dict[str, DocumentKind] = {
    "think tank": "analysis",
    "ministry": "statement",
    "government": "statement",
    "organization": "statement",
    "embassy": "statement",
    "newspaper": "report",
    "agency": "report",
    "broadcaster": "report",
}
_NEWSROOMS = ("newspaper", "agency", "broadcaster", "magazine")
_LONGEST_TITLE, _LONGEST_PATH, _LONGEST_LABEL = 300, 500, 45
_MOST_NAMES = 50
_MOST_LINES = 500
_FEWEST_TIMES, _SHARE_OF_TIMES = 5, 0.15
"""Paragraphs that open with a time of day, and their share among all, from which it is a live blog."""
_FEWEST_TURNS, _SHARE_OF_TURNS, _MANY = 6, 0.3, 2
"""Paragraphs that open with who speaks, and their share, from which it is a transcript; turns that make a name a speaker."""
_SPOKEN = 60
"""Characters after the names in the median: a list of data has fewer."""
_TIME = re.compile(
    r"""[\W_]{0,3}(?:[01]?\d|2[0-3])
    (?: [:h][0-5]\d(?![\d.:]) | \.[0-5]\d\s?(?:uhr|h|klo)\b | \s?[ap]\.?m\b | 시\s?[0-5]?\d분 | [時时][0-5]?\d分 )""",
    re.VERBOSE | re.IGNORECASE,
)
_SPEAKER = re.compile(r"(?P<name>[^\W\d_][^:：\n?!]{0,43}?)\s?[:：]\s?(?P<said>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Told:
    """What else is known of the article: its section, whether an agency or a dateline stands for it, whether the outlet disclaims it."""

    section: str | None
    filed: bool
    disclaimed: bool


def kind_of(document: Document, title: str, body: Sequence[str], told: Told) -> DocumentKind:
    """The kind of the document of this title and these paragraphs."""
    if document.report:
        return _opened(title, "openings") or _opened(title, "official") or "report"
    typed = _typed(document)
    if typed and typed != "report":
        return typed
    publisher = document.page.publisher.kind
    is_news = told.filed or typed == "report" or publisher in _NEWSROOMS or (publisher is None and _is_news(document))
    named = _opened(title, "openings") or (None if is_news else _opened(title, "official"))
    placed = _placed(document, told.section)
    if by_words := named or _built(body) or (placed if placed != "report" else None):
        return by_words
    if told.filed or typed:
        return "report"
    if told.disclaimed and not is_news and publisher != "think tank":
        return "op-ed"
    if publisher and publisher in _PUBLISHED_BY:
        return _PUBLISHED_BY[publisher]
    return "report" if placed or _is_news(document) else "unknown"


def _typed(document: Document) -> DocumentKind | None:
    """What structured data calls it. A live blog's page often describes its article first."""
    types = [str(kind).rpartition("/")[2] for kind in as_list(document.about.get("@type"))]
    if any("LiveBlogPosting" in as_list(thing.get("@type")) for thing in document.linked[:_MOST_NAMES]):
        types.insert(0, "LiveBlogPosting")
    if document.meta.get("article:opinion", "").lower() == "true":
        types.insert(0, "OpinionNewsArticle")
    found = [_TYPES[name] for name in types if name in _TYPES]
    return next((kind for kind in found if kind != "report"), found[0] if found else None)


def _is_news(document: Document) -> bool:
    return any(str(kind).endswith("NewsArticle") for kind in as_list(document.about.get("@type")))


def _opened(title: str, openings: str) -> DocumentKind | None:
    found = _openings(openings).match(even(title)[:_LONGEST_TITLE].replace("'", "’").replace("‘", "’"))
    return _KINDS[int(str(found.lastgroup)[1:])] if found else None


def _built(body: Sequence[str]) -> DocumentKind | None:
    """A live blog's paragraphs open with a time, a transcript's with who speaks."""
    lines = body[:_MOST_LINES]
    times = sum(1 for line in lines if _TIME.match(line))
    if times >= max(_FEWEST_TIMES, _SHARE_OF_TIMES * len(lines)):
        return "live blog"
    spoken = [(_name(found), len(found["said"])) for line in lines if (found := _SPEAKER.match(line))]
    turns = Counter(name for name, _ in spoken)
    speakers = {name for name, count in turns.items() if count > _MANY or name in _speakers()}
    sizes = sorted(size for name, size in spoken if name in speakers)
    if len(speakers) < 2 or len(sizes) < max(_FEWEST_TURNS, _SHARE_OF_TURNS * len(lines)):
        return None
    return "transcript" if sizes[len(sizes) // 2] >= _SPOKEN else None


def _name(found: re.Match[str]) -> str:
    return found["name"].casefold().strip(" .")


def _placed(document: Document, section: str | None) -> DocumentKind | None:
    """The kind whose sections it is filed in: by its own word, its breadcrumbs, or its address."""
    found = {kind for name in islice(_names(document, section), _MOST_NAMES) if (kind := _places().get(_key(name)))}
    return next((kind for kind in _KINDS if kind in found), None)


def _names(document: Document, section: str | None) -> Iterator[str]:
    if section:
        yield section
    for role in ("articleSection", "genre"):
        yield from (one for one in as_list(document.about.get(role)) if isinstance(one, str))
    for thing in document.linked[:_MOST_NAMES]:
        if thing.get("@type") == "BreadcrumbList":
            yield from map(_crumb, as_list(thing.get("itemListElement"))[:-1])
    try:
        address = urlsplit(document.page.url)
    except ValueError:
        return
    yield (address.hostname or "").partition(".")[0]
    yield from unquote(address.path[:_LONGEST_PATH]).split("/")[:-1]


def _crumb(value: Any) -> str:
    if not isinstance(value, dict):
        return ""
    item = value.get("item")
    return text_at(value, "name") or (text_at(item, "name") if isinstance(item, dict) else "")


def _key(name: str) -> str:
    return folded(even(name)[:_LONGEST_LABEL]).replace(" ", "-").replace("_", "-").strip("-/")


_KINDS: tuple[DocumentKind, ...] = get_args(DocumentKind)


@cache
def _words() -> dict[str, Any]:
    path = Path(__file__).parent / "data" / "kinds.yaml"
    return dict(yaml.load(path.read_text("utf-8"), yaml.CSafeLoader))


@cache
def _openings(name: str) -> re.Pattern[str]:
    """All openings, each kind a group of its number; of two that match the kind that stands first in the file holds."""
    groups = (
        f"(?P<k{_KINDS.index(kind)}>{'|'.join(f'(?:{even(one)})' for phrases in languages.values() for one in phrases)})"
        for kind, languages in _words()[name].items()
    )
    return re.compile(rf"[\W_]{{0,3}}?(?:{'|'.join(groups)})", re.IGNORECASE)


@cache
def _places() -> dict[str, DocumentKind]:
    return {_key(name): kind for kind, names in _words()["places"].items() for name in names}


@cache
def _speakers() -> frozenset[str]:
    return frozenset(even(word).casefold() for words in _words()["speakers"].values() for word in words)
