"""Elasticsearch's settings and mapping for a generation, made from the article's schema."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any

from search.analysis.elastic import analysis
from search.analysis.synonyms import Synonyms
from search.query import STEMMED
from search.schema import Kind, index_fields
from search.values import CODES, NAMES

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


def generation_settings(
    family: str, synonyms: Synonyms | None = None, plugins: AbstractSet[str] = frozenset()
) -> dict[str, Any]:
    """Settings of a family's index, the project's synonyms if no others are given; ``plugins`` are the cluster's (``analysis-nori``)."""
    return {"analysis": analysis(family, synonyms, plugins)}


def generation_mapping(family: str) -> dict[str, Any]:  # noqa: ARG001
    """The mapping: strict, so that a field nobody declared is an error and not a guess. Families differ in their analyzers alone."""
    fields = {field.path: _type(field.path, field.kind) for field in index_fields()}
    return {"dynamic": "strict", "properties": fields | {"country_points": {"type": "geo_point"}}}


def _type(path: str, kind: Kind) -> dict[str, Any]:
    made: dict[str, Any] = dict(_TYPES[kind])
    beside: dict[str, Any] = {}
    if path in STEMMED:
        beside["exact"] = dict(made)
        made |= {"analyzer": "stems", "search_analyzer": "sought", "search_quote_analyzer": "quoted"}
    if path in _FACETS or path in NAMES:
        beside["raw"] = _TYPES[Kind.KEYWORD]
    if path in NAMES or path in CODES:
        made["normalizer"] = "codes" if path in CODES else "names"
    return made | ({"fields": beside} if beside else {})


def counted(path: str) -> str:
    """Where a field's values are as they are written, to be counted."""
    return f"{path}.raw" if path in _FACETS or path in NAMES else path
