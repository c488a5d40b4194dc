import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.urls import article_id, url_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.example.org/a", "http://example.org/a/"),
        ("https://example.org/a?utm_source=rss&utm_medium=feed", "https://example.org/a"),
        ("https://example.org/a?b=2&a=1", "https://example.org/a?a=1&b=2"),
        ("https://example.org:443/a#comments", "https://EXAMPLE.org/a"),
    ],
)
def test_the_same_page_has_one_key(one: str, other: str) -> None:
    assert url_key(one) == url_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/A", "https://example.org/a"),
        ("https://press.un.org/x", "https://news.un.org/x"),
        ("https://example.org/?id=1", "https://example.org/?id=2"),
        ("https://example.org/a?source=gov", "https://example.org/a"),
        ("https://example.org/a?ref=7", "https://example.org/a"),
        ("https://example.org:8080/a", "https://example.org/a"),
    ],
)
def test_what_may_be_another_page_has_another_key(one: str, other: str) -> None:
    assert url_key(one) != url_key(other)


def test_an_article_has_the_same_id_in_every_archive() -> None:
    assert article_id("https://thekootneeti.in/2022/01/08/japan/") == article_id(
        "http://www.thekootneeti.in/2022/01/08/japan"
    )


@given(st.text())
def test_any_text_has_a_key(text: str) -> None:
    assert isinstance(url_key(text), str)
