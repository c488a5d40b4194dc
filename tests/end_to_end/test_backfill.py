"""An outlet's history is walked within limits, taken up where it stopped, and never fetched twice."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

Dragoman = Callable[..., "subprocess.CompletedProcess[str]"]
TEXT = "The ministers of both countries agreed to meet again in the spring of next year. " * 8
YEARS = range(2020, 2010, -1)
POSTS = [(f"/{year}/06/{15 - n:02}/talks-number-{n}", f"{year}-06-{15 - n:02}") for year in YEARS for n in range(3)]
A_PAGE = 4


class Site(BaseHTTPRequestHandler):
    """Ten years with three articles each: in WordPress, in sitemaps a year, in pages of an archive."""

    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        status, kind, body = self.answer(urlsplit(self.path).path, parse_qs(urlsplit(self.path).query))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if "/wp-json/" in self.path:
            self.send_header("X-WP-TotalPages", str(-(-len(POSTS) // A_PAGE)))
        self.end_headers()
        self.wfile.write(body.encode())

    def answer(self, path: str, asked: dict[str, list[str]]) -> tuple[int, str, str]:
        here = f"http://{self.headers['Host']}"
        if path == "/robots.txt":
            return 200, "text/plain", self.server.robots.format(here=here)
        if path.startswith("/wp-json/wp/v2/posts"):
            page = int(asked["page"][0])
            posts = [
                {"link": here + path, "date_gmt": f"{day}T10:00:00", "title": {"rendered": path}}
                for path, day in POSTS[(page - 1) * A_PAGE : page * A_PAGE]
            ]
            return (
                (200 if posts else 400),
                "application/json",
                json.dumps(posts or {"code": "rest_post_invalid_page_number"}),
            )
        if path.startswith("/archive/"):
            page = min(int(path.rpartition("/")[2]), 8)  # each number too high is answered with the last page
            links = "".join(
                f'<a href="{path}">About the {path}</a>' for path, _ in POSTS[(page - 1) * A_PAGE : page * A_PAGE]
            )
            return (
                200,
                "text/html",
                f"<html><body><main>{links}<a href='/tag/talks'>All about the talks</a></main></body></html>",
            )
        if path == "/sitemap.xml":
            maps = "".join(f"<sitemap><loc>{here}/sitemap-{year}.xml</loc></sitemap>" for year in YEARS)
            return 200, "application/xml", f"<sitemapindex>{maps}</sitemapindex>"
        if path.startswith("/sitemap-"):
            urls = "".join(
                f"<url><loc>{here}{one}</loc></url>" for one, _ in POSTS if one.startswith(f"/{path[9:13]}/")
            )
            return 200, "application/xml", f"<urlset>{urls}</urlset>"
        if path in dict(POSTS):
            return (
                200,
                "text/html",
                f"<html><body><article><h1>Talks {path}</h1><p>{path} {TEXT}</p></article></body></html>",
            )
        return 404, "text/html", "<html><body>nothing here</body></html>"

    def log_message(self, *_: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    asked: list[str]
    robots: str


@pytest.fixture
def site() -> Iterator[Server]:
    server = Server(("127.0.0.1", 0), Site)
    server.asked, server.robots = [], "User-agent: *\nDisallow:\n"
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def backfill(dragoman: Dragoman, site: Server, tmp_path: Path) -> Callable[..., dict[str, Any]]:
    here = f"http://127.0.0.1:{site.server_address[1]}"
    (tmp_path / "outlets").mkdir()

    def run(source: str, *options: str) -> dict[str, Any]:
        (tmp_path / "outlets" / "old.yaml").write_text(
            f"id: old\nname: Old\nkind: blog\ncountry: GB\nownership: company\nlanguages: [en]\nhomepage: {here}\n{source.format(here=here)}\n"
        )
        site.asked.clear()
        done = dragoman(
            "crawl",
            "old",
            "--backfill",
            *options,
            "--format",
            "json",
            DRAGOMAN_OUTLETS=str(tmp_path / "outlets"),
            DRAGOMAN_ALLOWED_ADDRESSES="127.0.0.1",
            DRAGOMAN_AUTOTHROTTLE_START_DELAY="0.01",
        )
        assert done.stdout, done.stderr
        summary: dict[str, Any] = json.loads(done.stdout)
        return summary

    return run


def pages(site: Server) -> list[str]:
    return sorted(path for path in site.asked if path in dict(POSTS))


def listings(site: Server, start: str) -> list[str]:
    return [path for path in site.asked if path.startswith(start)]


SOURCES = {
    "wordpress": "wordpress: {here}/wp-json",
    "archive": "archive: {here}/archive/{{page}}",
    "sitemaps": "sitemaps: ['{here}/sitemap.xml']",
}


@pytest.mark.parametrize("kind", SOURCES)
def test_history_is_walked_back_to_a_day_and_no_further(backfill: Any, site: Server, kind: str) -> None:
    assert backfill(SOURCES[kind], "--since", "2016-06-14")["failures"] == []
    assert pages(site) == sorted(path for path, day in POSTS if day >= "2016-06-14")


@pytest.mark.parametrize("kind", SOURCES)
def test_within_a_limit_runs_go_on_where_the_last_one_stopped_until_all_is_there(
    backfill: Any, site: Server, kind: str
) -> None:
    fetched: list[str] = []
    for _ in range(2):
        summary = backfill(SOURCES[kind], "--since", "2011", "--limit", "15")
        assert summary["failures"] == []
        assert len(pages(site)) <= 15
        fetched += pages(site)
    assert sorted(fetched) == sorted(path for path, _ in POSTS)


def test_what_was_walked_is_not_asked_for_again(backfill: Any, site: Server) -> None:
    backfill(SOURCES["wordpress"], "--since", "2011", "--limit", "12")
    first = listings(site, "/wp-json/")
    backfill(SOURCES["wordpress"], "--since", "2011")
    assert len(first) + len(listings(site, "/wp-json/")) == 8
    assert backfill(SOURCES["wordpress"], "--since", "2011")["outcomes"] == {}
    assert site.asked.count("/robots.txt") <= 1
    assert not listings(site, "/wp-json/")


def test_an_earlier_day_takes_the_walk_further(backfill: Any, site: Server) -> None:
    backfill(SOURCES["wordpress"], "--since", "2018")
    backfill(SOURCES["wordpress"], "--since", "2011")
    assert pages(site) == sorted(path for path, day in POSTS if day < "2018")


def test_sitemaps_are_found_through_robots_and_those_of_years_before_are_left(backfill: Any, site: Server) -> None:
    site.robots += "Sitemap: {here}/sitemap.xml\n"
    backfill("feeds: ['{here}/feed']", "--since", "2017")
    assert len(pages(site)) == 12
    assert sorted(listings(site, "/sitemap-")) == [f"/sitemap-{year}.xml" for year in range(2017, 2021)]


@pytest.mark.parametrize(
    ("options", "mistake"),
    [
        (("--backfill",), "add --since 2015"),
        (("--since", "2015"), "add --backfill"),
        (("--backfill", "--since", "2015-13"), "'2015-13' is no date; write 2015, 2015-06 or 2015-06-30"),
        (("--backfill", "--since", "2915"), "2915 is yet to come"),
        (("--backfill", "--since", "2015", "--due"), "leave one out"),
    ],
)
def test_a_mistake_is_one_line(dragoman: Dragoman, options: tuple[str, ...], mistake: str) -> None:
    done = dragoman("crawl", *options)
    assert done.returncode == 2
    assert mistake in done.stderr
    assert done.stderr.count("\n") == 1
