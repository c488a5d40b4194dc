"""What a worker is asked to do. The extractors are imported in the worker: the crawl itself has no use for 40 MB of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.page import Page

if TYPE_CHECKING:
    from pipelines.derive import Derivation
    from pipelines.stories import Sketch


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
