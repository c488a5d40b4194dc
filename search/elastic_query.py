"""The query tree as Elasticsearch's query DSL."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from search.freshness import FLOOR, HALF_LIFE
from search.query import (
    BOOSTS,
    STEMMED,
    All,
    Either,
    Everything,
    Exactly,
    Has,
    Not,
    Published,
    Query,
    Starts,
    Words,
    has_words,
)
from search.tokens import has_unspaced


def translated(query: Query) -> dict[str, Any]:
    """The same search in Elasticsearch's words."""
    match query:
        case Everything():
            return {"match_all": {}}
        case Words():
            return _words(query)
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


def freshened(query: dict[str, Any], now: datetime) -> dict[str, Any]:
    """The same with the scores of old articles halved, see ``search/freshness.py``."""
    decay = {
        "exp": {"published_at": {"origin": now.isoformat(), "scale": f"{HALF_LIFE.days}d", "decay": 0.5}},
        "weight": 1 - FLOOR,
        "filter": {"exists": {"field": "published_at"}},
    }
    return {
        "function_score": {
            "query": query,
            "functions": [{"weight": FLOOR, "filter": {"match_all": {}}}, decay],
            "score_mode": "sum",
            "boost_mode": "multiply",
        }
    }


def _words(query: Words) -> dict[str, Any]:
    if query.field not in (None, *STEMMED):
        return {"match_phrase": {query.field: query.text}}
    if query.exact:
        return _phrase(query, ".exact")
    inflected = _phrase(query, "", analyzer="sought")
    # Pairs of characters miss a single one, and words that a plugin knows miss a part of a word.
    return {"dis_max": {"queries": [inflected, _phrase(query, ".exact")]}} if has_unspaced(query.text) else inflected


def _phrase(query: Words, kind: str, **more: str) -> dict[str, Any]:
    """A phrase even for one word: "rules-based" is two, and 台湾 is two as well."""
    return {"multi_match": {"query": query.text, "type": "phrase", "fields": _fields(query.field, kind), **more}}


def _fields(field: str | None, kind: str) -> list[str]:
    return [f"{field}{kind}"] if field else [f"{name}{kind}^{boost:g}" for name, boost in BOOSTS.items()]


def _starts(prefix: str, field: str | None) -> dict[str, Any]:
    if field:
        return _prefix(f"{field}.exact" if field in STEMMED else field, 1.0, prefix)
    return {"dis_max": {"queries": [_prefix(f"{name}.exact", boost, prefix) for name, boost in BOOSTS.items()]}}


def _prefix(field: str, boost: float, prefix: str) -> dict[str, Any]:
    return {"prefix": {field: {"value": prefix, "boost": boost, "rewrite": "top_terms_blended_freqs_200"}}}
