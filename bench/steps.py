"""What the steps of a derivation that read the parsed page cost: articles a second, ms until the first answer, MB.

Each is measured in a process of its own. The chain runs over the pages first with the step left out, so that what the step is
asked is known and nothing of its own is loaded; then it is asked.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from typing import Any

import psutil

from archive.errors import NotAnArticle
from pipelines.page import Page


def left_out() -> dict[str, Any]:
    """The steps by their name in ``pipelines/derive.py``, and what the chain goes on with where one is left out."""
    from pipelines.attributions import Attributions
    from pipelines.paywalls import Access

    return {
        "attributions_of": Attributions((), frozenset()),
        "agency_of": None,
        "kind_of": "unknown",
        "access_of": Access(paywalled=False, truncated=False),
    }


def measured(step: str, pages: Sequence[Page]) -> tuple[float, float, float]:
    """The figures of a step over these pages, in this process."""
    import pipelines.derive as chain

    asked: list[tuple[Any, ...]] = []
    real: Callable[..., object] = getattr(chain, step)
    instead = left_out()[step]

    def ask(*questions: Any) -> Any:
        asked.append(questions)
        return instead

    setattr(chain, step, ask)
    for page in pages:
        try:
            chain.derive(page)
        except NotAnArticle:
            continue
    before, begun = psutil.Process(os.getpid()).memory_info().rss, time.perf_counter()
    real(*asked[0])
    load = (time.perf_counter() - begun) * 1_000
    begun = time.perf_counter()
    for questions in asked:
        real(*questions)
    rate = len(asked) / (time.perf_counter() - begun)
    return rate, load, (psutil.Process(os.getpid()).memory_info().rss - before) / 1e6
