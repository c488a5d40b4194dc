from __future__ import annotations

import pytest
from webpages import document

from pipelines.filing import canonical_url, section_of, tags_of


def page(head: str) -> str:
    return f"<html><head>{head}</head><body><p>Text.</p></body></html>"


def linked(about: str) -> str:
    return page(f'<script type="application/ld+json">{{"@type": "NewsArticle", {about}}}</script>')


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ('<link rel="canonical" href="https://www.example.org/a">', "https://www.example.org/a"),
        ('<link rel="Canonical nofollow" href="/a">', "https://www.example.org/a"),
        ('<link rel="canonical" href="http://news.example.org/a?id=1">', "http://news.example.org/a?id=1"),
        ('<link rel="canonical" href="https://www.example.org/?p=12">', "https://www.example.org/?p=12"),
        ('<link rel="canonical" href=""><link rel="canonical" href="/b">', "https://www.example.org/b"),
        ('<link rel="canonical" href="https://www.example.com/a">', None),
        ('<link rel="canonical" href="https://www.example.org/">', None),
        ('<link rel="canonical" href="javascript:void(0)">', None),
        ('<link rel="canonical" href="https://[">', None),
        ('<link rel="alternate canonical-ish" href="/a">', None),
        ("", None),
    ],
)
def test_the_canonical_link_is_the_pages_own_and_no_home_page(link: str, url: str | None) -> None:
    assert canonical_url(document(page(link))) == url


@pytest.mark.parametrize(
    ("content", "section"),
    [
        (page('<meta property="article:section" content="World &amp;amp; Asia">'), "World & Asia"),
        (linked('"articleSection": ["Politics", "World"]'), "Politics"),
        (page('<meta property="article:section" content="https://www.example.org/world">'), None),
        (page(""), None),
    ],
)
def test_the_section_is_a_name(content: str, section: str | None) -> None:
    assert section_of(document(content)) == section


@pytest.mark.parametrize(
    ("content", "tags"),
    [
        (
            linked('"keywords": ["Geneva", "Peace, and war", {"@type": "DefinedTerm", "name": "Asia"}, "Geneva"]'),
            ("Geneva", "Peace, and war", "Asia"),
        ),
        (linked('"keywords": "Geneva, Asia; Peace"'), ("Geneva", "Asia", "Peace")),
        (page('<meta name="keywords" content="جنيف، آسيا">'), ("جنيف", "آسيا")),
        (page('<meta name="keywords" content="日内瓦，亚洲、和平">'), ("日内瓦", "亚洲", "和平")),
        (page('<meta name="news_keywords" content="Geneva"><meta name="keywords" content="Other">'), ("Geneva",)),
        (linked('"keywords": [12, null, {"a": 1}]'), ()),
        (page(""), ()),
    ],
)
def test_keywords_are_a_list_as_it_is_or_one_text_split_at_its_commas(content: str, tags: tuple[str, ...]) -> None:
    assert tags_of(document(content)) == tags
