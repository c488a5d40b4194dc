"""What do an outlet's article URLs look like? Learned from those it is known to have, with cues that hold for all.

A shape is a URL with its words taken out: ``/2026/03/ministers-meet-again`` and ``/2025/11/the-long-road-home`` are both ``/year/day/title``.
A section's own address seldom shares a shape with articles; where it does, the shape is too common to be learned.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from crawler.discovery.hubs import no_article
from crawler.discovery.links import LONGEST_URL

Shape = tuple[str, ...]

KNOWN_ARTICLES = 500
"""From which an outlet's shapes are learned, the newest: sites are rebuilt."""
_FEWEST = 3
"""Articles that a shape must be seen in."""
_LEAST_SHARE = 0.05
"""Of the known articles that a shape must have: one odd address is no habit."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_FOUR_DIGITS = re.compile(r"/\d{4}/?$")
_DAY = re.compile(r"\d{1,2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.IGNORECASE)
_WHOLE_DATE = re.compile(r"(?:19|20)\d\d-?[01]\d(?:-?[0-3]\d)?")
_ENDING = re.compile(r"\.[a-z]{3,5}$", re.IGNORECASE)
_CODE = re.compile(r"\d{5}|(?=(?:[^\W_]*?\d){2})[^\W_]{10,}")
"""A long number, or letters and digits mixed: what a database calls an article."""
_WORDS_OF_TITLE = 3
"""Words, joined by hyphens, that make a title: ``middle-east`` is a section."""
_LONG_WORD = 20
"""Characters that make a title of a segment in a script that writes no hyphens."""
_OF_LISTS = frozenset(("word", "year", "day", "date"))
_OF_SECTIONS = _OF_LISTS | {"pair"}


@dataclass(frozen=True, slots=True)
class Shapes:
    """What is known of an outlet's article URLs. Without any, only the cues that hold for all are left."""

    shapes: frozenset[Shape] = frozenset()
    hosts: frozenset[str] = frozenset()

    def is_article(self, url: str) -> bool:
        """Does the URL look like an article's? Learned shapes decide; a date in the path is enough for any outlet."""
        if no_article(url):
            return False
        shape = shape_of(url)
        if shape is None:
            return False
        if shape in self.shapes:
            return True
        dated = ("year" in shape[1:-1] or "date" in shape[1:-1]) and shape[-1] not in _OF_LISTS
        return dated or (not self.shapes and _speaks(shape))


def learn_shapes(urls: Iterable[str]) -> Shapes:
    """The shapes that known article URLs share."""
    known = [(url, shape) for url in urls if not no_article(url) and (shape := shape_of(url))]
    counted = Counter(one for url, shape in known for one in _readings(url, shape))
    least = max(_FEWEST, len(known) * _LEAST_SHARE)
    shapes = frozenset(
        shape
        for shape, count in counted.items()
        if count >= least and (shape[-1] == "year" or not _OF_SECTIONS.issuperset(shape[1:]))
    )
    return Shapes(shapes, frozenset(shape[0] for _, shape in known))


def _readings(url: str, shape: Shape) -> Iterator[Shape]:
    """The shape of a known article; one that ends in four digits is numbered, and some of its like have numbers that look like years."""
    numbered = shape[-1] in ("number", "year") and _FOUR_DIGITS.search(urlsplit(url).path)
    yield from ((*shape[:-1], "number"), (*shape[:-1], "year")) if numbered else (shape,)


def shape_of(url: str) -> Shape | None:
    """A URL's shape: its host, a word for each part of its path, and the numbers that its query asks for.

    >>> shape_of("https://www.example.org/world/2026/03/ministers-meet-again.html?id=7")
    ('example.org', 'word', 'year', 'day', 'title.html', '?id=number')
    """
    if len(url) > LONGEST_URL:
        return None
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    path = [_kind(unquote(part)) for part in parts.path.split("/") if part]
    asked = [f"?{name}=number" for name, value in parse_qsl(parts.query)[:20] if value.isdecimal() and name != "page"]
    return (host, *path, *sorted(asked)) if path or asked else None


def _kind(segment: str) -> str:
    ending = found[0].lower() if (found := _ENDING.search(segment)) else ""
    stem = segment.removesuffix(found[0]) if found else segment
    if _YEAR.fullmatch(stem):
        return "year" + ending
    if _WHOLE_DATE.fullmatch(stem):
        return "date" + ending
    if _DAY.fullmatch(stem):
        return "day" + ending
    if stem.isdecimal():
        return "number" + ending
    words = [word for word in re.split(r"[-_+\s]", stem) if word]
    if len(words) >= _WORDS_OF_TITLE or (len(stem) >= _LONG_WORD and not stem.isascii()):
        return "title" + ending
    if _CODE.search(stem):
        return "code" + ending
    return ("pair" if len(words) > 1 else "word") + ending


def _speaks(shape: Shape) -> bool:
    """Cues for an outlet of which nothing is known: a title of words, a long number, or an article's number asked for."""
    return any(part.partition(".")[0] in ("title", "code", "number") or part.startswith("?") for part in shape[1:][-2:])
