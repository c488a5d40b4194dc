"""What robots.txt asks is done: its delay is kept, and a broken one means that nothing may be asked."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest
from commands import run
from places import clean_environment

TEXT = "The ministers agreed to meet again in the spring. " * 10


class Polite(BaseHTTPRequestHandler):
    """A site that wants a second between two requests, and notes when each came."""

    robots: ClassVar[tuple[int, bytes]] = (200, b"User-agent: *\nCrawl-delay: 1\n")
    checked: ClassVar[bool] = False
    announced: ClassVar[tuple[str, ...]] = ("0", "1", "2")
    asked: ClassVar[list[tuple[str, float]]] = []

    def do_GET(self) -> None:
        self.asked.append((self.path, time.monotonic()))
        if self.path == "/robots.txt":
            status, body = self.robots
        elif self.path == "/feed":
            links = "".join(f"<item><link>http://{self.headers['Host']}/{n}</link></item>" for n in self.announced)
            status, body = 200, f"<rss version='2.0'><channel>{links}</channel></rss>".encode()
        elif self.checked:
            status, body = 200, b"<html><head><title>Just a moment...</title></head><body>Please wait.</body></html>"
        else:
            status, body = (
                200,
                f"<html><head><link rel='canonical' href='{self.path.removeprefix('/amp')}'></head><body><h1>Article {self.path}</h1><p>{self.path} {TEXT}</p></body></html>".encode(),
            )
        self.send_response(status)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def crawl(tmp_path: Path) -> Iterator[Any]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Polite)
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    (tmp_path / "outlets").mkdir()
    (tmp_path / "outlets" / "polite.yaml").write_text(
        f"id: polite\nname: Polite\nkind: blog\ncountry: GB\nownership: private\nlanguages: [en]\nhomepage: {address}\nfeeds: [{address}/feed]\n"
    )
    environment = {
        **clean_environment(),
        "DRAGOMAN_HOME": str(tmp_path / "home"),
        "DRAGOMAN_OUTLETS": str(tmp_path / "outlets"),
        "DRAGOMAN_ALLOWED_ADDRESSES": "127.0.0.1",
        "DRAGOMAN_AUTOTHROTTLE_START_DELAY": "0.01",
    }

    def crawled() -> dict[str, Any]:
        Polite.asked.clear()
        done = run(environment, "crawl", "polite", "--format", "json", timeout=120)
        summary: dict[str, Any] = json.loads(done.stdout)
        return summary

    yield crawled
    server.shutdown()
    server.server_close()


def test_the_crawl_delay_lies_between_two_requests(crawl: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Polite, "robots", (200, b"User-agent: *\nCrawl-delay: 1\n"))
    assert crawl()["outcomes"] == {"new": 3}
    pages = [at for path, at in Polite.asked if path != "/robots.txt"]
    assert all(later - earlier > 0.9 for earlier, later in itertools.pairwise(pages))


def test_a_robots_file_that_answers_503_closes_the_site(crawl: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Polite, "robots", (503, b"<html>down</html>"))
    assert "robots.txt" in crawl()["failures"][0]["cause"]
    assert {path for path, _ in Polite.asked} == {"/robots.txt"}


def test_a_site_without_a_robots_file_is_crawled(crawl: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Polite, "robots", (404, b"<html>Disallow: /</html>"))
    assert crawl()["outcomes"] == {"new": 3}


def test_an_article_behind_a_check_for_humans_is_asked_for_again_later(
    crawl: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Polite, "robots", (404, b""))
    monkeypatch.setattr(Polite, "checked", True)
    checked = crawl()
    assert checked["outcomes"] == {"failed_temporarily": 3}
    assert {failure["cause"] for failure in checked["failures"]} == {"bot check"}
    monkeypatch.setattr(Polite, "checked", False)
    assert crawl()["outcomes"] == {"new": 3}


def test_an_article_and_its_amp_page_are_one_article(crawl: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Polite, "robots", (404, b""))
    monkeypatch.setattr(Polite, "announced", ("0", "amp/1"))
    assert crawl()["outcomes"] == {"new": 2}
    monkeypatch.setattr(Polite, "announced", ("amp/0", "1"))
    assert crawl()["outcomes"] == {"duplicate": 1, "seen": 1}
