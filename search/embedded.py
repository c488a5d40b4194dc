"""The index that needs nothing installed: Tantivy, in a folder of the home. Readers need no lock; writing takes Tantivy's own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import tantivy

from archive.article import Article
from archive.errors import IndexUnavailable
from archive.revisions import Entry, Kept
from search.hits import Found, rank, second_of, with_highlights
from search.index import Filled, Hits, Rejection, Writer
from search.query import All, Either, Everything, Exactly, Has, Not, Published, Query, Starts, Words, has_words
from search.schema import Kind, index_fields, values
from search.shelf import Shelf
from search.tokens import words

_HEAP, _FILLING_HEAP = 15_000_000, 60_000_000
"""Bytes the writer may fill before it flushes: the least that Tantivy takes, as bulk writes are small beside extraction; and for many."""
_COMMITTED = 10
"""Batches between two commits while a generation is filled: each makes a segment, and what is killed begins after the last."""
_BOOSTS = {"title": 3.0, "summary": 2.0, "body": 1.0}
_PAGE = 500
_NEWEST = "newest"
"""An order for hits that all match alike: the second of publication."""
_REVISION = "revision"
"""Of the article in the archive."""


class EmbeddedIndex:
    """An index in a folder."""

    def __init__(self, folder: Path) -> None:
        self._shelf = Shelf(folder)
        self._name: str | None = None
        self._opened: _Generation | None = None

    def write(self, articles: Sequence[Article], revisions: Sequence[int] = ()) -> list[Rejection]:
        live = self._live()
        if live is None:
            name = self.fresh_name()
            live = self.generation(name)
            self.make_live(name)
        return live.write(articles, revisions)

    def search(self, query: Query, limit: int) -> Hits:
        live = self._live()
        return live.search(query, limit) if live else Hits(0, ())

    def search_stories(self, query: Query, limit: int) -> Hits:
        live = self._live()
        return live.search_stories(query, limit) if live else Hits(0, ())

    def scan(self, query: Query) -> Iterator[Article]:
        live = self._live()
        return live.scan(query) if live else iter(())

    def count(self) -> int:
        return self.search(Everything(), 1).total

    def live(self) -> str | None:
        return self._shelf.live()

    def generations(self) -> list[str]:
        return self._shelf.names()

    def fresh_name(self) -> str:
        return self._shelf.fresh_name()

    def shape(self) -> str:
        return hashlib.sha256(repr(index_fields()).encode()).hexdigest()[:16]

    def generation(self, name: str) -> _Generation:
        if name not in self.generations():
            _Generation.make(self._shelf, name)
        return _Generation(self._shelf.folder / name)

    def make_live(self, name: str) -> None:
        self._shelf.make_live(name)

    def remove(self, name: str) -> None:
        self._shelf.remove(name)

    @contextmanager
    def next_generation(self) -> Iterator[Writer]:
        before, name = self.live(), self.fresh_name()
        try:
            yield self.generation(name)
            self.make_live(name)
        except BaseException:
            self.remove(name)
            raise
        if before:
            self.remove(before)

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
                self._opened, self._name = _Generation(self._shelf.folder / name), name
            except IndexUnavailable:
                if self.live() == name:
                    raise
        return None


class _Generation:
    """One Tantivy index. Raises IndexUnavailable when its files are not whole."""

    def __init__(self, folder: Path) -> None:
        try:
            self._index = tantivy.Index.open(str(folder))
        except ValueError as reason:
            raise IndexUnavailable(f"the index in {folder} is broken ({reason}); run: dragoman reindex") from reason
        self._schema = self._index.schema

    @staticmethod
    def make(shelf: Shelf, name: str) -> None:
        try:
            tantivy.Index(_schema(), path=str(shelf.unfinished(name)))
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
        searcher, last = self._index.searcher(), -1
        number = tantivy.FieldType.Integer
        while True:
            beyond = tantivy.Query.range_query(self._schema, _REVISION, number, last, None, include_lower=False)
            page = searcher.search(beyond, _PAGE, count=False, order_by_field=_REVISION, order=tantivy.Order.Asc)
            hits: Any = page.hits
            if not hits:
                return
            for last, address in hits:
                article = _article(searcher.doc(address))
                yield Entry(article.outlet.id, article.id, last, article.version, article.content_hash)

    def search(self, query: Query, limit: int) -> Hits:
        total, found = self._best(query, limit)
        return Hits(total, with_highlights(found, query))

    def search_stories(self, query: Query, limit: int) -> Hits:
        """Reads further into the hits, four times as far each time, until there are stories enough.

        Those that match as well as the last of them are read too: Tantivy has its own order for them.
        """
        window = limit + 1
        while True:
            total, found = self._best(query, window)
            stories: dict[str, Found] = {}
            for one in sorted(found, key=rank):
                stories.setdefault(one[1].story or one[1].id, one)
            best = list(stories.values())[:limit]
            if len(found) == total or (len(best) == limit and rank(best[-1])[:2] < rank(found[-1])[:2]):
                return Hits(total, with_highlights(best, query))
            window = min(4 * window, total)

    def _best(self, query: Query, limit: int) -> tuple[int, list[Found]]:
        """How many articles match, and the best of them; without words all are as good, and the newest come first."""
        searcher = self._index.searcher()
        order = None if has_words(query) else _NEWEST
        wanted = _translated(query, self._schema)
        found: Any = searcher.search(wanted, limit, count=True, order_by_field=order)
        hits = [(0.0 if order else float(score), _article(searcher.doc(address))) for score, address in found.hits]
        return found.count or 0, hits

    def scan(self, query: Query) -> Iterator[Article]:
        searcher = self._index.searcher()
        wanted, offset = _translated(query, self._schema), 0
        while hits := searcher.search(wanted, _PAGE, count=False, order_by_field=_NEWEST, offset=offset).hits:
            for _, address in hits:
                yield _article(searcher.doc(address))
            offset += _PAGE

    def _revision(self, article: str) -> int:
        wanted = tantivy.Query.term_query(self._schema, "id", article)
        found: Any = self._index.searcher().search(wanted, 1, count=False, order_by_field=_REVISION).hits
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
    document = _document(article)
    document.add_integer(_REVISION, revision)
    writer.delete_documents_by_term("id", article.id)
    writer.add_document(document)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in index_fields():
        match field.kind:
            case Kind.TEXT:
                builder.add_text_field(field.path, tokenizer_name="whitespace")
            case Kind.KEYWORD:
                builder.add_text_field(field.path, tokenizer_name="raw", index_option="basic")
            case Kind.DATE:
                builder.add_date_field(field.path, indexed=True, fast=True)
            case Kind.INTEGER:
                builder.add_integer_field(field.path, indexed=True)
            case Kind.BOOLEAN:
                builder.add_boolean_field(field.path, indexed=True)
    builder.add_integer_field(_NEWEST, fast=True)
    builder.add_integer_field(_REVISION, indexed=True, fast=True)
    builder.add_bytes_field("source", stored=True)
    return builder.build()


def _document(article: Article) -> tantivy.Document:
    document = tantivy.Document()
    for field in index_fields():
        for value in values(article, field.path):
            match field.kind:
                case Kind.TEXT:
                    document.add_text(field.path, " ".join(word for _, _, word in words(value)))
                case Kind.KEYWORD:
                    document.add_text(field.path, value)
                case Kind.DATE:
                    document.add_date(field.path, value)
                case Kind.INTEGER:
                    document.add_integer(field.path, value)
                case Kind.BOOLEAN:
                    document.add_boolean(field.path, value)
    document.add_integer(_NEWEST, second_of(article))
    document.add_bytes("source", article.model_dump_json().encode())
    return document


def _article(document: tantivy.Document) -> Article:
    source: Any = document.get_first("source")
    return Article.model_validate_json(bytes(source))


def _translated(query: Query, schema: tantivy.Schema) -> tantivy.Query:
    match query:
        case Everything():
            return tantivy.Query.all_query()
        case Words(text, field):
            row = [word for _, _, word in words(text)]
            return _in_fields(field, lambda path: _row(schema, path, row))
        case Starts(prefix, field):
            return _in_fields(field, lambda path: tantivy.Query.regex_query(schema, path, re.escape(prefix) + ".*"))
        case Exactly(field, value):
            return tantivy.Query.term_query(schema, field, value)
        case Has(field):
            return tantivy.Query.exists_query(field)
        case Published(since, before):
            return tantivy.Query.range_query(
                schema, "published_at", tantivy.FieldType.Date, since, before, include_upper=before is None
            )
        case Not(denied):
            return tantivy.Query.boolean_query(
                [
                    (tantivy.Occur.Must, tantivy.Query.all_query()),
                    (tantivy.Occur.MustNot, _translated(denied, schema)),
                ]
            )
        case All(queries):
            return tantivy.Query.boolean_query([(tantivy.Occur.Must, _scored(part, schema)) for part in queries])
        case Either(queries):
            return tantivy.Query.boolean_query([(tantivy.Occur.Should, _translated(part, schema)) for part in queries])


def _scored(query: Query, schema: tantivy.Schema) -> tantivy.Query:
    """A part of a conjunction; one without words chooses, but says nothing on how good a hit is."""
    part = _translated(query, schema)
    return part if has_words(query) else tantivy.Query.const_score_query(part, 0.0)


def _in_fields(field: str | None, of: Callable[[str], tantivy.Query]) -> tantivy.Query:
    if field:
        return of(field)
    return tantivy.Query.disjunction_max_query(
        [tantivy.Query.boost_query(of(path), boost) for path, boost in _BOOSTS.items()]
    )


def _row(schema: tantivy.Schema, path: str, row: list[str]) -> tantivy.Query:
    if not row:
        return tantivy.Query.empty_query()
    if len(row) == 1:
        return tantivy.Query.term_query(schema, path, row[0])
    return tantivy.Query.phrase_query(schema, path, list(row))
