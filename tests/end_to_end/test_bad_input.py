"""A hostile outlet on loopback: each of its tricks is one clear line, the outlet beside it is unharmed, nothing is lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from places import ROOT, clean_environment

from archive.home import open_home
from archive.reading import read_captures

TEXT = "The ministers agreed to meet again in the spring. " * 10


class Site(BaseHTTPRequestHandler):
    """Answers by path; ``/slow/`` articles take a tenth of a second each."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = self.path
        if path == "/robots.txt":
            self.answer(b"User-agent: *\nDisallow: /private/", "text/plain")
        elif path in FEEDS:
            self.answer(FEEDS[path].replace("HOST", self.headers["Host"]).encode(), "application/rss+xml")
        elif path == "/sitemap.xml":
            self.answer(
                f"<sitemapindex><sitemap><loc>http://{self.headers['Host']}/sitemap.xml</loc></sitemap></sitemapindex>".encode(),
                "application/xml",
            )
        elif path.startswith("/status/"):
            self.answer(b"no", "text/plain", int(path.split("/")[2]))
        elif path == "/loop":
            self.send_response(302)
            self.send_header("Location", "/loop")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif path == "/endless":
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(10 * 2**30))
            self.end_headers()
        elif path == "/torn":
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", "5000")
            self.end_headers()
            self.wfile.write(b"<html>half")
            self.close_connection = True
        elif path == "/moved":
            self.send_response(301)
            self.send_header("Location", "/good/0")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif path == "/empty":
            self.answer(b"", "text/html")
        elif path == "/pdf":
            self.answer(b"%PDF-1.4", "application/pdf")
        else:
            time.sleep(0.1 if path.startswith("/slow/") else 0)
            self.answer(
                f"<html><body><h1>Article at {path}</h1><p>{path} {TEXT}</p></body></html>".encode(),
                "text/html; charset=utf-8",
            )

    def answer(self, body: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


def feed(*links: str) -> str:
    return (
        "<rss version='2.0'><channel>"
        + "".join(f"<item><title>T</title><link>{link}</link></item>" for link in links)
        + "</channel></rss>"
    )


FEEDS = {
    "/good.xml": feed(*(f"http://HOST/good/{n}" for n in range(5))),
    "/slow.xml": feed(*(f"http://HOST/slow/{n}" for n in range(200))),
    "/moved.xml": feed("http://HOST/good/0", "http://HOST/moved"),
    "/html.xml": "<!doctype html><html><body>Our feed has moved</body></html>",
    "/bad.xml": feed(
        "http://HOST/fine",
        *(f"http://HOST/status/{code}" for code in (404, 403, 410, 429, 503)),
        "http://HOST/loop",
        "http://HOST/endless",
        "http://HOST/torn",
        "http://HOST/empty",
        "http://HOST/pdf",
        "http://HOST/private/x",
        "file://localhost/etc/passwd",
        "http://10.0.0.1/admin",
        "http://[::1]/admin",
        "http://169.254.169.254/latest/meta-data",
        "http://HOST/" + "a" * 10_000,
    ),
}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def environment(address: str, tmp_path: Path) -> dict[str, str]:
    outlets = tmp_path / "outlets"
    outlets.mkdir()
    for name, announced in {
        "good": "feeds:\n  - URL/good.xml",
        "bad": "feeds:\n  - URL/bad.xml\n  - URL/html.xml\nsitemaps:\n  - URL/sitemap.xml",
        "moved": "feeds:\n  - URL/moved.xml",
        "slow": "feeds:\n  - URL/slow.xml",
    }.items():
        (outlets / f"{name}.yaml").write_text(
            f"id: {name}\nname: {name}\nkind: blog\ncountry: GB\nownership: private\nlanguages: [en]\nhomepage: {address}\n{announced.replace('URL', address)}\n"
        )
    return {
        **clean_environment(),
        "DRAGOMAN_HOME": str(tmp_path / "home"),
        "DRAGOMAN_OUTLETS": str(outlets),
        "DRAGOMAN_ALLOWED_ADDRESSES": "127.0.0.1",
        "DRAGOMAN_AUTOTHROTTLE_START_DELAY": "0.01",
    }


def dragoman(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dragoman", *arguments],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_every_trick_is_one_outcome_and_one_line(environment: dict[str, str], address: str) -> None:
    done = dragoman(environment, "crawl", "bad", "good", "--format", "json")
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    summary = json.loads(done.stdout)
    assert summary["outlets"]["good"] == {"discovered": 5, "outcomes": {"new": 5}}
    assert summary["outlets"]["bad"] == {
        "discovered": 17,
        "outcomes": {"new": 1, "failed": 4, "failed_temporarily": 4, "not_an_article": 2, "blocked": 1, "refused": 5},
    }
    causes = {failure["url"].removeprefix(address)[:20]: failure["cause"] for failure in summary["failures"]}
    assert {
        name: causes[name] for name in ("/status/404", "/status/503", "/loop", "/endless", "/torn", "/html.xml")
    } == {
        "/status/404": "http 404",
        "/status/503": "http 503",
        "/loop": "redirect loop",
        "/endless": "too large",
        "/torn": "connection lost",
        "/html.xml": "HTML, not a feed",
    }


def test_a_torn_body_is_kept_as_truncated(environment: dict[str, str]) -> None:
    dragoman(environment, "crawl", "bad")
    kept = [
        one
        for path in open_home(Path(environment["DRAGOMAN_HOME"])).warc.glob("*.warc.gz")
        for one in read_captures(path)
    ]
    assert {one.truncated for one in kept if one.url.endswith("/torn")} == {"disconnect"}
    assert {one.body for one in kept if one.url.endswith("/torn")} == {b"<html>half"}


def test_private_addresses_are_refused_unless_allowed(environment: dict[str, str]) -> None:
    done = dragoman({**environment, "DRAGOMAN_ALLOWED_ADDRESSES": ""}, "crawl", "good", "--format", "json")
    assert done.returncode == 1
    assert "private address 127.0.0.1" in json.loads(done.stdout)["failures"][0]["cause"]


def test_a_redirect_to_a_known_article_is_a_duplicate(environment: dict[str, str]) -> None:
    dragoman(environment, "crawl", "good")
    summary = json.loads(dragoman(environment, "crawl", "moved", "--format", "json").stdout)
    assert summary["outcomes"] == {"seen": 1, "duplicate": 1}
    assert summary["captures"] >= 3  # the feed, and both hops; robots.txt is remembered


def test_a_limit_leaves_the_rest_waiting_for_the_next_run(environment: dict[str, str]) -> None:
    first = json.loads(dragoman(environment, "crawl", "good", "--limit", "2", "--format", "json").stdout)
    assert first["outcomes"] == {"new": 2, "waiting": 3}
    second = json.loads(dragoman(environment, "crawl", "good", "--format", "json").stdout)
    assert second["outcomes"] == {"seen": 2, "new": 3}


def test_a_dead_index_stops_no_crawl_and_loses_no_article(environment: dict[str, str]) -> None:
    dead = {**environment, "DRAGOMAN_ELASTICSEARCH_URL": "http://127.0.0.1:9"}
    done = dragoman(dead, "crawl", "good", "--format", "json")
    assert done.returncode == 4
    summary = json.loads(done.stdout)
    assert (summary["outcomes"], summary["waiting_for_index"]) == ({"new": 5}, 5)
    assert dragoman(dead, "search", "ministers").returncode == 4
    assert json.loads(dragoman(environment, "index", "--format", "json").stdout)["indexed"] == 5
    assert len(json.loads(dragoman(environment, "search", "ministers", "--format", "json").stdout)) == 5


def test_a_second_run_on_one_home_says_who_holds_it(environment: dict[str, str]) -> None:
    first = subprocess.Popen(
        [sys.executable, "-m", "dragoman", "crawl", "slow"],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    lock = Path(environment["DRAGOMAN_HOME"]) / "lock"
    wait_for(lambda: lock.exists() and lock.stat().st_size > 0)
    second = dragoman(environment, "crawl", "good")
    assert (second.returncode, f"pid {first.pid}" in second.stderr) == (75, True)
    first.send_signal(signal.SIGINT)
    assert first.wait(60) in (0, 1)


def test_ctrl_c_ends_cleanly_and_loses_nothing(environment: dict[str, str]) -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "dragoman", "crawl", "slow", "--format", "json"],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    wait_for(lambda: fetched(environment) > 3)
    os.killpg(running.pid, signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert "Traceback" not in err
    summary = json.loads(out)
    assert summary["discovered"] == 200 == sum(summary["outcomes"].values())
    assert summary["outcomes"]["waiting"] > 0
    again = json.loads(dragoman(environment, "crawl", "slow", "--limit", "5", "--format", "json").stdout)
    assert again["outcomes"]["seen"] == summary["outcomes"]["new"]


def test_kill_9_in_the_middle_of_a_crawl_loses_no_capture(environment: dict[str, str]) -> None:
    home = open_home(Path(environment["DRAGOMAN_HOME"]))
    for _ in range(5):
        before = fetched(environment)
        running = subprocess.Popen(
            [sys.executable, "-m", "dragoman", "crawl", "slow", "--limit", "200"],
            env=environment,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_for(lambda before=before: fetched(environment) > before + 3)
        running.kill()
        running.wait()
    acknowledged = noted(environment)
    dragoman(environment, "crawl", "good")
    assert not list(home.warc.glob("*.open"))
    kept = {
        (one.url, one.fetched_at.replace(tzinfo=None))
        for path in home.warc.glob("*.warc.gz")
        for one in read_captures(path)
    }
    assert acknowledged <= kept


def test_a_read_only_home_is_one_line_and_exit_code_3(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    done = dragoman({**environment, "DRAGOMAN_HOME": str(tmp_path / "taken" / "home")}, "crawl", "good")
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)


def test_a_full_disk_ends_the_run_with_exit_code_3_and_no_article_without_its_capture(
    environment: dict[str, str],
) -> None:
    limit = "import resource, runpy, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000)); sys.argv = ['dragoman', 'crawl', 'bad', 'good']; runpy.run_module('dragoman', run_name='__main__')"
    big = {**environment, "DRAGOMAN_DOWNLOAD_MAXSIZE": "1000000"}
    done = subprocess.run(
        [sys.executable, "-c", limit], env=big, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "mend"),
    [
        (("crawl", "goood"), "did you mean 'good'"),
        (("search", "outlett:x"), "no field 'outlett'"),
        (("search", '"torn'), "not closed"),
        (("search", "--limt", "5", "x"), "--limt"),
        (("crawl", "--limit", "0"), "--limit"),
        (("show", "ffffffff"), "no article"),
        (("outlets", "show", "goood"), "did you mean"),
        (("nonsense",), "nonsense"),
    ],
)
def test_a_users_mistake_is_one_line_and_exit_code_2(
    environment: dict[str, str], arguments: tuple[str, ...], mend: str
) -> None:
    done = dragoman(environment, *arguments)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert mend in done.stderr


def test_a_wrong_setting_is_one_line_and_exit_code_2(environment: dict[str, str]) -> None:
    done = dragoman({**environment, "DRAGOMAN_WORKERS": "many"}, "crawl")
    assert (done.returncode, done.stderr) == (
        2,
        "dragoman: DRAGOMAN_WORKERS='many': a whole number above zero is wanted\n",
    )


def test_a_closed_pipe_is_no_traceback(environment: dict[str, str]) -> None:
    listing = subprocess.Popen(
        [sys.executable, "-m", "dragoman", "outlets", "list", "--format", "json"],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert listing.stdout
    assert listing.stderr
    listing.stdout.close()
    said = listing.stderr.read()
    listing.stderr.close()
    listing.wait()
    assert said == b""


def test_scrapys_own_commands_work(environment: dict[str, str]) -> None:
    scrapy = Path(sys.executable).parent / "scrapy"
    listed = subprocess.run([scrapy, "list"], env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert listed.stdout == "outlets\n"
    crawled = subprocess.run(
        [scrapy, "crawl", "outlets", "-a", "only=good"],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert crawled.returncode == 0, crawled.stderr
    assert json.loads(dragoman(environment, "status", "--format", "json").stdout)["articles"] == 5


def noted(environment: dict[str, str]) -> set[tuple[str, Any]]:
    """What the store says was captured: noted after the disk had it."""
    import sqlite3
    from contextlib import closing
    from datetime import datetime

    database = open_home(Path(environment["DRAGOMAN_HOME"])).database
    if not database.exists():
        return set()
    with closing(sqlite3.connect(database)) as connection:
        try:
            rows = connection.execute("SELECT url, fetched_at FROM fetches WHERE warc IS NOT NULL").fetchall()
        except sqlite3.OperationalError:
            return set()
    return {(url, datetime.fromisoformat(at)) for url, at in rows}


def fetched(environment: dict[str, str]) -> int:
    return len(noted(environment))


def wait_for(done: Callable[[], bool]) -> None:
    for _ in range(600):
        if done():
            return
        time.sleep(0.05)
    pytest.fail("waited for half a minute in vain")
