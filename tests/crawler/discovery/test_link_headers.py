import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discovery.link_headers import links_of, told_by_header
from crawler.discovery.links import Findings, Link

URL = "https://example.org/feed"


@pytest.mark.parametrize(
    ("header", "links"),
    [
        ('<https://hub.example/>; rel="hub"', [("hub", "https://hub.example/")]),
        ("<a>; rel=hub,<b>;rel=self", [("hub", "a"), ("self", "b")]),
        ('<a>; title="one, <b>; rel=hub"; REL="next prefetch"', [("next", "a"), ("prefetch", "a")]),
        ('<https://example.org/wp-json/>; rel="https://api.w.org/"', [("https://api.w.org/", "https://example.org/wp-json/")]),
        ("<a>; arel=hub", []),
        ("a; rel=hub", []),
        ("", []),
    ],
)  # fmt: skip
def test_a_header_names_links(header: str, links: list[tuple[str, str]]) -> None:
    assert list(links_of(header)) == links


def test_a_feed_s_header_adds_hubs_and_a_further_page() -> None:
    header = '<https://hub.example/>; rel="hub", </feed?page=2>; rel="next", <file:///etc/passwd>; rel="hub"'
    told = told_by_header(Findings((Link("https://example.org/a"),), hubs=("https://first.example/",)), header, URL)
    assert told.hubs == ("https://first.example/", "https://hub.example/")
    assert told.following == "https://example.org/feed?page=2"


def test_what_the_feed_itself_says_stands() -> None:
    own = Findings((Link("https://example.org/a"),), following="https://example.org/feed?older")
    assert told_by_header(own, "</feed?page=2>; rel=next", URL).following == own.following
    assert told_by_header(Findings(), "</feed?page=2>; rel=next", URL).following is None


@given(st.text(max_size=300))
def test_no_header_breaks_it(header: str) -> None:
    told_by_header(Findings(), header, URL)
    told_by_header(Findings(), f"<{header}>; rel=hub", URL)
