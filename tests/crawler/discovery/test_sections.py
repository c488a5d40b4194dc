from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from crawler.discovery.sections import read_section
from crawler.discovery.shapes import Shapes, learn_shapes

URL = "https://example.org/world/"
LEARNED = learn_shapes([f"https://example.org/n/{number}" for number in range(100, 120)])


def page(*links: str) -> bytes:
    return f"<html><body><main>{''.join(links)}</main></body></html>".encode()


def urls(content: bytes, shapes: Shapes = Shapes()) -> list[str]:  # noqa: B008 - it is frozen
    return [link.url for link in read_section(content, URL, shapes).links]


def test_links_that_look_like_articles_are_announced_with_title_and_date() -> None:
    card = (
        '<div><a href="/2026/03/talks-fail"><img src="a.jpg"></a><h3><a href="/2026/03/talks-fail#more">Talks fail in the spring</a></h3>'
        '<time datetime="2026-03-05T10:00:00+01:00">today</time></div>'
    )
    (link,) = read_section(page(card), URL, Shapes()).links
    assert (link.url, link.title) == ("https://example.org/2026/03/talks-fail", "Talks fail in the spring")
    assert link.announced_at == datetime(2026, 3, 5, 9, tzinfo=UTC)


def test_a_card_with_two_times_gives_no_date() -> None:
    card = '<p><a href="/2026/03/talks-fail">Talks fail in the spring</a><time datetime="2026-03-05"></time><time datetime="2026-03-06"></time></p>'
    assert read_section(page(card), URL, Shapes()).links[0].announced_at is None


def test_learned_shapes_need_no_headline_and_leave_other_links_out() -> None:
    content = page('<a href="/n/4711">More</a>', '<a href="/how-we-work-with-you">How we work with all of you</a>')
    assert urls(content, LEARNED) == ["https://example.org/n/4711"]
    assert urls(content) == ["https://example.org/how-we-work-with-you"]


def test_navigation_other_sites_and_the_page_itself_announce_nothing() -> None:
    content = page(
        '<nav><a href="/the-war-in-the-north">The war in the north</a></nav>',
        '<a href="https://elsewhere.net/2026/03/what-others-say">What do all the others say</a>',
        '<a href="/world/?utm_source=x">Everything about all of the world</a>',
        '<a href="javascript:alert(1)">Share it with all of your friends</a>',
        '<a href="/files/the-long-map-of-it.png">See the map of the whole region</a>',
    )
    assert read_section(content, URL, Shapes()).problems == ("no link on it looks like an article",)


def test_the_base_of_a_page_is_minded() -> None:
    content = b'<html><head><base href="https://example.org/2026/"></head><body><a href="03/talks-fail">The talks fail in spring</a></body></html>'
    assert urls(content) == ["https://example.org/2026/03/talks-fail"]


def test_a_headline_without_spaces_is_one() -> None:
    assert urls(page('<a href="/news/202603051">首脳会談で共同声明を発表</a>')) == [
        "https://example.org/news/202603051"
    ]


def test_what_is_no_page_is_said() -> None:
    assert read_section(b"", URL, Shapes()).problems
    assert read_section(b"%PDF-1.7", URL, Shapes()).problems == ("a PDF, not a page",)


@given(st.binary(max_size=1_500))
def test_no_bytes_break_it(content: bytes) -> None:
    read_section(content, URL, LEARNED)
