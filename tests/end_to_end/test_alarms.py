"""An outlet goes silent: the command line says so, a webhook is told once, and the metrics have it. Nothing of it is ever in a crawl's way."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from quiet_site import Answer, Archive, Site, serving

SECRET = "T0123-of-ours"
DEAD = "http://127.0.0.1:9"


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        served.announce("lamps", "buoys")
        yield served


class Hook:
    """A webhook: what it was posted, and what it answers."""

    def __init__(self) -> None:
        self.posted: list[dict[str, Any]] = []
        self.status = 200
        self.address = ""


@pytest.fixture
def hook() -> Iterator[Hook]:
    found = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if found.status == 200:
                found.posted.append(json.loads(body))
            self.send_response(found.status)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    found.address = f"http://127.0.0.1:{server.server_address[1]}/services/{SECRET}"
    yield found
    server.shutdown()
    server.server_close()


def metrics(path: Path) -> dict[tuple[str, str, str], float]:
    """Values by name, outlet and kind of alarm."""
    return {
        (
            sample.name.removeprefix("dragoman_"),
            sample.labels.get("outlet", ""),
            sample.labels.get("kind", ""),
        ): sample.value
        for family in text_string_to_metric_families(path.read_text())
        for sample in family.samples
    }


def alarms(archive: Archive) -> tuple[int, list[tuple[str | None, str]]]:
    done = archive.run("status", "--format", "json")
    return done.returncode, [(one["outlet"], one["kind"]) for one in json.loads(done.stdout)["alarms"]]


def verdicts(archive: Archive) -> dict[str, str]:
    """What the monitors found wrong with the last run, by its record."""
    ((stats,),) = archive.sql("SELECT stats FROM runs ORDER BY id DESC LIMIT 1")
    return {name: said for name, said in json.loads(stats).items() if name.startswith("monitor/")}


def test_a_feed_that_is_gone_is_told_once_and_so_is_its_return(tmp_path: Path, site: Site, hook: Hook) -> None:
    archive = Archive(tmp_path, site)
    file = tmp_path / "metrics" / "dragoman.prom"
    told = {"DRAGOMAN_ALERT_WEBHOOK": hook.address, "DRAGOMAN_METRICS_FILE": str(file)}

    archive.crawl(**told)
    found = metrics(file)
    assert found["last_run_articles_new", "pier", ""] == 2
    assert found["last_run_exit_code", "", ""] == 0
    assert (verdicts(archive), hook.posted, alarms(archive)) == ({}, [], (0, []))
    well = found["last_success_timestamp_seconds", "pier", ""]

    site.answers["/feed"].status = 410
    archive.sql("UPDATE sources SET failures = 2")
    hook.status = 500
    done = archive.run("crawl", "pier", **told)
    assert done.returncode == 1
    assert "alarms: webhook: it answered 500; tried again after the next run" in done.stderr
    assert SECRET not in done.stdout + done.stderr
    assert verdicts(archive) == {"monitor/outlets": "not well: pier"}
    found = metrics(file)
    assert found["alarms", "pier", "source"] == 1
    assert found["last_success_timestamp_seconds", "pier", ""] == well
    assert alarms(archive) == (1, [("pier", "source")])

    hook.status = 200
    archive.crawl(**told)
    archive.crawl(**told)
    (begins,) = hook.posted
    assert [(one["outlet"], one["kind"]) for one in begins["began"]] == [("pier", "source")]
    assert f"{site.address}/feed: http 410, 4 times in a row" in begins["text"]

    site.announce("lamps", "buoys", "ferries")
    archive.crawl(**told)
    ends = hook.posted[1]
    assert ([one["kind"] for one in ends["ended"]], ends["began"], ends["alarms"]) == (["source"], [], 0)
    assert alarms(archive) == (0, [])


def test_a_feed_that_has_moved_and_says_so_is_well(tmp_path: Path, site: Site) -> None:
    archive = Archive(tmp_path, site)
    site.answers["/new-feed"] = site.answers["/feed"]
    site.answers["/feed"] = Answer(b"", 301, {"Location": f"{site.address}/new-feed"})
    archive.crawl()
    archive.sql("UPDATE sources SET failures = 2")
    assert archive.crawl()["failures"] == []
    assert alarms(archive) == (0, [])


def test_what_is_wrong_with_a_whole_run_is_in_its_record_and_in_status(tmp_path: Path, site: Site) -> None:
    archive = Archive(tmp_path, site)
    site.announce("lamps", *(f"gone-{n}" for n in range(25)))
    for n in range(25):
        site.answers[f"/gone-{n}"] = Answer(b"", 404)
    summary = archive.crawl(DRAGOMAN_ELASTICSEARCH_URL=DEAD)
    assert "no Elasticsearch answers" in summary["error"]
    found = verdicts(archive)
    assert found["monitor/failures"] == "25 of 26 pages failed, 25 by http 404"
    assert "no Elasticsearch answers" in found["monitor/index"]
    assert {kind for outlet, kind in alarms(archive)[1] if outlet is None} == {"failures", "index"}
    archive.run("fetch", f"{site.address}/lamps")
    assert {kind for outlet, kind in alarms(archive)[1] if outlet is None} == {"failures", "index"}


def test_what_outlets_should_give_is_suggested_and_written_into_their_files(tmp_path: Path, site: Site) -> None:
    archive = Archive(tmp_path, site)
    archive.crawl()
    assert "0 good weeks are known, and two are needed" in archive.run("outlets", "expect").stdout
    now = datetime.now(UTC)
    for n in range(60):  # three articles a day: as the crawl's own, announced earlier
        at = f"{now - timedelta(hours=1 + 8 * n):%Y-%m-%d %H:%M:%S}.000000"
        archive.sql(
            "INSERT INTO links (key, url, outlet, first_seen_at, outcome, attempts, article_id) "
            f"SELECT 'a{n}', 'http://a/{n}', 'pier', '{at}', 'new', 1, 'a{n}'"
        )
        archive.sql(
            "INSERT INTO articles (id, url, outlet, version, document, published_at) "
            f"""SELECT 'a{n}', 'http://a/{n}', 'pier', 1, '{{"word_count": 500, "authors": ["A"]}}', '{at}'"""
        )
    done = archive.run("outlets", "expect", "--write")
    assert (
        "expects:\n  articles_a_week: 16\n  share_with_author: 0.7\n  share_with_date: 0.7\n  words: 400\n"
        in done.stdout
    )
    file = tmp_path / "outlets" / "pier.yaml"
    assert f"written to {file}" in done.stdout
    assert "articles_a_week: 16" in file.read_text()
    assert archive.run("outlets", "check", "--offline").returncode == 0
    assert alarms(archive) == (0, [])
    archive.sql("DELETE FROM links WHERE key LIKE 'a%' AND first_seen_at > datetime('now', '-6 days')")
    assert alarms(archive) == (1, [("pier", "fewer")])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"DRAGOMAN_ALERT_MAIL": "a@example.org", "DRAGOMAN_SMTP_CA": "/nowhere.pem"}, "DRAGOMAN_SMTP_CA"),
        ({"DRAGOMAN_METRICS_FILE": "/tmp/dragoman.txt"}, "DRAGOMAN_METRICS_FILE"),
    ],
)
def test_a_mistake_in_a_setting_is_said_before_anything_is_asked(
    tmp_path: Path, site: Site, given: dict[str, str], said: str
) -> None:
    done = Archive(tmp_path, site).run("crawl", "pier", **given)
    assert (done.returncode, done.stdout, site.asked) == (2, "", [])
    assert done.stderr.startswith(f"dragoman: {said}")
    assert done.stderr.count("\n") == 1
