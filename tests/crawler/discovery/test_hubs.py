import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discovery.hubs import no_article

SITE = "https://example.org"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("", "a front page"),
        ("/", "a front page"),
        ("/en/", "a front page"),
        ("/pt-br", "a front page"),
        ("/?s=nato", "a list"),
        ("/?feed=rss2", "a feed"),
        ("/tag/nato/", "a list: tag"),
        ("/en/tag/nato", "a list: tag"),
        ("/category/world/page/3/", "a list: category"),
        ("/author/jane-doe", "a list: author"),
        ("/world/asia/page/2", "a list's further page"),
        ("/feed/", "a feed"),
        ("/world/rss", "a feed"),
        ("/news.xml", "a file: .xml"),
        ("/files/2026/03/map.PNG", "a file: .PNG"),
        ("/podcast/episode-3.mp3", "a file: .mp3"),
        ("/wp-json/wp/v2/posts", "no page: wp-json"),
        ("/about-us/", "a page of the site: about-us"),
        ("/en/privacy-policy", "a page of the site: privacy-policy"),
        ("/search?q=treaty", "a page of the site: search"),
    ],
)
def test_what_no_article_can_be_at_is_named(path: str, reason: str) -> None:
    assert no_article(SITE + path) == reason


@pytest.mark.parametrize(
    "path",
    [
        "/2026/03/tag-der-einheit",
        "/tag/der-tag-an-dem-die-mauer-fiel",
        "/category/world/ministers-meet-again",
        "/author/jane-doe/why-the-treaty-matters",
        "/authors/the-long-road-to-a-treaty-11234",
        "/topics/nato-summit-ends",
        "/news/why-we-feed/",
        "/feed-the-world-before-you-arm-it",
        "/reports/treaty.pdf",
        "/about-us/our-history-of-the-treaty",
        "/contact-group-meets-in-geneva",
        "/index.php?id=4711",
        "/?p=123",
        "/page/2-the-second-act",
        "/en/contact-lost-with-the-station",
        "/news/3.14",
        "/2026/03/05/u.s.-and-japan",
    ],
)
def test_what_only_looks_like_a_list_may_be_an_article(path: str) -> None:
    assert no_article(SITE + path) is None


@given(st.text(max_size=300))
def test_no_url_breaks_it(url: str) -> None:
    no_article(url)
    no_article(f"{SITE}/{url}")
