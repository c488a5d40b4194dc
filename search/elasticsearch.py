"""The index in Elasticsearch: generations, of which one is behind the alias."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from archive.article import Article
from archive.errors import IndexUnavailable
from search.analysis.applying import apply
from search.analysis.synonyms import Synonyms
from search.analysis.synonyms import synonyms as project_synonyms
from search.cluster import client_of, complaints
from search.elastic_search import ElasticSearch
from search.generations import ElasticsearchGeneration, indices_of, shape
from search.index import Connection, Facets, Hits, Rejection
from search.query import Query


class ElasticsearchIndex:
    """An index in a cluster."""

    def __init__(self, connection: Connection, synonyms: Synonyms | None = None) -> None:
        self.alias = connection.alias
        self._connection = connection
        self._url = connection.url
        self._client = client_of(connection)
        self._synonyms = synonyms or project_synonyms()
        self._searching = ElasticSearch(self._client, self._url, self.alias, self._synonyms)
        with complaints(self._url):
            if not self._client.indices.exists_alias(name=self.alias) and self._client.indices.exists(index=self.alias):
                raise IndexUnavailable(
                    f"{self.alias!r} on {self._url} is an index, not an alias; set DRAGOMAN_ELASTICSEARCH_INDEX to another name"
                )

    def write(self, articles: Sequence[Article], revisions: Sequence[int] = ()) -> list[Rejection]:
        generation = self._of(self.live() or self.fresh_name(), is_live=True)
        return generation.write(articles, revisions)

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

    def live(self) -> str | None:
        with complaints(self._url):
            return next(reversed(self._under_alias()), None)

    def generations(self) -> list[str]:
        with complaints(self._url):
            return list(indices_of(self._client, self.alias))

    def fresh_name(self) -> str:
        return f"{self.alias}-{datetime.now(UTC):%Y%m%d%H%M%S%f}"

    def shape(self) -> str:
        return shape()

    def generation(self, name: str) -> ElasticsearchGeneration:
        return self._of(name, is_live=False)

    def make_live(self, name: str) -> None:
        with complaints(self._url):
            before = [index for indices in self._under_alias().values() for index in indices]
            after = indices_of(self._client, self.alias).get(name, [])
            actions: list[dict[str, Any]] = [{"add": {"index": new, "alias": self.alias}} for new in after]
            actions += [{"remove": {"index": old, "alias": self.alias}} for old in before if old not in after]
            if actions:
                self._client.indices.update_aliases(actions=actions)

    def remove(self, name: str) -> None:
        with complaints(self._url):
            for index in indices_of(self._client, self.alias).get(name, []):
                self._client.indices.delete(index=index, ignore_unavailable=True)

    def close(self) -> None:
        self._client.close()

    def _of(self, name: str, *, is_live: bool) -> ElasticsearchGeneration:
        return ElasticsearchGeneration(self._client, self._connection, name, self._synonyms, is_live=is_live)

    def _under_alias(self) -> dict[str, list[str]]:
        """The indices that the alias leads to, by their generations."""
        if not self._client.indices.exists_alias(name=self.alias):
            return {}
        there = set(self._client.indices.get_alias(name=self.alias).body)
        found = {
            name: [one for one in all_ if one in there] for name, all_ in indices_of(self._client, self.alias).items()
        }
        if foreign := there - {index for indices in found.values() for index in indices}:
            raise IndexUnavailable(
                f"the alias {self.alias!r} on {self._url} leads to {min(foreign)!r}, which is none of ours;"
                " set DRAGOMAN_ELASTICSEARCH_INDEX to another name"
            )
        return {name: indices for name, indices in found.items() if indices}
