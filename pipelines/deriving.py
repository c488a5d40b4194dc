"""What a worker is asked to do, and what it answers.

The extractors are imported in the worker, and nothing of theirs is in an answer: the crawl itself has no use for 40 MB of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.article import Article
from pipelines.page import Page


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line that was left out, and the name of the rule that said so."""

    line: str
    rule: str


@dataclass(frozen=True, slots=True)
class Derivation:
    """An article, and each line that was left out of it, with the rule that left it out."""

    article: Article
    dropped: tuple[Dropped, ...]


def derivation_of(page: Page) -> Derivation:
    """The page's article, and what was dropped. Raises NotAnArticle."""
    from pipelines.derive import derive_explained

    return derive_explained(page)
