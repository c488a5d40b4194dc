"""What an index of articles can do, whichever engine holds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from archive.article import Article
from search.query import Query

if TYPE_CHECKING:
    from archive.revisions import Entry, Kept  # with SQLAlchemy, which searches have no use for


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
class Filled:
    """How far filling a generation has come: articles taken, the revision up to which it has all, and what it would not take."""

    articles: int
    until: int
    rejected: tuple[Rejection, ...] = ()


@dataclass(frozen=True, slots=True)
class Connection:
    """How to reach an Elasticsearch: its address, the alias articles are under, and who we are. ``ca`` is a file.

    ``shards`` and ``replicas`` are those of each index that is made, ``refresh_interval`` how soon others' writes are seen.
    """

    url: str
    alias: str = "dragoman"
    api_key: str | None = field(default=None, repr=False)
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca: str | None = None
    shards: int = 1
    replicas: int = 0
    refresh_interval: str | None = None


class Writer(Protocol):
    """Takes articles in bulk."""

    def write(self, articles: Sequence[Article], revisions: Sequence[int] = ()) -> list[Rejection]:
        """Add or replace these by id, in one bulk request. Searchable when this returns.

        What has an older revision never replaces what has a newer one; without revisions the articles' versions are theirs.
        Raises IndexUnavailable when nothing can be written.
        """
        ...


class Generation(Writer, Protocol):
    """All articles as one build of the index has them."""

    def fill(self, batches: Iterable[Sequence[Kept]]) -> Iterator[Filled]:
        """Take these articles, of which the generation has none that is newer, as fast as it can, and say which it has for good.

        They are searchable once it is settled.
        """
        ...

    def settle(self) -> None:
        """Make what was filled searchable, and let the generation be as a live one is."""
        ...

    def entries(self) -> Iterator[Entry]:
        """What identifies each article that it has, in no order."""
        ...


class Index(Writer, Protocol):
    """A searchable index of articles: its live generation. Nothing is made before the first article is written."""

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

    def live(self) -> str | None:
        """The name of the generation that is searched; None when there is none yet."""
        ...

    def generations(self) -> list[str]:
        """The names of all generations that are there, the oldest first."""
        ...

    def fresh_name(self) -> str:
        """A name for a generation that is made now; it comes after all others."""
        ...

    def shape(self) -> str:
        """A digest of how articles are indexed: a generation with another one is not to be gone on with."""
        ...

    def generation(self, name: str) -> Generation:
        """The generation of this name, made when it is not there."""
        ...

    def make_live(self, name: str) -> None:
        """Let this generation be searched instead of the one that is, in one step."""
        ...

    def remove(self, name: str) -> None:
        """Remove a generation, which is not the live one. It may be gone already."""
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...
