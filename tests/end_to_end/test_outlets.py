"""An outlet is added from its address alone and what no page states; each of its sources is asked whether it answers."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

Dragoman = Callable[..., "subprocess.CompletedProcess[str]"]
TEXT = "Les ministres des deux pays se réuniront encore une fois au printemps de l'année prochaine à Genève. " * 8
SAID = ("--kind", "magazine", "--country", "FR", "--ownership", "foundation")


class Site(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        here = f"http://{self.headers['Host']}"
        status, body = self.server.pages.get(urlsplit(self.path).path, (404, "<html><body>rien</body></html>"))
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if self.path == "/flux":
            self.send_header("Link", '<https://hub.example/>; rel="hub", </flux>; rel="self"')
        self.end_headers()
        self.wfile.write(body.replace("HERE", here).encode())

    def log_message(self, *_: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    asked: list[str]
    pages: dict[str, tuple[int, str]]


def rss(*paths: str) -> tuple[int, str]:
    items = "".join(
        f"<item><title>T</title><link>HERE{path}</link><pubDate>Thu, 05 Mar 2026 10:00:00 GMT</pubDate></item>"
        for path in paths
    )
    return 200, f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>"


@pytest.fixture
def site() -> Iterator[Server]:
    server = Server(("127.0.0.1", 0), Site)
    server.asked = []
    server.pages = {
        "/": (
            200,
            (
                "<html lang=fr><head><title>Accueil | La Revue</title><meta property=og:site_name content='La Revue des Affaires'>"
                "<link rel=alternate type=application/rss+xml href=/flux><link rel=alternate type=application/atom+xml href=/flux-bis>"
                "<link rel=alternate type=application/rss+xml href=/mort><link rel=alternate type=application/rss+xml href=/comments/feed/>"
                "<link rel='https://api.w.org/' href=HERE/wp-json/></head>"
                f"<body><p>{TEXT}</p></body></html>"
            ),
        ),
        "/robots.txt": (
            200,
            "User-agent: *\nDisallow: /secret\nSitemap: HERE/plan.xml\nSitemap: HERE/secret/plan.xml\n",
        ),
        "/flux": rss("/2026/03/un", "/2026/03/deux"),
        "/flux-bis": rss("/2026/03/un", "/2026/03/deux"),
        "/mort": (200, "<html><body>plus de flux</body></html>"),
        "/plan.xml": (200, "<urlset><url><loc>HERE/2026/03/un</loc><lastmod>2026-03-05</lastmod></url></urlset>"),
        "/secret/plan.xml": (200, "<urlset><url><loc>HERE/2026/03/x</loc></url></urlset>"),
        "/wp-json/wp/v2/posts": (200, '[{"link": "HERE/2026/03/un", "date_gmt": "2026-03-05T10:00:00"}]'),
    }
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def address(site: Server) -> str:
    return f"http://127.0.0.1:{site.server_address[1]}"


@pytest.fixture
def outlets(dragoman: Dragoman) -> Dragoman:
    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        quick = {"DRAGOMAN_ALLOWED_ADDRESSES": "127.0.0.1", "DRAGOMAN_AUTOTHROTTLE_START_DELAY": "0.01"}
        return dragoman("outlets", *arguments, **{**quick, **environment})

    return run


def test_an_outlet_is_added_with_all_that_is_found_and_can_be_crawled(
    outlets: Dragoman, dragoman: Dragoman, address: str, home: Path, site: Server
) -> None:
    done = outlets("add", address, *SAID)
    assert done.returncode == 0, done.stderr
    path = home / "outlets" / "la-revue-des-affaires.yaml"
    assert str(path) in done.stdout
    assert "WebSub hub: https://hub.example/" in done.stdout
    assert yaml.safe_load(path.read_text("utf-8")) == {
        "id": "la-revue-des-affaires",
        "name": "La Revue des Affaires",
        "kind": "magazine",
        "country": "FR",
        "ownership": "foundation",
        "languages": ["fr"],
        "homepage": address,
        "feeds": [f"{address}/flux"],
        "sitemaps": [f"{address}/plan.xml"],
        "wordpress": f"{address}/wp-json/",
        "hubs": ["https://hub.example/"],
        "seen_in": {"sources": [address]},
    }
    assert not any(path.startswith("/secret") for path in site.asked)
    assert json.loads(outlets("show", "la-revue-des-affaires", "--format", "json").stdout)["wordpress"]
    again = outlets("add", address, *SAID)
    assert (again.returncode, "already; give another --id" in again.stderr) == (2, True)


def test_feeds_and_sitemaps_are_looked_for_in_the_usual_places(
    outlets: Dragoman, address: str, site: Server, tmp_path: Path
) -> None:
    site.pages = {
        "/": (200, f"<html lang=fr><head><title>Gazette</title></head><body><p>{TEXT}</p></body></html>"),
        "/rss.xml": rss("/a-b-c-d"),
        "/sitemap.xml": site.pages["/plan.xml"],
    }
    (tmp_path / "mine").mkdir()
    done = outlets("add", address, *SAID, "--format", "json", DRAGOMAN_OUTLETS=str(tmp_path / "mine"))
    found = json.loads(done.stdout)
    assert (found["feeds"], found["sitemaps"]) == ([f"{address}/rss.xml"], [f"{address}/sitemap.xml"])
    assert found["file"] == str(tmp_path / "mine" / "gazette.yaml")


def test_a_country_that_the_page_states_need_not_be_said(outlets: Dragoman, address: str, site: Server) -> None:
    stated = '<script type="application/ld+json">{"@type": "NewsMediaOrganization", "name": "R", "address": {"addressCountry": "Senegal"}}</script>'
    status, page = site.pages["/"]
    site.pages["/"] = status, page.replace("</head>", f"{stated}</head>")
    done = outlets("add", address, "--kind", "magazine", "--ownership", "company", "--format", "json")
    assert json.loads(done.stdout)["country"] == "SN"


@pytest.mark.parametrize(
    ("options", "mistake"),
    [
        ((), "the outlet's kind and ownership cannot be found out by itself; add --kind (magazine, think tank,"),
        (
            ("--kind", "magazine", "--ownership", "company"),
            "the outlet's country cannot be found out by itself; add --country",
        ),
        (("--kind", "magazin", "--ownership", "company"), "'magazin' is none of magazine, think tank"),
        ((*SAID[:3], "France", *SAID[4:]), "country: 'France' is no ISO 3166-1 code"),
    ],
)
def test_what_no_page_states_is_wanted_in_one_line(
    outlets: Dragoman, address: str, home: Path, options: tuple[str, ...], mistake: str
) -> None:
    done = outlets("add", address, *options)
    assert done.returncode == 2
    assert mistake in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (home / "outlets").exists()


def test_what_cannot_be_read_is_no_outlet(outlets: Dragoman, address: str, site: Server) -> None:
    assert "cannot be read: http 404" in outlets("add", f"{address}/nowhere", *SAID).stderr
    site.pages = {"/": (200, f"<html lang=fr><title>R</title><body><p>{TEXT}</p></body></html>")}
    done = outlets("add", address, *SAID)
    assert (done.returncode, "neither feeds nor sitemaps nor WordPress" in done.stderr) == (2, True)


def test_a_private_address_is_not_asked(outlets: Dragoman, address: str, site: Server) -> None:
    done = outlets("add", address, *SAID, DRAGOMAN_ALLOWED_ADDRESSES="")
    assert (done.returncode, "private address" in done.stderr, site.asked) == (2, True, [])


def test_each_source_is_reported_and_one_that_fails_gives_exit_code_1(
    outlets: Dragoman, address: str, site: Server, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "mine.yaml").write_text(
        f"id: mine\nname: M\nkind: blog\ncountry: GB\nownership: company\nlanguages: [en]\nhomepage: {address}\n"
        f"feeds: [{address}/flux, {address}/mort]\nsitemaps: [{address}/plan.xml, {address}/secret/plan.xml]\n"
        f"sections: [{address}/]\nwordpress: {address}/wp-json\n"
    )
    mine = {"DRAGOMAN_OUTLETS": str(tmp_path / "mine")}
    done = outlets("check", "mine", "--format", "json", **mine)
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert (report["mistakes"], report["failed"]) == ([], 3)
    found = {one["url"].removeprefix(address): one for one in report["sources"]}
    assert (found["/flux"]["status"], found["/flux"]["entries"], found["/flux"]["ok"]) == (200, 2, True)
    assert found["/flux"]["newest"].startswith("2026-03-05")
    assert (found["/flux"]["hubs"], found["/mort"]["hubs"]) == (["https://hub.example/"], [])
    assert found["/mort"]["problems"] == ["HTML, not a feed"]
    assert found["/plan.xml"]["entries"] == 1
    assert found["/secret/plan.xml"]["problems"] == ["robots.txt"]
    assert found["/"]["problems"] == ["no link on it looks like an article"]
    assert found["/wp-json"]["ok"]
    table = outlets("check", "mine", **mine)
    assert (table.returncode, "3 sources fail" in table.stdout) == (1, True)
    site.asked.clear()
    assert outlets("check", "mine", "--offline", **mine).returncode == 0
    assert site.asked == []
