"""Searching a Tantivy index."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import tantivy

from archive.article import Article
from search.analysis.synonyms import Synonyms
from search.embedded_documents import FAMILY, NEWEST, article_in, stemmed
from search.embedded_query import Translator
from search.facets import MONTH, MOST, PATHS
from search.families import family_of
from search.freshness import freshness
from search.hits import Found, rank, with_highlights
from search.index import Count, Facets, Hits
from search.joining import joined
from search.query import BOOSTS, Query, has_words

_PAGE = 500
_TERMS = 30
"""How many of an article's words tell what it is like."""


class EmbeddedSearch:
    """Finds articles in one generation."""

    def __init__(self, index: tantivy.Index, synonyms: Synonyms) -> None:
        self.index, self.synonyms = index, synonyms

    def search(self, query: Query, limit: int, fresh: datetime | None = None) -> Hits:
        wanted = joined(query, self.synonyms)
        if fresh and has_words(wanted):
            total, found = self._read_on(wanted, limit, fresh, lambda article: article.id)
        else:
            total, found = self._best(wanted, limit)
        return Hits(total, with_highlights(found, wanted, self.synonyms))

    def search_stories(self, query: Query, limit: int, fresh: datetime | None = None) -> Hits:
        wanted = joined(query, self.synonyms)
        total, found = self._read_on(wanted, limit, fresh, lambda article: article.story or article.id)
        return Hits(total, with_highlights(found, wanted, self.synonyms))

    def scan(self, query: Query) -> Iterator[Article]:
        searcher = self.index.searcher()
        wanted, offset = self._translated(joined(query, self.synonyms), searcher), 0
        while hits := searcher.search(wanted, _PAGE, count=False, order_by_field=NEWEST, offset=offset).hits:
            for _, address in hits:
                yield article_in(searcher.doc(address))
            offset += _PAGE

    def facets(self, query: Query) -> Facets:
        searcher = self.index.searcher()
        wanted = self._translated(joined(query, self.synonyms), searcher)
        found: Any = searcher.search(wanted, 1, count=True)
        total = int(found.count or 0)
        asked = {name: {"terms": {"field": f"facet.{name}", "size": 65_000}} for name in (*PATHS, MONTH)}
        answer: Any = searcher.aggregate(wanted, asked) if total else {}
        return Facets(total, {name: _counts(name, answer) for name in asked})

    def similar(self, article: Article, limit: int) -> Hits | None:
        searcher = self.index.searcher()
        itself = tantivy.Query.term_query(self.index.schema, "id", article.id)
        if not searcher.search(itself, 1).hits:
            return None
        family = family_of(article.language)
        texts = {path: [stemmed(getattr(article, path) or "", family)] for path in BOOSTS}
        like = tantivy.Query.more_like_this_document_fields_query(
            self.index.schema, texts, min_doc_frequency=2, min_term_frequency=1, max_query_terms=_TERMS
        )
        parts = [(tantivy.Occur.Must, like), (tantivy.Occur.MustNot, itself)]
        if article.story:
            own = tantivy.Query.term_query(self.index.schema, "story", article.story)
            parts.append((tantivy.Occur.MustNot, own))
        found: Any = searcher.search(tantivy.Query.boolean_query(parts), limit, count=True)
        hits = [(float(score), article_in(searcher.doc(address))) for score, address in found.hits]
        return Hits(found.count or 0, with_highlights(hits, None, self.synonyms))

    def _read_on(
        self, query: Query, limit: int, fresh: datetime | None, key: Callable[[Article], str]
    ) -> tuple[int, list[Found]]:
        """Reads further into the hits, four times as far each time, until what follows can't be better than the ``limit`` best.

        What has the same key is one hit. Those that match as well as the last are read too: Tantivy has its own order for them.
        """
        window = limit + 1
        while True:
            total, found = self._best(query, window)
            weighed = [(score * freshness(one.published_at, fresh), one) for score, one in found] if fresh else found
            kept: dict[str, Found] = {}
            for hit in sorted(weighed, key=rank):
                kept.setdefault(key(hit[1]), hit)
            best = list(kept.values())[:limit]
            if len(found) == total or (len(best) == limit and _is_before(best[-1], found[-1], fresh)):
                return total, best
            window = min(4 * window, total)

    def _best(self, query: Query, limit: int) -> tuple[int, list[Found]]:
        """How many articles match, and the best of them; without words all are as good, and the newest come first."""
        searcher = self.index.searcher()
        order = None if has_words(query) else NEWEST
        found: Any = searcher.search(self._translated(query, searcher), limit, count=True, order_by_field=order)
        hits = [(0.0 if order else float(score), article_in(searcher.doc(address))) for score, address in found.hits]
        return found.count or 0, hits

    def _translated(self, query: Query, searcher: tantivy.Searcher) -> tantivy.Query:
        families = tuple(family for family, _ in searcher.terms_with_prefix(FAMILY, ""))
        return Translator(self.index.schema, families, self.synonyms).translated(query)


def _is_before(last: Found, read: Found, fresh: datetime | None) -> bool:
    """Does it stand before whatever comes after what was read? A fresh one may keep all of its score."""
    if fresh:
        return last[0] > read[0]
    return rank(last)[:2] < rank(read)[:2]


def _counts(name: str, answer: Any) -> tuple[Count, ...]:
    counts = [Count(str(one["key"]), int(one["doc_count"])) for one in answer.get(name, {}).get("buckets", [])]
    if name == MONTH:
        counts.sort(key=lambda count: count.value, reverse=True)
    else:
        counts.sort(key=lambda count: (-count.count, count.value))
    return tuple(counts[:MOST])
