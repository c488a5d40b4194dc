"""How all stands: the habits of the outlets that were crawled, and every alarm, of outlets and of runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from archive.habits import Gap, Habits
from archive.runs import RunRecord
from archive.store import Store
from crawler.health import Alarm, alarms_of
from crawler.outlet import Outlet
from crawler.run_health import alarms_of_runs, folded

_LOOKED_AT = timedelta(days=400)
"""How far back gaps between runs are sought: further than any habit goes."""
_RUNS = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """How an archive's outlets stand at one time; ``runs`` are the latest, the last one first."""

    habits: Mapping[str, Habits]
    runs: Sequence[RunRecord]
    alarms: Sequence[Alarm]


def standing_of(store: Store, outlets: Iterable[Outlet], now: datetime) -> Standing:
    """How these outlets stand, those of them that were ever crawled. Raises ArchiveError."""
    known = {outlet.id: outlet for outlet in outlets}
    habits, gaps = observed(store, known.values(), now)
    found = [alarm for name, of_it in habits.items() for alarm in alarms_of(known[name], of_it, gaps, now)]
    causes = {source.url: source.cause for of_it in habits.values() for source in of_it.sources}
    runs = store.runs.latest(_RUNS)
    return Standing(habits, runs, [*alarms_of_runs(runs, now), *folded(found, causes, len(habits))])


def observed(store: Store, outlets: Iterable[Outlet], now: datetime) -> tuple[dict[str, Habits], tuple[Gap, ...]]:
    """The habits of those of these outlets that were ever crawled, and the times in which we made no runs. Raises ArchiveError."""
    sources = {one.id: [url for _, url in one.sources] for one in outlets}
    return store.observed.habits(sources, now), store.observed.gaps(now - _LOOKED_AT)
