"""Articles to an Elasticsearch in bulk requests, each with its revision as the version, so that an older one never wins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import streaming_bulk

from archive.article import Article
from archive.errors import IndexUnavailable
from search.index import Rejection

_RETRIES, _FIRST_PAUSE, _LONGEST_PAUSE = 5, 1, 30
_BUSY = (429, 502, 503, 504)
"""Answers after which a bulk request is sent again, each time a little later."""
_STALE, _ABSENT = 409, 404
"""What an older version than the index has is answered with, and the removal of what is not there: nothing to do."""
_BYTES = 20 * 1024 * 1024
"""Of one request: Elasticsearch takes 100 MB, and keeps what it is working on in its memory."""

Action = tuple[dict[str, Any], str | None]


def putting(article: Article, index: str, revision: int) -> Action:
    """To put an article into an index."""
    return {"index": _place(index, article.id, revision)}, article.model_dump_json()


def removing(article: str, index: str, revision: int) -> Action:
    """To take an article out of an index, unless it has a newer one."""
    return {"delete": _place(index, article, revision)}, None


def send(client: Elasticsearch, actions: Iterable[Action]) -> list[Rejection]:
    """Do these; what the cluster will not take is returned. Raises IndexUnavailable when the cluster stays busy."""
    return list(_refused(client, actions))


def _refused(client: Elasticsearch, actions: Iterable[Action]) -> Iterator[Rejection]:
    answers = streaming_bulk(
        client,
        actions,  # type: ignore[arg-type]
        expand_action_callback=lambda action: action,  # type: ignore[arg-type, return-value]
        max_chunk_bytes=_BYTES,
        max_retries=_RETRIES,
        initial_backoff=_FIRST_PAUSE,
        max_backoff=_LONGEST_PAUSE,
        retry_on_status=_BUSY,
        raise_on_error=False,
    )
    for done, answer in answers:
        ((verb, told),) = answer.items()
        if done or told.get("status") == _STALE or (verb == "delete" and told.get("status") == _ABSENT):
            continue
        if told.get("status") in _BUSY:
            raise IndexUnavailable(f"the cluster is too busy to write: {_reason(told.get('error'))}")
        yield Rejection(told["_id"], _reason(told.get("error")))


def _place(index: str, article: str, revision: int) -> dict[str, Any]:
    return {"_index": index, "_id": article, "version": revision, "version_type": "external_gte"}


def _reason(error: Any) -> str:
    if not isinstance(error, dict):
        return str(error)
    cause = error.get("caused_by") or {}
    return ": ".join(filter(None, [error.get("type"), error.get("reason"), cause.get("reason")]))[:500]
