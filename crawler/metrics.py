"""The metrics of a crawl, as a file for node_exporter's textfile collector: https://github.com/prometheus/node_exporter#textfile-collector.

Written by ``prometheus_client`` (60 ms and 3 MB to import, which nobody pays who wants no file), whose write is atomic. A crawl is over when
its file is read, so all but the count of runs are gauges: what was, at the time that ``dragoman_last_run_end_timestamp_seconds`` says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, write_to_textfile
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from archive.errors import SettingError
from archive.habits import Habits
from archive.outlet_run import OutletRun
from archive.runs import RunRecord
from crawler.health import Alarm

_CAUSES = 20
"""Causes of failures of one outlet that have a series of their own: a server may invent as many as it likes."""
_LONGEST_CAUSE = 100


@dataclass(frozen=True, slots=True)
class Figures:
    """What the file says. ``by_outlet`` is what the run did at each outlet, ``backlog`` what waits for the index."""

    run: RunRecord
    exit_code: int
    by_outlet: Sequence[OutletRun]
    habits: Mapping[str, Habits]
    alarms: Sequence[Alarm]
    backlog: int


def write_metrics(path: Path, figures: Figures) -> None:
    """Write the file, in one move. Raises SettingError when it cannot be written."""
    registry = CollectorRegistry()
    registry.register(_Collected(figures))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_to_textfile(str(path), registry)
    except OSError as reason:
        raise SettingError(f"DRAGOMAN_METRICS_FILE={str(path)!r} cannot be written: {reason.strerror}") from reason


class _Collected(Collector):
    def __init__(self, figures: Figures) -> None:
        self._figures = figures

    def collect(self) -> Iterable[Metric]:
        figures = self._figures
        yield from _of_run(figures)
        yield from _of_outlets(figures.by_outlet)
        yield _outlet_gauge(
            "last_success_timestamp_seconds",
            "When a source of the outlet could be read last.",
            {name: _seconds(one.watched_until) for name, one in figures.habits.items() if one.watched_until},
        )
        alarms = GaugeMetricFamily("dragoman_alarms", "Alarms that are on.", labels=["outlet", "kind", "severity"])
        for (outlet, kind, severity), count in Counter(
            (one.outlet, one.kind, str(one.severity)) for one in figures.alarms
        ).items():
            alarms.add_metric([outlet, kind, severity], count)
        yield alarms


def _of_run(figures: Figures) -> Iterator[Metric]:
    run = figures.run
    yield CounterMetricFamily("dragoman_runs", "Runs that this archive has seen.", value=run.id)
    ended = run.finished_at or run.started_at
    for name, text, value in (
        ("last_run_start_timestamp_seconds", "When the last run began.", _seconds(run.started_at)),
        ("last_run_end_timestamp_seconds", "When the last run ended.", _seconds(ended)),
        ("last_run_duration_seconds", "How long the last run took.", (ended - run.started_at).total_seconds()),
        ("last_run_exit_code", "Its exit code: 0 done, 1 with failures, 3 archive, 4 index.", figures.exit_code),
        ("index_backlog_articles", "Articles that wait for the index.", figures.backlog),
    ):
        yield GaugeMetricFamily(f"dragoman_{name}", text, value=value)
    finish = GaugeMetricFamily("dragoman_last_run_info", "By what the last run ended.", labels=["command", "reason"])
    finish.add_metric([run.command, str(run.stats.get("finish_reason", "unknown"))], 1)
    yield finish


def _of_outlets(runs: Sequence[OutletRun]) -> Iterator[Metric]:
    known = [(run.outlet.id, run) for run in runs if run.outlet]
    for name, text, field in (
        ("articles_new", "Articles that were new in the last run.", "new"),
        ("articles_changed", "Articles with a new version in the last run.", "changed"),
        ("links_found", "Links found in the last run.", "found"),
        ("links_failed", "Links that failed in the last run, for good or for now.", "failed"),
        ("requests", "HTTP exchanges of the last run.", "exchanges"),
        ("archived_bytes", "Bytes that the last run put into the archive, compressed.", "bytes"),
        ("fetching_seconds", "From the first to the last exchange in the last run.", "fetching_seconds"),
    ):
        yield _outlet_gauge(f"last_run_{name}", text, {outlet: getattr(run, field) for outlet, run in known})
    failures = GaugeMetricFamily(
        "dragoman_last_run_failures", "Failures of pages and sources in the last run.", labels=["outlet", "cause"]
    )
    for outlet, run in known:
        causes: Counter[str] = Counter()
        for n, one in enumerate(run.failed_by_cause):
            causes[one.cause[:_LONGEST_CAUSE] if n < _CAUSES else "others"] += one.count
        for cause, count in causes.items():
            failures.add_metric([outlet, cause], count)
    yield failures


def _outlet_gauge(name: str, text: str, values: Mapping[str, Any]) -> Metric:
    gauge = GaugeMetricFamily(f"dragoman_{name}", text, labels=["outlet"])
    for outlet, value in sorted(values.items()):
        gauge.add_metric([outlet], value)
    return gauge


def _seconds(instant: datetime) -> float:
    return instant.timestamp()
