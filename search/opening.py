"""Which index there is: Elasticsearch where a connection is given, the embedded one in a folder otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from archive.errors import SettingError
from search.analysis.synonyms import synonyms
from search.index import Connection, Index

_PORTS = {"http": 80, "https": 443}


def open_index(folder: Path, connection: Connection | None) -> Index:
    """The index, ready for use. Raises IndexUnavailable. Its engine is imported here: Elasticsearch's client takes 0.7 s."""
    known = synonyms(own_synonyms(folder))
    if connection is None:
        from search.embedded import EmbeddedIndex

        return EmbeddedIndex(folder, known)
    from search.elasticsearch import ElasticsearchIndex

    return ElasticsearchIndex(connection, known)


def own_synonyms(folder: Path) -> Path:
    """The operator's file of synonyms: in the home, beside the folder of the index."""
    return folder.parent / "synonyms.txt"


def connection_from(settings: Mapping[str, Any]) -> Connection | None:
    """The connection that settings named ``ELASTICSEARCH_…`` describe; None when there is no address among them.

    A name and password in the URL are taken out of it, so that whatever names the address names no secret;
    those in settings of their own stand over them. Raises SettingError.
    """
    url, cloud_id = settings["ELASTICSEARCH_URL"], settings["ELASTICSEARCH_CLOUD_ID"]
    if url and cloud_id:
        raise SettingError("DRAGOMAN_ELASTICSEARCH_URL and DRAGOMAN_ELASTICSEARCH_CLOUD_ID are both set; keep one")
    if not url and not cloud_id:
        return None
    address, user, password = _split(url) if url else (_cloud_address(cloud_id), None, None)
    api_key = settings["ELASTICSEARCH_API_KEY"]
    if api_key and not (api_key.isascii() and api_key.isprintable() and " " not in api_key):
        raise SettingError(
            "DRAGOMAN_ELASTICSEARCH_API_KEY has characters that no API key has; copy it again, in one line"
        )
    return Connection(
        url=address,
        alias=settings["ELASTICSEARCH_INDEX"],
        api_key=api_key,
        user=settings["ELASTICSEARCH_USER"] or user,
        password=settings["ELASTICSEARCH_PASSWORD"] or password,
        ca=_file(settings["ELASTICSEARCH_CA"], address),
        shards=settings["ELASTICSEARCH_SHARDS"],
        replicas=settings["ELASTICSEARCH_REPLICAS"],
        refresh_interval=settings["ELASTICSEARCH_REFRESH_INTERVAL"],
    )


def _split(url: str) -> tuple[str, str | None, str | None]:
    """An address with its port, and the user and password that stood in it."""
    parts = urlsplit("")
    host = port = None
    with suppress(ValueError):
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or _PORTS.get(parts.scheme)
    torn = "@" in url and "@" not in parts.netloc  # by a / or # in a password that is not written as %2F, %23
    if not host or not port or torn or any(char.isspace() for char in url):
        shown = f"…@{url.rpartition('@')[2]}" if "@" in url else url
        raise SettingError(f"DRAGOMAN_ELASTICSEARCH_URL={shown!r} is no address; write https://host:9200") from None
    host = f"[{host}]" if ":" in host else host
    user, password = parts.username, parts.password
    address = f"{parts.scheme}://{host}:{port}{parts.path.rstrip('/')}"
    return address, unquote(user) if user else None, unquote(password) if password else None


def _cloud_address(cloud_id: str) -> str:
    from elastic_transport.client_utils import parse_cloud_id

    try:
        found = parse_cloud_id(cloud_id).es_address
    except ValueError:
        found = None
    if found is None:
        raise SettingError("DRAGOMAN_ELASTICSEARCH_CLOUD_ID is none; copy it from the deployment's page")
    return f"https://{found[0]}:{found[1]}"


def _file(ca: str | None, address: str) -> str | None:
    if ca is None:
        return None
    import ssl

    if not address.startswith("https://"):
        raise SettingError(
            f"DRAGOMAN_ELASTICSEARCH_CA is set, but {address} is not https://; mend the URL or leave out the CA"
        )
    try:
        ssl.create_default_context(cafile=ca)
    except OSError as reason:  # an SSLError is one
        wrong = "holds no certificate" if isinstance(reason, ssl.SSLError) else f"cannot be read: {reason.strerror}"
        raise SettingError(f"DRAGOMAN_ELASTICSEARCH_CA={ca} {wrong}; name the CA's PEM file") from reason
    return ca
