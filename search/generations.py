"""A generation in Elasticsearch: ``<alias>-<time>``, one index of it a language family, ``<alias>-<time>-french``.

An index is made when its first article comes; of the live generation, together with its place under the alias.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from elasticsearch import BadRequestError, Elasticsearch
from elasticsearch.helpers import scan

from archive.article import Article
from archive.revisions import Entry, Kept
from search.analysis.plugins import plugins_of
from search.analysis.synonyms import Synonyms
from search.bulk import putting, removing, send
from search.cluster import complaints
from search.families import FAMILIES, family_of
from search.index import Connection, Filled, Rejection
from search.mapping import generation_mapping, generation_settings

_AT_ONCE = 4
"""Bulk requests under way while a generation is filled: the cluster never waits for us, and we hold few articles."""
_PAGE = 2_000
_REMEMBERED = "1h"
"""How long the version of what was removed is known (60 s by default): a delayed write of an older one must not bring it back."""
_STATE = ["outlet.id", "version", "content_hash"]


def indices_of(client: Elasticsearch, alias: str) -> dict[str, list[str]]:
    """The generations under this alias' name, the oldest first, and the indices of each.

    One that was made before there were families has an index of its own name.
    """
    ours = re.compile(rf"({re.escape(alias)}-\d{{20}})(?:-[a-z_]+)?")
    found: dict[str, list[str]] = {}
    for index in sorted(client.indices.get(index=f"{alias}-*", expand_wildcards="open", features="aliases").body):
        if name := ours.fullmatch(index):
            found.setdefault(name[1], []).append(index)
    return found


def shape() -> str:
    """A digest of the settings and mappings of all families."""
    told = [[generation_settings(family), generation_mapping(family)] for family in FAMILIES]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


class ElasticsearchGeneration:
    """One generation. ``is_live`` when the indices that are made are to be found under the alias."""

    def __init__(
        self, client: Elasticsearch, connection: Connection, name: str, synonyms: Synonyms, *, is_live: bool
    ) -> None:
        self.name = name
        self.is_live = is_live
        self._client = client
        self._connection = connection
        self._synonyms = synonyms
        self._known: set[str] = set()

    def write(self, articles: Sequence[Article], revisions: Sequence[int] = ()) -> list[Rejection]:
        """An article whose language is of another family now is taken out of the old one's index once the new one's has it."""
        numbers = revisions or [article.version for article in articles]
        with complaints(self._connection.url):
            places = self._places([article.id for article in articles])
            fresh = [
                (article, revision)
                for article, revision in zip(articles, numbers, strict=True)
                if all(there <= revision for _, there in places.get(article.id, ()))
            ]
            refused = send(self._client, [self._putting(article, revision) for article, revision in fresh])
            self._refresh()
            failed = {one.article_id for one in refused}
            moved = [
                removing(article.id, index, revision)
                for article, revision in fresh
                for index, _ in places.get(article.id, ())
                if index != self._index_of(article) and article.id not in failed
            ]
            if moved:
                send(self._client, moved)
                self._refresh()
        return refused

    def fill(self, batches: Iterable[Sequence[Kept]]) -> Iterator[Filled]:
        flight: deque[tuple[Sequence[Kept], Future[list[Rejection]]]] = deque()
        taken = 0
        with complaints(self._connection.url), ThreadPoolExecutor(_AT_ONCE) as threads:
            source = iter(batches)
            while True:
                while len(flight) < _AT_ONCE and (batch := next(source, None)):
                    actions = [self._putting(one.article, one.revision) for one in batch]
                    flight.append((batch, threads.submit(send, self._client, actions)))
                if not flight:
                    return
                done, future = flight.popleft()
                refused = tuple(future.result())
                taken += len(done) - len(refused)
                yield Filled(taken, done[-1].revision, refused)

    def settle(self) -> None:
        lasting = {
            "number_of_replicas": self._connection.replicas,
            "refresh_interval": self._connection.refresh_interval,
        }
        with complaints(self._connection.url):
            self._refresh()
            if there := self.indices():
                self._client.indices.put_settings(index=there, settings={"index": lasting})

    def entries(self) -> Iterator[Entry]:
        with complaints(self._connection.url):
            for hit in scan(
                self._client,
                query={"query": {"match_all": {}}, "_source": _STATE, "version": True},
                index=self._pattern(),
                size=_PAGE,
            ):
                told = hit["_source"]
                outlet, version, text = told["outlet"]["id"], told["version"], told["content_hash"]
                yield Entry(outlet, hit["_id"], hit["_version"], version, text)

    def indices(self) -> list[str]:
        """The indices that it has."""
        return indices_of(self._client, self._connection.alias).get(self.name, [])

    def _putting(self, article: Article, revision: int) -> Any:
        index = self._index_of(article)
        if index not in self._known:
            self._make(index, family_of(article.language))
        return putting(article, index, revision)

    def _index_of(self, article: Article) -> str:
        return f"{self.name}-{family_of(article.language)}"

    def _pattern(self) -> str:
        return f"{self.name}*"

    def _refresh(self) -> None:
        self._client.indices.refresh(index=self._pattern())

    def _places(self, ids: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
        """By article, each index that has it, and at which revision."""
        answer = self._client.search(
            index=self._pattern(),
            query={"ids": {"values": list(ids)}},
            size=min(10_000, 2 * len(ids)),
            source=False,
            version=True,
            track_total_hits=False,
        )
        found: dict[str, list[tuple[str, int]]] = {}
        for hit in answer["hits"]["hits"]:
            found.setdefault(hit["_id"], []).append((hit["_index"], hit["_version"]))
        return found

    def _make(self, index: str, family: str) -> None:
        if not self._client.indices.exists(index=index):
            told = generation_settings(family, self._synonyms, plugins_of(self._client))
            settings = {**told, "index": {**told.get("index", {}), **self._of_the_index()}}
            aliases: dict[str, Any] = {self._connection.alias: {}} if self.is_live else {}
            try:
                self._client.indices.create(
                    index=index, settings=settings, mappings=generation_mapping(family), aliases=aliases
                )
            except BadRequestError as reason:
                if reason.error != "resource_already_exists_exception":
                    raise
        self._known.add(index)

    def _of_the_index(self) -> dict[str, Any]:
        """Settings that follow the configuration. One that is filled is made searchable once, and copied once."""
        lasting = {
            "number_of_replicas": self._connection.replicas,
            "refresh_interval": self._connection.refresh_interval,
        }
        return {
            "number_of_shards": self._connection.shards,
            "codec": "best_compression",
            "gc_deletes": _REMEMBERED,
            **(lasting if self.is_live else {"number_of_replicas": 0, "refresh_interval": "-1"}),
        }
