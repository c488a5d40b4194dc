"""What recurs across an outlet's articles is learned, by command and after a crawl, and the articles come out without it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest

from archive.captures import Capture
from archive.home import open_home
from archive.store import open_store
from archive.warc import WarcWriter

Dragoman = Callable[..., "subprocess.CompletedProcess[str]"]
LINE = "Kept by the lamp-lighters of the old pier, and by nobody else"
WORDS = [
    "alder",
    "birch",
    "cedar",
    "dogwood",
    "elder",
    "fir",
    "ginkgo",
    "hazel",
    "ironwood",
    "juniper",
    "kapok",
    "larch",
    "maple",
]


def paragraphs(n: int) -> list[str]:
    word = WORDS[n % len(WORDS)]
    return [
        f"The delegates of the {word} league met at the old pier, and they agreed to publish what the {word} league had asked.",
        f"Nobody had expected that the {word} league would send its own engineers, who brought a survey of the strait.",
        f"The survey says that the rock below the {word} bank is younger than the island, and that it may be dredged.",
    ]


def page(n: int) -> bytes:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs(n))
    title = f"The {WORDS[n % len(WORDS)]} league meets"
    return f"<html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1>{text}<p>{LINE}</p></article></body></html>".encode()


def warc(place: Path, count: int) -> Path:
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    home = open_home(place)
    with WarcWriter(home) as writer:
        for n in range(count):
            at = datetime(2026, 5, 1 + n, tzinfo=UTC)
            writer.append([Capture(f"https://elsewhere.example/{n}", at, 200, headers, page(n))])
    (path,) = home.warc.glob("*.warc.gz")
    return path


@pytest.fixture
def twelve(tmp_path: Path) -> Path:
    return warc(tmp_path / "twelve", 12)


def bodies(dragoman: Dragoman) -> dict[str, dict[str, Any]]:
    return {article["url"]: article for article in map(json.loads, dragoman("export").stdout.splitlines())}


def test_what_an_outlet_without_a_file_repeats_is_learned_and_its_articles_are_whole(
    dragoman: Dragoman, twelve: Path
) -> None:
    dragoman("import", str(twelve))
    before = bodies(dragoman)
    assert all(article["body"].endswith(LINE) for article in before.values())
    done = dragoman("outlets", "learn", "elsewhere.example", "--format", "json")
    assert done.returncode == 0, done.stderr
    lesson = json.loads(done.stdout)
    assert (lesson["outlet"], lesson["version"], lesson["articles"]) == ("elsewhere.example", 1, 12)
    assert lesson["lines"] == [{"text": LINE, "place": "edge", "support": 12, "of": 12, "share": 1.0}]
    assert lesson["articles_changed"] == 12
    after = bodies(dragoman)
    for n in range(12):
        url = f"https://elsewhere.example/{n}"
        assert after[url]["body"].split("\n") == paragraphs(n)
        assert (after[url]["version"], after[url]["id"]) == (1, before[url]["id"])
        assert after[url]["extractor"]["rules"].endswith("+learned@1")


def test_to_learn_again_remembers_what_it_knows(dragoman: Dragoman, twelve: Path) -> None:
    dragoman("import", str(twelve))
    first = json.loads(dragoman("outlets", "learn", "elsewhere.example", "--format", "json").stdout)
    again = json.loads(dragoman("outlets", "learn", "elsewhere.example", "--format", "json").stdout)
    assert again == {**first, "articles_changed": 0}
    table = dragoman("outlets", "learn", "elsewhere.example").stdout
    assert "12 of 12" in table


def test_what_was_learned_is_applied_to_captures_that_come_later(
    dragoman: Dragoman, twelve: Path, tmp_path: Path
) -> None:
    dragoman("import", str(twelve))
    dragoman("outlets", "learn", "elsewhere.example")
    again = json.loads(dragoman("import", str(twelve), "--format", "json").stdout)
    assert again["outcomes"] == {"unchanged": 12}
    dragoman("import", str(warc(tmp_path / "more", 13)))
    assert bodies(dragoman)["https://elsewhere.example/12"]["body"].split("\n") == paragraphs(12)
    (tmp_path / "page.html").write_bytes(page(5))
    shown = dragoman("extract", str(tmp_path / "page.html"), "--url", "https://elsewhere.example/new", "--explain")
    assert f"learned (in 12 of 12 articles): {LINE}" in shown.stderr


def test_too_few_articles_say_so(dragoman: Dragoman, tmp_path: Path) -> None:
    dragoman("import", str(warc(tmp_path / "four", 4)))
    done = dragoman("outlets", "learn", "elsewhere.example")
    assert (done.returncode, "too few" in done.stdout) == (0, True)
    lesson = json.loads(dragoman("outlets", "learn", "elsewhere.example", "--format", "json").stdout)
    assert (lesson["version"], lesson["articles"], lesson["articles_needed"], lesson["lines"]) == (None, 4, 10, [])
    assert json.loads(dragoman("outlets", "learn", "kootneeti", "--format", "json").stdout)["articles"] == 0


def test_an_outlet_that_nobody_knows_is_the_users_mistake(dragoman: Dragoman) -> None:
    done = dragoman("outlets", "learn", "nowhere")
    assert (done.returncode, done.stderr.count("\n"), done.stdout) == (2, 1, "")


class Site(BaseHTTPRequestHandler):
    """An outlet with a feed of so many articles."""

    articles: ClassVar[int] = 12

    def do_GET(self) -> None:
        if self.path == "/feed":
            links = "".join(
                f"<item><link>http://{self.headers['Host']}/{n}</link></item>" for n in range(self.articles)
            )
            status, body = 200, f"<rss version='2.0'><channel>{links}</channel></rss>".encode()
        elif self.path == "/robots.txt":
            status, body = 404, b""
        else:
            status, body = 200, page(int(self.path[1:]))
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def site(tmp_path: Path) -> Iterator[dict[str, str]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    (tmp_path / "outlets").mkdir()
    (tmp_path / "outlets" / "pier.yaml").write_text(
        f"id: pier\nname: The Pier\nkind: blog\ncountry: GB\nownership: private\nlanguages: [en]\nhomepage: {address}\nfeeds: [{address}/feed]\n"
        "rules:\n- from: 2020-01-01\n  title: p\n"
    )
    yield {
        "DRAGOMAN_OUTLETS": str(tmp_path / "outlets"),
        "DRAGOMAN_ALLOWED_ADDRESSES": "127.0.0.1",
        "DRAGOMAN_AUTOTHROTTLE_START_DELAY": "0.01",
    }
    server.shutdown()
    server.server_close()


def test_a_crawl_learns_at_its_end_and_the_next_one_applies_it(
    dragoman: Dragoman, home: Path, site: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = json.loads(dragoman("crawl", "pier", "--format", "json", **site).stdout)
    assert (first["outcomes"], first["indexed"], first["waiting_for_index"]) == ({"new": 12}, 12, 0)
    monkeypatch.setattr(Site, "articles", 13)
    dragoman("crawl", "pier", **site)
    found = json.loads(dragoman("search", "outlet:pier", "--limit", "20", "--format", "json").stdout)
    assert len(found) == 13
    assert all(len(article["body"].split("\n")) >= 2 and LINE not in article["body"] for article in found)
    with open_store(open_home(home)) as store:
        (template,) = store.templates.versions("pier")
    assert [line.text for line in template.lines] == [LINE]


def test_outlet_rules_are_applied_by_a_crawl_unless_they_are_off(dragoman: Dragoman, site: dict[str, str]) -> None:
    dragoman("crawl", "pier", "--limit", "2", **site, DRAGOMAN_OUTLET_RULES="0")
    dragoman("crawl", "pier", "--limit", "2", **site)
    rules = [article["extractor"]["rules"].partition("+")[2] for article in bodies(dragoman).values()]
    assert sorted(rules) == ["", "", "outlet@2020-01-01", "outlet@2020-01-01"]
