"""The table of bands, by which texts that are alike are found: a row has a band and an article that has it, and nothing else.

10 million articles have 320 million rows, so they stay on the disk, in the order of their key. A lookup reads so many rows of
each band and no more, however many there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from sqlalchemy import Connection, bindparam, delete, insert, select

from archive.tables import stories, story_bands

_ROWS = 64
"""Rows that are read of a band."""
_MOST_STORIES = 16
"""A band with more rows than are read, of more stories than these, is a phrase that everybody writes: it leads nowhere. One of few
stories is a report that hundreds of outlets ran, and leads to it."""
AT_ONCE = 500
"""Values to a statement: SQLite takes a limited number of variables."""
_STORIES = select(stories.c.article_id, stories.c.story).where(
    stories.c.article_id.in_(bindparam("articles", expanding=True))
)
_NEW = insert(story_bands)


def put_bands(connection: Connection, article: str, before: Sequence[int], now: Sequence[int]) -> None:
    """Put an article's bands, and take out those that it had before and has no more."""
    number = _number(article)
    for band in set(before) - set(now):
        gone = (story_bands.c.band == band) & (story_bands.c.article == number)
        connection.execute(delete(story_bands).where(gone))
    if fresh := sorted(set(now) - set(before)):
        connection.execute(_NEW, [{"band": band, "article": number} for band in fresh])


def candidates(connection: Connection, own: str, bands: Sequence[int]) -> list[tuple[str, str, int]]:
    """Articles that share bands, with their stories and how many they share: most first, by id where equal."""
    if not bands:
        return []
    having: dict[int, list[str]] = {}
    for band, article in connection.exec_driver_sql(_lookup(len(bands)), tuple(bands)):
        having.setdefault(band, []).append(_id(article))
    story_of = _stories_of(connection, {one for ids in having.values() for one in ids})
    shared: Counter[str] = Counter()
    for ids in having.values():
        if len(ids) <= _ROWS or len({story_of.get(one) for one in ids}) <= _MOST_STORIES:
            shared.update(one for one in ids if one != own and one in story_of)
    ranked = sorted(shared.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(one, story_of[one], count) for one, count in ranked]


@cache
def _lookup(bands: int) -> str:
    """The first rows of each of so many bands, in one statement: written out, because SQLAlchemy takes longer to put so many values into
    one than SQLite to answer."""
    rows = f"SELECT * FROM (SELECT band, article FROM story_bands WHERE band = ? ORDER BY article LIMIT {_ROWS + 1})"  # noqa: S608 - constants
    return " UNION ALL ".join([rows] * bands)


def _stories_of(connection: Connection, ids: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for some in batches(sorted(ids)):
        found.update((row.article_id, row.story) for row in connection.execute(_STORIES, {"articles": some}))
    return found


def _number(article: str) -> int:
    """An article's id as the database's signed integer of 64 bits: half of the bytes."""
    return int(article, 16) - 2**63


def _id(number: int) -> str:
    return f"{number + 2**63:016x}"


def batches(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """These values, so many to a statement."""
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]
