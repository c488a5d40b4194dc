import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.discovery.homepage import Homepage, read_homepage

URL = "https://example.org/"
WORDS = "The ministers of both countries agreed to meet again in the spring of next year in Geneva. " * 5


def read(head: str, body: str = f"<p>{WORDS}</p>") -> Homepage:
    page = read_homepage(f"<html><head>{head}</head><body>{body}</body></html>".encode(), URL)
    assert page is not None
    return page


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("<meta property=og:site_name content='The Review'><title>Home</title>", "The Review"),
        ('<script type="application/ld+json">{"@type": "WebSite", "name": "The Review"}</script>', "The Review"),
        ("<title>Analysis of international affairs | The Review</title>", "The Review"),
        ("<title>The Review</title>", "The Review"),
        ("", None),
    ],
)
def test_a_name_is_what_the_site_calls_itself(head: str, name: str | None) -> None:
    assert read(head).name == name


def ld(address: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "Organization", "name": "R", "address": {address}}}</script>'


@pytest.mark.parametrize(
    ("head", "country"),
    [
        (ld('{"addressCountry": "gb"}'), "GB"),
        (ld('{"addressCountry": {"@type": "Country", "name": "Germany"}}'), "DE"),
        ("<meta name=geo.region content=IN-DL>", "IN"),
        ("<meta property=og:locale content=en_US>", None),
        (ld('{"addressCountry": "Ruritania"}'), None),
        (ld('"London"'), None),
    ],
)
def test_a_country_is_only_what_is_stated(head: str, country: str | None) -> None:
    assert read(head).country == country


def test_a_language_is_read_from_the_words_rather_than_from_a_template() -> None:
    assert read("<meta http-equiv=content-language content=fr>").languages == ("en",)


def test_feeds_are_those_of_articles() -> None:
    head = (
        "<link rel=alternate type=application/rss+xml href=/feed/><link rel=alternate type=application/feed+json href=feed.json>"
        "<link rel=alternate type=application/rss+xml href=/comments/feed/><link rel=alternate hreflang=fr href=/fr>"
        "<link rel=alternate type=application/json href=/wp-json/wp/v2/pages/7>"
    )
    body = "<a href=/world.rss>RSS</a><a href=https://elsewhere.net/rss.xml>other</a><a href=/feed-the-world>no</a>"
    assert read(head, body).feeds == (
        "https://example.org/feed/",
        "https://example.org/feed.json",
        "https://example.org/world.rss",
    )


@pytest.mark.parametrize(
    ("head", "api"),
    [
        ("<link rel='https://api.w.org/' href='https://example.org/wp-json/'>", "https://example.org/wp-json/"),
        ("<meta name=generator content='WordPress 6.4'>", "https://example.org/wp-json/"),
        ("<meta name=generator content='Hugo'>", None),
    ],
)
def test_wordpress_is_named_by_its_link_or_as_the_generator(head: str, api: str | None) -> None:
    assert read(head).wordpress == api


def test_what_is_no_page_is_none() -> None:
    assert read_homepage(b"", URL) is None


@settings(deadline=None)
@given(st.binary(max_size=1_500).filter(lambda content: not content.startswith(b"%PDF")))
def test_no_bytes_break_it(content: bytes) -> None:
    read_homepage(b"<html><a href=" + content, URL)
    read_homepage(content, URL)
