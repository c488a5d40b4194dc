"""Where the article stands: the element that most running text stands in, and the elements around it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from pages_of import document

from pipelines.documents import body_of
from pipelines.region import chain_of, container_of

TEXT = (
    "Envoys of the four harbour towns met on Monday to settle who watches the northern lane, and agreed on little else."
)
JAPANESE = (
    "四つの港町の使節は月曜日に会合を開き、北の航路を誰が見張るかを話し合ったが、ほかのことではほとんど合意しなかった。"
)


def container(body: str) -> html.HtmlElement:
    return container_of(body_of(document(body)))


def ps(count: int, text: str = TEXT) -> str:
    return f"<p>{text}</p>" * count


@pytest.mark.parametrize(
    "body",
    [
        f"<article id=here>{ps(4)}</article><aside>{ps(1)}</aside>",
        f"<div id=here>{ps(4)}</div><div>{ps(1)}</div>",
        f"<div id=here><div>{ps(3)}</div><div>{ps(3)}</div></div><div>{ps(1)}</div>",
        "<div id=here>" + f"{TEXT}<br><br>" * 4 + "</div><div><p>Short</p></div>",
        "<div id=here>" + f"<div>{TEXT}</div>" * 4 + "</div>",
        f"<table><tr><td>{'<a href=/x>A link</a> ' * 40}</td><td id=here>{ps(4)}</td></tr></table>",
        "<div id=here>" + f"<p><span><b>{TEXT}</b></span></p>" * 4 + "</div>",
        f"<form action=/x><div id=here>{ps(5)}</div></form>",
        f"<div id=here>{ps(4, JAPANESE)}</div><div>{ps(1)}</div>",
    ],
    ids=[
        "article",
        "the longer of two",
        "several containers",
        "breaks",
        "divs",
        "cell",
        "inline",
        "form",
        "a script without spaces",
    ],
)
def test_the_article_stands_where_most_running_text_does(body: str) -> None:
    assert container(body).get("id") == "here"


@pytest.mark.parametrize(
    "furniture",
    [
        "<div><ul>"
        + "<li><a href=/x>A headline of some length that is a link to elsewhere</a></li>" * 60
        + "</ul></div>",
        "<div><script>" + "var words = 'as many as an article has';" * 200 + "</script></div>",
        "<div><style>" + "p { margin: 0; padding: 0; colour: none } " * 200 + "</style></div>",
        "<div><select>" + f"<option>{TEXT}</option>" * 40 + "</select></div>",
        f"<div><textarea>{TEXT * 20}</textarea></div>",
        "<div>" + "<p>Short line of a menu</p>" * 200 + "</div>",
        f"<div><!-- {TEXT * 40} --></div>",
    ],
    ids=["links", "script", "style", "options", "field", "short lines", "comment"],
)
def test_much_that_is_no_running_text_does_not_draw_it_away(furniture: str) -> None:
    assert container(f"{furniture}<div id=here>{ps(4)}</div>{furniture}").get("id") == "here"


def test_one_endless_block_does_not_outweigh_an_article() -> None:
    terms = f"<div id=terms><p>{TEXT * 1_000}</p></div>"
    assert container(f"<section><div id=here>{ps(40)}</div></section><section>{terms}</section>").get("id") == "here"


def deep(opening: str, closing: str, count: int = 15) -> str:
    """Much running text, farther from the page's body than the article's surroundings are looked at."""
    return opening + "<div>" * 8 + ps(count) + "</div>" * 8 + closing


UNSEEN = [
    "div hidden",
    "div aria-hidden=true",
    "div style='display: none'",
    "section style='visibility:hidden'",
    "template",
]
OTHERS = [
    "noscript",
    "dialog",
    "footer",
    "nav",
    "div class=sr-only",
    "div class=cookie-banner",
    "div id=onetrust-consent-sdk",
    "div class=comment-list",
    "div id=comments",
]


@pytest.mark.parametrize("tag", [*UNSEEN, *OTHERS])
def test_terms_comments_and_what_is_not_shown_do_not_hold_the_article_however_long_they_are(tag: str) -> None:
    other = deep(f"<{tag}>", f"</{tag.split(maxsplit=1)[0]}>")
    assert container(f"<div id=here>{ps(3)}</div>{other}").get("id") == "here"
    assert container(f"{other}{other}<div id=here>{ps(3)}</div>").get("id") == "here"


@pytest.mark.parametrize("tag", OTHERS)
@pytest.mark.parametrize("teaser", ["", "<div><p>Short.</p></div>", f"<div>{ps(1)}</div>"])
def test_names_are_not_believed_where_hardly_anything_else_is_on_the_page(tag: str, teaser: str) -> None:
    found = container(teaser + deep(f"<{tag}>", f"</{tag.split(maxsplit=1)[0]}>"))
    assert tag.split(maxsplit=1)[0] in [element.tag for element in found.iterancestors()]


@pytest.mark.parametrize("tag", UNSEEN)
def test_what_is_not_shown_is_not_believed_even_where_nothing_else_is(tag: str) -> None:
    assert container(deep(f"<{tag}>", f"</{tag.split(maxsplit=1)[0]}>")).tag == "body"


@pytest.mark.parametrize("tag", ["form", "aside", "section class=subscription-content", "div class=article-body"])
def test_what_often_holds_an_article_may(tag: str) -> None:
    held = f"<{tag}><div id=here>{ps(8)}</div></{tag.split(maxsplit=1)[0]}>"
    assert container(f"{held}<div>{ps(3)}</div>").get("id") == "here"


def test_a_page_of_hidden_elements_without_end_is_its_body() -> None:
    hidden = deep("<div hidden>", "</div>", 5)
    assert container(hidden * 50 + f"<div id=here>{ps(3)}</div>").tag == "body"


@pytest.mark.parametrize("body", ["", "<p>Short.</p>", "<a href=/x>Home</a>", "<script>x()</script>"])
def test_a_page_without_running_text_is_its_body(body: str) -> None:
    assert container(body).tag == "body"


def test_the_chain_leads_outwards_and_says_how_far() -> None:
    found = chain_of(container(f"<main><section><div id=here>{ps(4)}</div></section></main>"), 6)
    assert [(element.tag, far) for element, far in found.items()] == [
        ("div", 0),
        ("section", 1),
        ("main", 2),
        ("body", 3),
    ]


def test_the_chain_is_no_longer_than_asked() -> None:
    found = chain_of(container("<div>" * 30 + f"<article>{ps(4)}</article>"), 6)
    assert list(found.values()) == list(range(7))


TAGS = st.sampled_from(["div", "p", "span", "section", "td", "li", "a", "b"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(TAGS, st.sampled_from([TEXT, "x", "", JAPANESE])), max_size=30))
def test_it_is_always_an_element_of_the_page_and_the_same_each_time(parts: list[tuple[str, str]]) -> None:
    body = body_of(document("".join(f"<{tag}>{text}" for tag, text in parts)))
    found = container_of(body)
    assert found is body or body in found.iterancestors()
    assert container_of(body) is found
