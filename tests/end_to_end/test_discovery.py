"""What is new is found through section pages, robots.txt, sitemaps and WordPress, and nothing is asked for that need not be."""

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

Dragoman = Callable[..., "subprocess.CompletedProcess[str]"]
TEXT = "The ministers of both countries agreed to meet again in the spring of next year. " * 8


class Site(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        self.server.asked.append(path)
        here = f"http://{self.headers['Host']}"
        page = f"<html><body><article><h1>About {path}</h1><p>{path} {TEXT}</p></article></body></html>"
        body = self.server.pages.get(path, page if path.startswith("/news/") else None)
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write((body or "nothing").replace("HERE", here).encode())

    def log_message(self, *_: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    asked: list[str]
    pages: dict[str, str]


@pytest.fixture
def site() -> Iterator[Server]:
    server = Server(("127.0.0.1", 0), Site)
    server.asked, server.pages = [], {"/robots.txt": "User-agent: *\nDisallow:\n"}
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def crawl(dragoman: Dragoman, site: Server, tmp_path: Path) -> Callable[..., dict[str, Any]]:
    here = f"http://127.0.0.1:{site.server_address[1]}"
    (tmp_path / "outlets").mkdir()

    def run(source: str) -> dict[str, Any]:
        (tmp_path / "outlets" / "site.yaml").write_text(
            f"id: site\nname: Site\nkind: blog\ncountry: GB\nownership: company\nlanguages: [en]\nhomepage: {here}\n{source.replace('HERE', here)}\n"
        )
        site.asked.clear()
        done = dragoman(
            "crawl",
            "site",
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


def sitemap(*paths: str) -> str:
    return f"<urlset>{''.join(f'<url><loc>HERE{path}</loc></url>' for path in paths)}</urlset>"


def test_a_section_page_announces_what_looks_like_articles(crawl: Any, site: Server) -> None:
    site.pages["/world"] = (
        "<html><body><nav><a href='/news/all-of-the-news'>All of the news of today</a></nav>"
        "<a href='/news/talks-end-in-spring'>Talks end in spring, ministers say</a><a href='/about-us'>About us and all we do</a>"
        "<a href='/news/a-long-map.png'>A long map of the region</a></body></html>"
    )
    assert crawl("sections: [HERE/world]")["outcomes"] == {"new": 1}


def test_shapes_are_learned_from_the_articles_that_are_known(crawl: Any, site: Server) -> None:
    site.pages["/map.xml"] = sitemap(*(f"/news/{number}" for number in range(1_000, 1_004)))
    site.pages["/world"] = (
        "<a href='/news/4711'>More</a><a href='/how-we-work-with-all-of-you'>How we work with all of you</a>"
    )
    assert crawl("sitemaps: [HERE/map.xml]")["outcomes"] == {"new": 4}
    assert crawl("sections: [HERE/world]")["outcomes"] == {"new": 1}
    assert "/news/4711" in site.asked


def test_robots_txt_leads_to_sitemaps_and_what_cannot_be_an_article_is_not_asked_for(crawl: Any, site: Server) -> None:
    site.pages["/robots.txt"] += "Sitemap: HERE/map.xml\n"
    site.pages["/map.xml"] = sitemap("/", "/tag/talks", "/news/talks.mp3", "/news/talks-end")
    assert crawl("robots_sitemaps: true")["outcomes"] == {"new": 1, "not_an_article": 3}
    assert [path for path in site.asked if path not in ("/robots.txt", "/map.xml")][-1:] == ["/news/talks-end"]
    assert not {"/", "/tag/talks", "/news/talks.mp3"} & set(site.asked)


def test_a_sitemap_that_says_it_did_not_change_is_not_asked_for_again(crawl: Any, site: Server) -> None:
    site.pages |= {
        "/index.xml": "<sitemapindex><sitemap><loc>HERE/old.xml</loc><lastmod>2020-01-01</lastmod></sitemap>"
        "<sitemap><loc>HERE/new.xml</loc></sitemap></sitemapindex>",
        "/old.xml": sitemap("/news/one-of-old"),
        "/new.xml": sitemap("/news/one-of-new"),
    }
    assert crawl("sitemaps: [HERE/index.xml]")["outcomes"] == {"new": 2}
    crawl("sitemaps: [HERE/index.xml]")
    assert {"/index.xml", "/new.xml"} <= set(site.asked)
    assert "/old.xml" not in site.asked


def test_wordpress_alone_is_a_source_of_what_is_new(crawl: Any, site: Server) -> None:
    site.pages["/wp-json/wp/v2/posts"] = '[{"link": "HERE/news/talks-end", "date_gmt": "2026-03-05T10:00:00"}]'
    assert crawl("wordpress: HERE/wp-json")["outcomes"] == {"new": 1}
