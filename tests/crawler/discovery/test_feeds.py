from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discovery.feeds import read_feed

URL = "https://example.org/feed/"


def rss(*items: str) -> bytes:
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{"".join(items)}</channel></rss>'.encode()


def item(link: str, more: str = "") -> str:
    return f"<item><title>Press briefing</title><link>{link}</link>{more}</item>"


def urls(content: bytes) -> list[str]:
    return [link.url for link in read_feed(content, URL).links]


def test_an_rss_feed_announces_its_items() -> None:
    date = "<pubDate>Fri, 07 Jan 2022 10:00:00 +0900</pubDate>"
    (link,) = read_feed(rss(item("https://example.org/a?utm_source=rss", date)), URL).links
    assert (link.url, link.title) == ("https://example.org/a?utm_source=rss", "Press briefing")
    assert link.announced_at == datetime(2022, 1, 7, 1, tzinfo=UTC)


def test_an_atom_feed_announces_its_entries() -> None:
    content = b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title><link href="/a"/><updated>2026-01-01T00:00:00Z</updated></entry></feed>'
    assert urls(content) == ["https://example.org/a"]


def test_a_json_feed_announces_its_items() -> None:
    assert urls(
        b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "https://example.org/a"}]}'
    ) == ["https://example.org/a"]


def test_an_rdf_feed_announces_its_items_with_date_and_author() -> None:
    content = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
    <channel rdf:about="https://example.org/"><title>C</title></channel><item rdf:about="https://example.org/a"><title>T</title>
    <link>https://example.org/a</link><dc:date>2026-03-05T10:00:00+09:00</dc:date><dc:creator>Jane Doe</dc:creator></item></rdf:RDF>"""
    (link,) = read_feed(content, URL).links
    assert (link.title, link.author) == ("T", "Jane Doe")
    assert link.announced_at == datetime(2026, 3, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("content", "author"),
    [
        (rss(item("/a", "<author>jane@example.org (Jane Doe)</author>")), "Jane Doe"),
        (rss(item("/a", "<author>jane@example.org</author>")), None),
        (rss(item("/a")), None),
        (
            b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/a"/><author><name>A</name></author><author><name>B</name></author></entry></feed>',
            "A; B",
        ),
        (b'{"items": [{"url": "/a", "authors": [{"name": "A"}, {"url": "x"}, {"name": "B"}]}]}', "A; B"),
        (b'{"items": [{"url": "/a", "author": {"name": "A"}}]}', "A"),
    ],
)
def test_an_entry_s_author_is_kept_as_a_hint(content: bytes, author: str | None) -> None:
    assert read_feed(content, URL).links[0].author == author


@pytest.mark.parametrize(
    "content",
    [
        b'<feed xmlns="http://www.w3.org/2005/Atom"><link rel="hub" href="https://hub.example/"/><entry><link href="/a"/></entry></feed>',
        b'<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><atom:link rel="hub" href="https://hub.example/"/><item><link>/a</link></item></channel></rss>',
        b'{"items": [{"url": "/a"}], "hubs": [{"type": "WebSub", "url": "https://hub.example/"}]}',
    ],
)
def test_a_websub_hub_is_noted(content: bytes) -> None:
    assert read_feed(content, URL).hubs == ("https://hub.example/",)


ATOM = '<feed xmlns="http://www.w3.org/2005/Atom">{}<entry><link href="/a"/></entry></feed>'
WORDPRESS = "<generator>https://wordpress.org/?v=6.5</generator>"


@pytest.mark.parametrize(
    ("content", "url", "following"),
    [
        (ATOM.format('<link rel="next" href="/feed/?page=2"/>'), URL, "https://example.org/feed/?page=2"),
        (ATOM.format('<link rel="prev-archive" href="2003/11"/><link rel="next" href="/p"/>'), URL, f"{URL}2003/11"),
        (ATOM.format('<link rel="http://www.iana.org/assignments/relation/next" href="/p"/>'), URL, "https://example.org/p"),
        (ATOM.format('<generator uri="https://wordpress.org/">WordPress</generator>'), URL, f"{URL}?paged=2"),
        (rss(WORDPRESS, item("/a")).decode(), URL, f"{URL}?paged=2"),
        (rss(WORDPRESS, item("/a")).decode(), f"{URL}?cat=3&paged=9", f"{URL}?cat=3&paged=10"),
        ('{"items": [{"url": "/a"}], "next_url": "/feed.json?page=2"}', URL, "https://example.org/feed.json?page=2"),
        (rss(WORDPRESS).decode(), f"{URL}?paged=9", None),
        (rss(WORDPRESS, item("/a")).decode(), f"{URL}?paged=x", None),
        (rss("<generator>Drupal</generator>", item("/a")).decode(), URL, None),
        (ATOM.format('<link rel="next" href="https://elsewhere.net/feed"/>'), URL, None),
        (ATOM.format('<link rel="next" href=""/><link rel="next-archive" href="/b"/>'), URL, None),
        (ATOM.format(f'<link rel="next" href="{URL}#more"/>'), URL, None),
        ('{"items": [{"url": "/a"}], "next_url": {"page": 2}}', URL, None),
        ('{"items": [], "next_url": "/feed.json?page=2"}', URL, None),
    ],
)  # fmt: skip
def test_where_a_feed_goes_on_is_known(content: str, url: str, following: str | None) -> None:
    assert read_feed(content.encode(), url).following == following


def test_items_of_one_title_are_all_announced() -> None:
    assert len(urls(rss(item("/a"), item("/b")))) == 2


def test_a_permalink_serves_where_there_is_no_link() -> None:
    assert urls(rss("<item><guid>https://example.org/a</guid></item>")) == ["https://example.org/a"]


@pytest.mark.parametrize("date", ["Thu, 01 Jan 1970 00:00:00 GMT", "Sat, 01 Jan 2090 00:00:00 GMT", "soon"])
def test_an_impossible_date_is_none(date: str) -> None:
    assert read_feed(rss(item("/a", f"<pubDate>{date}</pubDate>")), URL).links[0].announced_at is None


@pytest.mark.parametrize(
    "link",
    [
        "file://localhost/etc/passwd",
        "ftp://example.org/a",
        "javascript:alert(1)",
        "https://example.org/" + "a" * 10_000,
    ],
)
def test_what_is_never_fetched_is_refused_and_counted(link: str) -> None:
    findings = read_feed(rss(item(link), item("/good")), URL)
    assert [one.url for one in findings.refused] == [link]
    assert [one.url for one in findings.links] == ["https://example.org/good"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"<!DOCTYPE html><html><body>Moved</body></html>", "HTML, not a feed"),
        (b"", "the feed is empty"),
        (b"garbage", "not a feed"),
        (rss(), "the feed lists nothing"),
        (b'{"items": 3}', "not a JSON feed"),
        (rss(item("/a"), item("/b"))[:-40], "cut off"),
    ],
)
def test_what_is_wrong_with_a_feed_is_said(content: bytes, problem: str) -> None:
    assert problem in " ".join(read_feed(content, URL).problems)


def test_entities_that_multiply_are_not_resolved() -> None:
    bomb = (
        b'<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "'
        + b"&a;" * 10_000
        + b'">]><rss version="2.0"><channel><item><title>&b;&b;</title><link>/a</link></item></channel></rss>'
    )
    assert all(len(link.title or "") < 100_000 for link in read_feed(bomb, URL).links)


def test_every_real_feed_announces_something_or_says_why(shared_feeds: Path) -> None:
    for path in (shared_feeds / "rss").iterdir():
        findings = read_feed(path.read_bytes(), URL)
        assert (
            findings.links
            or findings.problems
            or findings.refused
            or "FirstEntry" in path.name
            or path.stat().st_size < 2_000
        ), path.name


@given(st.binary(max_size=1_500))
def test_no_bytes_break_it(content: bytes) -> None:
    read_feed(content, URL)
