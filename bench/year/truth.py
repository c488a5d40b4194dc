"""What the simulator knows, held against what the archive has.

- *published*: articles that were in a feed which could be read at the time of a run, at least once. *At least a day in it*: from
  the first such run to the last; a day is the longest that Dragoman lets a feed wait.
- *captured*: the archive has an article of it. *Lost*: it has none, though the page was there for a day after it was announced.
- *versions made*: changes of the text after it was first announced. *Could be seen*: two looks in a row, by the schedule of
  revisits (1 h, 6 h, 1 d, 7 d, 30 d, then whenever the age has doubled; the next run after each), find different texts.
  Where a server says "not modified" whatever happened, only the looks count that are made without conditions, from 7 d on.
- *deletions made*: pages taken down after they were announced. *Could be seen*: by a look and another one six hours and a run later.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from urllib.parse import urlsplit

from archive.home import open_home
from archive.revisits import LOOKS, born_at, next_look
from archive.store import open_store
from bench.year.houses import DAY, House, Piece
from bench.year.runs import Dragoman

_PAGES_DOWN = frozenset({"down", "dead", "refused", "hurried", "pages", "gate"})


@dataclass(slots=True)
class Announced:
    """When an article was first and last in a feed that could be read at the time of a run."""

    house: House
    piece: Piece
    first: datetime
    last: datetime


class Ledger:
    """What every run could have read."""

    def __init__(self) -> None:
        self.announced: dict[int, Announced] = {}
        self.runs: list[datetime] = []

    def run(self, houses: Sequence[House], now: datetime) -> None:
        """Note what a run at this time can read."""
        self.runs.append(now)
        for house in houses:
            if not house.is_readable(now) or house.trouble(now) == "empty":
                continue
            for piece in house.listed(now):
                self.announced.setdefault(piece.number, Announced(house, piece, now, now)).last = now


@dataclass(slots=True)
class Counts:
    """The table's figures. ``notes`` are what somebody who mends Dragoman wants to look at."""

    published: int = 0
    captured: int = 0
    lost: int = 0
    lost_after_a_day: int = 0
    rolled_off: int = 0
    twice: int = 0
    edits: int = 0
    edits_visible: int = 0
    edits_found: int = 0
    edits_false: int = 0
    deletions: int = 0
    deletions_visible: int = 0
    deletions_found: int = 0
    deletions_false: int = 0
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Kept:
    url: str
    first_seen_at: datetime | None
    versions: tuple[datetime, ...]
    gone_at: datetime | None


def counted(ledger: Ledger, dragoman: Dragoman, end: datetime) -> Counts:
    """Hold the truth against the archive."""
    counts, kept = Counts(), _kept(dragoman)
    for one in ledger.announced.values():
        if one.first > end - 2 * DAY:
            continue  # its day is not over yet
        found = kept.get((one.house.id, one.piece.path), [])
        counts.published += 1
        counts.captured += bool(found)
        counts.twice += len(found) > 1
        if found:
            _versions(counts, one, found[0], ledger.runs)
            _deletion(counts, one, found[0], ledger.runs)
        else:
            _lost(counts, one)
    return counts


def kept_until(dragoman: Dragoman, until: datetime) -> set[tuple[str, str]]:
    """The articles, by outlet and path, that the archive had then."""
    return {
        where
        for where, found in _kept(dragoman).items()
        if any(one.first_seen_at and one.first_seen_at <= until for one in found)
    }


def _kept(dragoman: Dragoman) -> dict[tuple[str, str], list[_Kept]]:
    found: dict[tuple[str, str], list[_Kept]] = defaultdict(list)
    with open_store(open_home(dragoman.home)) as store:
        for article in store.articles():
            versions = tuple(one.fetched_at for one in store.versions(article.id) if one.fetched_at)
            kept = _Kept(article.url, article.first_seen_at, versions, article.gone_at)
            found[article.outlet.id, urlsplit(article.url).path].append(kept)
    return found


def _lost(counts: Counts, one: Announced) -> None:
    until = one.piece.deleted_at
    if until and until < one.first + DAY:
        counts.published -= 1
        return  # taken down before a day was over
    if one.last - one.first < DAY:
        counts.rolled_off += 1
    else:
        counts.lost_after_a_day += 1
    counts.lost += 1
    counts.notes.append(
        f"lost: {one.house.id} {one.house.feed} of {one.house.size}, {one.piece.path}, listed {one.first:%m-%d %H} to {one.last:%m-%d %H}, "
        f"trouble {one.house.trouble(one.first) or 'none'}"
    )


def looks(one: Announced, first: datetime, runs: Sequence[datetime]) -> list[datetime]:
    """The runs at which an article that was seen first at ``first`` is looked at by the schedule, that one included.

    Where a server says that nothing has changed whatever did, only those that ask without conditions.
    """
    first = max(run for run in runs if run <= first)
    born, found = born_at(first, one.piece.at), [first]
    due, whole = next_look(born, first), first
    for run in runs:
        if run < due:
            continue
        due = next_look(born, run)
        if one.house.validators != "stale" or run - whole > LOOKS[3]:
            found.append(run)
            whole = run
    return found


def _versions(counts: Counts, one: Announced, kept: _Kept, runs: Sequence[datetime]) -> None:
    first = kept.first_seen_at or one.first
    counts.edits += sum(at > first for at, _ in one.piece.texts)
    there = [
        at
        for at in looks(one, first, runs)
        if not one.piece.is_deleted(at) and one.house.trouble(at) not in _PAGES_DOWN
    ]
    texts = [one.piece.text(at) for at in there]
    visible = sum(before != after for before, after in pairwise(texts))
    found = len(kept.versions) - 1
    counts.edits_visible += visible
    counts.edits_found += min(found, visible)
    counts.edits_false += max(found - visible, 0)
    if found != visible:
        counts.notes.append(
            f"versions: {one.house.id} {one.house.validators} {one.piece.path}: {found} found, {visible} to be seen; edits "
            f"{[f'{at:%m-%d %H:%M}' for at, _ in one.piece.texts[1:]]}, versions {[f'{at:%m-%d %H}' for at in kept.versions]}"
        )


def _deletion(counts: Counts, one: Announced, kept: _Kept, runs: Sequence[datetime]) -> None:
    at = one.piece.deleted_at
    if at is None or at > runs[-1]:
        if kept.gone_at:
            counts.deletions_false += 1
            counts.notes.append(
                f"not gone: {one.house.id} {one.piece.path}, said to be gone at {kept.gone_at:%m-%d %H}"
            )
        return
    counts.deletions += 1
    later = [look for look in looks(one, kept.first_seen_at or one.first, runs) if look >= at]
    visible = bool(later) and any(run >= later[0] + timedelta(hours=6) for run in runs)
    counts.deletions_visible += visible
    counts.deletions_found += kept.gone_at is not None
    if visible and not kept.gone_at:
        counts.notes.append(
            f"gone: {one.house.id} {one.piece.path} at {at:%m-%d %H} ({one.piece.deletion}), not noticed"
        )


def by_kind(notes: Sequence[str]) -> Counter[str]:
    """How many notes of each kind there are."""
    return Counter(note.partition(":")[0] for note in notes)
