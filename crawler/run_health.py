"""Is a run well, and are we? What the monitors of the last runs found, and what is wrong with all outlets at once. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from archive.runs import RunRecord
from crawler.health import Alarm, Severity, plain

VERDICT = "monitor/"
"""How the stats begin that say what a monitor found wrong; the rest of the name is the alarm's kind."""
ENDS = ("finished", "closespider_timeout", "shutdown")
"""How a run may end: with its work, with its time, or with Ctrl-C."""
_MENDS = {
    "run": "see the log; what was not done waits for the next run",
    "errors": "see the log (DRAGOMAN_LOG_FILE); an error that comes back is a mistake of ours: report it with its lines",
    "failures": "is this machine's network well, and its address not blocked? Then: dragoman crawl --retry CAUSE",
    "index": "dragoman index pushes what waits, once the index can be reached; nothing is lost",
}
_FEWEST, _MOST = 20, 0.5
"""Links of a run by which it is judged, and the share of them that may fail."""
_KILLED = 3
_IDLE = timedelta(days=2)
_NO_ANSWER = ("host not found", "timeout", "connection refused", "connection lost")
"""Causes (``crawler/causes.py``) that an outlet and our own network can have."""
_TOGETHER = 5
"""Outlets that have no connection at once, and half of all: it is ours that is missing."""


def failing_share(stats: Mapping[str, Any]) -> str | None:
    """What to say of a run of whose pages most have failed; None if they did not."""
    ends: Counter[str] = Counter()
    causes: Counter[str] = Counter()
    for name, value in stats.items():
        match name.split("/", 2):
            case ["outcome", _, outcome] if outcome not in ("seen", "waiting"):
                ends["failed" if outcome.startswith("failed") else "settled"] += value
            case ["failed", _, cause]:
                causes[cause] += value
            case _:
                pass
    if ends.total() < _FEWEST or ends["failed"] <= _MOST * ends.total():
        return None
    cause, count = causes.most_common(1)[0] if causes else ("unknown causes", ends["failed"])
    return f"{ends['failed']} of {ends.total()} pages failed, {count} by {cause}"


def alarms_of_runs(runs: Sequence[RunRecord], now: datetime) -> list[Alarm]:
    """What is wrong with the last runs, given the latest first."""
    ended = [run for run in runs if run.finished_at]
    if not ended:
        return []
    last = ended[0]
    found = [
        Alarm("", kind, plain(str(seen)), _MENDS[kind])
        for name, seen in last.stats.items()
        if name.startswith(VERDICT) and (kind := name.removeprefix(VERDICT)) in _MENDS
    ]
    if last.finished_at and now - last.finished_at > _IDLE:
        seen = f"no run has ended since {last.finished_at:%Y-%m-%d %H:%M}"
        mend = "does cron run? crontab -l, dragoman schedule --print, and its log; what outlets announce meanwhile may be lost"
        found.append(Alarm("", "idle", seen, mend, Severity.WARNING))
    if len(broken_off := [run for run in runs[1 : 1 + _KILLED] if not run.finished_at]) == _KILLED:
        seen = f"the runs {broken_off[-1].id} to {broken_off[0].id} were broken off before their end"
        mend = "what killed them? dmesg and journalctl tell of memory; give cron's line more of it, or a shorter --for"
        found.append(Alarm("", "killed", seen, mend))
    return found


def folded(alarms: Sequence[Alarm], causes: Mapping[str, str | None], judged: int) -> list[Alarm]:
    """The outlets' alarms, or one in the place of many when it is we who have no connection.

    ``causes`` are the last ones of sources that cannot be read, by their address; ``judged`` outlets were looked at.
    """
    cut_off = [one for one in alarms if one.kind == "source" and causes.get(one.about) in _NO_ANSWER]
    outlets = {alarm.outlet for alarm in cut_off}
    if len(outlets) < _TOGETHER or 2 * len(outlets) <= judged:
        return list(alarms)
    seen = f"{len(outlets)} of {judged} outlets cannot be reached: {causes[cut_off[0].about]}"
    mend = "look at this machine's network, name server, proxy and firewall"
    return [Alarm("", "network", seen, mend), *(one for one in alarms if one not in cut_off)]
