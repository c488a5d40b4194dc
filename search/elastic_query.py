"""The query tree as Elasticsearch's query DSL."""

from __future__ import annotations

from typing import Any

from search.query import All, Either, Everything, Exactly, Has, Not, Published, Query, Starts, Words, has_words

_EVERYWHERE = ["title^3", "summary^2", "body"]


def translated(query: Query) -> dict[str, Any]:
    """The same search in Elasticsearch's words."""
    match query:
        case Everything():
            return {"match_all": {}}
        case Words(text, None):
            # A phrase even for one word: "rules-based" is two, and 台湾 is two as well.
            return {"multi_match": {"query": text, "type": "phrase", "fields": _EVERYWHERE}}
        case Words(text, field):
            return {"match_phrase": {field: text}}
        case Starts(prefix, field):
            return _starts(prefix, field)
        case Exactly(field, value):
            return {"term": {field: value}}
        case Has(field):
            return {"exists": {"field": field}}
        case Published(since, before):
            bounds = {"gte": since and since.isoformat(), "lt": before and before.isoformat()}
            return {"range": {"published_at": {name: bound for name, bound in bounds.items() if bound}}}
        case Not(denied):
            return {"bool": {"must_not": [translated(denied)]}}
        case All(queries):
            chosen: dict[str, list[dict[str, Any]]] = {"must": [], "filter": []}
            for part in queries:
                chosen["must" if has_words(part) else "filter"].append(translated(part))
            return {"bool": chosen}
        case Either(queries):
            return {"bool": {"should": [translated(part) for part in queries], "minimum_should_match": 1}}


def _starts(prefix: str, field: str | None) -> dict[str, Any]:
    if field:
        return _prefix(field, "", prefix)
    return {"dis_max": {"queries": [_prefix(*name.partition("^")[::2], prefix) for name in _EVERYWHERE]}}


def _prefix(field: str, boost: str, prefix: str) -> dict[str, Any]:
    return {"prefix": {field: {"value": prefix, "boost": float(boost or 1), "rewrite": "top_terms_blended_freqs_200"}}}
