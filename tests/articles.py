"""Articles for tests."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from archive.article import Article, Extractor, Publisher
from archive.urls import article_id

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def an_article(
    path: str = "a", body: str = "The allies vowed to work together.", hours: int = 0, **fields: Any
) -> Article:
    """An article of The Kootneeti, captured ``hours`` after noon."""
    url = f"https://thekootneeti.in/{path}"
    known: dict[str, Any] = {
        "id": article_id(url),
        "url": url,
        "outlet": Publisher(id="kootneeti", name="The Kootneeti"),
        "title": "Allies vow to collaborate",
        "body": body,
        "language": "en",
        "published_at": NOON,
        "fetched_at": NOON + timedelta(hours=hours),
        "content_hash": hashlib.sha256(body.encode()).hexdigest(),
        "extractor": Extractor(name="test", version="1", rules=""),
        "word_count": len(body.split()),
    }
    return Article(**{**known, **fields})
