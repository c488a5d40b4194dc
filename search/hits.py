"""What both backends do with articles that they found: in which order they stand, and how they become hits."""

from __future__ import annotations

from collections.abc import Iterable

from archive.article import Article
from search.analysis.synonyms import Synonyms
from search.highlights import highlights
from search.index import Hit
from search.query import Query

Found = tuple[float, Article]
"""An article with its score."""
_UNDATED = -(2**40)
"""What has no date comes last."""


def with_highlights(found: Iterable[Found], query: Query | None, synonyms: Synonyms) -> tuple[Hit, ...]:
    """These as hits, in their order; nothing is marked where no words were sought."""
    return tuple(Hit(article, score, highlights(article, query, synonyms) if query else {}) for score, article in found)


def rank(found: Found) -> tuple[float, int, str]:
    """Best first, the newest of equals first, then by id."""
    score, article = found
    return -score, -second_of(article), article.id


def second_of(article: Article) -> int:
    """When it was published, in seconds."""
    return int(article.published_at.timestamp()) if article.published_at else _UNDATED
