"""What the articles that a search finds are counted by."""

from __future__ import annotations

from archive.article import Article

PATHS = {
    "outlet": "outlet.id",
    "language": "language",
    "country": "outlet.country",
    "countries": "countries",
    "agency": "agency",
    "kind": "kind",
    "organization": "organizations",
}
"""By facet, the field that is counted, as it is written; ``month``, of publication, comes beside them. ``country`` is the
outlet's, ``countries`` are those spoken of: the names that searches use."""
MONTH = "month"
NAMES = (*PATHS, MONTH)
MOST = 20
"""Values of a facet that are shown: the most frequent ones, and the latest months."""


def month_of(article: Article) -> str | None:
    """The month of publication: 2026-11."""
    return f"{article.published_at:%Y-%m}" if article.published_at else None
