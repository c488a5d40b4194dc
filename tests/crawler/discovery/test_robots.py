from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from crawler.discovery.robots import read_robots

URL = "https://example.org/robots.txt"


def test_sitemaps_are_named_those_of_news_first() -> None:
    content = b"\xef\xbb\xbfUser-agent: *\nDisallow: /a\nSitemap: https://example.org/all.xml\nsitemap: /news.xml\nSitemap: ftp://example.org/x\n"
    assert [one.url for one in read_robots(content, URL).more] == [
        "https://example.org/news.xml",
        "https://example.org/all.xml",
    ]


def test_a_page_in_its_place_is_said_and_one_that_names_none_is_no_problem() -> None:
    assert read_robots(b"<!doctype html><p>Sitemap: https://example.org/a.xml", URL).problems
    assert not read_robots(b"User-agent: *\nDisallow:\n", URL).problems


def test_real_files_are_read(shared_feeds: Path) -> None:
    named = {path.name: read_robots(path.read_bytes(), URL).more for path in (shared_feeds / "robots").iterdir()}
    for path in (shared_feeds / "robots").iterdir():
        lines = path.read_bytes().lower().splitlines()
        wanted = any(line.strip().startswith(b"sitemap: http") for line in lines)
        assert bool(named[path.name]) == wanted, path.name


@given(st.binary(max_size=1_500))
def test_no_bytes_break_it(content: bytes) -> None:
    read_robots(content, URL)
