"""The query tree as Tantivy's queries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import tantivy

from search.analysis.stems import CODES, kept_words, stem
from search.analysis.synonyms import Synonyms
from search.query import (
    BOOSTS,
    STEMMED,
    All,
    Either,
    Everything,
    Exactly,
    Has,
    Not,
    Published,
    Query,
    Starts,
    Words,
    has_words,
)
from search.tokens import folded, has_unspaced, words
from search.values import normalized


@dataclass(frozen=True, slots=True)
class Translator:
    """Knows what an index holds: its schema, and the language families of its articles."""

    schema: tantivy.Schema
    families: tuple[str, ...]
    synonyms: Synonyms

    def translated(self, query: Query) -> tantivy.Query:
        """The same search in Tantivy's terms."""
        match query:
            case Everything():
                return tantivy.Query.all_query()
            case Words():
                return self._words(query)
            case Starts(prefix, field):
                return self._in_fields(field, lambda path: self._starting(path, prefix))
            case Exactly(field, value):
                return tantivy.Query.term_query(
                    self.schema, field, normalized(field, value) if isinstance(value, str) else value
                )
            case Has(field):
                return tantivy.Query.exists_query(field)
            case Published(since, before):
                return tantivy.Query.range_query(
                    self.schema, "published_at", tantivy.FieldType.Date, since, before, include_upper=before is None
                )
            case Not(denied):
                everything, without = tantivy.Query.all_query(), self.translated(denied)
                return tantivy.Query.boolean_query([(tantivy.Occur.Must, everything), (tantivy.Occur.MustNot, without)])
            case All(queries):
                return tantivy.Query.boolean_query([(tantivy.Occur.Must, self._scored(part)) for part in queries])
            case Either(queries):
                return tantivy.Query.boolean_query([(tantivy.Occur.Should, self.translated(part)) for part in queries])

    def _scored(self, query: Query) -> tantivy.Query:
        """A part of a conjunction; one without words chooses, but says nothing on how good a hit is."""
        part = self.translated(query)
        return part if has_words(query) else tantivy.Query.const_score_query(part, 0.0)

    def _words(self, query: Words) -> tantivy.Query:
        row = _plain(query.text)
        if query.field not in (None, *STEMMED):
            return self._row(query.field or "", row)
        if query.exact:
            return self._in_fields(query.field, lambda path: self._row(f"{path}.exact", row))
        forms = self.synonyms.forms(query.text)
        rows = {kept: None for form in forms for kept in self._stem_rows(form)}
        unspaced = [_plain(form) for form in forms if has_unspaced(form)]
        return self._in_fields(
            query.field,
            lambda path: _best_of(
                [
                    *(self._row(path, list(kept)) for kept in rows),
                    *(self._row(f"{path}.exact", plain) for plain in unspaced),
                ]
            ),
        )

    def _stem_rows(self, form: str) -> Iterable[tuple[str, ...]]:
        """A form as each family has it. Acronyms stand apart in the index, so that those within a row are but words."""
        if has_unspaced(form):
            return
        for family in self.families:
            kept = kept_words(form, family)
            if len(kept) == 1 and (acronym := self.synonyms.word(kept[0])) != folded(kept[0]):
                yield (acronym,)
            elif kept:
                yield tuple(f"{CODES[family]}:{stem(folded(word), family)}" for word in kept)

    def _in_fields(self, field: str | None, of: Callable[[str], tantivy.Query]) -> tantivy.Query:
        if field:
            return of(field)
        return _best_of([tantivy.Query.boost_query(of(path), boost) for path, boost in BOOSTS.items()])

    def _starting(self, path: str, prefix: str) -> tantivy.Query:
        field = f"{path}.exact" if path in STEMMED else path
        return tantivy.Query.regex_query(self.schema, field, re.escape(prefix) + ".*")

    def _row(self, path: str, row: Sequence[str]) -> tantivy.Query:
        if not row:
            return tantivy.Query.empty_query()
        if len(row) == 1:
            return tantivy.Query.term_query(self.schema, path, row[0])
        return tantivy.Query.phrase_query(self.schema, path, list(row))


def _plain(text: str) -> list[str]:
    return [word for _, _, word in words(text)]


def _best_of(queries: list[tantivy.Query]) -> tantivy.Query:
    if not queries:
        return tantivy.Query.empty_query()
    return queries[0] if len(queries) == 1 else tantivy.Query.disjunction_max_query(queries)
