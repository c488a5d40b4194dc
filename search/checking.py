"""Has a generation of the index what the archive has? By outlet: how many articles, and a checksum over their states."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from archive.revisions import Entry

_NAMED = 10
"""Articles of a difference that are named; more are counted."""
_ALL = 2**64


@dataclass(frozen=True, slots=True)
class Difference:
    """An outlet whose articles are not the same: how many each side has, and which the index lacks or has otherwise."""

    outlet: str
    archived: int
    indexed: int
    lacking: tuple[str, ...]
    beyond: tuple[str, ...]

    def __str__(self) -> str:
        parts = [f"{self.outlet}: {self.archived} articles in the archive, {self.indexed} in the new generation"]
        for word, ids in (("lacking", self.lacking), ("not in the archive so", self.beyond)):
            if ids:
                more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
                parts.append(f"{word}: {' '.join(ids[:_NAMED])}{more}")
        return "; ".join(parts)


def differences(
    archived: Callable[[], Iterator[Entry]], indexed: Callable[[], Iterator[Entry]], refused: Collection[str] = ()
) -> list[Difference]:
    """Compare the two by outlet, but for articles that the index refused; where they differ they are read again, to say which."""

    def wanted() -> Iterator[Entry]:
        return (entry for entry in archived() if entry.id not in refused)

    here, there = sums(wanted()), sums(indexed())
    odd = {outlet for outlet in here.keys() | there.keys() if here.get(outlet) != there.get(outlet)}
    if not odd:
        return []
    ours, theirs = _of(wanted(), odd), _of(indexed(), odd)
    return [
        Difference(
            outlet,
            here.get(outlet, (0, 0))[0],
            there.get(outlet, (0, 0))[0],
            *(_ids(one[outlet], other[outlet]) for one, other in ((ours, theirs), (theirs, ours))),
        )
        for outlet in sorted(odd)
    ]


def sums(entries: Iterable[Entry]) -> dict[str, tuple[int, int]]:
    """By outlet, how many entries there are and their checksum, which does not depend on their order."""
    found: dict[str, tuple[int, int]] = {}
    for entry in entries:
        count, checksum = found.get(entry.outlet, (0, 0))
        found[entry.outlet] = count + 1, (checksum + _digest(entry)) % _ALL
    return found


def _digest(entry: Entry) -> int:
    state = f"{entry.id} {entry.revision} {entry.version} {entry.content_hash}"
    return int.from_bytes(hashlib.blake2b(state.encode(), digest_size=8).digest(), "big")


def _of(entries: Iterable[Entry], outlets: set[str]) -> dict[str, dict[int, str]]:
    found: dict[str, dict[int, str]] = {outlet: {} for outlet in outlets}
    for entry in entries:
        if entry.outlet in outlets:
            found[entry.outlet][_digest(entry)] = entry.id
    return found


def _ids(these: dict[int, str], others: dict[int, str]) -> tuple[str, ...]:
    return tuple(sorted(article for digest, article in these.items() if digest not in others))
