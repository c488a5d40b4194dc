from __future__ import annotations

import pytest
from pages_of import TEXT, document

from pipelines.attributions import Attributions, attributions_of
from pipelines.surroundings import surroundings_of

PARAGRAPHS = "".join(f"<p>{TEXT * 3}{number}</p>" for number in range(4))


def attributed(head: str = "", tail: str = "", beside: str = "") -> Attributions:
    """What is read beside an article with this below its headline, this below its text, and this outside it."""
    found = document(
        f"<article><h1>Ministers agree</h1>{head}<div class='text'>{PARAGRAPHS}</div>{tail}</article>{beside}"
    )
    return attributions_of(found, surroundings_of(found))


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ('<p class="byline">By Jane Doe, Associated Press</p>', "AP"),
        (
            '<div class="byline"><span>By</span> <a>Jane Doe</a> <span>The Associated Press</span> <time>3 May 2024</time></div>',
            "AP",
        ),
        ('<div class="byline byline-with-photo">Reuters</div>', "Reuters"),
        ('<div class="autor">Agencia EFE</div>', "EFE"),
        ('<span itemprop="author">AFP</span>', "AFP"),
        ('<p class="tagline">22/11/2020 - 04:30 - Fonte: Agência Brasil - Foto: João Silva</p>', "Agência Brasil"),
        ("<p>10.11.2025 17:59</p><p>AA</p>", "AA"),
        ('<time>3 May</time><small class="caption2">Bron: BELGA</small>', "Belga"),
        ('<p class="kaynak">Kaynak: Anadolu Ajansı</p>', "AA"),
        ('<div class="meta">2024年05月03日 10:10 来源：中国新闻网</div>', "China News Service"),
        ('<p class="agencia">Источник: ТАСС</p>', "TASS"),
    ],
)
def test_an_author_or_source_is_named_below_the_headline(head: str, name: str) -> None:
    assert attributed(head).named == (name,)


def test_it_may_stand_below_the_text() -> None:
    assert attributed(tail='<p class="quelle">Quelle: sid/dpa</p>').named == ("SID", "dpa")
    assert attributed(tail='<div class="attachment source">(<a>KNA</a>, DR)</div>').named == ("KNA",)


@pytest.mark.parametrize(
    "head",
    [
        '<figure><img src="/a.jpg"><figcaption class="author">AFP</figcaption></figure>',
        '<div class="wp-caption"><span class="credit">AP</span></div>',
        '<div class="image-container"><div><span class="author">EFE</span></div></div>',
        '<p class="credit">Jane Doe/AFP</p>',
        '<p class="source">Foto: dpa</p>',
        "<p>AFP</p>",
        '<p class="lead">According to <em>Reuters</em> they met twice.</p>',
        '<p class="byline">By Jane Doe</p>',
        '<p class="byline">Jane Doe, who wrote for Reuters</p>',
    ],
)
def test_a_picture_or_a_sentence_attributes_nothing(head: str) -> None:
    assert attributed(head).named == ()


@pytest.mark.parametrize(
    "beside",
    [
        f'<div class="news"><p class="author">AFP</p><p>{TEXT * 8}</p></div>',
        '<ul class="list"><li><a href="/b">Another article altogether, with a long headline</a><p class="author">EFE</p></li></ul>',
        '<div class="related"><span class="author">dpa</span></div>',
        '<select class="source"><option>AA</option><option>AP</option></select>',
    ],
)
def test_what_stands_with_another_article_is_not_this_ones(beside: str) -> None:
    assert attributed(beside=beside).named == ()


def test_lines_that_stand_with_pictures_only_are_told() -> None:
    gallery = '<div class="gallery"><p class="credits">Reuters/Corbis</p><p class="credits">AP</p></div>'
    assert attributed(tail=gallery).pictured == {"Reuters/Corbis", "AP"}
    assert "AP" not in attributed('<p class="byline">AP</p>', gallery).pictured
