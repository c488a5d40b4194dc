"""The index that needs nothing installed: Tantivy, in a folder of the home.

``index/<generation>/`` holds a generation, ``index/current`` names the live one; it is replaced by renaming, so a
reader always finds a whole index. Readers need no lock; writing takes Tantivy's own.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import tantivy

from archive.article import Article
from archive.errors import IndexUnavailable
from search.hits import Found, rank, second_of, with_highlights
from search.index import Hits, Rejection, Writer
from search.query import All, Either, Everything, Exactly, Has, Not, Published, Query, Starts, Words, has_words
from search.schema import Kind, index_fields, values
from search.tokens import words

_HEAP = 15_000_000
"""Bytes the writer may fill before it flushes, the least that Tantivy takes. One thread: bulk writes are small beside extraction."""
_BOOSTS = {"title": 3.0, "summary": 2.0, "body": 1.0}
_PAGE = 500
_NEWEST = "newest"
"""An order for hits that all match alike: the second of publication."""


class EmbeddedIndex:
    """An index in a folder; made empty when there is none."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        name = _current(folder)
        if name is None:
            name = _fresh_name()
            _Generation.make(folder / name)
            _make_current(folder, name)
        self._generation = _Generation(folder / name)

    def write(self, articles: Sequence[Article]) -> list[Rejection]:
        return self._generation.write(articles)

    def search(self, query: Query, limit: int) -> Hits:
        return self._generation.search(query, limit)

    def search_stories(self, query: Query, limit: int) -> Hits:
        return self._generation.search_stories(query, limit)

    def scan(self, query: Query) -> Iterator[Article]:
        return self._generation.scan(query)

    def count(self) -> int:
        return self._generation.search(Everything(), 1).total

    @contextmanager
    def next_generation(self) -> Iterator[Writer]:
        before, name = _current(self.folder), _fresh_name()
        _Generation.make(self.folder / name)
        try:
            yield _Generation(self.folder / name)
        except BaseException:
            shutil.rmtree(self.folder / name, ignore_errors=True)
            raise
        _make_current(self.folder, name)
        self._generation = _Generation(self.folder / name)
        if before:
            shutil.rmtree(self.folder / before, ignore_errors=True)

    def close(self) -> None:
        """Nothing is held between calls."""


class _Generation:
    """One Tantivy index. Raises IndexUnavailable when its files are not whole."""

    def __init__(self, folder: Path) -> None:
        try:
            self._index = tantivy.Index.open(str(folder))
        except ValueError as reason:
            raise IndexUnavailable(f"the index in {folder} is broken ({reason}); run: dragoman reindex") from reason
        self._schema = self._index.schema

    @staticmethod
    def make(folder: Path) -> None:
        try:
            folder.mkdir(parents=True)
            tantivy.Index(_schema(), path=str(folder))
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
                    writer.add_document(_document(article))
            writer.commit()
            writer.wait_merging_threads()
        except (OSError, ValueError) as reason:
            raise IndexUnavailable(f"the index cannot be written ({reason}); is another run writing it?") from reason
        self._index.reload()
        return []

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

    def _version(self, article: str) -> int:
        searcher = self._index.searcher()
        found = searcher.search(tantivy.Query.term_query(self._schema, "id", article), 1).hits
        return _article(searcher.doc(found[0][1])).version if found else 0


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
