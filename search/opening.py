"""Which index there is: Elasticsearch where a connection is given, the embedded one in a folder otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from search.analysis.synonyms import synonyms
from search.index import Connection, Index


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
    """The connection that settings named ``ELASTICSEARCH_…`` describe; None when there is no URL among them."""
    url = settings["ELASTICSEARCH_URL"]
    if not url:
        return None
    return Connection(
        url=url,
        alias=settings["ELASTICSEARCH_INDEX"],
        api_key=settings["ELASTICSEARCH_API_KEY"],
        user=settings["ELASTICSEARCH_USER"],
        password=settings["ELASTICSEARCH_PASSWORD"],
        ca=settings["ELASTICSEARCH_CA"],
    )
