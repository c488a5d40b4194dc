"""What a story is: one text in several outlets. Who can read texts tells which are alike; the archive keeps who belongs to whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Protocol

from archive.article import Article, Role

_LAST = datetime.max.replace(tzinfo=UTC)


class Sketch(Protocol):
    """What is kept of a text to find others like it, and how two are compared when they were found.

    ``bands`` are few, and texts that are alike share some of them. None: the text is too short to be compared.
    """

    @property
    def bands(self) -> tuple[int, ...]: ...
    def is_same_story(self, one: Article, other: Article) -> bool:
        """Do these two tell one story in the same words? Told by the texts; whichever comes first."""
        ...

    def roles(self, members: Sequence[Article]) -> Mapping[str, Role]:
        """By article id: which of a story's articles is the original."""
        ...


def in_order(article: Article) -> tuple[datetime, str]:
    """By date of publication, what is undated last; the id decides between equals.

    A day without its hour stands for its end: where others say the hour, they were seen to be first.
    """
    at = article.published_at or _LAST
    if article.published_at and article.published_precision == "day":
        at = at.replace(hour=23, minute=59, second=59)
    return at, article.id
