import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article import Publisher
from crawler.discovery.pagination import next_page
from pipelines.documents import document_of
from pipelines.page import Page

SITE = "https://www.example.org"


def following(url: str, *links: str, head: str = "") -> str | None:
    anchors = "".join(f"<a href='{link}'>Some words</a>" for link in links)
    content = f"<html><head>{head}</head><body><p>Words</p>{anchors}</body></html>".encode()
    document = document_of(Page(url=SITE + url, content=content, publisher=Publisher(id="", name="")))
    found = next_page(document, SITE + url)
    return found.removeprefix(SITE) if found else None


@pytest.mark.parametrize(
    ("url", "links", "expected"),
    [
        ("/world/", ("/world/page/2/", "/world/page/3/", "/world/page/57/"), "/world/page/2/"),
        ("/world/page/2/", ("/world/", "/world/page/3/", "/world/page/57/"), "/world/page/3/"),
        ("/world", ("?page=2", "?page=3"), "/world?page=2"),
        ("/world?page=9", ("?page=8", "?page=10"), "/world?page=10"),
        ("/world?id=4&page=2", ("?page=3", "?page=3&id=4"), "/world?page=3&id=4"),
        ("/world", ("?start=20", "?start=40"), "/world?start=20"),
        ("/world?start=20", ("?start=0", "?start=40", "?start=400"), "/world?start=40"),
        ("/news/seite-2", ("/news/seite-3#list",), "/news/seite-3"),
    ],
)
def test_the_next_number_up_is_the_next_page(url: str, links: tuple[str, ...], expected: str) -> None:
    assert following(url, *links) == expected


@pytest.mark.parametrize(
    ("url", "links"),
    [
        ("/world/page/57/", ("/world/page/56/", "/world/page/57/", "/world/")),
        ("/world", ("/sports/page/2/", "/world/page/57/")),
        ("/world", ("https://other.net/world/page/2/", "http://[/page/2", "javascript:next()")),
        ("/world", ("/?p=4711", "/world/4712", "/world?year=2")),
    ],
)
def test_what_only_looks_like_it_is_not(url: str, links: tuple[str, ...]) -> None:
    assert following(url, *links) is None


def test_what_the_page_itself_calls_next_goes_first_but_not_to_another_host_and_not_to_itself() -> None:
    assert following("/w", "/w?page=2", head="<link rel='next' href='/w?cursor=abc'>") == "/w?cursor=abc"
    assert following("/w", "/w?page=2", head="<link rel='next' href='https://other.net/'>") == "/w?page=2"
    assert following("/w", head="<link rel='next' href='/w'>") is None


@given(st.text(max_size=100), st.lists(st.text(max_size=50), max_size=3))
def test_no_links_break_it(rel: str, links: list[str]) -> None:
    following("/w", *(link.replace("'", "") for link in links), head=f"<link rel='{rel}' href='{rel}'>")
