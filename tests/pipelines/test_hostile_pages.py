"""Pages that mean ill, or that a broken template made: each is an article or none, whatever is in it, and raises nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article import Publisher
from archive.errors import NotAnArticle
from pipelines.derive import derive, derive_explained
from pipelines.page import Page
from pipelines.text import even

OUTLET = Publisher(id="example", name="The Example")
TITLE = "Harbour towns lose their lane"
PARAGRAPHS = [
    "Envoys of the four harbour towns met on Monday to settle who watches the northern lane, and agreed on little else.",
    "The lane had been watched by turns since the accord; when the accord ran out in March, three towns recalled their ships.",
    "Insurers have raised their rates twice this year, and smaller ports say that they feel it already in their fishing fleets.",
]
ARTICLE = f"<article><h1>{TITLE}</h1>" + "".join(f"<p>{text}</p>" for text in PARAGRAPHS) + "</article>"


def page(body: str, head: str = "", url: str = "https://example.org/news/harbour") -> Page:
    content = f"<html lang=en><head><title>{TITLE}</title>{head}</head><body>{body}</body></html>"
    return Page(url, content.encode("utf-8", "replace"), OUTLET, "text/html; charset=utf-8")


def linked(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def said(value: Any) -> str:
    """JSON-LD of an article whose every field has this value."""
    names = (
        "headline", "name", "description", "author", "creator", "publisher", "datePublished", "dateModified", "image",
        "keywords", "articleSection", "inLanguage", "isAccessibleForFree", "hasPart", "mainEntityOfPage", "url", "wordCount",
    )  # fmt: skip
    return linked(json.dumps({"@type": "NewsArticle", **dict.fromkeys(names, value)}).replace("</", "<\\/"))


def derives(made: Page) -> list[str]:
    """The lines of its body; none where it is no article."""
    try:
        return derive(made).body.split("\n")
    except NotAnArticle:
        return []


@pytest.mark.parametrize(
    "value",
    [
        "\ud800 lone",
        "<a" * 50_000,
        "&#" + "9" * 5_000 + ";",
        "By " + "Jane Doe and " * 20_000,
        "2026-01-05T10:00:00+99:99",
        "9999999999999999999999",
        "http://[::1/x.jpg",
        10**400,
        -1,
        1e308,
        float("nan"),
        True,
        None,
        [],
        {},
        [[["x"]]],
        {"@value": {"@value": "x"}},
        {"name": {"name": ["x"]}, "url": {"url": []}, "@type": {"@type": 1}},
        [None, 1, "x", {"name": 1}, [{}]],
        [f"Jane Doe {number}" for number in range(5_000)],
    ],
    ids=lambda value: repr(value)[:24],
)
def test_an_article_comes_out_whatever_json_ld_says_of_it(value: Any) -> None:
    assert derives(page(ARTICLE, said(value))) == PARAGRAPHS


@pytest.mark.parametrize(
    "furniture",
    [
        "<div>" * 50_000,
        "<b><i>x" * 20_000,
        "<ul><li>" * 20_000,
        "<table><tr><td>" * 5_000,
        "<div class='" + "share " * 100_000 + "'>x</div>",
        "<div class='newsletter" + "a" * 300 + "!' id='subscribe" + "-ss" * 100 + "!'>x</div>",
        "<div style='" + "display : " * 50_000 + "'>x</div>",
        "<p " + " ".join(f"a{number}" for number in range(50_000)) + ">x</p>",
        "<time datetime='2026-99-99T99:99'>32 January 20260</time>" * 3_000,
        "<meta name=author content='Jane Doe'>" * 5_000,
        "<br>" * 50_000,
        "<select>" + "<option>x" * 20_000 + "</select>",
        "<img src='http://[::1' srcset='http://] 1x, ,,,'>" * 2_000,
        "<a href='http://[::1'>x</a>" * 2_000,
        "<p>" + "\u0301" * 100_000 + "</p>",
        "<p>\u200d\u202e\x01\x7f\x85</p>",
        "<!--" * 50_000,
        "<![CDATA[" * 50_000,
        "<" * 100_000,
        '<script>datePublished: "' * 2_000,
        linked("{" * 100_000) * 3,
    ],
    ids=lambda furniture: repr(furniture)[:24],
)
def test_an_article_comes_out_whatever_stands_below_it(furniture: str) -> None:
    assert derives(page(ARTICLE + furniture))[:3] == PARAGRAPHS


@pytest.mark.parametrize(
    "body",
    [
        "".join(f"<p class=c{number}>{PARAGRAPHS[number % 3]} {number}</p>" for number in range(6_500)),
        "<div>" + "".join(f"{PARAGRAPHS[number % 3]} {number}<br>" for number in range(1_500)) + "</div>",
        "<table>"
        + "".join(f"<tr><td>{number}</td><td>{PARAGRAPHS[0]}</td></tr>" for number in range(1_500))
        + "</table>",
        "<p>" + " ".join(PARAGRAPHS) * 3_000 + "</p>",
        "".join(f"<h1>{PARAGRAPHS[0]} {number}</h1>" for number in range(1_500)),
        f"<h1>{TITLE}</h1>" * 1_500,
        "<div>" * 250 + ARTICLE,
    ],
    ids=["paragraphs", "breaks", "rows", "line", "headlines", "titles", "depth"],
)
def test_every_line_of_a_body_without_end_is_the_pages(body: str) -> None:
    made = page(body)
    shown = "".join(even(made.content.decode().replace("<br>", " ")).split())
    assert all("".join(part.split()) in shown for line in derives(made) for part in line.split(" | "))


@pytest.mark.parametrize(
    "url",
    [
        "about:blank",
        "https://example.org",
        "https://example.org/%ff%00/\u202e",
        "http://example.org:99999/a",
        "x",
        "https://example.org/" + "a/" * 5_000,
    ],
)
def test_a_page_of_any_address_is_read(url: str) -> None:
    assert derives(page(ARTICLE, url=url)) == PARAGRAPHS


@pytest.mark.parametrize(
    "content",
    [
        "<frameset><frame src=x></frameset>",
        f"<html><head><title>{TITLE}</title></head></html>",
        "<meta name=x>" * 70_000 + ARTICLE,
    ],
    ids=["frames", "head", "cut off"],
)
def test_a_page_without_a_body_is_no_article(content: str) -> None:
    with pytest.raises(NotAnArticle):
        derive(Page("https://example.org/news/harbour", content.encode(), OUTLET, "text/html"))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.sampled_from(["NewsArticle", "Jane Doe", "2026-03-05", "/a.jpg", *PARAGRAPHS]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["@type", "@id", "@value", "@graph", "name", "url", "author", "image", "mainEntity", "articleBody"]), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(VALUES)
def test_json_ld_of_any_form_costs_the_page_nothing(value: Any) -> None:
    found = derives(page(ARTICLE, said(value)))
    assert found == PARAGRAPHS


NAMES = st.sampled_from(
    [
        "article",
        "author",
        "byline",
        "caption",
        "comments",
        "content",
        "date",
        "headline",
        "hidden",
        "newsletter",
        "paywall",
        "related",
        "share",
        "sr-only",
        "story",
        "tags",
        "time",
        "title",
    ]
)
PIECES = st.tuples(
    st.sampled_from(["a", "article", "aside", "b", "blockquote", "br", "div", "em", "figcaption", "figure", "footer", "form", "h1", "h2", "header", "i", "img", "li", "main", "nav", "p", "section", "span", "table", "td", "time", "tr", "ul"]),
    st.none() | NAMES,
    st.sampled_from(["", "x", "March 5, 2026", "By Jane Doe", "Read more: Talks", "(Photo: AFP)", *PARAGRAPHS]) | st.text(max_size=20),
    st.booleans(),
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(PIECES, max_size=30))
def test_elements_in_any_disorder_give_the_same_article_each_time_and_a_rule_for_each_dropped_line(
    pieces: list[tuple[str, str | None, str, bool]],
) -> None:
    body = "".join(
        f"<{tag}{f' class={name}' if name else ''}>{text}{f'</{tag}>' if is_closed else ''}"
        for tag, name, text, is_closed in pieces
    )
    made = page(body)
    try:
        found = derive_explained(made)
    except NotAnArticle:
        return
    assert derive_explained(made) == found
    assert all(one.rule and one.line for one in found.dropped)
    assert all(line == even(line) != "" for line in found.article.body.split("\n"))
