from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages_of import article, document

from archive.article import Image
from pipelines.image_addresses import absolute, picture_key
from pipelines.images import MOST_IMAGES, Pictures, pictures_of
from pipelines.surroundings import surroundings_of

TABLE = "https://example.org/img/table-in-geneva.jpg"


def pictures(*parts: str, head: str = "") -> Pictures:
    found = article(*parts, head=head)
    return pictures_of(found, surroundings_of(found))


def linked(image: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "image": image})}</script>'


@pytest.mark.parametrize(
    "part",
    [
        f'<figure><img src="{TABLE}"><figcaption>The table. (Photo: Jane Doe/AFP)</figcaption></figure>',
        f'<figure><img src="{TABLE}"><figcaption>The table. <span class="credit">Jane Doe/AFP</span></figcaption></figure>',
        f'<figure><img src="{TABLE}"><figcaption><p>The table.</p><small class="img__copyright">© Jane Doe/AFP</small></figcaption></figure>',
        f'<div class="wp-caption"><a href="{TABLE}"><img src="{TABLE}"></a><p class="wp-caption-text">The table. Photo: Jane Doe/AFP</p></div>',
        '<div class="media"><img data-src="/img/table-in-geneva.jpg" src="data:image/gif;base64,R0"><div class="image-caption">The table.</div><div class="image-credit">Jane Doe/AFP</div></div>',
        f'<figure><picture><source srcset="x.webp"><img srcset="/img/small.jpg 320w, {TABLE} 1200w"></picture><figcaption>The table. Jane Doe/AFP</figcaption></figure>',
    ],
)
def test_a_picture_has_its_caption_and_its_credit(part: str) -> None:
    assert pictures(part).images == (Image(url=TABLE, caption="The table.", credit="Jane Doe/AFP"),)


@pytest.mark.parametrize(
    "image",
    [
        {"@type": "ImageObject", "url": TABLE, "caption": "The table.", "creditText": "Jane Doe/AFP"},
        {"@type": "ImageObject", "contentUrl": TABLE, "caption": "The table.", "author": {"name": "Jane Doe/AFP"}},
        [{"url": TABLE, "caption": "The table. (Photo: Jane Doe/AFP)"}, {"url": "https://example.org/square.jpg"}],
    ],
)
def test_json_ld_names_the_lead_image(image: object) -> None:
    assert pictures(head=linked(image)).images == (Image(url=TABLE, caption="The table.", credit="Jane Doe/AFP"),)


def test_the_lead_image_of_open_graph_comes_first_and_takes_its_caption_from_the_page() -> None:
    head = f'<meta property="og:image" content="{TABLE}?w=1200&amp;h=630">'
    part = f'<figure><img src="{TABLE}?w=400"><figcaption>The table. Foto: dpa</figcaption></figure>'
    other = '<figure><img src="/img/bridge.jpg"></figure>'
    assert pictures(other, part, head=head).images == (
        Image(url=f"{TABLE}?w=1200&h=630", caption="The table.", credit="dpa"),
        Image(url="https://example.org/img/bridge.jpg"),
    )


@pytest.mark.parametrize(
    "part",
    [
        '<aside><figure><img src="/img/bridge.jpg"><figcaption>A bridge</figcaption></figure></aside>',
        '<div class="related-posts"><img src="/img/bridge.jpg"></div>',
        '<div class="author-box"><img src="/img/jane.jpg"></div>',
        '<a href="/news/b"><img src="/img/bridge.jpg"><h3>Ministers open a bridge</h3></a>',
        '<img src="/img/site-logo.png">',
        '<img src="/static/icons/mail.svg">',
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
        '<img src="https://count.example/pixel.gif">',
        '<img src="/img/dot.gif" width="1" height="1">',
        '<img src="/img/jane-150x150.jpg">',
        '<img src="javascript:alert(1)">',
        '<img src="ftp://example.org/a.jpg">',
        '<img src="http://[bad/a.jpg">',
        "<img>",
    ],
)
def test_what_is_no_picture_of_the_article_is_left_out(part: str) -> None:
    assert pictures(part).images == ()


def test_there_are_only_so_many_and_each_is_there_once() -> None:
    many = "".join(f'<p><img src="/img/picture-number-{n % 50}.jpg?w={n}"></p>' for n in range(100))
    images = pictures(many).images
    assert len(images) == MOST_IMAGES
    assert len({picture_key(image.url) for image in images}) == MOST_IMAGES


def test_captions_are_given_as_lines_to_be_dropped_from_the_body() -> None:
    part = f'<div class="wp-caption"><img src="{TABLE}"><p class="wp-caption-text">The table. <em>Photo: AFP</em></p></div>'
    assert {"The table. Photo: AFP", "The table.", "Photo: AFP"} <= pictures(part).captions


@pytest.mark.parametrize(
    "part",
    [
        '<p class="text-caption">The ministers will meet in Geneva.</p>',
        '<div class="credit-crisis"><p>The credit crisis began in the spring.</p></div>',
        f'<div class="caption"><img src="{TABLE}"></div><p>The ministers will meet in Geneva.</p>',
    ],
)
def test_a_paragraph_is_no_caption(part: str) -> None:
    assert pictures(part).captions <= {""}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x/photo.jpg?w=1", "https://a.example/x/photo.jpg?w=2&quality=80"),
        ("https://a.example/u/table-in-geneva-300x200.jpg", "https://a.example/u/table-in-geneva.jpg"),
        ("https://cdn.example/720/table-in-geneva.jpg", "https://a.example/320/table-in-geneva.jpg"),
    ],
)
def test_two_sizes_are_one_picture(one: str, other: str) -> None:
    assert picture_key(one) == picture_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/image.php?id=1", "https://a.example/image.php?id=2"),
        ("https://a.example/1/photo.jpg", "https://a.example/2/photo.jpg"),
    ],
)
def test_two_pictures_are_two(one: str, other: str) -> None:
    assert picture_key(one) != picture_key(other)


@given(st.text(max_size=80))
def test_an_address_is_absolute_or_none(value: str) -> None:
    url = absolute(value, "https://example.org/news/a")
    assert url is None or url.startswith(("http://", "https://"))


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=200), st.text(max_size=50))
def test_any_markup_gives_pictures(inside: str, name: str) -> None:
    found = document(
        f'<div class="caption">{inside}<img src="{name}"></div>', head=linked({"url": inside, "caption": [name]})
    )
    assert all(image.url.startswith("http") for image in pictures_of(found, surroundings_of(found)).images)
