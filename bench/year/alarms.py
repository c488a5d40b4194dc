"""The health report's alarms, held against what befell the outlets.

After each day's last run ``dragoman status`` is asked. A day's alarm is *right* if its outlet has a trouble that
explains its kind (``trouble.py``) and has begun, and is not over for longer than it takes to notice: a feed that is served again
is asked within a day, an outlet that was silent is well with its next article, a template with the twentieth article after its mend.
Every other is *false*; days in a row of one outlet and kind are one alarm. A trouble is *missed* when it should be told
(it lasts as long as the definitions in ``crawler/health.py`` need) and none of the kinds that explain it was raised in time.
Short outages, spells of 429 and the like may be told, and need not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any

from bench.year.houses import DAY, House, Trouble

Raised = dict[tuple[str, str], list[datetime]]


@dataclass(slots=True)
class Verdict:
    """Alarms counted: those that are right, false (alarms, and days of them), and troubles that were told or missed."""

    right: int = 0
    false: int = 0
    false_days: int = 0
    told: int = 0
    missed: int = 0
    notes: list[str] = field(default_factory=list)


def raised_in(status: Mapping[str, Any], now: datetime, raised: Raised) -> None:
    """Note a day's alarms of outlets; those of runs as a whole name none."""
    for outlet, kind in {(alarm["outlet"], alarm["kind"]) for alarm in status["alarms"] if alarm["outlet"]}:
        raised[outlet, kind].append(now)


def no_alarms() -> Raised:
    """Before the first day."""
    return defaultdict(list)


def judged(houses: Sequence[House], raised: Raised, end: datetime) -> Verdict:
    """Which alarms were right, and which were missed."""
    verdict = Verdict()
    by_id = {house.id: house for house in houses}
    for (outlet, kind), days in sorted(raised.items()):
        for spell in _spells(days):
            false = [day for day in spell if not any(_explains(one, kind, day) for one in by_id[outlet].troubles)]
            verdict.false += bool(false)
            verdict.right += not false
            verdict.false_days += len(false)
            if false:
                verdict.notes.append(
                    f"false: {outlet} {kind} {false[0]:%m-%d} to {false[-1]:%m-%d} ({by_id[outlet].a_week} a week)"
                )
    for house in houses:
        for trouble in house.troubles:
            if trouble.by is None or trouble.by > end:
                continue
            days = [day for kind in trouble.alarms for day in raised.get((house.id, kind), ())]
            if any(trouble.begins <= day <= trouble.by + DAY for day in days):
                verdict.told += 1
            else:
                verdict.missed += 1
                late = min((day for day in days if day > trouble.by), default=None)
                told = f", told on {late:%m-%d}" if late and trouble.clears and late <= trouble.clears else ""
                verdict.notes.append(
                    f"missed: {house.id} {trouble.kind} {trouble.begins:%m-%d} to {trouble.ends:%m-%d}, due by {trouble.by:%m-%d}{told}"
                )
    return verdict


def _explains(trouble: Trouble, kind: str, day: datetime) -> bool:
    return kind in trouble.alarms and trouble.begins <= day <= (trouble.clears or trouble.ends)


def _spells(days: Sequence[datetime]) -> list[list[datetime]]:
    spells = [[days[0]]]
    for before, day in pairwise(days):
        if day - before > 1.5 * DAY:
            spells.append([])
        spells[-1].append(day)
    return spells
