"""Who wrote it? What pages say of themselves, what they print, and whom they do not mean."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.article import Publisher
from archive.errors import NotAnArticle
from pipelines.bylines import authors_of
from pipelines.documents import document_of
from pipelines.page import Page

HEADLINE = "Allies vow to work together on the harbour"
TEXT = "<p>" + "The ministers of both countries met on Friday and spoke of the harbour for a long time. " * 3 + "</p>"


def authors(body: str, *, head: str = "") -> list[str]:
    content = f"<html><head><title>{HEADLINE} | The Example</title>{head}</head><body>{body}</body></html>"
    publisher = Publisher(id="example", name="The Example")
    page = Page("https://www.example.org/2024/harbour", content.encode(), publisher, "text/html; charset=utf-8")
    return list(authors_of(document_of(page)))


def under_headline(byline: str) -> list[str]:
    return authors(f"<article><h1>{HEADLINE}</h1>{byline}{TEXT}</article>")


def linked(*things: dict[str, Any]) -> str:
    return f'<script type="application/ld+json">{json.dumps(list(things))}</script>'


PERSON = {"@type": "Person", "name": "Jane Doe"}


@pytest.mark.parametrize(
    ("author", "people"),
    [
        (PERSON, ["Jane Doe"]),
        ([PERSON, {"@type": "Person", "name": "John Roe"}], ["Jane Doe", "John Roe"]),
        ([[PERSON], {"@type": "Person", "name": "John Roe"}], ["Jane Doe", "John Roe"]),
        ("By Jane Doe and John Roe", ["Jane Doe", "John Roe"]),
        ({"name": "Jane Doe, John Roe"}, ["Jane Doe", "John Roe"]),
        ({"@type": "Person", "givenName": "Jane", "familyName": "Doe"}, ["Jane Doe"]),
        ({"@id": "#jane"}, ["Jane Doe"]),
        ([PERSON, {"@type": "Person", "name": "Reuters"}], ["Jane Doe"]),
        ({"@type": "Person", "name": "Paddy"}, ["Paddy"]),
        ({"@type": "Person", "name": "jane.miller"}, ["Jane Miller"]),
    ],
)
def test_json_ld_names_the_authors(author: object, people: list[str]) -> None:
    article = {"@type": "NewsArticle", "headline": HEADLINE, "author": author}
    head = linked(article, {"@type": "Person", "@id": "#jane", "name": "Jane Doe"})
    assert authors(f"<h1>{HEADLINE}</h1>{TEXT}", head=head) == people


@pytest.mark.parametrize(
    "author",
    [
        {"@type": "Organization", "name": "Jane Doe Foundation"},
        {"@type": "NewsMediaOrganization", "name": "Ana Example"},
        {"@type": "Person", "name": "The Example"},
        {"@type": "Person", "name": "Example"},
        {"@type": "Person", "name": "example.org"},
        {"@type": "Person", "name": "AFP"},
        {"@type": "Person", "name": "Newsroom"},
        {"@id": "#nobody"},
        [None, 7, {}],
    ],
)
def test_an_outlet_or_an_agency_is_no_author(author: object) -> None:
    head = linked({"@type": "NewsArticle", "headline": HEADLINE, "author": author})
    assert authors(f"<h1>{HEADLINE}</h1>{TEXT}", head=head) == []


def test_the_creator_is_asked_where_the_author_is_the_outlet() -> None:
    outlet = {"@type": "Organization", "name": "The Example"}
    head = linked({"@type": "NewsArticle", "author": outlet, "creator": ["Jane Doe"]})
    assert authors(f"<h1>{HEADLINE}</h1>{TEXT}", head=head) == ["Jane Doe"]


@pytest.mark.parametrize(
    ("head", "people"),
    [
        ('<meta name="author" content="Jane Doe">', ["Jane Doe"]),
        ('<meta property="article:author" content="Jane Doe">', ["Jane Doe"]),
        (
            '<meta property="article:author" content="Jane Doe"><meta property="article:author" content="John Roe">',
            ["Jane Doe", "John Roe"],
        ),
        (
            '<meta name="DC.creator" content="Doe, Jane"><meta name="DC.creator" content="Roe, John">',
            ["Jane Doe", "John Roe"],
        ),
        (
            '<meta name="citation_author" content="Doe, Jane A."><meta name="citation_author" content="Roe, John">',
            ["Jane A. Doe", "John Roe"],
        ),
        ('<meta name="byl" content="By Jane Doe and John Roe">', ["Jane Doe", "John Roe"]),
        (
            '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Jane Doe">',
            ["Jane Doe"],
        ),
        ('<meta name="twitter:label1" content="Reading time"><meta name="twitter:data1" content="Jane Doe">', []),
        ('<meta name="author" content="The Example"><meta name="parsely-author" content="Jane Doe">', ["Jane Doe"]),
        ('<meta property="article:author" content="https://www.facebook.com/janedoe">', []),
        ('<meta name="author" content="jane.doe@example.org">', []),
    ],
)
def test_meta_elements_name_the_authors(head: str, people: list[str]) -> None:
    assert authors(f"<h1>{HEADLINE}</h1>{TEXT}", head=head) == people


@pytest.mark.parametrize(
    ("byline", "people"),
    [
        ('<p class="byline">By <a href="/x">Jane Doe</a></p>', ["Jane Doe"]),
        ('<div class="c-articleByline"><span>Jane Doe</span><span>Staff Writer</span></div>', ["Jane Doe"]),
        ('<span itemprop="author"><span itemprop="name">Jane Doe</span></span>', ["Jane Doe"]),
        ('<a rel="author" href="/x">Jane Doe</a>', ["Jane Doe"]),
        ('<div id="authors"><span>Jane Doe</span> <span>John Roe</span></div>', ["Jane Doe", "John Roe"]),
        ('<ul><li class="author">Jane Doe</li><li class="author">John Roe</li></ul>', ["Jane Doe", "John Roe"]),
        (
            '<p>By <a href="/a">Jane Doe</a>, <a href="/b">John Roe</a> and <a class="author">Ann Poe</a></p>',
            ["Jane Doe", "John Roe", "Ann Poe"],
        ),
        ('<p class="author"><span class="firstname">Jane</span> <span class="lastname">Doe</span></p>', ["Jane Doe"]),
        ('<p class="author"><span>Jane</span> <span>Doe</span></p>', ["Jane Doe"]),
        ('<p class="auteur">par Jeanne Martin, 21 juin 2018</p>', ["Jeanne Martin"]),
        ('<p class="autor">Von Anna Schmidt, Berlin</p>', ["Anna Schmidt"]),
        ('<span class="writer">山田太郎</span>', ["山田太郎"]),
        ('<p class="author">文● 山田太郎／編集部</p>', ["山田太郎"]),
        ('<div class="author"><span class="name">王小明</span>2024-03-01 14:27</div>', ["王小明"]),
        ("<p>By Jane Doe</p>", ["Jane Doe"]),
        ("<div><span>Von:</span> <span>Anna Schmidt</span></div>", ["Anna Schmidt"]),
        ('<p><a href="/authors/jane-doe">Jane Doe</a></p>', ["Jane Doe"]),
        ("<p>Jane Doe, April 19, 2024</p>", ["Jane Doe"]),
        ('<span class="author vcard">Paddy</span>', ["Paddy"]),
        ("<p>Posted by Konstantin</p>", ["Konstantin"]),
        ("<span>6.11.2023 13:30 von Olga </span>", ["Olga"]),
        ('<p>by <span class="author vcard">oz</span> on <abbr>December 4, 2006</abbr></p>', ["oz"]),
    ],
)
def test_a_byline_near_the_headline_is_read(byline: str, people: list[str]) -> None:
    assert under_headline(byline) == people


@pytest.mark.parametrize(
    "beside",
    [
        '<figure><figcaption class="author">Jane Doe</figcaption></figure>',
        '<p class="image-attribution author">Jane Doe</p>',
        '<div class="comments"><p><span class="author">Jane Doe</span> What a harbour!</p></div>',
        '<p class="comment-author">Jane Doe</p>',
        '<div class="related"><span class="byline">By Jane Doe</span></div>',
        '<blockquote class="quote"><span class="author">Jane Doe</span></blockquote>',
        '<span class="author">The Example</span>',
        '<p class="byline">Published at 10:30 by The Example</p>',
        '<p class="author">منوعات</p>',
        "<p>By region</p>",
        "<p>By The Example|Jane Doe</p>",
        "<h2>Climate Change</h2>",
    ],
)
def test_who_signs_something_else_is_not_the_author(beside: str) -> None:
    assert under_headline(beside) == []


def test_authors_of_other_articles_are_not_taken() -> None:
    others = "".join(
        f'<div class="teaser"><h3>Another {n}</h3><span itemprop="author">{n} Poe</span></div>'
        for n in ("Ann", "Ben", "Eve")
    )
    assert authors(f"<article><h1>{HEADLINE}</h1>{TEXT * 60}</article><aside>{others}</aside>") == []


def test_a_byline_is_read_in_its_order_on_the_page() -> None:
    byline = '<p class="author">By <b><a href="/u/7">Konstantin</a></b> on 26/10/13, 03:48 pm</p>'
    assert under_headline(byline) == ["Konstantin"]


def test_an_article_that_its_site_promoted_is_no_list_of_others() -> None:
    signed = '<div class="submitted">Saved by <span class="username">Jane Doe</span></div>'
    assert authors(f'<h1>{HEADLINE}</h1><div class="node node-promoted">{TEXT * 50}{signed}</div>') == ["Jane Doe"]


@pytest.mark.parametrize(
    "byline",
    [
        '<p class="author"><span>By</span> Jane Doe<br><span>Translated by</span>: <a rel="author">Ann Poe</a></p>',
        '<p class="byline"><a rel="author">Jane Doe</a> Illustration by <a rel="author">Ann Poe</a></p>',
    ],
)
def test_who_translated_or_drew_it_is_no_author_however_marked(byline: str) -> None:
    assert under_headline(byline) == ["Jane Doe"]


def test_where_the_newsdesk_signed_a_linked_name_is_somebody_it_speaks_of() -> None:
    speaks = '<p>The <a href="/people/harbour-friends">Harbour Friends</a> spoke.</p>'
    assert under_headline(f'<p class="byline">by <a rel="author">Our News Desk</a></p>{speaks}') == []


def test_whom_the_text_speaks_of_did_not_write_it() -> None:
    speaks = '<p>He met <a href="/people/john-roe">John Roe</a> there.</p>'
    assert under_headline(TEXT * 3 + speaks) == []


@pytest.mark.parametrize("signature", ["<p>(Jane Doe)</p>", "<p><em>Jane Doe</em></p>", "<p>Von Jane Doe</p>"])
def test_a_text_may_be_signed_at_its_end(signature: str) -> None:
    assert authors(f"<article><h1>{HEADLINE}</h1>{TEXT * 60}{signature}</article>") == ["Jane Doe"]


@pytest.mark.parametrize(
    "signature",
    [
        "<h5>Date:</h5>1 March 2024<br><h5>Author: </h5>Jane Doe/Agency",
        '<h4>Author</h4><p><a href="/x">Jane Doe</a></p>',
        "<dl><dt>Autor</dt><dd>Jane Doe</dd></dl>",
        "<p>It was late.<br><strong>Text:</strong> Jane Doe</p>",
        '<div class="credit-label"> Interview </div><div class="credit-text"> JANE DOE </div>',
    ],
)
def test_a_label_says_who_the_author_is_wherever_it_stands(signature: str) -> None:
    assert authors(f"<article><h1>{HEADLINE}</h1>{TEXT * 60}{signature}</article>") == ["Jane Doe"]


@pytest.mark.parametrize(
    "beside",
    [
        "<h4>Interview</h4><p>Jane Doe</p>",
        '<div class="interview">Interview</div><div>Jane Doe</div>',
        '<div class="credit-label">Photo</div><div>Jane Doe</div>',
        "<h4>Photo:</h4><p>Jane Doe</p>",
        '<div class="sidebar"><h4>Authors</h4><p>Jane Doe</p></div>',
        '<div class="comments"><b>Author:</b> Jane Doe</div>',
        "<h4>Author</h4><p>Jane Doe</p><h4>Author</h4><p>John Roe</p>",
        "<h4>Author</h4>",
    ],
)
def test_a_label_of_something_else_says_nothing(beside: str) -> None:
    assert authors(f"<article><h1>{HEADLINE}</h1>{TEXT * 60}</article>{beside}") == []


@pytest.mark.parametrize(
    "last", ["<p><strong>Long Harbour</strong></p>", "<p>Jane Doe</p>", "<p>(Photo: Jane Doe)</p>"]
)
def test_a_last_paragraph_is_mostly_no_signature(last: str) -> None:
    assert authors(f"<article><h1>{HEADLINE}</h1>{TEXT * 60}{last}</article>") == []


@pytest.mark.parametrize(
    "account", ["/profile/142", "/users/142/", "/user-list/?u=142", "/member.php?id=142", "/?author=142"]
)
def test_who_signs_with_an_account_has_a_pen_name(account: str) -> None:
    assert under_headline(f'<p>1 March 2024 <a href="{account}">harbour77</a></p>') == ["harbour77"]


@pytest.mark.parametrize(
    "link",
    [
        "/member/login",
        "/journalists/events",  # a menu's
        "/harbour/142",
    ],
)
def test_a_link_with_one_word_is_mostly_no_signature(link: str) -> None:
    assert under_headline(f'<p><a href="{link}">Harbour77</a></p>') == []


def test_one_word_of_meta_is_a_pen_name_where_nobody_else_signs() -> None:
    written = '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Haru">'
    assert authors(f"<h1>{HEADLINE}</h1>{TEXT}", head=written) == ["Haru"]
    assert authors(f'<h1>{HEADLINE}</h1><p class="author">Jane Doe</p>{TEXT}', head=written) == ["Jane Doe"]


@pytest.mark.parametrize(
    ("title", "people"),
    [
        ("Speech by President Jane Doe at the university", ["Jane Doe"]),
        ("Remarks by Foreign Minister Jane Doe, at the harbour", ["Jane Doe"]),
        ("Address by Prime Minister Jane Doe to the Nation", ["Jane Doe"]),
        ("Archive / Speeches / Rede von Bundespräsidentin Jane Doe beim Hafenfest", ["Jane Doe"]),
        ("A ferry, reviewed by Jane Doe", ["Jane Doe"]),
        ("Speech by the minister", []),
        ("Rede von Gewicht im Hafen", []),
        ("A freespeech by Jane Doe Park", []),
        ("Harbour hit by Jane Doe", []),
    ],
)
def test_a_headline_may_name_its_speaker(title: str, people: list[str]) -> None:
    page = Page("https://example.org/a", f"<title>{title}</title><p>{TEXT}</p>".encode(), Publisher(id="e", name="Ex"))
    assert list(authors_of(document_of(page))) == people


def test_who_signed_a_speech_is_asked_before_who_speaks() -> None:
    head = '<meta name="author" content="Jane Doe">'
    content = f"<title>Speech by John Roe</title>{head}<p>{TEXT}</p>".encode()
    assert authors_of(document_of(Page("https://example.org/a", content, Publisher(id="e", name="Ex")))) == (
        "Jane Doe",
    )


@pytest.mark.parametrize("kind", ["WebPage", "HowTo", "Recipe"])
def test_json_ld_names_the_author_of_what_is_no_article(kind: str) -> None:
    assert authors(f"<h1>{HEADLINE}</h1>{TEXT}", head=linked({"@type": kind, "author": PERSON})) == ["Jane Doe"]


def test_json_ld_is_believed_before_the_byline() -> None:
    head = linked({"@type": "NewsArticle", "author": PERSON})
    assert authors(f'<h1>{HEADLINE}</h1><p class="author">Ann Poe</p>{TEXT}', head=head) == ["Jane Doe"]


def test_a_byline_with_the_same_people_and_more_is_the_fuller_one() -> None:
    head = linked({"@type": "NewsArticle", "author": PERSON})
    byline = '<p class="byline">By John Roe and Jane Doe</p>'
    assert authors(f"<h1>{HEADLINE}</h1>{byline}{TEXT}", head=head) == ["John Roe", "Jane Doe"]


@pytest.mark.parametrize(
    "byline",
    [
        '<p class="byline">By Jane Doe</p>',
        '<p><span class="author">By</span> <a class="author">Jane Doe</a></p>',
        "<p><b>Text &amp; Fotos:</b> Jane Doe</p>",
    ],
)
def test_a_byline_that_says_by_is_believed_before_meta(byline: str) -> None:
    head = '<meta name="author" content="Harbour Illustrated">'
    assert authors(f"<h1>{HEADLINE}</h1>{byline}{TEXT}", head=head) == ["Jane Doe"]


@given(
    st.binary(max_size=300)
    | st.lists(
        st.sampled_from(
            [b"<h1>A long headline</h1>", b'<p class="author">', b"By Jane Doe", b"</p>", b"<div>", b"|", b"\xff"]
        )
    ).map(b"".join)
)
def test_any_page_has_authors_or_none(content: bytes) -> None:
    try:
        document = document_of(Page("https://example.org/", content, Publisher(id="x", name="X"), "text/html"))
    except NotAnArticle:
        return
    assert all(authors_of(document))


def test_a_deep_page_is_read() -> None:
    assert authors(f"<h1>{HEADLINE}</h1>" + '<div class="author">' * 5_000 + "Jane Doe") in (["Jane Doe"], [])
