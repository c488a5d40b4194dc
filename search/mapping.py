"""Elasticsearch's settings and mapping for a generation, made from the article's schema."""

from __future__ import annotations

from typing import Any

from search.schema import Kind, index_fields
from search.tokens import JAVA

_LONGEST_VALUE = 2_048
"""Bytes of a keyword that are indexed: Lucene refuses terms over 32,766. The source keeps them whole."""

_TYPES: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"type": "text", "analyzer": "words"},
    Kind.KEYWORD: {"type": "keyword", "ignore_above": _LONGEST_VALUE},
    Kind.DATE: {"type": "date"},
    Kind.INTEGER: {"type": "long"},
    Kind.BOOLEAN: {"type": "boolean"},
}
_FACETS = frozenset({"authors", "agency", "section", "tags", "dateline", "title"})
"""Texts that Kibana counts and sorts by: they have a keyword beside them."""


def generation_settings(family: str) -> dict[str, Any]:  # noqa: ARG001
    """Settings of a family's index."""
    return {
        "index": {"number_of_replicas": 0, "codec": "best_compression"},
        "analysis": {
            "tokenizer": {"words": {"type": "pattern", "pattern": JAVA, "group": 1}},
            "analyzer": {"words": {"type": "custom", "tokenizer": "words", "filter": ["lowercase", "asciifolding"]}},
        },
    }


def generation_mapping(family: str) -> dict[str, Any]:  # noqa: ARG001
    """The mapping: strict, so that a field nobody declared is an error and not a guess."""
    return {"dynamic": "strict", "properties": {field.path: _type(field.path, field.kind) for field in index_fields()}}


def _type(path: str, kind: Kind) -> dict[str, Any]:
    if path in _FACETS:
        return _TYPES[kind] | {"fields": {"raw": _TYPES[Kind.KEYWORD]}}
    return dict(_TYPES[kind])
