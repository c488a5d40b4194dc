"""What an index of articles can do, whichever engine holds it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from archive.article import Article
from search.query import Query


@dataclass(frozen=True, slots=True)
class Hit:
    """One article that was found. ``highlights`` maps a field to fragments with matches in ``<em>…</em>``, text escaped."""

    article: Article
    score: float
    highlights: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hits:
    """The best hits, and how many articles match in all."""

    total: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the articles have a value."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """How many articles match, and by facet (``search/facets.py``) what they have: the most frequent values first, months latest first."""

    total: int
    counts: dict[str, tuple[Count, ...]]


@dataclass(frozen=True, slots=True)
class Rejection:
    """An article that the index would not take, and its reason."""

    article_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Connection:
    """How to reach an Elasticsearch: its address, the alias articles are under, and who we are. ``ca`` is a file."""

    url: str
    alias: str = "dragoman"
    api_key: str | None = field(default=None, repr=False)
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca: str | None = None


class Writer(Protocol):
    """Takes articles in bulk."""

    def write(self, articles: Sequence[Article]) -> list[Rejection]:
        """Add or replace these by id, in one bulk request. Searchable when this returns.

        An older version never replaces a newer one. Raises IndexUnavailable when nothing can be written.
        """
        ...


class Index(Writer, Protocol):
    """A searchable index of articles: its live generation."""

    def search(self, query: Query, limit: int, fresh: datetime | None = None) -> Hits:
        """The best ``limit`` articles that match, best first; newest first where all match alike.

        ``fresh`` is the time from which on the older of equals count for less (``search/freshness.py``).
        """
        ...

    def search_stories(self, query: Query, limit: int, fresh: datetime | None = None) -> Hits:
        """The same, with the best article of each story alone; the newest of those that match alike, then by id.

        ``total`` still counts every article that matches.
        """
        ...

    def facets(self, query: Query) -> Facets:
        """What the articles that match are counted by."""
        ...

    def similar(self, article: Article, limit: int) -> Hits | None:
        """The articles that share most of this one's telling words, without those of its own story; None where it is not indexed."""
        ...

    def apply_synonyms(self) -> int:
        """Let searches know the synonyms as they are now, without indexing anything again; how many indices had others."""
        ...

    def scan(self, query: Query) -> Iterator[Article]:
        """Every article that matches, in no order, however many."""
        ...

    def count(self) -> int:
        """How many articles it holds."""
        ...

    def next_generation(self) -> AbstractContextManager[Writer]:
        """A new, empty generation beside the live one.

        It takes the live one's place in one step when the ``with`` block ends well, and is removed when it does not.
        """
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...
