"""What a worker is asked to do, and what it answers.

The extractors are imported in the worker, and nothing of theirs is in an answer: the crawl itself has no use for 40 MB of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.article import Article
from pipelines.page import Page

if TYPE_CHECKING:
    from pipelines.stories import Sketch


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line that was left out, and the name of the rule that said so."""

    line: str
    rule: str


@dataclass(frozen=True, slots=True)
class Derivation:
    """An article, each line that was left out of it, with the rule that left it out, and what its near-duplicates are found by."""

    article: Article
    dropped: tuple[Dropped, ...]
    sketch: Sketch


def derivation_of(page: Page) -> Derivation:
    """The page's article, and what was dropped. Raises NotAnArticle."""
    from pipelines.derive import derive_explained

    return derive_explained(page)


def explanation_of(page: Page) -> Derivation:
    """The same, and each other line of the page with the reason why it is none of the article's. Raises NotAnArticle."""
    from pipelines.derive import explained_whole

    return explained_whole(page)


def sketch_for(body: str) -> Sketch:
    """What the near-duplicates of a text that was derived before are found by."""
    from pipelines.stories import sketch_of

    return sketch_of(body)
