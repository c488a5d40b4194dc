from datetime import UTC, datetime

import pytest

from crawler.discovery.history import (
    Listing,
    anything_new,
    is_end,
    is_last,
    is_trouble,
    listings_of,
    within,
    worth_walking,
)
from crawler.discovery.links import Findings, Link, More

SINCE = datetime(2015, 6, 1, tzinfo=UTC)
SITE = "https://example.org"
ARCHIVE = f"{SITE}/page/{{page}}"


def at(year: int) -> datetime:
    return datetime(year, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        (Link(f"{SITE}/a", announced_at=at(2016)), True),
        (Link(f"{SITE}/a", announced_at=at(2015)), False),
        (Link(f"{SITE}/2015/06/a"), True),
        (Link(f"{SITE}/2015/05/a"), False),
        (Link(f"{SITE}/2015/04/a"), False),
        (Link(f"{SITE}/2015/05/31/a"), False),
        (Link(f"{SITE}/2010/a"), True),
        (Link(f"{SITE}/a"), True),
    ],
)
def test_what_is_surely_older_is_left_out(link: Link, kept: bool) -> None:
    assert bool(within((link,), SINCE)) is kept


@pytest.mark.parametrize(
    ("one", "walked"),
    [
        (More(f"{SITE}/2014.xml"), False),
        (More(f"{SITE}/sitemap-2015-01.xml"), True),
        (More(f"{SITE}/sitemap-2014.xml", at(2020)), True),
        (More(f"{SITE}/sitemap-2020.xml", at(2014)), False),
        (More(f"{SITE}/from-1998-to-2014.xml"), True),
        (More(f"{SITE}/post-sitemap12014.xml"), True),
        (More(f"{SITE}/posts.xml"), True),
    ],
)
def test_sitemaps_of_years_before_are_not_walked(one: More, walked: bool) -> None:
    assert bool(worth_walking((one,), SINCE)) is walked


def found(*urls: str) -> Findings:
    return Findings(tuple(Link(url) for url in urls))


@pytest.mark.parametrize(
    ("page", "landed", "findings", "pages", "last"),
    [
        (2, "/page/2", found("/b"), None, False),
        (2, "/page/2/", found("/a", "/b"), None, False),
        (2, "/", found("/c"), None, True),
        (2, "/p2", found("/c"), None, False),
        (1, "/news", found("/c"), None, False),
        (2, "/page/2", found("/c"), 2, True),
        (2, "/page/2", found("/c"), 3, False),
        (2, "/page/2", found(f"{SITE}/2014/01/a"), None, True),
        (2, "/page/2", found(f"{SITE}/2014/01/a", f"{SITE}/2016/01/a"), None, False),
        (20_000, "/page/20000", found("/c"), None, True),
    ],
)
def test_the_last_page_is_known(page: int, landed: str, findings: Findings, pages: int | None, last: bool) -> None:
    listing = Listing("archive", ARCHIVE, page)
    assert is_last(listing, SITE + landed, findings, pages, SINCE) is last


def test_a_walk_in_a_circle_meets_nothing_new() -> None:
    met: set[int] = set()
    assert [anything_new(found(*page), met) for page in (("/a", "/b"), ("/b", "/c"), ("/a", "/c"), ())] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("listing", "landed", "problem", "trouble"),
    [
        (Listing("archive", ARCHIVE), "/page/1", "no link on it looks like an article", True),
        (Listing("archive", ARCHIVE, 9), "/page/9", "no link on it looks like an article", False),
        (Listing("archive", ARCHIVE, 9), "/page/9", "cannot be read (TimeoutError)", True),
        (Listing("archive", f"{SITE}/2015/06", until=at(2016)), "/2015/06", "no link on it looks", False),
        (Listing("wordpress", f"{SITE}/wp-json", 9), "/wp-json/wp/v2/posts", "not WordPress's API: no JSON", True),
        (Listing("feed", f"{SITE}/feed", 9, f"{SITE}/feed?paged=9"), "/feed", "the feed lists nothing", False),
        (Listing("feed", f"{SITE}/feed", 9, f"{SITE}/feed?paged=9"), "/feed?paged=9", "HTML, not a feed", True),
        (Listing("feed", f"{SITE}/feed", 9, f"{SITE}/feed?paged=9"), "/", "HTML, not a feed", False),
    ],
)
def test_the_end_of_a_walk_is_told_from_a_page_that_cannot_be_read(
    listing: Listing, landed: str, problem: str, trouble: bool
) -> None:
    assert is_trouble(listing, SITE + landed, Findings(problems=(problem,)), SINCE) is trouble


@pytest.mark.parametrize(
    ("listing", "status", "end"),
    [
        (Listing("archive", ARCHIVE, 2), 404, True),
        (Listing("archive", ARCHIVE), 404, False),
        (Listing("archive", f"{SITE}/2015/06", until=at(2016)), 404, True),
        (Listing("wordpress", f"{SITE}/wp-json", 2), 400, True),
        (Listing("feed", f"{SITE}/feed", 2, f"{SITE}/feed?paged=2"), 404, True),
        (Listing("archive", ARCHIVE, 2), 503, False),
        (Listing("sitemap", f"{SITE}/a.xml"), 404, False),
    ],
)
def test_a_page_after_the_last_is_no_failure(listing: Listing, status: int, end: bool) -> None:
    assert is_end(listing, status) is end


def test_what_has_pages_goes_on_and_a_feed_only_where_it_says_so() -> None:
    more = Findings(following=f"{SITE}/feed?page=2")
    assert Listing("archive", ARCHIVE).following(Findings()) == Listing("archive", ARCHIVE, 2)
    assert Listing("archive", f"{SITE}/2015/06").following(Findings()) is None
    assert Listing("feed", f"{SITE}/feed").following(Findings()) is None
    assert Listing("feed", f"{SITE}/feed").following(more) == Listing("feed", f"{SITE}/feed", 2, f"{SITE}/feed?page=2")


def test_an_archive_by_months_is_a_walk_a_month_and_this_month_is_never_final() -> None:
    now = datetime(2015, 8, 10, tzinfo=UTC)
    walks = list(listings_of([("archive", f"{SITE}/{{year}}/{{month}}/page/{{page}}")], SINCE, now))
    assert [walk.address(SINCE) for walk in walks] == [f"{SITE}/2015/{month}/page/1" for month in ("08", "07", "06")]
    assert [walk.is_final(now) for walk in walks] == [False, True, True]
