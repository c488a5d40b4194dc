"""A real cron daemon runs the line that ``dragoman schedule`` installs, every minute."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from places import ROOT
from quiet_site import Archive, Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        served.announce("lamps", "buoys")
        yield served


@pytest.fixture
def crontab() -> Iterator[None]:
    """The user's crontab, put back as it was."""
    if shutil.which("crontab") is None:
        pytest.skip("crontab (tools/debian installs it) is missing")
    before = subprocess.run(["crontab", "-l"], capture_output=True, check=False).stdout
    yield
    if before:
        subprocess.run(["crontab", "-"], input=before, check=True)
    else:
        subprocess.run(["crontab", "-r"], capture_output=True, check=False)


@pytest.fixture
def cron(crontab: None) -> Iterator[None]:
    """A running daemon: of this test, unless there is one."""
    daemon = shutil.which("cron") or shutil.which("cron", path="/usr/sbin")
    if daemon is None or os.geteuid() != 0:
        pytest.skip("cron, and being root to run it, is missing")
    process = subprocess.Popen([str(daemon), "-f"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    yield
    process.terminate()
    process.wait()


def listed() -> str:
    return subprocess.run(["crontab", "-l"], capture_output=True, text=True, check=False).stdout


def test_cron_crawls_what_is_due(tmp_path: Path, site: Site, cron: None) -> None:
    archive = Archive(tmp_path, site)
    done = archive.run("schedule", "pier", "--install", "--every", "1")
    assert done.returncode == 0, done.stderr
    until = time.monotonic() + 150
    log = archive.home / "logs" / "crawl.log"
    while time.monotonic() < until and not (log.exists() and "new 2" in log.read_text()):
        time.sleep(0.5)
    assert archive.run("schedule", "--remove").returncode == 0
    assert "new 2" in log.read_text()
    assert str(archive.home) not in listed()


def test_installing_twice_leaves_one_line_and_the_users_own_lines(tmp_path: Path, site: Site, crontab: None) -> None:
    subprocess.run(["crontab", "-"], input=b"5 4 * * * /bin/true # mine\n", check=True)
    archive = Archive(tmp_path, site)
    archive.run("schedule", "--install")
    archive.run("schedule", "--install", "--every", "30", DRAGOMAN_ELASTICSEARCH_PASSWORD="secret")
    lines = [line for line in listed().splitlines() if line]
    assert len(lines) == 2
    assert lines[0] == "5 4 * * * /bin/true # mine"
    assert re.match(r"\d+,\d+ \* \* \* \* cd ", lines[1])
    assert "secret" not in lines[1]
    archive.run("schedule", "--remove")
    assert [line for line in listed().splitlines() if line] == lines[:1]


@pytest.mark.parametrize("options", [(), ("--install", "--remove"), ("--print", "--every", "7")])
def test_what_cannot_be_scheduled_is_the_users_mistake(tmp_path: Path, site: Site, options: tuple[str, ...]) -> None:
    done = Archive(tmp_path, site).run("schedule", *options)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / "docs" / "cron.md").read_text(), re.DOTALL)


def test_the_cronjob_of_the_docs_is_one_that_never_overlaps() -> None:
    (job,) = [one for text in blocks("yaml") for one in yaml.safe_load_all(text) if one["kind"] == "CronJob"]
    assert (job["apiVersion"], job["spec"]["concurrencyPolicy"]) == ("batch/v1", "Forbid")
    pod = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert container["command"][:3] == ["dragoman", "crawl", "--due"]
    assert {mount["name"] for mount in container["volumeMounts"]} == {volume["name"] for volume in pod["volumes"]}


def test_systemd_finds_no_fault_with_the_units_of_the_docs(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is missing")
    units = {text.split("\n")[0].removeprefix("# ").strip(): text for text in blocks("ini")}
    assert set(units) == {"dragoman.service", "dragoman.timer"}
    for name, text in units.items():
        (tmp_path / name).write_text(
            text.replace("/srv/dragoman/.venv/bin/dragoman", "/bin/true").replace("User=dragoman", "User=root")
        )
    judged = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(tmp_path / name for name in units)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "dragoman" not in judged.stderr, judged.stderr
