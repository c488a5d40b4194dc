"""How many publishers are independent of each other? What one publisher says at three addresses it says once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """How far a story went: ``copies`` are all articles that have its text, ``publishers`` those who ran one or more of them."""

    publishers: int
    copies: int


def spread_of(outlets: Iterable[str]) -> Spread:
    """The spread of a story whose articles are in these outlets, one for each. Outlets without a file have their host as id.

    >>> spread_of(["kootneeti", "www.example.co.uk", "amp.example.co.uk", "kootneeti"])
    Spread(publishers=2, copies=4)
    """
    there = list(outlets)
    return Spread(len({_publisher(outlet) for outlet in there}), len(there))


def _publisher(outlet: str) -> str:
    if "." not in outlet:
        return outlet
    from pipelines.sites import registrable

    return registrable(outlet)
