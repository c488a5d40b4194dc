"""How an Elasticsearch is reached, and what its errors mean to whoever runs Dragoman."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from elastic_transport import ConnectionError as Unreachable
from elastic_transport import TlsError, TransportError
from elasticsearch import ApiError, Elasticsearch, UnsupportedProductError

from archive.errors import IndexUnavailable
from search.index import Connection

_SECONDS = 30
"""How long one request may take."""


def client_of(connection: Connection) -> Elasticsearch:
    """A client of this cluster; nothing is asked of it yet. Raises IndexUnavailable for an address that is none."""
    options: dict[str, Any] = {"request_timeout": _SECONDS, "max_retries": 2, "retry_on_timeout": True}
    if connection.api_key:
        options["api_key"] = connection.api_key
    elif connection.user:
        options["basic_auth"] = (connection.user, connection.password or "")
    if connection.ca:
        options["ca_certs"] = connection.ca
    try:
        return Elasticsearch(connection.url, **options)
    except (ValueError, OSError) as reason:
        raise IndexUnavailable(f"DRAGOMAN_ELASTICSEARCH_URL={connection.url}: {reason}") from reason


@contextmanager
def complaints(url: str) -> Iterator[None]:
    """Turns the client's errors into an IndexUnavailable that says what to mend, and no secret."""
    try:
        yield
    except TlsError as reason:
        raise IndexUnavailable(f"{url} is not trusted; set DRAGOMAN_ELASTICSEARCH_CA to its CA's file") from reason
    except Unreachable as reason:
        raise IndexUnavailable(f"no Elasticsearch answers at {url}; is it running?") from reason
    except UnsupportedProductError as reason:
        raise IndexUnavailable(f"{url} is not Elasticsearch; OpenSearch and others are not supported") from reason
    except ApiError as reason:
        raise IndexUnavailable(_complaint(url, reason)) from reason
    except TransportError as reason:
        raise IndexUnavailable(f"{url} cannot be used: {reason.message}") from reason


def _complaint(url: str, error: ApiError) -> str:
    if error.status_code in (401, 403):
        return f"{url} refuses us ({error.status_code}); mend DRAGOMAN_ELASTICSEARCH_API_KEY, or …_USER and …_PASSWORD"
    if error.error == "media_type_header_exception":
        return f"{url} is of an older major version than our client; use Elasticsearch 9, or install the client of its version"
    return f"{url} answers {error.status_code}: {error.error}"
