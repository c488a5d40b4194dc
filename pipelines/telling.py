"""Articles that were kept before there were stories are put into theirs."""

from __future__ import annotations

from itertools import islice

from archive.store import Store
from pipelines.deriving import sketch_for
from pipelines.workers import Workers

_AT_ONCE = 100


def tell_untold(store: Store, workers: Workers) -> int:
    """Find the story of each article that is in none; returns how many there were. Raises ArchiveError when the home fails."""
    untold, told = store.stories.untold(), 0
    while batch := list(islice(untold, _AT_ONCE)):
        sketches = [workers.submit(sketch_for, article.body) for article in batch]
        for article, sketch in zip(batch, sketches, strict=True):
            store.keep(article, sketch.result())
        told += len(batch)
    return told
