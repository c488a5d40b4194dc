"""The index in Elasticsearch: generations ``<alias>-<time>`` behind one alias."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from elasticsearch.helpers import streaming_bulk

from archive.article import Article
from archive.errors import IndexUnavailable
from search.analysis.applying import apply
from search.analysis.plugins import plugins_of
from search.analysis.synonyms import Synonyms
from search.analysis.synonyms import synonyms as project_synonyms
from search.cluster import client_of, complaints
from search.documents import document_of
from search.elastic_search import ElasticSearch
from search.families import family_of
from search.index import Connection, Facets, Hits, Rejection, Writer
from search.mapping import generation_mapping, generation_settings
from search.query import Query

_RETRIES = 5
_BUSY = (429, 502, 503, 504)
"""Answers after which a bulk request is sent again, each time a little later."""
_STALE = 409
"""What an older version than the index has is answered with: nothing to do."""


class ElasticsearchIndex:
    """An index in a cluster; made empty when the alias is not there."""

    def __init__(self, connection: Connection, synonyms: Synonyms | None = None) -> None:
        self.alias = connection.alias
        self._url = connection.url
        self._client = client_of(connection)
        self._synonyms = synonyms or project_synonyms()
        self._searching = ElasticSearch(self._client, self._url, self.alias, self._synonyms)
        with complaints(self._url):
            if not self._client.indices.exists_alias(name=self.alias) and self._client.indices.exists(index=self.alias):
                raise IndexUnavailable(
                    f"{self.alias!r} on {self._url} is an index, not an alias; set DRAGOMAN_ELASTICSEARCH_INDEX to another name"
                )

    def write(self, articles: Sequence[Article]) -> list[Rejection]:
        live = self._live()
        return self._write(live[0].rpartition("-")[0] if live else self._fresh_name(), articles, is_live=True)

    def search(self, query: Query, limit: int, fresh: datetime | None = None) -> Hits:
        return self._searching.search(query, limit, fresh)

    def search_stories(self, query: Query, limit: int, fresh: datetime | None = None) -> Hits:
        return self._searching.search_stories(query, limit, fresh)

    def scan(self, query: Query) -> Iterator[Article]:
        return self._searching.scan(query)

    def facets(self, query: Query) -> Facets:
        return self._searching.facets(query)

    def similar(self, article: Article, limit: int) -> Hits | None:
        return self._searching.similar(article, limit)

    def apply_synonyms(self) -> int:
        with complaints(self._url):
            return apply(self._client, self.alias, self._synonyms)

    def count(self) -> int:
        with complaints(self._url):
            return int(self._client.count(index=self.alias, ignore_unavailable=True)["count"])

    @contextmanager
    def next_generation(self) -> Iterator[Writer]:
        name = self._fresh_name()
        try:
            yield _Generation(self, name)
        except BaseException:
            with complaints(self._url):
                for index in self._client.indices.get(index=f"{name}-*").body:
                    self._client.indices.delete(index=index, ignore_unavailable=True)
            raise
        with complaints(self._url):
            before = self._live()
            made = list(self._client.indices.get(index=f"{name}-*").body)
            actions: list[dict[str, Any]] = [{"remove": {"index": old, "alias": self.alias}} for old in before]
            actions += [{"add": {"index": new, "alias": self.alias}} for new in made]
            self._client.indices.update_aliases(actions=actions)
            for old in before:
                self._client.indices.delete(index=old)

    def close(self) -> None:
        self._client.close()

    def _write(self, generation: str, articles: Sequence[Article], *, is_live: bool) -> list[Rejection]:
        for family in {family_of(article.language) for article in articles}:
            self._make(generation, family, is_live=is_live)
        actions = [
            {
                "_op_type": "index",
                "_index": f"{generation}-{family_of(article.language)}",
                "_id": article.id,
                "version": article.version,
                "version_type": "external_gte",
                "_source": document_of(article),
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
            self._client.indices.refresh(index=f"{generation}-*")
        return rejections

    def _make(self, generation: str, family: str, *, is_live: bool) -> None:
        name = f"{generation}-{family}"
        with complaints(self._url):
            if not self._client.indices.exists(index=name):
                self._client.indices.create(
                    index=name,
                    settings=generation_settings(family, self._synonyms, plugins_of(self._client)),
                    mappings=generation_mapping(family),
                    aliases={self.alias: {}} if is_live else {},
                )

    def _fresh_name(self) -> str:
        return f"{self.alias}-{datetime.now(UTC):%Y%m%d%H%M%S%f}"

    def _live(self) -> list[str]:
        if not self._client.indices.exists_alias(name=self.alias):
            return []
        return list(self._client.indices.get_alias(name=self.alias).body)


class _Generation:
    """A generation that is being filled."""

    def __init__(self, index: ElasticsearchIndex, name: str) -> None:
        self.index, self.name = index, name

    def write(self, articles: Sequence[Article]) -> list[Rejection]:
        return self.index._write(self.name, articles, is_live=False)


def _reason(error: Any) -> str:
    if not isinstance(error, dict):
        return str(error)
    cause = error.get("caused_by") or {}
    return ": ".join(filter(None, [error.get("type"), error.get("reason"), cause.get("reason")]))[:500]
