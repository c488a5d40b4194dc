"""How many documents go to a cluster that is at times busy: in bulk, as fast as it takes them, each told apart.

The client's ``streaming_bulk`` retries without jitter, never after a lost connection, and gives what is still refused for
being busy as if the document were at fault. A retrying library would send the whole request again. So the client
makes the requests, and what to send again is decided here, document by document.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from elastic_transport import ConnectionError as Unreachable
from elastic_transport import ConnectionTimeout, TlsError
from elasticsearch import ApiError, Elasticsearch
from elasticsearch.helpers import streaming_bulk

from archive.errors import IndexUnavailable

_MOST = 500
"""Documents in one request."""
_LARGEST = 10 * 1024 * 1024
"""Bytes in one request: Elasticsearch's guide advises tens of megabytes at the most ("Tune for indexing speed")."""
_INVALID, _TOO_LARGE = 400, 413
"""Answers to a whole request for the sake of one document in it (too long an id, too large for a proxy): sent again in halves."""
_BUSY = frozenset({429, 502, 503, 504})
"""Answers of a cluster, or of a proxy before it, that says nothing about the document."""
_REFUSED = frozenset({401, 403, 404})
"""We may not write, or the index is not there (or read-only, on a full disk): no document's fault."""
_ATTEMPTS = 8
_FIRST, _LONGEST = 0.5, 20.0
"""Seconds: the k-th pause is drawn from 0 to twice the pause before, up to the longest ("full jitter", AWS
Architecture Blog, "Exponential Backoff and Jitter"), so that many writers do not come back together. At most 1.5 minutes in all."""

_LONGEST_REASON, _DEEPEST = 500, 5
"""Characters of a reason, and causes in it."""

Action = tuple[dict[str, Any], str | dict[str, Any] | None]
"""An action as the bulk API has it: ``{"index": {"_index": …, "_id": …}}``, and the document."""


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one action: the HTTP status of its own, and the reason where it failed."""

    verb: str
    id: str
    status: int
    reason: str | None = None


def deliver(
    client: Elasticsearch, actions: Iterable[Action], pause: Callable[[float], None] = time.sleep
) -> Iterator[Written]:
    """Do these actions, and give each one's end, in no order. They are asked for only as they can be sent.

    What was refused for a passing reason (busy, 5xx, a lost connection) is sent again, later each time and in smaller
    requests; so actions must be such that doing them twice does no harm. Raises IndexUnavailable when the cluster stays
    busy or refuses us, ApiError or TransportError when it does so for all or is away: what was given until then is done.
    """
    once = client.options(max_retries=0)
    source = iter(actions)
    while waiting := list(islice(source, _MOST)):
        yield from _all(once, waiting, pause)


def _all(client: Elasticsearch, actions: list[Action], pause: Callable[[float], None]) -> Iterator[Written]:
    size, attempt = len(actions), 0
    while actions:
        answers = _Answers()
        yield from answers.of(client, actions, size)
        actions = answers.again
        if not actions:
            return
        attempt += not answers.halve
        if attempt == _ATTEMPTS:
            yield from answers.given_up()
            return
        size = max(1, min(size, len(actions)) // 2)
        if not answers.halve:
            pause(random.uniform(0, min(_LONGEST, _FIRST * 2**attempt)))


class _Answers:
    """What one round of requests brought, sorted."""

    def __init__(self) -> None:
        self.again: list[Action] = []
        self.halve = False
        self._last: Exception | None = None
        self._errors: list[Written] = []

    def of(self, client: Elasticsearch, actions: list[Action], size: int) -> Iterator[Written]:
        """The ends that are certain; the others are in ``again``."""
        answered = 0
        requests = streaming_bulk(
            client,
            actions,  # type: ignore[arg-type]
            expand_action_callback=lambda action: action,  # type: ignore[arg-type, return-value]
            chunk_size=size,
            max_chunk_bytes=_LARGEST,
            raise_on_error=False,
            raise_on_exception=False,
        )
        try:
            for action, (_, answer) in zip(actions, requests, strict=True):
                answered += 1
                ((verb, told),) = answer.items()
                done = Written(verb, told["_id"], told["status"], reason_of(told.get("error")))
                if self._is_final(done, told.get("exception"), size):
                    yield done
                else:
                    self.again.append(action)
        except (Unreachable, ConnectionTimeout) as lost:
            if isinstance(lost, TlsError):
                raise
            self._last = lost
            self.again += actions[answered:]

    def _is_final(self, done: Written, whole: ApiError | None, size: int) -> bool:
        """Is this the end of it? ``whole`` is there when the whole request was answered so."""
        if whole and _is_for_one(whole):
            self.halve |= size > 1
            return size == 1
        if done.status in _BUSY or done.status >= 500:
            self._last = whole or self._last
            self._errors.append(done)
            return False
        if whole:
            raise whole
        if done.status in _REFUSED and done.reason:
            raise IndexUnavailable(f"the index takes nothing ({done.status}): {done.reason}")
        return True

    def given_up(self) -> Iterator[Written]:
        """After the last attempt: a document that is answered with an error of the server's own, each time and alone, is at fault."""
        busy = [one for one in self._errors if one.status in _BUSY]
        if self._last:
            raise self._last
        if busy:
            raise IndexUnavailable(f"the index stays busy ({busy[0].status}): {busy[0].reason}")
        yield from self._errors


def _is_for_one(error: ApiError) -> bool:
    """Is a whole request refused for one document? Not where Elasticsearch does not understand our client at all."""
    if error.status_code == _INVALID:
        signed = "x-elastic-product" in error.meta.headers
        return signed and error.error != "media_type_header_exception"
    return error.status_code == _TOO_LARGE


def reason_of(error: Any) -> str | None:
    """An error of Elasticsearch's with its causes, in one line.

    >>> reason_of({"type": "document_parsing_exception", "reason": "failed", "caused_by": {"reason": "no such date"}})
    'document_parsing_exception: failed: no such date'
    """
    if not isinstance(error, dict):
        return str(error)[:_LONGEST_REASON] if error else None
    said = [error.get("type")]
    for _ in range(_DEEPEST):
        said.append(error.get("reason"))
        error = error.get("caused_by")
        if not isinstance(error, dict):
            break
    return " ".join(": ".join(str(part) for part in said if part).split())[:_LONGEST_REASON]
