"""Feeds are followed back: by a back-fill as far as they go, by an ordinary run when nothing on their first page is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from quiet_site import Answer, Archive, Site, article, serving

ADJECTIVES = ("grey", "long", "loud", "late", "last", "lost")
NOUNS = ("lamps", "buoys", "ferries", "tides", "pilots")
TOPICS = tuple(f"{one}-{two}" for one in ADJECTIVES for two in NOUNS)
"""Thirty articles, from new to old, a month apart."""
A_PAGE = 5
PAGES = len(TOPICS) // A_PAGE
NEWEST = datetime(2024, 6, 1, tzinfo=UTC)
SINCE = ("--backfill", "--since", "2015")


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        served.answers |= {f"/{topic}": Answer(article(topic)) for topic in TOPICS}
        yield served


@pytest.fixture
def archive(tmp_path: Path, site: Site) -> Archive:
    return Archive(tmp_path, site)


def published(topic: str) -> datetime:
    return NEWEST - timedelta(days=30 * TOPICS.index(topic))


def feed(site: Site, topics: Sequence[str], channel: str = "") -> Answer:
    items = "".join(
        f"<item><title>Of {one}</title><link>{site.address}/{one}</link><pubDate>{format_datetime(published(one))}</pubDate></item>"
        for one in topics
    )
    head = f'<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>{channel}'
    return Answer(f"{head}{items}</channel></rss>".encode(), kind="application/rss+xml")


def pages(topics: Sequence[str] = TOPICS) -> list[Sequence[str]]:
    return [topics[start : start + A_PAGE] for start in range(0, len(topics), A_PAGE)]


def by_wordpress(site: Site) -> None:
    generator = "<generator>https://wordpress.org/?v=6.5</generator>"
    for number, topics in enumerate(pages(), 1):
        site.answers["/feed" if number == 1 else f"/feed?paged={number}"] = feed(site, topics, generator)


def by_links(site: Site, last: str = "") -> None:
    for number, topics in enumerate(pages(), 1):
        following = f"/feed?after={number}" if number < PAGES else last
        link = f'<atom:link rel="next" href="{following}"/>' if following else ""
        site.answers["/feed" if number == 1 else f"/feed?after={number - 1}"] = feed(site, topics, link)


def by_header(site: Site) -> None:
    for number, topics in enumerate(pages(), 1):
        answer = feed(site, topics)
        if number < PAGES:
            answer.headers["Link"] = f'<{site.address}/feed?h={number}>; rel="next"'
        site.answers["/feed" if number == 1 else f"/feed?h={number - 1}"] = answer


def lists(site: Site) -> list[str]:
    return [path for path in site.paths if path.startswith("/feed")]


@pytest.mark.parametrize("paged", [by_wordpress, by_header])
def test_a_feed_is_walked_back_to_its_end_within_limits_and_taken_up_where_it_stopped(
    archive: Archive, site: Site, paged: object
) -> None:
    paged(site)  # type: ignore[operator]
    fetched: list[str] = []
    asked: list[str] = []
    for _ in range(2):
        summary = archive.crawl(*SINCE, "--limit", "17")
        assert summary["failures"] == []
        fetched += [path for path in site.paths if path.strip("/") in TOPICS]
        asked += lists(site)
    assert sorted(fetched) == sorted(f"/{topic}" for topic in TOPICS)
    assert len(asked) <= PAGES + 2
    assert archive.crawl(*SINCE)["discovered"] == 0
    assert lists(site) == []


def test_a_walk_ends_at_the_day_that_is_asked_for(archive: Archive, site: Site) -> None:
    by_links(site)
    archive.crawl("--backfill", "--since", "2024-01-15")
    assert sorted(path for path in site.paths if path.strip("/") in TOPICS) == sorted(
        f"/{topic}" for topic in TOPICS if published(topic) >= datetime(2024, 1, 15, tzinfo=UTC)
    )
    assert len(lists(site)) == 2


@pytest.mark.parametrize("last", ["/feed?after=2", "http://127.0.0.1.example/feed?after=9"])
def test_a_walk_ends_where_it_would_go_in_a_circle_or_to_another_host(archive: Archive, site: Site, last: str) -> None:
    by_links(site, last=last)
    assert archive.crawl(*SINCE)["outcomes"] == {"new": len(TOPICS)}
    assert len(lists(site)) <= PAGES + 1
    assert archive.crawl(*SINCE)["discovered"] == 0


def test_a_page_that_fails_is_reported_and_asked_for_again_in_the_next_run(archive: Archive, site: Site) -> None:
    by_links(site)
    good, site.answers["/feed?after=3"] = site.answers["/feed?after=3"], Answer(b"<html>Just a moment</html>")
    assert [one["cause"] for one in archive.crawl(*SINCE)["failures"]] == ["HTML, not a feed"]
    site.answers["/feed?after=3"] = good
    assert archive.crawl(*SINCE)["outcomes"] == {"new": 15}
    assert lists(site)[0] == "/feed?after=3"


def test_a_feed_that_rolled_over_is_followed_until_something_is_known(archive: Archive, site: Site) -> None:
    site.answers["/feed"] = feed(site, TOPICS[-7:], '<atom:link rel="next" href="/feed?after=9"/>')
    assert archive.crawl()["outcomes"] == {"new": 7}
    assert lists(site) == ["/feed"], "on the first visit the archive is not walked"
    new = TOPICS[10:]
    for number, topics in enumerate(pages(new), 1):
        site.answers["/feed" if number == 1 else f"/feed?after={number - 1}"] = feed(
            site, topics, f'<atom:link rel="next" href="/feed?after={number}"/>'
        )
    assert archive.crawl()["outcomes"] == {"new": 13, "seen": 2}
    assert lists(site) == ["/feed", "/feed?after=1", "/feed?after=2"]
    archive.crawl()
    assert [(path, status) for path, status, _ in site.asked] == [("/feed", 304)]


def test_where_something_is_known_or_there_is_no_further_page_nothing_is_lost_and_nothing_fails(
    archive: Archive, site: Site
) -> None:
    site.answers["/feed"] = feed(site, TOPICS[5:10], '<atom:link rel="next" href="/feed?after=1"/>')
    archive.crawl()
    site.answers["/feed"] = feed(site, TOPICS[1:6], '<atom:link rel="next" href="/feed?after=1"/>')
    assert archive.crawl()["outcomes"] == {"new": 4, "seen": 1}
    assert lists(site) == ["/feed"]
    site.answers["/feed"] = feed(site, TOPICS[:1], '<atom:link rel="next" href="/feed?after=1"/>')
    summary = archive.crawl()
    assert (summary["outcomes"], summary["failures"]) == ({"new": 1}, [])
    assert lists(site) == ["/feed", "/feed?after=1"]
