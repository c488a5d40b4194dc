"""The index that needs nothing installed: Tantivy, in a folder of the home.

``index/<generation>/`` holds a generation, ``index/current`` names the live one; it is replaced by renaming, so a
reader always finds a whole index. Readers need no lock; writing takes Tantivy's own.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import tantivy

from archive.article import Article
from archive.errors import IndexUnavailable
from search.analysis.synonyms import Synonyms
from search.analysis.synonyms import synonyms as project_synonyms
from search.embedded_documents import article_in, document, schema
from search.embedded_search import EmbeddedSearch
from search.index import Facets, Hits, Rejection, Writer
from search.query import Everything, Query

_HEAP = 15_000_000
"""Bytes the writer may fill before it flushes, the least that Tantivy takes. One thread: bulk writes are small beside extraction."""


class EmbeddedIndex:
    """An index in a folder; made empty when there is none."""

    def __init__(self, folder: Path, synonyms: Synonyms | None = None) -> None:
        self.synonyms = synonyms or project_synonyms()
        self.folder = folder
        name = _current(folder)
        if name is None:
            name = _fresh_name()
            _Generation.make(folder / name)
            _make_current(folder, name)
        self._generation = _Generation(folder / name, self.synonyms)

    def write(self, articles: Sequence[Article]) -> list[Rejection]:
        return self._generation.write(articles)

    def search(self, query: Query, limit: int, fresh: datetime | None = None) -> Hits:
        return self._generation.searching.search(query, limit, fresh)

    def search_stories(self, query: Query, limit: int, fresh: datetime | None = None) -> Hits:
        return self._generation.searching.search_stories(query, limit, fresh)

    def scan(self, query: Query) -> Iterator[Article]:
        return self._generation.searching.scan(query)

    def facets(self, query: Query) -> Facets:
        return self._generation.searching.facets(query)

    def similar(self, article: Article, limit: int) -> Hits | None:
        return self._generation.searching.similar(article, limit)

    def apply_synonyms(self) -> int:
        return 0  # they are read at each search

    def count(self) -> int:
        return self._generation.searching.search(Everything(), 1).total

    @contextmanager
    def next_generation(self) -> Iterator[Writer]:
        before, name = _current(self.folder), _fresh_name()
        _Generation.make(self.folder / name)
        try:
            yield _Generation(self.folder / name, self.synonyms)
        except BaseException:
            shutil.rmtree(self.folder / name, ignore_errors=True)
            raise
        _make_current(self.folder, name)
        self._generation = _Generation(self.folder / name, self.synonyms)
        if before:
            shutil.rmtree(self.folder / before, ignore_errors=True)

    def close(self) -> None:
        """Nothing is held between calls."""


class _Generation:
    """One Tantivy index. Raises IndexUnavailable when its files are not whole."""

    def __init__(self, folder: Path, synonyms: Synonyms) -> None:
        try:
            self._index = tantivy.Index.open(str(folder))
        except ValueError as reason:
            raise IndexUnavailable(f"the index in {folder} is broken ({reason}); run: dragoman reindex") from reason
        self._schema = self._index.schema
        self.searching = EmbeddedSearch(self._index, synonyms)

    @staticmethod
    def make(folder: Path) -> None:
        try:
            folder.mkdir(parents=True)
            tantivy.Index(schema(), path=str(folder))
        except (OSError, ValueError) as reason:
            raise IndexUnavailable(f"no index can be made in {folder}: {reason}") from reason

    def write(self, articles: Sequence[Article]) -> list[Rejection]:
        self._index.reload()
        newer = {article.id: self._version(article.id) for article in articles}
        try:
            writer = self._index.writer(_HEAP, 1)
            for article in articles:
                if newer[article.id] <= article.version:
                    writer.delete_documents_by_term("id", article.id)
                    writer.add_document(document(article))
            writer.commit()
            writer.wait_merging_threads()
        except (OSError, ValueError) as reason:
            raise IndexUnavailable(f"the index cannot be written ({reason}); is another run writing it?") from reason
        self._index.reload()
        return []

    def _version(self, article: str) -> int:
        searcher = self._index.searcher()
        found = searcher.search(tantivy.Query.term_query(self._schema, "id", article), 1).hits
        return article_in(searcher.doc(found[0][1])).version if found else 0


def _current(folder: Path) -> str | None:
    try:
        name = (folder / "current").read_text("utf-8").strip()
    except FileNotFoundError:
        return None
    except OSError as reason:
        raise IndexUnavailable(f"the index in {folder} cannot be read: {reason.strerror}") from reason
    return name if (folder / name).is_dir() and "/" not in name else None


def _make_current(folder: Path, name: str) -> None:
    unfinished = folder / f"current.{os.getpid()}"
    try:
        unfinished.write_text(name, "utf-8")
        unfinished.replace(folder / "current")
    except OSError as reason:
        raise IndexUnavailable(f"the index in {folder} cannot be written: {reason.strerror}") from reason


def _fresh_name() -> str:
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
