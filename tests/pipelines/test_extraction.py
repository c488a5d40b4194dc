"""Whole articles out of pages of several shapes, and a rule for each line that was left out."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article import Publisher
from archive.errors import NotAnArticle
from pipelines.derive import derive, derive_explained
from pipelines.deriving import Derivation, explanation_of
from pipelines.documents import document_of
from pipelines.page import Page
from pipelines.text import even

TITLE = "Harbour towns lose their lane"
PARAGRAPHS = [
    "Envoys of the four harbour towns met on Monday to settle who watches the northern lane, and agreed on little else.",
    "“Nobody wants the winter to decide it for us,” the harbour master said after the second session, which ran past midnight.",
    "The lane had been watched by turns since the accord of 2019; when the accord ran out in March, three towns recalled their ships.",
    "A panel of pilots is to report by June, and until then tankers will be asked to take the longer way round the cape.",
    "Insurers have raised their rates twice this year, and smaller ports say that they feel it already in their fishing fleets.",
]


def page(body: str, head: str = "") -> Page:
    content = f"<html lang=en><head><title>{TITLE}</title>{head}</head><body>{body}</body></html>"
    return Page(
        "https://e.org/2024/05/harbour", content.encode(), Publisher(id="e", name="E"), "text/html; charset=utf-8"
    )


def explained(body: str, head: str = "") -> Derivation:
    return derive_explained(page(body, head))


def ps(paragraphs: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in paragraphs)


SHAPES = {
    "article": f"<main><article><h1>{TITLE}</h1>{ps(PARAGRAPHS)}</article></main>",
    "divs": f"<div class=story><h1>{TITLE}</h1>" + "".join(f"<div>{text}</div>" for text in PARAGRAPHS) + "</div>",
    "two containers": f"<h1>{TITLE}</h1><div class=page><div class=body>{ps(PARAGRAPHS[:3])}</div><div class=body>{ps(PARAGRAPHS[3:])}</div></div>",
    "one big form": f"<form id=aspnetForm action=/x><div id=wrap><h1>{TITLE}</h1><div id=content>{ps(PARAGRAPHS)}</div></div></form>",
    "sections": f"<article><h1>{TITLE}</h1>"
    + "".join(f"<section><p>{text}</p></section>" for text in PARAGRAPHS)
    + "</article>",
    "spans": f"<article><h1>{TITLE}</h1>"
    + "".join(f"<p><span><span>{text}</span></span></p>" for text in PARAGRAPHS)
    + "</article>",
    "breaks": f"<div id=content><h1>{TITLE}</h1>" + "<br><br>".join(PARAGRAPHS) + "</div>",
    "paywall": f"<article class=paywall><h1>{TITLE}</h1><div class=subscription-content>{ps(PARAGRAPHS)}</div></article>",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_an_article_comes_out_whole_whatever_the_shape_of_its_page(shape: str) -> None:
    furniture = "<nav><a href=/>Home</a><a href=/w>World</a></nav>{}<footer><p>© E, all rights reserved.</p></footer>"
    assert explained(furniture.format(SHAPES[shape])).article.body.split("\n") == PARAGRAPHS


def test_sub_headings_and_lists_stay() -> None:
    listed = [
        "The northern lane, which is the shorter one in summer.",
        "The southern lane, which is open all the year.",
    ]
    items = "".join(f"<li>{text}</li>" for text in listed)
    body = f"<article><h1>{TITLE}</h1>{ps(PARAGRAPHS[:2])}<h2>What the panel will compare</h2><ul>{items}</ul>{ps(PARAGRAPHS[2:])}</article>"
    kept = explained(body).article.body.split("\n")
    assert kept == [*PARAGRAPHS[:2], "What the panel will compare", *listed, *PARAGRAPHS[2:]]


@pytest.mark.parametrize(
    ("furniture", "said"),
    [
        ("<div class=share-buttons><span>Pass it on to a friend</span></div>", "Pass it on to a friend"),
        ("<form><label>Your address, and we write on Fridays</label></form>", "Your address, and we write on Fridays"),
        (
            "<blockquote class=twitter-tweet><p>So much for the lane. — Harbour Watch</p></blockquote>",
            "So much for the lane. — Harbour Watch",
        ),
        ("<div class=related-posts><h3>From the archive</h3><a href=/a>Pilots on strike</a></div>", "Pilots on strike"),
        (
            "<div class=comments-area><p>I never liked that harbour master one bit.</p></div>",
            "I never liked that harbour master one bit.",
        ),
        (
            "<div class=cookie-notice><p>Biscuits are baked on this site every day.</p></div>",
            "Biscuits are baked on this site every day.",
        ),
        (
            "<div class=author-bio><p>Mara Ellison covers the coast and keeps bees.</p></div>",
            "Mara Ellison covers the coast and keeps bees.",
        ),
        (
            "<figure><img src=/a.jpg><figcaption>The lane at dawn, seen from the cape</figcaption></figure>",
            "The lane at dawn, seen from the cape",
        ),
        ("<aside><p>The accord at a glance, in three numbers</p></aside>", "The accord at a glance, in three numbers"),
    ],
)
def test_furniture_inside_the_article_is_left_out_by_a_rule(furniture: str, said: str) -> None:
    found = explained(f"<article><h1>{TITLE}</h1>{ps(PARAGRAPHS[:3])}{furniture}{ps(PARAGRAPHS[3:])}</article>")
    assert found.article.body.split("\n") == PARAGRAPHS
    assert {one.line: one.rule for one in found.dropped}[said]


def test_what_the_template_says_twice_is_not_the_articles() -> None:
    notice = "<div class=x>Your settings keep us from showing what stands here to you</div>"
    body = "".join(f"<p>{text}</p>{notice}" for text in PARAGRAPHS)
    assert explained(f"<article><h1>{TITLE}</h1>{body}</article>").article.body.split("\n") == PARAGRAPHS


def test_a_paragraph_may_repeat_another() -> None:
    refrain = "And still the lane lay open."
    lines = [line for text in PARAGRAPHS for line in (text, refrain)]
    assert explained(f"<article><h1>{TITLE}</h1>{ps(lines)}</article>").article.body.split("\n") == lines


def test_where_the_page_shows_less_json_ld_is_read() -> None:
    linked = {"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n".join(PARAGRAPHS)}
    head = f'<script type="application/ld+json">{json.dumps(linked)}</script>'
    assert explained(f"<h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p>", head).article.body.split("\n") == PARAGRAPHS


@pytest.mark.parametrize(
    "tag", ["div hidden", "template", "noscript", "dialog", "div class=cookie-banner", "div class=comment-list"]
)
def test_an_article_is_read_beside_something_longer_that_is_none(tag: str) -> None:
    terms = "".join(
        f"<p>Point {number} of our terms, which hold for all who read what stands here, and which the law of the land governs in all its parts.</p>"
        for number in range(30)
    )
    other = f"<{tag}>{'<div>' * 8}{terms}{'</div>' * 8}</{tag.split(maxsplit=1)[0]}>"
    assert (
        explained(f"<main><article><h1>{TITLE}</h1>{ps(PARAGRAPHS)}</article></main>{other}").article.body.split("\n")
        == PARAGRAPHS
    )


def test_where_nothing_is_found_the_second_opinion_has_no_bars_at_its_lines_ends() -> None:
    lines = explained(f"<h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p><td>{PARAGRAPHS[0]}</td>").article.body.split("\n")
    assert set(lines) == {PARAGRAPHS[0]}


def test_the_second_opinion_takes_neither_menus_nor_scaffolding_for_the_article() -> None:
    short = "Envoys met on Monday, and agreed on little but to meet again, which they had done before."
    around = "<div id=footer><p>Monday</p></div>", "<nav><a href=/e>Envoys</a></nav>"
    assert explained(f"<h1>{TITLE}</h1><div><p>{short}</p></div>{''.join(around)}").article.body == short


def test_lines_outside_the_articles_element_are_explained_too() -> None:
    around = "<nav><a href=/>Home</a></nav>", "<aside><p>Most read today</p></aside><footer><p>About us</p></footer>"
    whole = explanation_of(page(f"{around[0]}<article><h1>{TITLE}</h1>{ps(PARAGRAPHS)}</article>{around[1]}"))
    rules = {one.line: one.rule for one in whole.dropped}
    assert {rules["Home"], rules["Most read today"], rules["About us"]} <= {
        "structure/navigation",
        "structure/aside",
        "structure/footer",
    }


def test_each_line_of_a_page_is_the_articles_or_explained() -> None:
    lines = ["Home", "Sport", "A teaser of another report, which is long enough to be one", "Imprint"]
    menu, teaser = f"<div>{ps(lines[:2])}</div>", f"<section><div><div><p>{lines[2]}</p></div></div></section>"
    body = (
        f"{menu}<div><div><div><article>{ps(PARAGRAPHS)}</article></div></div></div>{teaser}<footer>{lines[3]}</footer>"
    )
    whole = explanation_of(page(body))
    assert {*whole.article.body.split("\n"), *(one.line for one in whole.dropped)} >= {*PARAGRAPHS, *lines}


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=3_000))
def test_any_bytes_are_an_article_or_none(content: bytes) -> None:
    try:
        derive(Page("https://e.org/a", content, Publisher(id="e", name="E"), "text/html"))
    except NotAnArticle:
        return


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["p", "div", "li", "h2", "section", "td", "span", "form"]),
            st.sampled_from([*PARAGRAPHS, "Share", "x"]),
        ),
        max_size=25,
    )
)
def test_no_line_comes_out_that_is_not_on_the_page_and_twice_is_the_same(parts: list[tuple[str, str]]) -> None:
    made = page(f"<h1>{TITLE}</h1>" + "".join(f"<{tag}>{text}</{tag}>" for tag, text in parts))
    try:
        article = derive(made)
    except NotAnArticle:
        return
    shown = "".join(even("".join(document_of(made).tree.itertext())).split())
    said = [part for line in article.body.split("\n") for part in line.split(" | ")]
    assert all("".join(part.split()) in shown for part in said)
    assert derive(made) == article
