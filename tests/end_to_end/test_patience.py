"""Hosts that ask for patience get it, pages that are reserved are not kept, and a run's time is kept."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from places import ROOT
from quiet_site import TOPICS, Answer, Archive, Site, article, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        served.announce(*TOPICS)
        yield served


@pytest.fixture
def archive(tmp_path: Path, site: Site) -> Archive:
    return Archive(tmp_path, site)


def test_a_long_retry_after_lets_the_hosts_links_wait_for_a_later_run(archive: Archive, site: Site) -> None:
    site.answers |= {f"/{topic}": Answer(b"slow", 429, {"Retry-After": "3600"}) for topic in TOPICS}
    summary = archive.crawl()
    assert summary["outcomes"] == {"waiting": 8}
    assert len(summary["failures"]) == 1
    assert "asks for 3600 s" in summary["failures"][0]["cause"]
    assert archive.crawl("--due")["outcomes"] == {"waiting": 8}
    assert site.asked == []
    site.answers |= {f"/{topic}": Answer(article(topic)) for topic in TOPICS}
    archive.hours_pass(2)
    assert archive.crawl("--due")["outcomes"] == {"new": 8}


def test_a_short_retry_after_is_sat_out(archive: Archive, site: Site) -> None:
    moments: list[float] = []
    answer = site.answer

    def hurried(path: str, headers: dict[str, str]) -> Answer:
        moments.append(time.monotonic())
        if path == "/lamps" and path not in site.paths:
            site.asked.append((path, 429, headers))
            return Answer(b"slow", 429, {"Retry-After": "4"})
        return answer(path, headers)

    site.announce("lamps")
    site.answer = hurried  # type: ignore[method-assign]
    assert archive.crawl()["outcomes"] == {"new": 1}
    assert moments[-1] - moments[-2] > 3.5


def test_a_host_that_refuses_all_is_left_alone_and_reported_once(archive: Archive, site: Site) -> None:
    site.answers |= {f"/{topic}": Answer(b"no", 403) for topic in TOPICS}
    summary = archive.crawl()
    assert summary["outcomes"]["waiting"] >= 1
    assert [failure["cause"].partition(":")[0][:5] for failure in summary["failures"]].count("rests") == 1
    refused = sum(status == 403 for _, status, _ in site.asked)
    archive.hours_pass(2)
    archive.crawl("--due")
    assert sum(status == 403 for _, status, _ in site.asked) == 1 < refused
    site.answers |= {f"/{topic}": Answer(article(topic)) for topic in TOPICS}
    archive.hours_pass(3)
    assert archive.crawl("--due")["outcomes"] == {"new": 8}


def test_a_robots_file_that_cannot_be_read_today_costs_no_article(archive: Archive, site: Site) -> None:
    archive.crawl("--limit", "2")
    archive.hours_pass(25)
    site.answers["/robots.txt"] = Answer(b"down for a moment", 503)
    summary = archive.crawl("--due")
    assert summary["outcomes"]["failed_temporarily"] >= 6
    assert {failure["cause"] for failure in summary["failures"]} == {"robots.txt answers 503"}
    del site.answers["/robots.txt"]
    assert archive.crawl("--due")["outcomes"]["new"] == 6


def test_a_feed_that_is_not_asked_because_its_host_refuses_all_is_told_of_all_the_same(
    archive: Archive, site: Site
) -> None:
    site.answers |= {f"/{topic}": Answer(b"no", 403) for topic in TOPICS}
    archive.crawl()
    for times in (1, 2, 3):
        archive.sql("UPDATE sources SET due_at = NULL")
        archive.sql("UPDATE hosts SET not_before = datetime(not_before, '+2 days') || '.000000'")
        archive.crawl("--due")
        assert site.asked == []
        assert [row.failures for row in archive.sql("SELECT failures FROM sources")] == [times]
    alarms = json.loads(archive.run("status", "--format", "json").stdout)["alarms"]
    assert [(alarm["kind"], "403" in alarm["seen"]) for alarm in alarms if alarm["kind"] == "source"] == [
        ("source", True)
    ]


def test_outside_its_hours_an_outlet_is_not_asked(tmp_path: Path, site: Site) -> None:
    hour = datetime.now(UTC).hour
    hours = f"hours: {(hour + 3) % 24}-{(hour + 5) % 24}\n"
    archive = Archive(tmp_path, site, f"feeds: [{site.address}/feed]\n{hours}")
    assert archive.crawl()["discovered"] == 0
    assert site.asked == []


def test_a_reserved_page_is_blocked_with_its_reason_and_nothing_of_it_is_kept(archive: Archive, site: Site) -> None:
    secret = article("lamps", "a word that only this page has, quartzite,")
    site.answers["/lamps"] = Answer(secret, headers={"X-Robots-Tag": "noarchive"})
    site.answers["/buoys"] = Answer(secret.replace(b"<head>", b'<head><meta name="robots" content="noarchive">'))
    site.answers["/ferries"] = Answer(secret, headers={"TDM-Reservation": "1"})
    site.answers["/.well-known/tdmrep.json"] = Answer(b'[{"location": "/tides", "tdm-reservation": 1}]')
    assert archive.crawl()["outcomes"] == {"new": 4, "blocked": 4}
    reasons = {
        row.url.rpartition("/")[2]: row.reason
        for row in archive.sql("SELECT url, reason FROM links WHERE outcome = 'blocked'")
    }
    assert reasons == {
        "lamps": "noarchive (X-Robots-Tag)",
        "buoys": "noarchive (meta robots)",
        "ferries": "tdm-reservation (header)",
        "tides": "tdm-reservation (tdmrep.json)",
    }
    assert "/tides" not in site.paths
    kept = b"".join(_unpacked(path) for path in (archive.home / "warc").glob("*.warc.gz"))
    assert b"quartzite" not in kept
    assert b"fetchFailure: noarchive (X-Robots-Tag)" in kept
    assert b"fetchFailure: noarchive (meta robots)" in kept
    fetched = archive.run("fetch", f"{site.address}/buoys", DRAGOMAN_IGNORE_META_NOARCHIVE="1")
    assert fetched.returncode == 0, fetched.stdout
    assert b"quartzite" in b"".join(_unpacked(path) for path in (archive.home / "warc").glob("*.warc.gz"))


def test_when_the_time_is_up_the_rest_waits(tmp_path: Path, site: Site) -> None:
    archive = Archive(tmp_path, site, f"feeds: [{site.address}/feed]\ndelay: 2\n")
    summary = archive.crawl("--for", "12s")
    assert summary["finished"] == "closespider_timeout"
    assert set(summary["outcomes"]) == {"new", "waiting"}
    assert sum(summary["outcomes"].values()) == 8


def test_after_kill_9_the_next_run_takes_up_what_is_left(tmp_path: Path, site: Site) -> None:
    archive = Archive(tmp_path, site, f"feeds: [{site.address}/feed]\ndelay: 1\n")
    command = [sys.executable, "-m", "dragoman", "crawl", "--due", "pier"]
    killed = subprocess.Popen(
        command, env=archive.environment, cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True
    )
    while len(site.asked) < 6 and killed.poll() is None:
        time.sleep(0.05)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    archive.sql("UPDATE sources SET due_at = NULL")
    summary = archive.crawl("--due")
    assert summary["outcomes"]["new"] >= 1
    assert "failed" not in summary["outcomes"]
    assert [row.n for row in archive.sql("SELECT count(*) AS n FROM articles")] == [8]


def test_a_run_that_meets_another_is_quiet_where_there_is_a_log(archive: Archive) -> None:
    log = archive.home.parent / "crawl.log"
    archive.crawl(DRAGOMAN_LOG_FILE=str(log))
    assert "outcome" not in log.read_text()
    assert "new 8" in log.read_text()
    with (archive.home / "lock").open("r+") as lock:
        import fcntl

        fcntl.flock(lock, fcntl.LOCK_EX)
        loud, quiet = (
            archive.run("crawl", "pier", "--due"),
            archive.run("crawl", "pier", "--due", DRAGOMAN_LOG_FILE=str(log)),
        )
    assert (loud.returncode, quiet.returncode) == (75, 75)
    assert "is held by" in loud.stderr
    assert quiet.stderr == ""
    assert "is held by" in log.read_text()


def test_the_contact_stands_in_the_user_agent(archive: Archive, site: Site) -> None:
    archive.crawl(DRAGOMAN_CONTACT="crawler@example.org")
    assert {headers["User-Agent"] for _, _, headers in site.asked} == {
        "Dragoman/0.1 (+crawler@example.org; archive of international relations; obeys robots.txt)"
    }


def test_a_contact_that_is_none_is_the_users_mistake(archive: Archive) -> None:
    done = archive.run("crawl", "pier", DRAGOMAN_CONTACT="somebody")
    assert done.returncode == 2
    assert "DRAGOMAN_CONTACT" in done.stderr


def test_nothing_due_is_done_at_once_with_0(archive: Archive) -> None:
    archive.crawl()
    done = archive.run("crawl", "pier", "--due", "--format", "json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["captures"] == 0


def _unpacked(path: Path) -> bytes:
    import gzip

    return gzip.decompress(path.read_bytes())
