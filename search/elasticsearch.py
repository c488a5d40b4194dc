"""The index in Elasticsearch: generations ``<alias>-<time>`` behind one alias."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from elasticsearch.helpers import scan, streaming_bulk

from archive.article import Article
from archive.errors import IndexUnavailable
from search.cluster import client_of, complaints
from search.families import OTHER
from search.elastic_query import translated
from search.hits import Found, rank, with_highlights
from search.index import Connection, Hits, Rejection, Writer
from search.mapping import generation_mapping, generation_settings
from search.query import Query, has_words

_RETRIES = 5
_BUSY = (429, 502, 503, 504)
"""Answers after which a bulk request is sent again, each time a little later."""
_NEWEST: dict[str, Any] = {"published_at": {"order": "desc", "missing": "_last"}}
_STALE = 409
"""What an older version than the index has is answered with: nothing to do."""


class ElasticsearchIndex:
    """An index in a cluster; made empty when the alias is not there."""

    def __init__(self, connection: Connection) -> None:
        self.alias = connection.alias
        self._url = connection.url
        self._client = client_of(connection)
        with complaints(self._url):
            if not self._client.indices.exists_alias(name=self.alias):
                if self._client.indices.exists(index=self.alias):
                    raise IndexUnavailable(
                        f"{self.alias!r} on {self._url} is an index, not an alias; set DRAGOMAN_ELASTICSEARCH_INDEX to another name"
                    )
                self._make_current(self._make())

    def write(self, articles: Sequence[Article]) -> list[Rejection]:
        return self._write(self.alias, articles)

    def search(self, query: Query, limit: int) -> Hits:
        total, found = self._best(query, limit, [_NEWEST])
        return Hits(total, with_highlights(found, query))

    def search_stories(self, query: Query, limit: int) -> Hits:
        """What is in no story would be one hit together, so it is asked for by itself."""
        order = [_NEWEST, {"id": "asc"}]
        total, found = self._best(query, limit, order, collapse={"field": "story"})
        if any(article.story is None for _, article in found):
            in_none = {"bool": {"must_not": [{"exists": {"field": "story"}}]}}
            alone = self._best(query, limit, order, post_filter=in_none)[1]
            found = sorted([one for one in found if one[1].story] + alone, key=rank)[:limit]
        return Hits(total, with_highlights(found, query))

    def _best(self, query: Query, limit: int, order: list[Any], **more: Any) -> tuple[int, list[Found]]:
        with complaints(self._url):
            answer = self._client.search(
                index=self.alias,
                query=translated(query),
                size=limit,
                sort=["_score", *order] if has_words(query) else order,
                track_scores=has_words(query),
                track_total_hits=True,
                **more,
            )
        hits = answer["hits"]["hits"]
        return answer["hits"]["total"]["value"], [
            (hit["_score"] or 0.0, Article.model_validate(hit["_source"])) for hit in hits
        ]

    def scan(self, query: Query) -> Iterator[Article]:
        with complaints(self._url):
            for hit in scan(self._client, index=self.alias, query={"query": translated(query)}):
                yield Article.model_validate(hit["_source"])

    def count(self) -> int:
        with complaints(self._url):
            return int(self._client.count(index=self.alias)["count"])

    @contextmanager
    def next_generation(self) -> Iterator[Writer]:
        with complaints(self._url):
            name = self._make()
        try:
            yield _Generation(self, name)
        except BaseException:
            with complaints(self._url):
                self._client.indices.delete(index=name, ignore_unavailable=True)
            raise
        with complaints(self._url):
            before = list(self._client.indices.get_alias(name=self.alias).body)
            self._make_current(name, before)
            for old in before:
                self._client.indices.delete(index=old)

    def close(self) -> None:
        self._client.close()

    def _write(self, index: str, articles: Sequence[Article]) -> list[Rejection]:
        actions = [
            {
                "_op_type": "index",
                "_index": index,
                "_id": article.id,
                "version": article.version,
                "version_type": "external_gte",
                "_source": article.model_dump(mode="json"),
            }
            for article in articles
        ]
        rejections = []
        with complaints(self._url):
            answers = streaming_bulk(
                self._client,
                actions,
                max_retries=_RETRIES,
                retry_on_status=_BUSY,
                raise_on_error=False,
                raise_on_exception=True,
            )
            for done, answer in answers:
                told = answer["index"]
                if not done and told.get("status") != _STALE:
                    rejections.append(Rejection(told["_id"], _reason(told.get("error"))))
            self._client.indices.refresh(index=index)
        return rejections

    def _make(self) -> str:
        name = f"{self.alias}-{datetime.now(UTC):%Y%m%d%H%M%S%f}"
        self._client.indices.create(index=name, settings=generation_settings(OTHER), mappings=generation_mapping(OTHER))
        return name

    def _make_current(self, name: str, before: Sequence[str] = ()) -> None:
        actions: list[dict[str, Any]] = [{"remove": {"index": old, "alias": self.alias}} for old in before]
        self._client.indices.update_aliases(actions=[*actions, {"add": {"index": name, "alias": self.alias}}])


class _Generation:
    """A generation that is being filled."""

    def __init__(self, index: ElasticsearchIndex, name: str) -> None:
        self.index, self.name = index, name

    def write(self, articles: Sequence[Article]) -> list[Rejection]:
        return self.index._write(self.name, articles)


def _reason(error: Any) -> str:
    if not isinstance(error, dict):
        return str(error)
    cause = error.get("caused_by") or {}
    return ": ".join(filter(None, [error.get("type"), error.get("reason"), cause.get("reason")]))[:500]
