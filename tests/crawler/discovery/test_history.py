from datetime import UTC, datetime

import pytest

from crawler.discovery.history import Listing, is_last, within, worth_walking
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
    ("page", "landed", "findings", "pages", "before", "last"),
    [
        (2, "/page/2", found("/b"), None, {"/a"}, False),
        (2, "/page/2/", found("/a", "/b"), None, {"/a"}, False),
        (2, "/page/2", found(), None, {"/a"}, True),
        (2, "/page/2", found("/a"), None, {"/a", "/b"}, True),
        (2, "/", found("/c"), None, {"/a"}, True),
        (2, "/p2", found("/c"), None, {"/a"}, False),
        (1, "/news", found("/c"), None, set(), False),
        (2, "/page/2", found("/c"), 2, {"/a"}, True),
        (2, "/page/2", found("/c"), 3, {"/a"}, False),
        (2, "/page/2", found(f"{SITE}/2014/01/a"), None, {"/a"}, True),
        (2, "/page/2", found(f"{SITE}/2014/01/a", f"{SITE}/2016/01/a"), None, {"/a"}, False),
    ],
)
def test_the_last_page_is_known(
    page: int, landed: str, findings: Findings, pages: int | None, before: set[str], last: bool
) -> None:
    listing = Listing("archive", ARCHIVE, page)
    assert is_last(listing, SITE + landed, findings, pages, frozenset(before), SINCE) is last
