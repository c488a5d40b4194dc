"""Whole pages: each folder of tests/pages holds a page and the article that must come out of it."""

from __future__ import annotations

import contextlib
import html
import json
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from places import ROOT

from archive.article import Article, Publisher
from archive.errors import NotAnArticle
from crawler.catalogue import load_outlets
from crawler.settings import OUTLETS_FOLDERS
from pipelines.derive import derive, derive_explained
from pipelines.page import Knowledge, Page
from pipelines.rules import PageRules, rules_at
from pipelines.text import even

PAGES = sorted((ROOT / "tests" / "pages").glob("*/*"))
RULES = load_outlets([*OUTLETS_FOLDERS[:1], ROOT / "tests" / "outlets"]).rules
WIRE = (ROOT / "dragoman" / "sample" / "sites" / "wire.txt").read_text("utf-8").strip().split("\n\n")
TITLE, BODY, CREDITS = WIRE[0], [even(paragraph) for paragraph in WIRE[1:-1]], WIRE[-1]
OUTLET = Publisher(id="kootneeti", name="The Kootneeti")
BOILERPLATE = [
    "Image source: Reuters",
    "News Tools",
    "Subscribe to the International Relations Updates by The Kootneeti",
    "* indicates required",
    "The views and opinions expressed in this article are those of the author and do not necessarily reflect the views of The Kootneeti Team",
    "Facebook Comments",
    "You may also like...",
]


def read(content: str, url: str = "https://thekootneeti.in/2022/01/08/japan-us/") -> Article:
    return derive(Page(url, content.encode(), OUTLET, "text/html; charset=utf-8"))


@pytest.mark.parametrize("folder", PAGES, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_a_page_gives_its_article(folder: Path) -> None:
    meta = json.loads((folder / "meta.json").read_text("utf-8"))
    wanted = json.loads((folder / "article.json").read_text("utf-8"))
    fetched_at = datetime.fromisoformat(meta["fetched_at"]) if "fetched_at" in meta else None
    content, publisher = (folder / "page.html").read_bytes(), Publisher(**meta["publisher"])
    page = Page(meta["url"], content, publisher, meta["content_type"], fetched_at)
    found = derive(Knowledge(RULES).told(page)).model_dump(mode="json")
    assert {name: found[name] for name in wanted} == {**wanted, "body": "\n".join(wanted["body"])}


@pytest.mark.parametrize(("outlet", "rules"), [(name, one) for name, all_ in RULES.items() for one in all_])
def test_rules_of_an_outlet_have_a_page_that_needs_them(outlet: str, rules: PageRules) -> None:
    metas = [json.loads((folder / "meta.json").read_text("utf-8")) for folder in PAGES if folder.parent.name == outlet]
    held = [rules_at(RULES[outlet], datetime.fromisoformat(meta["fetched_at"])) for meta in metas]
    assert rules in held


def wrapped(kind: str) -> str:
    """The seed in a page of another shape, boilerplate and all."""
    parts = [BOILERPLATE[0], *BODY[:9], BOILERPLATE[0], BOILERPLATE[1], *BODY[9:], CREDITS, *BOILERPLATE[2:]]
    texts = [html.escape(part) for part in parts]
    match kind:
        case "paragraphs":
            inner = "".join(f"<p>{text}</p>" for text in texts)
        case "divs":
            inner = "<div class='story'>" + "".join(f"<div>{text}</div>" for text in texts) + "</div>"
        case "article":
            inner = (
                "<article><section>" + "".join(f"<p><span>{text}</span></p>" for text in texts) + "</section></article>"
            )
        case _:
            inner = "<div class='content'>" + "<br><br>".join(texts) + "</div>"
    return f"<html lang=en><head><title>{html.escape(TITLE)} | The Kootneeti</title></head><body><h1>{html.escape(TITLE)}</h1>{inner}</body></html>"


@pytest.mark.parametrize("kind", ["paragraphs", "divs", "article"])
def test_the_seed_comes_out_whole_from_a_page_of_any_shape(kind: str) -> None:
    article = read(wrapped(kind))
    assert article.title == TITLE
    assert article.body.split("\n") == BODY
    assert article.agency == "Reuters"
    assert article.credits.reporting == (
        "David Brunnstrom",
        "Dan Whitcomb",
        "Rami Ayyub",
        "Ju-min Park",
        "Kiyoshi Takenaka",
    )
    assert article.credits.editing == ("David Dolan", "Richard Pullin")
    assert article.disclaimer


def test_each_dropped_line_has_the_rule_that_dropped_it() -> None:
    page = Page("https://thekootneeti.in/a", wrapped("paragraphs").encode(), OUTLET, "text/html")
    rules = {dropped.line: dropped.rule for dropped in derive_explained(page).dropped}
    assert rules["Subscribe to the International Relations Updates by The Kootneeti"] == "en/newsletter"
    assert rules[CREDITS] == "credits"
    assert all(rules.values())


def test_what_has_a_meaning_becomes_a_field() -> None:
    article = read(
        "<html><head><meta property='article:content_tier' content='locked'></head><body><article><h1>Ministers agree</h1>"
        "<figure><img src='/img/table.jpg'><figcaption>The table. (Photo: Jane Doe/AFP)</figcaption></figure>"
        f"<p>(서울=연합뉴스) 홍길동 기자 = {SENTENCES}</p><p>{SENTENCES}</p><p>Mit Material von AFP</p></article></body></html>"
    )
    assert article.body == f"{SENTENCES}\n{SENTENCES}"
    assert [image.model_dump() for image in article.images] == [
        {"url": "https://thekootneeti.in/img/table.jpg", "caption": "The table.", "credit": "Jane Doe/AFP"}
    ]
    assert (article.dateline, article.agency, article.credits.reporting) == ("서울", "Yonhap", ("홍길동",))
    assert (article.paywalled, article.truncated) == (True, False)


SENTENCES = " ".join(["The ministers agreed to meet again in the spring and to publish what they had agreed."] * 6)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("%PDF-1.7 binary", "pdf"),
        ("PK an archive", "not html"),
        ("<html><body><p>Short.</p></body></html>", "short"),
        (
            "<html><title>Just a moment...</title><body><p>Checking your browser before accessing the site. "
            + "Please wait. " * 10
            + "</p></body></html>",
            "bot check",
        ),
        (
            "<html><title>404 Not Found</title><body><h1>Not found</h1><p>"
            + "The page you look for is not here. " * 5
            + "</p></body></html>",
            "not found",
        ),
    ],
)
def test_what_is_no_article_says_why(content: str, kind: str) -> None:
    with pytest.raises(NotAnArticle) as refused:
        read(content)
    assert refused.value.kind == kind


def test_a_list_of_headlines_is_no_article() -> None:
    teasers = "".join(
        f'<h2><a href="/{n}">Ministers meet for the {n}th time</a></h2><p>They agreed on point {n}.</p>'
        for n in range(12)
    )
    with pytest.raises(NotAnArticle, match="hub"):
        read(
            f"<html><title>The Kootneeti</title><body><h1>The Kootneeti</h1>{teasers}</body></html>",
            "https://thekootneeti.in/",
        )


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "utf-16"])
def test_a_page_is_read_in_its_own_encoding(charset: str) -> None:
    content = f"<html><head><title>Négociations</title></head><body><h1>Négociations à Genève</h1><p>{SENTENCES} Élysée</p></body></html>"
    article = derive(Page("https://example.org/a", content.encode(charset), OUTLET, f"text/html; charset={charset}"))
    assert article.title == "Négociations à Genève"
    assert article.body.endswith("Élysée")


def test_a_wrong_charset_does_not_stop_it() -> None:
    content = f"<html><body><h1>Négociations</h1><p>{SENTENCES}</p></body></html>".encode("windows-1252")
    assert "agreed" in derive(Page("https://example.org/a", content, OUTLET, "text/html; charset=utf-8")).body


def test_a_canonical_link_to_another_domain_is_not_trusted() -> None:
    page = (
        '<html><head><link rel="canonical" href="{}"></head><body><h1>Title of it</h1><p>'
        + SENTENCES
        + "</p></body></html>"
    )
    assert read(page.format("https://evil.example/")).canonical_url is None
    assert read(page.format("https://www.thekootneeti.in/a")).canonical_url == "https://www.thekootneeti.in/a"


@pytest.mark.parametrize("date", ["1970-01-01", "2090-01-01", "9999-12-31", "not a date"])
def test_an_impossible_date_is_none(date: str) -> None:
    page = f'<html><head><meta property="article:published_time" content="{date}"></head><body><h1>Title of it</h1><p>{SENTENCES}</p></body></html>'
    assert read(page, "https://thekootneeti.in/x").published_at is None


def test_a_date_has_its_source_and_precision() -> None:
    page = f'<html><head><meta property="article:published_time" content="2026-03-05T10:30:00+05:30"></head><body><h1>Title</h1><p>{SENTENCES}</p></body></html>'
    article = read(page, "https://thekootneeti.in/x")
    assert (str(article.published_at), article.published_source, article.published_precision) == (
        "2026-03-05 05:00:00+00:00",
        "meta",
        "second",
    )


def test_a_sentence_about_subscribing_stays_in_the_article() -> None:
    sentence = "Subscribers to the treaty may share this intelligence with a third state only if all parties sign up to the protocol."
    assert (
        sentence
        in read(
            f"<html><body><h1>A treaty</h1><p>{SENTENCES}</p><p>{sentence}</p><p>{SENTENCES}</p></body></html>"
        ).body
    )


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=2_000))
def test_any_bytes_are_an_article_or_none(content: bytes) -> None:
    with contextlib.suppress(NotAnArticle):
        derive(Page("https://example.org/a", content, OUTLET, "text/html"))


LETTERS = st.characters(codec="ascii", exclude_categories=["Cc"]) | st.sampled_from("éüñжδ日本語العر")
"""None that could be mojibake together, which is repaired by the line and not by the page."""


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(LETTERS, min_size=1, max_size=80), min_size=1, max_size=8))
def test_no_line_comes_out_that_was_not_in_the_page(texts: list[str]) -> None:
    paragraphs = "".join(f"<p>{html.escape(text)} {SENTENCES}</p>" for text in texts)
    page = f"<html><body><h1>Title</h1>{paragraphs}</body></html>"
    plain = even(html.unescape(page.replace("<p>", " ").replace("</p>", " ")))
    try:
        article = read(page)
    except NotAnArticle:
        return
    assert all(SENTENCES[:60] in line or line in plain for line in article.body.split("\n"))
