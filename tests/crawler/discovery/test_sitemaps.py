import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discovery.links import More
from crawler.discovery.sitemaps import changed_since_read, read_sitemap, worth_naming

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
    assert [one.url for one in read_sitemap(INDEX, URL).more] == ["https://example.org/a.xml"]


def test_news_sitemaps_come_first_then_the_newest_and_lists_of_lists_never() -> None:
    named = (("a", "2026-01-01"), ("b", "2026-03-01"), ("news", "2020-01-01"), ("category-sitemap", "2026-03-01"))
    sitemaps = "".join(f"<sitemap><loc>/{name}.xml</loc><lastmod>{day}</lastmod></sitemap>" for name, day in named)
    more = read_sitemap(f"<sitemapindex>{sitemaps}</sitemapindex>".encode(), URL).more
    assert [one.url.rpartition("/")[2] for one in more] == ["news.xml", "b.xml", "a.xml"]


@pytest.mark.parametrize(
    "names",
    [
        ("s-2024.xml", "s-2023.xml", "s-1999.xml", "s.xml"),
        ("2024/05.xml", "2024/04.xml", "2023/12.xml", "all.xml"),
        ("s?yyyy=2024&amp;mm=05&amp;dd=17", "s?yyyy=2024&amp;mm=05&amp;dd=03", "s?yyyy=2023&amp;mm=12&amp;dd=31"),
        ("s-202405.xml", "s-202311.xml", "s-12024.xml"),
        ("news-2020.xml", "s-2024-06-31.xml"),
    ],
)
def test_an_index_without_dates_of_change_goes_by_those_in_addresses(names: tuple[str, ...]) -> None:
    sitemaps = "".join(f"<sitemap><loc>https://example.org/{name}</loc></sitemap>" for name in reversed(names))
    more = read_sitemap(f"<sitemapindex>{sitemaps}</sitemapindex>".encode(), URL).more
    assert [one.url.removeprefix("https://example.org/") for one in more] == [n.replace("&amp;", "&") for n in names]


def test_of_an_index_that_is_too_long_the_newest_are_kept_and_both_ends_of_those_that_say_nothing() -> None:
    years = [More(f"https://example.org/s-{year}.xml") for year in range(2024, 2004, -1)]
    plain = [More(f"https://example.org/posts-{n}.xml") for n in range(20)]
    assert worth_naming(years, 3) == tuple(years[:3])
    assert worth_naming(plain, 4) == (*plain[:2], *plain[-2:])
    assert worth_naming([*years, *plain], 8) == (*years[:4], *plain[:2], *plain[-2:])
    assert worth_naming([*years, plain[0]], 8) == (*years[:7], plain[0])
    assert worth_naming([years[0], *plain], 5) == (years[0], *plain[:2], *plain[-2:])
    assert worth_naming(plain, 20) == tuple(plain)


def test_the_title_of_a_page_is_not_that_of_a_picture_on_it() -> None:
    pictures = PAGES.replace(
        b"xmlns:news", b'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" xmlns:news'
    ).replace(
        b"</news:news></url>",
        b"</news:news><image:image><image:loc>https://example.org/a.jpg</image:loc><image:title>A crowd</image:title></image:image></url>",
    )
    assert read_sitemap(pictures, URL).links[0].title == "A title"


def test_of_a_long_sitemap_without_dates_of_change_the_newest_are_taken_by_address_or_from_both_ends() -> None:
    def read(*paths: str) -> list[str]:
        entries = "".join(f"<url><loc>https://example.org{path}</loc></url>" for path in paths)
        return [link.url[19:] for link in read_sitemap(f"<urlset>{entries}</urlset>".encode(), URL, 4).links]

    assert read(*(f"/2024/05/{day:02}/talks" for day in range(1, 10))) == [
        f"/2024/05/0{day}/talks" for day in (9, 8, 7, 6)
    ]
    assert read(*(f"/n/{n}" for n in range(10))) == ["/n/0", "/n/1", "/n/8", "/n/9"]
    assert read("/n/1", "/n/2", "/2024/05/01/talks", "/n/3", "/n/4") == ["/2024/05/01/talks", "/n/1", "/n/2", "/n/4"]


def test_a_sitemap_that_did_not_change_since_it_was_read_is_not_read_again() -> None:
    day = datetime(2026, 3, 1, tzinfo=UTC)
    old, same_day, changed, undated = (
        More(f"https://example.org/{n}", at) for n, at in enumerate((day, day, day, None))
    )
    read_at = {
        old.url: day.replace(day=3),
        same_day.url: day.replace(hour=18),
        changed.url: day.replace(month=2),
        undated.url: day.replace(day=3),
    }
    unread = More("https://example.org/new", day)
    assert changed_since_read((old, same_day, changed, undated, unread), read_at) == (
        same_day,
        changed,
        undated,
        unread,
    )


def test_all_links_of_a_long_sitemap_are_had_where_they_are_asked_for() -> None:
    long = "<urlset>" + "".join(f"<url><loc>/{n}</loc></url>" for n in range(3_000)) + "</urlset>"
    assert (len(read_sitemap(long.encode(), URL).links), len(read_sitemap(long.encode(), URL, 50_000).links)) == (
        2_000,
        3_000,
    )


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
