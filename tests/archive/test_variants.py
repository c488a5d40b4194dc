import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.variants import is_variant

PAGE = "https://www.example.org/world/2026/talks.html"


@pytest.mark.parametrize(
    "url",
    [
        "https://amp.example.org/world/2026/talks.html",
        "https://m.example.org/world/2026/talks.html",
        "https://www.example.org/amp/world/2026/talks.html",
        "https://www.example.org/world/2026/talks.html/amp/",
        "https://www.example.org/world/2026/talks.amp.html",
        "https://www.example.org/world/2026/talks.html?amp",
        "https://www.example.org/world/2026/talks.html?outputType=amp",
        "https://www.example.org/print/world/2026/talks.html",
        "https://www.example.org/world/2026/talks.html?print=1",
        "https://www.example.org/world/2026/talks.html?tmpl=component&print=1",
        "https://www.example.org/world/2026/talks.print.html",
    ],
)
def test_another_form_of_a_page_is_told(url: str) -> None:
    assert is_variant(url, PAGE)
    assert not is_variant(PAGE, url)


@pytest.mark.parametrize(
    "url",
    [
        PAGE,
        "https://www.example.org/world/2026/other-talks.html",
        "https://press.example.org/world/2026/talks.html",
        "https://www.example.org/world/2026/talks.html?page=2",
        "https://www.example.org/world/2026/talks.html?format=long",
        "https://www.example.org/amplitude/world/2026/talks.html",
        "https://www.example.org/world/2026/printing-talks.html",
        "https://m.another.example/world/2026/talks.html",
    ],
)
def test_another_page_is_none(url: str) -> None:
    assert not is_variant(url, PAGE)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_can_be_asked_about(one: str, other: str) -> None:
    assert not (is_variant(one, other) and is_variant(other, one))
