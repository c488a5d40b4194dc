"""Words typed one after the other that together are one form of a synonym: united states is US."""

from __future__ import annotations

from itertools import groupby

from search.analysis.synonyms import Synonyms
from search.query import All, Either, Not, Query, Words


def joined(query: Query, synonyms: Synonyms) -> Query:
    """The same query with such words as one."""
    match query:
        case All(queries):
            parts: list[Query] = []
            for (plain, field), run in groupby((joined(part, synonyms) for part in queries), _kind):
                words = list(run)
                texts = [word.text for word in words if isinstance(word, Words)]
                parts += [Words(text, field) for text in synonyms.joined(texts)] if plain else words
            return parts[0] if len(parts) == 1 else All(tuple(parts))
        case Either(queries):
            return Either(tuple(joined(part, synonyms) for part in queries))
        case Not(denied):
            return Not(joined(denied, synonyms))
        case _:
            return query


def _kind(query: Query) -> tuple[bool, str | None]:
    """Is it words that are not exact, and in which field?"""
    return (True, query.field) if isinstance(query, Words) and not query.exact else (False, None)
