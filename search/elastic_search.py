"""Searching the indices behind an alias in Elasticsearch."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import scan

from archive.article import Article
from search.analysis.synonyms import Synonyms
from search.cluster import complaints
from search.documents import article_in
from search.elastic_query import freshened, translated
from search.facets import MONTH, MOST, PATHS
from search.hits import Found, rank, with_highlights
from search.index import Count, Facets, Hits
from search.joining import joined
from search.mapping import counted
from search.query import BOOSTS, Query, has_words

_NEWEST: dict[str, Any] = {"published_at": {"order": "desc", "missing": "_last"}}
_TELLING = {"min_term_freq": 1, "min_doc_freq": 2, "max_query_terms": 30, "minimum_should_match": "25%"}
"""Which words of an article tell what it is like, and how many of them another must have."""


class ElasticSearch:
    """Finds articles behind an alias. All families' statistics are put together first, so that scores of languages compare."""

    def __init__(self, client: Elasticsearch, url: str, alias: str, synonyms: Synonyms) -> None:
        self.client, self.url, self.alias, self.synonyms = client, url, alias, synonyms

    def search(self, query: Query, limit: int, fresh: datetime | None = None) -> Hits:
        wanted = joined(query, self.synonyms)
        total, found = self._best(wanted, limit, [_NEWEST], fresh)
        return Hits(total, with_highlights(found, wanted, self.synonyms))

    def search_stories(self, query: Query, limit: int, fresh: datetime | None = None) -> Hits:
        """What is in no story would be one hit together, so it is asked for by itself."""
        wanted, order = joined(query, self.synonyms), [_NEWEST, {"id": "asc"}]
        total, found = self._best(wanted, limit, order, fresh, collapse={"field": "story"})
        if any(article.story is None for _, article in found):
            in_none = {"bool": {"must_not": [{"exists": {"field": "story"}}]}}
            alone = self._best(wanted, limit, order, fresh, post_filter=in_none)[1]
            found = sorted([one for one in found if one[1].story] + alone, key=rank)[:limit]
        return Hits(total, with_highlights(found, wanted, self.synonyms))

    def scan(self, query: Query) -> Iterator[Article]:
        wanted = {"query": translated(joined(query, self.synonyms))}
        with complaints(self.url):
            for hit in scan(self.client, index=self.alias, query=wanted, ignore_unavailable=True):
                yield article_in(hit["_source"])

    def facets(self, query: Query) -> Facets:
        most = [{"_count": "desc"}, {"_key": "asc"}]
        aggregations: dict[str, Any] = {
            name: {"terms": {"field": counted(path), "size": MOST, "order": most}} for name, path in PATHS.items()
        }
        latest = {"field": "published_at", "calendar_interval": "month", "format": "yyyy-MM", "order": {"_key": "desc"}}
        aggregations[MONTH] = {"date_histogram": latest | {"min_doc_count": 1}}
        answer = self._ask(
            query=translated(joined(query, self.synonyms)), size=0, track_total_hits=True, aggs=aggregations
        )
        counts = {
            name: tuple(
                Count(str(one.get("key_as_string", one["key"])), one["doc_count"]) for one in told["buckets"][:MOST]
            )
            for name, told in answer.get("aggregations", {}).items()
        }
        return Facets(answer["hits"]["total"]["value"], {name: counts.get(name, ()) for name in aggregations})

    def similar(self, article: Article, limit: int) -> Hits | None:
        at = self._ask(query={"ids": {"values": [article.id]}}, size=1, source=False)["hits"]["hits"]
        if not at:
            return None
        like = {"fields": list(BOOSTS), "like": [{"_index": at[0]["_index"], "_id": article.id}], **_TELLING}
        own = [{"term": {"story": article.story}}] if article.story else []
        wanted = {"bool": {"must": [{"more_like_this": like}], "must_not": [{"ids": {"values": [article.id]}}, *own]}}
        total, found = _told(self._ask(query=wanted, size=limit, track_total_hits=True))
        return Hits(total, with_highlights(found, None, self.synonyms))

    def _best(
        self, query: Query, limit: int, order: list[Any], fresh: datetime | None, **more: Any
    ) -> tuple[int, list[Found]]:
        by_words = has_words(query)
        asked = translated(query)
        return _told(
            self._ask(
                query=freshened(asked, fresh) if fresh and by_words else asked,
                size=limit,
                sort=["_score", *order] if by_words else order,
                track_scores=by_words,
                track_total_hits=True,
                **more,
            )
        )

    def _ask(self, **what: Any) -> Any:
        with complaints(self.url):
            return self.client.search(
                index=self.alias, ignore_unavailable=True, search_type="dfs_query_then_fetch", **what
            )


def _told(answer: Any) -> tuple[int, list[Found]]:
    hits = answer["hits"]["hits"]
    return answer["hits"]["total"]["value"], [(hit["_score"] or 0.0, article_in(hit["_source"])) for hit in hits]
