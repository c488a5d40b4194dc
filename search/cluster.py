"""How an Elasticsearch is reached, and what its errors mean to whoever runs Dragoman."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from elastic_transport import ConnectionError as Unreachable
from elastic_transport import TlsError, TransportError
from elasticsearch import ApiError, Elasticsearch, UnsupportedProductError
from elasticsearch import __version__ as client_version

from archive.errors import IndexUnavailable
from search.index import Connection

_SECONDS = 30
"""How long one request may take."""
OLDEST = (8, 14)
"""The oldest server that our tests run on."""
_NO_SUCH_REQUEST = (400, 404, 405, 406, 415)
"""Answers to requests that a server does not know: Elasticsearch signs its own with a header."""


def client_of(connection: Connection) -> Elasticsearch:
    """A client of this cluster, once it has answered as an Elasticsearch that we know. Raises IndexUnavailable."""
    options: dict[str, Any] = {"request_timeout": _SECONDS, "max_retries": 2, "retry_on_timeout": True}
    if connection.api_key:
        key, _, rest = connection.api_key.partition(":")
        options["api_key"] = (key, rest) if rest else key
    elif connection.user:
        # Elasticsearch reads UTF-8; the client's own basic_auth takes ASCII alone.
        name_and_password = f"{connection.user}:{connection.password or ''}".encode()
        options["headers"] = {"authorization": f"Basic {b64encode(name_and_password).decode()}"}
    if connection.ca:
        options["ca_certs"] = connection.ca
    try:
        client = Elasticsearch(connection.url, **options)
    except (ValueError, OSError) as reason:
        raise IndexUnavailable(f"{connection.url} cannot be used: {reason}") from reason
    try:
        with complaints(connection.url):
            _greet(client, connection.url)
    except BaseException:
        client.close()
        raise
    return client


def _greet(client: Elasticsearch, url: str) -> None:
    """Ask who answers. A cluster that does not let us ask this (it takes the privilege ``monitor``) may still take articles."""
    try:
        number = str(client.info()["version"]["number"])
    except ApiError as refused:
        if refused.status_code == 403:
            return
        raise
    if (found := re.match(r"(\d+)\.(\d+)", number)) and (int(found[1]), int(found[2])) < OLDEST:
        raise IndexUnavailable(f"{url} is Elasticsearch {number}; 8.14 or newer is needed")


@contextmanager
def complaints(url: str) -> Iterator[None]:
    """Turns the client's errors into an IndexUnavailable that says what to mend, and no secret."""
    try:
        yield
    except TlsError as reason:
        raise IndexUnavailable(_mistrust(url, str(reason))) from reason
    except Unreachable as reason:
        tls = (
            " without TLS (https:// may be meant)" if "RemoteDisconnected" in str(reason) and url[:5] == "http:" else ""
        )
        raise IndexUnavailable(f"no Elasticsearch answers at {url}{tls}; is it running?") from reason
    except UnsupportedProductError as reason:
        raise IndexUnavailable(_stranger(url)) from reason
    except ApiError as reason:
        raise IndexUnavailable(complaint(url, reason)) from reason
    except TransportError as reason:
        raise IndexUnavailable(f"{url} cannot be used: {reason.message}") from reason


def _mistrust(url: str, reason: str) -> str:
    if "WRONG_VERSION_NUMBER" in reason:
        return f"{url} answers without TLS; write http:// in DRAGOMAN_ELASTICSEARCH_URL"
    if "doesn't match" in reason or "mismatch" in reason.lower():
        return f"{url} has a certificate for another name; write the name it was made for in DRAGOMAN_ELASTICSEARCH_URL"
    if "expired" in reason:
        return f"{url} has a certificate that has expired; renew it there"
    return f"{url} is not trusted; set DRAGOMAN_ELASTICSEARCH_CA to its CA's file"


def _stranger(url: str) -> str:
    return f"{url} is not Elasticsearch; OpenSearch and others are not supported"


def complaint(url: str, error: ApiError) -> str:
    """What an answer means, in one line."""
    status = error.status_code
    if _kind(error) == "media_type_header_exception":
        return (
            f"{url} does not understand our client, elasticsearch {'.'.join(map(str, client_version))}; "
            "servers from 8.14 on do with the client that Dragoman asks for: pip install 'elasticsearch>=8.19,<9'"
        )
    if status in _NO_SUCH_REQUEST and "x-elastic-product" not in error.meta.headers:
        return _stranger(url)
    if status == 401:
        return f"{url} does not know us (401); mend DRAGOMAN_ELASTICSEARCH_API_KEY, or …_USER and …_PASSWORD"
    if status == 403:
        return f"{url} refuses us (403): {_reason(error)}; grant it: dragoman elasticsearch roles"
    return f"{url} answers {status}: {_reason(error)}"


def _kind(error: ApiError) -> str:
    said = error.body.get("error") if isinstance(error.body, dict) else None
    return str(said.get("type")) if isinstance(said, dict) else ""


def _reason(error: ApiError) -> str:
    said = error.body.get("error") if isinstance(error.body, dict) else None
    text = f"{said.get('type')}: {said.get('reason')}" if isinstance(said, dict) else str(said or error.message)
    return " ".join(text.split())[:500]
