"""What a run did: every discovered link in exactly one outcome, and every failure by its cause. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.run import Failure


@dataclass(frozen=True, slots=True)
class OutletCounts:
    """One outlet's links in a run: ``discovered`` is the sum of ``outcomes``."""

    discovered: int
    outcomes: dict[str, int]


@dataclass(frozen=True, slots=True)
class Summary:
    """A run's result. ``captures`` counts exchanges with an answer, feeds and robots.txt included."""

    outlets: dict[str, OutletCounts]
    discovered: int
    outcomes: dict[str, int]
    captures: int
    indexed: int
    waiting_for_index: int
    failures: tuple[Failure, ...]
    failures_in_all: int
    seconds: float
    finished: str


def summarise(stats: Mapping[str, Any], outlets: Sequence[str], failures: Sequence[Failure], backlog: int) -> Summary:
    """A run's summary from Scrapy's stats; each of ``outlets`` has its line, if only of zeros."""
    counted: dict[str, Counter[str]] = {outlet: Counter() for outlet in outlets}
    discovered: Counter[str] = Counter()
    for name, value in stats.items():
        match name.split("/"):
            case ["outcome", outlet, outcome]:
                counted.setdefault(outlet, Counter())[outcome] = value
            case ["discovered", outlet]:
                discovered[outlet] = value
            case _:
                pass
    return Summary(
        outlets={outlet: OutletCounts(discovered[outlet], dict(counted[outlet])) for outlet in sorted(counted)},
        discovered=discovered.total(),
        outcomes=dict(sum(counted.values(), Counter())),
        captures=stats.get("captures", 0),
        indexed=stats.get("indexed", 0),
        waiting_for_index=backlog,
        failures=tuple(failures),
        failures_in_all=stats.get("failures", 0),
        seconds=round(stats.get("elapsed_time_seconds", 0.0), 1),
        finished=stats.get("finish_reason", "not started"),
    )
