"""A whole generation in one go, for tests: no re-index, nothing to catch up with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from search.index import Generation, Index


@contextmanager
def next_generation(index: Index) -> Iterator[Generation]:
    """A new, empty one, which takes the live one's place when the block ends well, and is removed when it does not."""
    before, name = index.live(), index.fresh_name()
    generation = index.generation(name)
    try:
        yield generation
        generation.settle()
        index.make_live(name)
    except BaseException:
        index.remove(name)
        raise
    if before:
        index.remove(before)
