"""Articles to an Elasticsearch in bulk requests, each with its revision as the version, so that an older one never wins."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from elasticsearch import Elasticsearch

from archive.article import Article
from search.delivery import Action, deliver
from search.documents import document_text
from search.index import Rejection

_STALE = 409
"""What an older version than the index has is answered with: nothing to do."""


def putting(article: Article, index: str, revision: int) -> Action:
    """To put an article into an index."""
    return {"index": _place(index, article.id, revision)}, document_text(article)


def removing(article: str, index: str, revision: int) -> Action:
    """To take an article out of an index, unless it has a newer one."""
    return {"delete": _place(index, article, revision)}, None


def send(client: Elasticsearch, actions: Iterable[Action]) -> list[Rejection]:
    """Do these; what the cluster will not take is returned. Raises IndexUnavailable when the cluster stays busy."""
    return [
        Rejection(done.id, done.reason) for done in deliver(client, actions) if done.reason and done.status != _STALE
    ]


def _place(index: str, article: str, revision: int) -> dict[str, Any]:
    return {"_index": index, "_id": article, "version": revision, "version_type": "external_gte"}
