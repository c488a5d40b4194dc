"""The index that needs nothing installed: Tantivy, in a folder of the home. Readers need no lock; writing takes Tantivy's own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tantivy

from archive.article import Article
from archive.errors import IndexUnavailable
from search.analysis.stems import CODES
from search.analysis.synonyms import Synonyms
from search.analysis.synonyms import synonyms as project_synonyms
from search.embedded_documents import FAMILY, REVISION, article_in, document, schema
from search.embedded_search import EmbeddedSearch
from search.facets import PATHS
from search.index import Facets, Filled, Hits, Rejection
from search.query import STEMMED, Everything, Query
from search.schema import index_fields
from search.shelf import Shelf

if TYPE_CHECKING:
    from archive.revisions import Entry, Kept

_HEAP, _FILLING_HEAP = 15_000_000, 60_000_000
"""Bytes the writer may fill before it flushes: the least that Tantivy takes, as bulk writes are small beside extraction; and for many."""
_COMMITTED = 10
"""Batches between two commits while a generation is filled: each makes a segment, and what is killed begins after the last."""
_PAGE = 500


class EmbeddedIndex:
    """An index in a folder."""

    def __init__(self, folder: Path, synonyms: Synonyms | None = None) -> None:
        self._shelf = Shelf(folder)
        self._synonyms = synonyms or project_synonyms()
        self._name: str | None = None
        self._opened: _Generation | None = None

    def write(self, articles: Sequence[Article], revisions: Sequence[int] = ()) -> list[Rejection]:
        live = self._live()
        if live is None:
            name = self.fresh_name()
            live = self.generation(name)
            self.make_live(name)
        return live.write(articles, revisions)

    def search(self, query: Query, limit: int, fresh: datetime | None = None) -> Hits:
        live = self._live()
        return live.searching.search(query, limit, fresh) if live else Hits(0, ())

    def search_stories(self, query: Query, limit: int, fresh: datetime | None = None) -> Hits:
        live = self._live()
        return live.searching.search_stories(query, limit, fresh) if live else Hits(0, ())

    def scan(self, query: Query) -> Iterator[Article]:
        live = self._live()
        return live.searching.scan(query) if live else iter(())

    def facets(self, query: Query) -> Facets:
        live = self._live()
        return live.searching.facets(query) if live else Facets(0, {})

    def similar(self, article: Article, limit: int) -> Hits | None:
        live = self._live()
        return live.searching.similar(article, limit) if live else None

    def apply_synonyms(self) -> int:
        return 0  # they are read at each search

    def count(self) -> int:
        return self.search(Everything(), 1).total

    def live(self) -> str | None:
        return self._shelf.live()

    def generations(self) -> list[str]:
        return self._shelf.names()

    def fresh_name(self) -> str:
        return self._shelf.fresh_name()

    def shape(self) -> str:
        return hashlib.sha256(repr((index_fields(), STEMMED, CODES, PATHS)).encode()).hexdigest()[:16]

    def generation(self, name: str) -> _Generation:
        if name not in self.generations():
            _Generation.make(self._shelf, name)
        return _Generation(self._shelf.folder / name, self._synonyms)

    def make_live(self, name: str) -> None:
        self._shelf.make_live(name)

    def remove(self, name: str) -> None:
        self._shelf.remove(name)

    def close(self) -> None:
        """Nothing is held between calls."""

    def _live(self) -> _Generation | None:
        """The live generation, which is another one after a re-index. Raises IndexUnavailable.

        One that was removed between the look and the opening has been replaced: then there is another to be looked for.
        """
        while (name := self.live()) is not None:
            if name == self._name and self._opened:
                self._opened.reload()
                return self._opened
            try:
                self._opened, self._name = _Generation(self._shelf.folder / name, self._synonyms), name
            except IndexUnavailable:
                if self.live() == name:
                    raise
        return None


class _Generation:
    """One Tantivy index. Raises IndexUnavailable when its files are not whole."""

    def __init__(self, folder: Path, synonyms: Synonyms) -> None:
        try:
            self._index = tantivy.Index.open(str(folder))
        except ValueError as reason:
            raise IndexUnavailable(f"the index in {folder} is broken ({reason}); run: dragoman reindex") from reason
        self._schema = self._index.schema
        try:
            tantivy.Query.term_query(self._schema, REVISION, 0)
            tantivy.Query.term_query(self._schema, FAMILY, "")
        except ValueError as reason:
            raise IndexUnavailable(
                f"the index in {folder} was made by an older Dragoman; run: dragoman reindex"
            ) from reason
        self.searching = EmbeddedSearch(self._index, synonyms)

    @staticmethod
    def make(shelf: Shelf, name: str) -> None:
        try:
            tantivy.Index(schema(), path=str(shelf.unfinished(name)))
            shelf.finished(name)
        except (OSError, ValueError) as reason:
            raise IndexUnavailable(f"no index can be made in {shelf.folder}: {reason}") from reason

    def reload(self) -> None:
        """See what others have written."""
        with suppress(ValueError):  # it was removed: what was open stays open
            self._index.reload()

    def write(self, articles: Sequence[Article], revisions: Sequence[int] = ()) -> list[Rejection]:
        numbers = revisions or [article.version for article in articles]
        with _complaints():
            self._index.reload()
            newer = {article.id: self._revision(article.id) for article in articles}
            writer = self._index.writer(_HEAP, 1)
            for article, revision in zip(articles, numbers, strict=True):
                if newer[article.id] <= revision:
                    _put(writer, article, revision)
                    newer[article.id] = revision
            writer.commit()
            writer.wait_merging_threads()
            self._index.reload()
        return []

    def fill(self, batches: Iterable[Sequence[Kept]]) -> Iterator[Filled]:
        with _complaints():
            writer = self._index.writer(_FILLING_HEAP, 1)
            taken = until = 0
            for number, batch in enumerate(batches, start=1):
                for one in batch:
                    _put(writer, one.article, one.revision)
                taken, until = taken + len(batch), batch[-1].revision
                if number % _COMMITTED == 0:
                    writer.commit()
                    yield Filled(taken, until)
            writer.commit()
            writer.wait_merging_threads()
            if taken:
                yield Filled(taken, until)

    def settle(self) -> None:
        with _complaints():
            self._index.reload()

    def entries(self) -> Iterator[Entry]:
        from archive.revisions import Entry

        searcher, last = self._index.searcher(), -1
        number = tantivy.FieldType.Integer
        while True:
            beyond = tantivy.Query.range_query(self._schema, REVISION, number, last, None, include_lower=False)
            page = searcher.search(beyond, _PAGE, count=False, order_by_field=REVISION, order=tantivy.Order.Asc)
            hits: Any = page.hits
            if not hits:
                return
            for last, address in hits:
                article = article_in(searcher.doc(address))
                yield Entry(article.outlet.id, article.id, last, article.version, article.content_hash)

    def _revision(self, article: str) -> int:
        wanted = tantivy.Query.term_query(self._schema, "id", article)
        found: Any = self._index.searcher().search(wanted, 1, count=False, order_by_field=REVISION).hits
        return int(found[0][0]) if found else 0


@contextmanager
def _complaints() -> Iterator[None]:
    """Turns what Tantivy complains of into an IndexUnavailable that says what to mend."""
    try:
        yield
    except (OSError, ValueError) as reason:
        mend = "run: dragoman reindex" if "field" in str(reason).lower() else "is another run writing it?"
        raise IndexUnavailable(f"the index cannot be written ({reason}); {mend}") from reason


def _put(writer: tantivy.IndexWriter, article: Article, revision: int) -> None:
    made = document(article)
    made.add_integer(REVISION, revision)
    writer.delete_documents_by_term("id", article.id)
    writer.add_document(made)
