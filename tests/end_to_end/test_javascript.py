"""An outlet whose pages are empty until their scripts have run, with a real browser."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest
from commands import run
from places import clean_environment

from archive.reading import read_captures

TEXT = (
    "The harbour masters of the strait met on the old pier, and they agreed to publish what each of them had measured. "
    * 6
)
SHELL = """<html><head><title>Harbour masters meet</title></head><body><div id="app"></div><script>
  fetch("/text.json").then(answer => answer.json()).then(told => {
    document.getElementById("app").innerHTML = "<article><h1>Harbour masters meet</h1><p>" + told.text + "</p></article>";
    fetch("http://127.0.0.2:%d/inside").catch(() => 0);
    new Image().src = "/picture.png";
  });
</script></body></html>"""


class Shells(BaseHTTPRequestHandler):
    asked: ClassVar[list[tuple[str, str]]] = []

    def do_GET(self) -> None:
        self.asked.append((self.headers["Host"].partition(":")[0], self.path))
        port = self.server.server_address[1]
        kind, body = "text/html", (SHELL % port).encode()
        if self.path == "/feed":
            body = f"<rss version='2.0'><channel><item><link>http://{self.headers['Host']}/1</link></item></channel></rss>".encode()
        elif self.path == "/text.json":
            kind, body = "application/json", json.dumps({"text": TEXT}).encode()
        self.send_response(404 if self.path == "/robots.txt" else 200)
        self.send_header("Content-Type", kind)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def crawl(tmp_path: Path) -> Iterator[Any]:
    server = ThreadingHTTPServer(("0.0.0.0", 0), Shells)
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"

    def crawled(javascript: bool, **environment: str) -> subprocess.CompletedProcess[str]:
        Shells.asked.clear()
        (tmp_path / "outlets").mkdir(exist_ok=True)
        (tmp_path / "outlets" / "shells.yaml").write_text(
            "id: shells\nname: Shells\nkind: blog\ncountry: GB\nownership: private\nlanguages: [en]\n"
            f"homepage: {address}\nfeeds: [{address}/feed]\njavascript: {str(javascript).lower()}\n"
        )
        ours = {
            **clean_environment(),
            "DRAGOMAN_HOME": str(tmp_path / "home"),
            "DRAGOMAN_OUTLETS": str(tmp_path / "outlets"),
            "DRAGOMAN_ALLOWED_ADDRESSES": "127.0.0.1",
            "DRAGOMAN_AUTOTHROTTLE_START_DELAY": "0.01",
        }
        return run({**ours, **environment}, "crawl", "shells", "--format", "json", timeout=180)

    yield crawled
    server.shutdown()
    server.server_close()


@pytest.fixture
def chromium() -> None:
    if not shutil.which("chromium"):
        pytest.skip("Chromium (tools/debian installs Debian's) is missing")


def test_a_page_that_needs_its_scripts_is_no_article_without_a_browser(crawl: Any) -> None:
    assert json.loads(crawl(javascript=False).stdout)["outcomes"] == {"not_an_article": 1}


def test_a_page_that_needs_its_scripts_is_read_by_a_browser_and_the_archive_says_so(
    crawl: Any, chromium: None, tmp_path: Path
) -> None:
    assert json.loads(crawl(javascript=True).stdout)["outcomes"] == {"new": 1}
    captures = [one for path in (tmp_path / "home" / "warc").glob("*.warc.gz") for one in read_captures(path)]
    (page,) = [one for one in captures if one.url.endswith("/1")]
    assert b"The harbour masters" in page.body
    assert ("X-Dragoman-Rendered", "chromium") in page.headers


def test_the_browser_asks_no_private_address_and_for_no_pictures(crawl: Any, chromium: None) -> None:
    crawl(javascript=True)
    assert ("127.0.0.1", "/text.json") in Shells.asked
    assert ("127.0.0.2", "/inside") not in Shells.asked
    assert "/picture.png" not in {path for _, path in Shells.asked}


def test_without_a_browser_one_line_says_what_to_do(crawl: Any) -> None:
    done = crawl(javascript=True, DRAGOMAN_CHROMIUM="/nowhere/chromium")
    assert done.returncode == 2
    assert done.stderr.strip() == (
        "dragoman: an outlet says javascript: true, and no Chromium is here; install it, or set DRAGOMAN_CHROMIUM to its file"
    )
