"""Pages served twice, and what the archive makes of what changed between: nothing, a version, a silent edit, a tombstone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest
from commands import run
from places import ROOT, clean_environment
from sqlalchemy import create_engine, text

from archive.captures import Capture
from archive.home import open_home
from archive.warc import WarcWriter

Dragoman = Callable[..., "subprocess.CompletedProcess[str]"]
PARAGRAPHS = (
    "The harbour masters of the strait met on the old pier, and they agreed to publish what each of them had measured since spring.",
    '"Nobody had asked us before", said the eldest of them - she has kept the northern light for thirty years - in a short speech.',
    "The survey says that the rock below the bank is younger than the island, and that a channel of 12 metres may be dredged there.",
    "A second meeting is planned for the autumn, when the engineers of both shores will have read the figures and drawn their maps.",
)
TOPICS = {
    "same": "lamps", "quotes": "buoys", "spaces": "ferries", "stamp": "tides", "related": "pilots", "headline": "gulls",
    "edited": "cables", "silent": "wrecks", "unstated": "nets", "four": "ropes", "ten": "sails", "soft": "masts",
    "moved": "anchors", "news/section": "keels", "remarks": "charts", "again": "oars",
}  # fmt: skip


def page(path: str, **other: Any) -> bytes:
    """An article on a topic of its own, so that none is taken for the template of the others."""
    topic = TOPICS[path]
    title = other.get("title", f"Harbour masters measure the {topic} of the strait")
    body = [f"{paragraph} It was about {topic}, {n} of them." for n, paragraph in enumerate(PARAGRAPHS, 3)]
    change = other.get("change", lambda paragraphs: paragraphs)
    modified = other.get("modified", "2026-03-01T09:00:00Z")
    stated = {"@type": "NewsArticle", "headline": title, "datePublished": "2026-03-01T08:00:00Z"}
    stated |= {"dateModified": modified} if modified else {}
    return f"""<html lang="en"><head><title>{title} | The Pier</title><script type="application/ld+json">{json.dumps(stated)}</script></head>
    <body><nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>{title}</h1>
    <p class="meta">{other.get("stamp", "Updated at 09:00")}</p>
    {other.get("gap", "").join(f"<p>{paragraph}</p>" for paragraph in change(body))}</article>
    <aside class="related"><h3>Related</h3>{other.get("related", '<a href="/x">Older news of the pier</a>')}</aside>
    <footer>{other.get("footer", "© The Pier")}</footer></body></html>""".encode()


def reset(paragraphs: list[str]) -> list[str]:
    """The same words in another printing."""
    text = (
        "\n".join(paragraphs)
        .replace('"N', "“N")
        .replace('"', "”")
        .replace(" - ", "\u00a0– ")
        .replace("measured", "mea\u00adsured")
    )
    return text.replace("12 metres", "12\u00a0metres").split("\n")


def reworded(paragraphs: list[str]) -> list[str]:
    return [paragraph.replace("12 metres", "twenty metres") for paragraph in paragraphs]


LIST = "".join(f"<h3><a href='/{n}'>Older news number {n} of the pier and its people</a></h3>" for n in range(9))
HOME = f"<html><head><title>The Pier</title></head><body><h1>The Pier</h1>{LIST}</body></html>".encode()
LOST = b"<html><head><title>Page not found | The Pier</title></head><body><h1>Oops!</h1><p>The page you are looking for could not be found.</p></body></html>"
SECOND: dict[str, tuple[int, bytes]] = {
    "same": (200, page("same")),
    "quotes": (200, page("quotes", change=reset)),
    "spaces": (200, page("spaces", gap="\n\n \t <!-- --> ", change=lambda lines: [line.replace(" ", "\n  ") for line in lines])),
    "stamp": (200, page("stamp", stamp="Updated at 14:05", modified="2026-03-02T14:05:00Z", footer="Page made in 0.3 s")),
    "related": (200, page("related", related="<a href='/y'>A storm closes the northern light</a><a href='/z'>New ferries for the isles</a>")),
    "headline": (200, page("headline", title="The gulls of the strait are counted at last")),
    "edited": (200, page("edited", change=reworded, modified=datetime.now(UTC).isoformat())),
    "silent": (200, page("silent", change=reworded)),
    "unstated": (200, page("unstated", change=reworded, modified="")),
    "four": (404, LOST),
    "ten": (410, b"gone"),
    "soft": (200, LOST),
    "moved": (302, b"/"),
    "news/section": (301, b"/news"),
    "remarks": (200, page("remarks", change=lambda lines: [*lines, "The page you are looking for could not be found."])),
}  # fmt: skip


class Site(BaseHTTPRequestHandler):
    """An outlet whose pages are what ``now`` says, or as they were at first."""

    now: ClassVar[dict[str, tuple[int, bytes]]] = {}

    def do_GET(self) -> None:
        path = self.path[1:]
        if path == "feed":
            items = "".join(f"<item><link>http://{self.headers['Host']}/{topic}</link></item>" for topic in TOPICS)
            status, body = 200, f"<rss version='2.0'><channel>{items}</channel></rss>".encode()
        elif path in ("", "news"):
            status, body = 200, HOME
        elif path in TOPICS:
            stated = {"modified": ""} if path == "unstated" else {}
            status, body = self.now.get(path, (200, page(path, **stated)))
        else:
            status, body = 404, b""
        self.send_response(status)
        if status in (301, 302):
            self.send_header("Location", body.decode())
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


class Pier:
    """The outlet and an archive of it."""

    def __init__(self, folder: Path, address: str) -> None:
        (folder / "outlets").mkdir()
        (folder / "outlets" / "pier.yaml").write_text(
            f"id: pier\nname: The Pier\nkind: blog\ncountry: GB\nownership: private\nlanguages: [en]\nhomepage: {address}\nfeeds: [{address}/feed]\n"
        )
        self.address = address
        self.home = folder / "home"
        self.environment = {
            **clean_environment(),
            "DRAGOMAN_HOME": str(self.home),
            "DRAGOMAN_OUTLETS": str(folder / "outlets"),
            "DRAGOMAN_ALLOWED_ADDRESSES": "127.0.0.1",
            "DRAGOMAN_AUTOTHROTTLE_START_DELAY": "0.01",
        }

    def __call__(self, *arguments: str) -> str:
        done = run(self.environment, *arguments)
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    def crawl(self) -> dict[str, int]:
        outcomes: dict[str, int] = json.loads(self("crawl", "pier", "--format", "json"))["outcomes"]
        return outcomes

    def execute(self, *statements: str) -> None:
        engine = create_engine(f"sqlite:///{open_home(self.home).database}")
        with engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))
        engine.dispose()

    def reopen(self) -> None:
        """Have each page fetched again, as whatever decides on that will."""
        self.execute("UPDATE links SET outcome = NULL")

    def hours_pass(self) -> None:
        """All that is known happened seven hours earlier."""
        self.execute(
            *(
                f"UPDATE {table} SET {column} = strftime('%Y-%m-%d %H:%M:%f', {column}, '-7 hours')"
                for table, column in (("links", "settled_at"), ("absences", "at"), ("articles", "seen_at"))
            )
        )

    def shown(self, path: str, *options: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self("show", f"{self.address}/{path}", *options, "--format", "json"))
        return found

    def found(self, query: str) -> set[str]:
        hits = json.loads(self("search", query, "--limit", "50", "--format", "json"))
        return {hit["url"].removeprefix(f"{self.address}/") for hit in hits}


@pytest.fixture(scope="module")
def pier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pier]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, daemon=True).start()
    yield Pier(tmp_path_factory.mktemp("pier"), f"http://127.0.0.1:{server.server_address[1]}")
    server.shutdown()
    server.server_close()
    Site.now = {}


@pytest.fixture(scope="module")
def twice(pier: Pier) -> tuple[Pier, dict[str, int]]:
    """The outlet, crawled, changed, and crawled again, and what that brought."""
    assert pier.crawl() == {"new": len(TOPICS)}
    pier.hours_pass()
    Site.now = SECOND
    pier.reopen()
    return pier, pier.crawl()


def test_each_page_that_is_fetched_again_has_one_outcome(twice: tuple[Pier, dict[str, int]]) -> None:
    assert twice[1] == {"unchanged": 7, "updated": 4, "missing": 4, "gone": 1}


@pytest.mark.parametrize("path", ["same", "quotes", "spaces", "stamp", "related", "headline"])
def test_another_printing_stamp_box_or_headline_is_no_new_version(
    twice: tuple[Pier, dict[str, int]], path: str
) -> None:
    article = twice[0].shown(path)
    assert (article["version"], article["silently_edited"], article["gone_at"]) == (1, False, None)


@pytest.mark.parametrize("path", ["edited", "silent", "unstated"])
def test_another_text_is_a_new_version(twice: tuple[Pier, dict[str, int]], path: str) -> None:
    article = twice[0].shown(path)
    assert (article["version"], "twenty metres" in article["body"]) == (2, True)


def test_only_the_edit_that_the_page_does_not_own_up_to_is_silent(twice: tuple[Pier, dict[str, int]]) -> None:
    assert twice[0].found("silently_edited:true") == {"silent", "remarks"}
    assert "edited silently" in twice[0]("show", f"{twice[0].address}/silent")


def test_a_difference_is_shown_by_word_and_what_stayed_is_left_out(twice: tuple[Pier, dict[str, int]]) -> None:
    printed = twice[0]("show", f"{twice[0].address}/silent", "--diff")
    assert "a channel of [-12-]{+twenty+} metres may be dredged" in printed
    assert "… 2 paragraphs unchanged" in printed
    assert "northern light" not in printed
    told = twice[0].shown("silent", "--diff")
    assert (told["before"]["version"], told["after"]["version"], told["unchanged_after"]) == (1, 2, 1)
    pieces = [(piece["kind"], piece["text"]) for piece in told["changes"][0]["pieces"]]
    assert pieces[1:3] == [("removed", "12"), ("added", "twenty")]


def test_a_changed_headline_is_seen_beside_the_first(twice: tuple[Pier, dict[str, int]]) -> None:
    article = twice[0].shown("headline")
    assert article["title"] == "The gulls of the strait are counted at last"
    (change,) = twice[0].shown("headline", "--diff")["changes"]
    assert change["field"] == "title"
    assert "".join(piece["text"] for piece in change["pieces"] if piece["kind"] != "added") == (
        "Harbour masters measure the gulls of the strait"
    )


def test_two_versions_are_compared_or_a_page_printed_not_both(twice: tuple[Pier, dict[str, int]]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dragoman", "show", "x", "--diff", "--raw"],
        env=twice[0].environment, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_a_page_missed_once_is_not_gone_and_missed_again_hours_later_it_is(twice: tuple[Pier, dict[str, int]]) -> None:
    pier = twice[0]
    lost = {"four", "ten", "soft", "moved", "news/section"}
    assert pier.found("gone_at:*") == {"soft"}  # a page that says so stands in its place
    assert pier.crawl() == {"seen": len(TOPICS)}
    pier.hours_pass()
    assert pier.crawl() == {"gone": 4, "seen": len(TOPICS) - 4}
    assert pier.found("gone_at:*") == lost
    assert pier.found("oars OR ropes OR masts") == {"again", "four", "soft"}
    article = pier.shown("soft")
    assert (article["version"], "harbour masters" in article["body"]) == (1, True)
    assert "gone since" in pier("show", f"{pier.address}/soft")
    assert pier.crawl() == {"seen": len(TOPICS)}
    Site.now = {}
    pier.reopen()
    pier.crawl()
    assert pier.found("gone_at:*") == set()


def warc(folder: Path, captures: list[tuple[datetime, int, bytes]], headers: tuple[tuple[str, str], ...] = ()) -> Path:
    place = open_home(folder)
    kind = (("Content-Type", "text/html; charset=utf-8"), *headers)
    with WarcWriter(place) as writer:
        for at, status, body in captures:
            writer.append([Capture("https://pier.example/silent", at, status, kind, body)])
    (path,) = place.warc.glob("*.warc.gz")
    return path


FIRST, LATER = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC)


@pytest.mark.parametrize("order", [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]])
def test_imported_captures_tell_the_same_story_in_any_order(
    dragoman: Dragoman, tmp_path: Path, order: list[int]
) -> None:
    captures = [
        (FIRST, 200, page("silent")),
        (LATER, 200, page("silent", change=reworded)),
        (LATER + timedelta(days=1), 404, LOST),
        (LATER + timedelta(days=2), 200, LOST),
    ]
    for at in order:
        done = dragoman("import", str(warc(tmp_path / str(at), [captures[at]])))
        assert done.returncode == 0, done.stderr
    (article,) = map(json.loads, dragoman("export").stdout.splitlines())
    assert "twenty metres" in article["body"]
    assert (article["silently_edited"], article["gone_at"]) == (True, "2026-03-10T00:00:00Z")
    told = json.loads(dragoman("show", article["id"], "--diff", "--format", "json").stdout)
    assert [piece["text"] for piece in told["changes"][0]["pieces"]][1:3] == ["12", "twenty"]
