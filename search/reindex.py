"""A new generation of the index from the archive alone, beside the live one, which it replaces in one step."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

from archive.article import Article
from search.index import Index, Rejection

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Reindexed:
    """What a re-index did."""

    indexed: int
    rejected: tuple[Rejection, ...]


def reindex(articles: Iterable[Article], index: Index, watch: Callable[[int], None]) -> Reindexed:
    """Fill a new generation with these articles and make it the live one. ``watch`` hears how many are done.

    Until the last step searches see the old generation; an interruption or an error leaves it in place.
    """
    source, indexed, rejections = iter(articles), 0, []
    with index.next_generation() as generation:
        while batch := list(islice(source, _BATCH)):
            refused = generation.write(batch)
            rejections += refused
            indexed += len(batch) - len(refused)
            watch(indexed)
    return Reindexed(indexed, tuple(rejections))
