"""The index in Elasticsearch: generations, of which one is behind the alias."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from elasticsearch.helpers import scan

from archive.article import Article
from archive.errors import IndexUnavailable
from search.cluster import client_of, complaints
from search.elastic_query import translated
from search.generations import ElasticsearchGeneration, indices_of, shape
from search.hits import Found, rank, with_highlights
from search.index import Connection, Hits, Rejection, Writer
from search.query import Query, has_words

_NEWEST: dict[str, Any] = {"published_at": {"order": "desc", "missing": "_last"}}


class ElasticsearchIndex:
    """An index in a cluster."""

    def __init__(self, connection: Connection) -> None:
        self.alias = connection.alias
        self._connection = connection
        self._url = connection.url
        self._client = client_of(connection)
        with complaints(self._url):
            if not self._client.indices.exists_alias(name=self.alias) and self._client.indices.exists(index=self.alias):
                raise IndexUnavailable(
                    f"{self.alias!r} on {self._url} is an index, not an alias; set DRAGOMAN_ELASTICSEARCH_INDEX to another name"
                )

    def write(self, articles: Sequence[Article], revisions: Sequence[int] = ()) -> list[Rejection]:
        generation = self._of(self.live() or self.fresh_name(), is_live=True)
        return generation.write(articles, revisions)

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
                ignore_unavailable=True,
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
            for hit in scan(
                self._client, index=self.alias, query={"query": translated(query)}, ignore_unavailable=True
            ):
                yield Article.model_validate(hit["_source"])

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

    @contextmanager
    def next_generation(self) -> Iterator[Writer]:
        before, name = self.live(), self.fresh_name()
        generation = self.generation(name)
        try:
            yield generation
            generation.settle()
            self.make_live(name)
        except BaseException:
            self.remove(name)
            raise
        if before:
            self.remove(before)

    def close(self) -> None:
        self._client.close()

    def _of(self, name: str, *, is_live: bool) -> ElasticsearchGeneration:
        return ElasticsearchGeneration(self._client, self._connection, name, is_live=is_live)

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
