"""The file for node_exporter, read as Prometheus reads it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from archive.article import Publisher
from archive.errors import SettingError
from archive.habits import Habits
from archive.outlet_run import CauseCount, OutletRun
from archive.runs import RunRecord
from crawler.health import Alarm, Severity
from crawler.metrics import Figures, write_metrics

BEGIN = datetime(2026, 11, 24, 12, tzinfo=UTC)
RUN = RunRecord(7, "crawl", BEGIN, BEGIN + timedelta(seconds=90), {"finish_reason": "finished"})


def of_pier(*causes: tuple[str, int]) -> OutletRun:
    return OutletRun(
        run=7, home="vm:/home", command="crawl", started_at=BEGIN, outlet=Publisher(id="pier", name="The Pier"),
        found=12, new=3, changed=2, failed=4, bytes=12_345, exchanges=17, fetching_seconds=60,
        failed_by_cause=tuple(CauseCount(cause=cause, count=count) for cause, count in causes),
    )  # fmt: skip


def read(path: Path) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(path.read_text())
        for sample in family.samples
    }


def test_the_file_says_what_the_run_did_and_how_all_stands(tmp_path: Path) -> None:
    path = tmp_path / "node_exporter" / "dragoman.prom"
    alarms = [Alarm("pier", "source", "…", "…", about=about) for about in ("a", "b")]
    alarms.append(Alarm("", "idle", "…", "…", Severity.WARNING))
    habits = {"pier": Habits((), watched_until=BEGIN), "quay": Habits(())}
    write_metrics(path, Figures(RUN, 1, [of_pier(("http 503", 3), ("timeout", 1))], habits, alarms, 5))
    found = read(path)
    pier = (("outlet", "pier"),)
    assert {name: value for (name, labels), value in found.items() if not labels} == {
        "dragoman_runs_total": 7,
        "dragoman_last_run_start_timestamp_seconds": BEGIN.timestamp(),
        "dragoman_last_run_end_timestamp_seconds": BEGIN.timestamp() + 90,
        "dragoman_last_run_duration_seconds": 90,
        "dragoman_last_run_exit_code": 1,
        "dragoman_index_backlog_articles": 5,
    }
    assert {name.removeprefix("dragoman_"): value for (name, labels), value in found.items() if labels == pier} == {
        "last_run_articles_new": 3,
        "last_run_articles_changed": 2,
        "last_run_links_found": 12,
        "last_run_links_failed": 4,
        "last_run_requests": 17,
        "last_run_archived_bytes": 12_345,
        "last_run_fetching_seconds": 60,
        "last_success_timestamp_seconds": BEGIN.timestamp(),
    }
    assert found["dragoman_last_run_failures", (("cause", "http 503"), *pier)] == 3
    assert found["dragoman_alarms", (("kind", "source"), *pier, ("severity", "failure"))] == 2
    assert found["dragoman_alarms", (("kind", "idle"), ("outlet", ""), ("severity", "warning"))] == 1
    assert found["dragoman_last_run_info", (("command", "crawl"), ("reason", "finished"))] == 1


def test_each_family_has_its_help_and_type_once_and_units_in_its_name(tmp_path: Path) -> None:
    path = tmp_path / "dragoman.prom"
    write_metrics(path, Figures(RUN, 0, [of_pier()], {}, [], 0))
    lines = path.read_text().splitlines()
    helped = [line.split()[2] for line in lines if line.startswith("# HELP")]
    typed = [line.split()[2] for line in lines if line.startswith("# TYPE")]
    assert helped == typed
    assert len(set(helped)) == len(helped)
    assert all(name.startswith("dragoman_") for name in helped)
    assert [line for line in lines if line.startswith("# TYPE") and line.endswith("counter")] == [
        "# TYPE dragoman_runs_total counter"
    ]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cause=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=90))
def test_whatever_a_server_gives_as_a_cause_is_one_label(tmp_path: Path, cause: str) -> None:
    path = tmp_path / "dragoman.prom"
    write_metrics(path, Figures(RUN, 0, [of_pier((cause, 2))], {}, [], 0))
    families = path.read_bytes().decode().split("\n")
    assert sum(line.startswith("dragoman_last_run_failures{") for line in families) == 1


@pytest.mark.parametrize("cause", ['said "no"', "a\\b", "first\nsecond", 'x{y="z"} 1'])
def test_signs_of_the_format_come_back_as_they_were(tmp_path: Path, cause: str) -> None:
    path = tmp_path / "dragoman.prom"
    write_metrics(path, Figures(RUN, 0, [of_pier((cause, 2))], {}, [], 0))
    assert read(path)["dragoman_last_run_failures", (("cause", cause), ("outlet", "pier"))] == 2


def test_a_server_that_invents_causes_fills_no_prometheus(tmp_path: Path) -> None:
    path = tmp_path / "dragoman.prom"
    write_metrics(path, Figures(RUN, 0, [of_pier(*((f"cause {n}", 1) for n in range(500)))], {}, [], 0))
    failures = {labels: value for (name, labels), value in read(path).items() if name == "dragoman_last_run_failures"}
    assert len(failures) == 21
    assert sum(failures.values()) == 500


def test_the_file_is_replaced_as_a_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "dragoman.prom"
    for _ in range(2):
        write_metrics(path, Figures(RUN, 0, [], {}, [], 0))
    assert [one.name for one in tmp_path.iterdir()] == ["dragoman.prom"]


def test_a_file_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("a file")
    with pytest.raises(SettingError, match="DRAGOMAN_METRICS_FILE"):
        write_metrics(tmp_path / "folder" / "dragoman.prom", Figures(RUN, 0, [], {}, [], 0))
