import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discovery.wordpress import posts_url, read_posts

URL = "https://example.org/wp-json/wp/v2/posts"
POST = {
    "id": 7,
    "link": "https://example.org/a/",
    "date_gmt": "2022-01-07T10:00:00",
    "title": {"rendered": "War &#038; <em>peace</em>"},
}


def read(posts: Any) -> Any:
    return read_posts(json.dumps(posts).encode(), URL)


def test_posts_are_announced_with_title_and_date() -> None:
    (link,) = read([POST]).links
    assert (link.url, link.title) == ("https://example.org/a/", "War & peace")
    assert link.announced_at == datetime(2022, 1, 7, 10, tzinfo=UTC)


def test_a_page_is_asked_for_newest_first_and_not_before_a_day() -> None:
    asked = posts_url("https://example.org/wp-json/", 3, datetime(2015, 1, 1, tzinfo=UTC))
    assert asked.startswith("https://example.org/wp-json/wp/v2/posts?per_page=100&page=3&orderby=date&order=desc&")
    assert "after=2015-01-01T00%3A00%3A00" in asked


def test_a_site_without_permalinks_is_asked_by_its_route() -> None:
    assert posts_url("https://example.org/?rest_route=/", 1).startswith(
        "https://example.org/?rest_route=/wp/v2/posts&per_page=100"
    )


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"<html></html>", "no JSON"),
        (b'{"code": "rest_no_route", "message": "x"}', "WordPress says rest_no_route"),
        (b'{"posts": []}', "no list of posts"),
        (b'[{"id": 3}]', "posts without links"),
    ],
)
def test_what_is_wrong_is_said(content: bytes, problem: str) -> None:
    assert problem in read_posts(content, URL).problems[0]


def test_an_empty_page_is_the_end_and_no_problem() -> None:
    assert read([]).problems == ()


def test_files_are_not_links() -> None:
    assert [one.url for one in read([{**POST, "link": "file:///etc/passwd"}]).refused] == ["file:///etc/passwd"]


@given(
    st.recursive(
        st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_no_json_breaks_it(value: Any) -> None:
    read(value)
    read([{**POST, "title": value, "date_gmt": value}])


@given(st.binary(max_size=500))
def test_no_bytes_break_it(content: bytes) -> None:
    read_posts(content, URL)
