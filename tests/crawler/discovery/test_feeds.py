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
