import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discovery.sitemaps import read_sitemap

URL = "https://example.org/sitemap.xml"
PAGES = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://example.org/old</loc><lastmod>2024-01-01</lastmod></url>
<url><loc>https://example.org/new</loc><news:news><news:publication_date>2026-03-01T10:00:00+09:00</news:publication_date><news:title>A title</news:title></news:news></url>
</urlset>"""
INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://example.org/a.xml</loc></sitemap>
<sitemap><loc>https://example.org/sitemap.xml</loc></sitemap></sitemapindex>"""


def test_pages_are_announced_newest_first_with_title_and_date() -> None:
    new, old = read_sitemap(PAGES, URL).links
    assert (new.url, new.title, new.announced_at) == (
        "https://example.org/new",
        "A title",
        datetime(2026, 3, 1, 1, tzinfo=UTC),
    )
    assert old.announced_at == datetime(2024, 1, 1, tzinfo=UTC)


def test_an_index_leads_to_further_sitemaps_but_never_to_itself() -> None:
    assert read_sitemap(INDEX, URL).more == ("https://example.org/a.xml",)


def test_a_gzipped_sitemap_is_read() -> None:
    assert len(read_sitemap(gzip.compress(PAGES), URL).links) == 2


def test_a_truncated_gzip_gives_what_is_readable_and_a_problem() -> None:
    long = PAGES.replace(
        b"</urlset>", b"".join(b"<url><loc>https://example.org/%d</loc></url>" % n for n in range(5_000))
    )
    findings = read_sitemap(gzip.compress(long)[:-2_000], URL)
    assert findings.links
    assert findings.problems


def test_plain_text_is_a_list_of_pages() -> None:
    assert [link.url for link in read_sitemap(b"https://example.org/a\nhttps://example.org/b\n", URL).links] == [
        "https://example.org/a",
        "https://example.org/b",
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><body>404</body></html>",
        b"nothing here",
        b"<urlset></urlset>",
        b"<urlset><url>",
        b"\x1f\x8bgarbage",
    ],
)
def test_what_is_wrong_is_said(content: bytes) -> None:
    findings = read_sitemap(content, URL)
    assert findings.problems
    assert not findings.links


def test_files_are_not_links() -> None:
    findings = read_sitemap(PAGES.replace(b"https://example.org/old", b"file:///etc/passwd"), URL)
    assert [one.url for one in findings.refused] == ["file:///etc/passwd"]


def test_an_entity_is_not_resolved() -> None:
    bomb = b'<!DOCTYPE u [<!ENTITY f SYSTEM "file:///etc/passwd">]><urlset><url><loc>https://example.org/&f;</loc></url></urlset>'
    assert "root" not in str(read_sitemap(bomb, URL))


def test_the_real_sitemap_is_read(shared_feeds: Path) -> None:
    for path in (shared_feeds / "sitemap").iterdir():
        findings = read_sitemap(path.read_bytes(), URL)
        assert findings.links or findings.more or findings.problems


@given(st.binary(max_size=1_500))
def test_no_bytes_break_it(content: bytes) -> None:
    read_sitemap(content, URL)
