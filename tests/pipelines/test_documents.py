"""A page decoded and parsed: whatever its bytes are, and however many elements and attributes they make."""

from __future__ import annotations

import json

import pytest
from pages_of import TEXT

from archive.article import Publisher
from archive.errors import NotAnArticle
from pipelines.documents import Document, body_of, document_of, html_text
from pipelines.page import Page

OUTLET = Publisher(id="example", name="The Example")


def read(content: str | bytes, content_type: str | None = "text/html; charset=utf-8") -> Document:
    content = content.encode() if isinstance(content, str) else content
    return document_of(Page("https://example.org/news/a", content, OUTLET, content_type))


def shown(document: Document) -> str:
    return " ".join(document.tree.text_content().split())


@pytest.mark.parametrize(
    "charset",
    ["hex", "rot13", "idna", "punycode", "undefined", "unicode_escape", "base64", "zlib", "quopri", "none-such"],
)
@pytest.mark.parametrize("where", ["header", "page"])
def test_an_encoding_that_no_page_is_written_in_is_not_believed(charset: str, where: str) -> None:
    content = f"<meta charset='{charset if where == 'page' else 'utf-8'}'><p>Négociations à Genève \\x41</p>"
    header = f"text/html; charset={charset}" if where == "header" else "text/html"
    assert shown(read(content, header)) == "Négociations à Genève \\x41"


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 x", b"PK\3\4", b"\xff\xd8\xff", b"\x89PNG\r\n", b"", b"\0 \n", b"<!-- -->"]
)
def test_what_is_no_page_is_no_article(content: bytes) -> None:
    with pytest.raises(NotAnArticle):
        read(content)


def test_a_page_without_a_body_is_read() -> None:
    assert read("<html><frameset><frame src='/x'></frameset></html>").tree.tag == "html"


def test_elements_beyond_the_bound_are_cut_off_with_all_that_is_in_them() -> None:
    few = read("<div><p>One</p><ul><li>Two</li></ul>three</div>")
    many = read("<div><p>One</p><ul>" + "<li><i>x</i></li>" * 40_000 + "</ul>three</div><footer>End</footer>")
    assert len(few.elements) == len(list(few.tree.iter())) == 6
    assert len(many.elements) == len(list(many.tree.iter())) < 80_000
    assert shown(many).startswith("Onex")
    assert not shown(many).endswith(("three", "End"))


@pytest.mark.parametrize("tag", ["div", "d.iv", "d\u00efv", "d" * 100])
@pytest.mark.parametrize("attribute", [" a{}=1", " a{}", "/a{}", " a{}=''", "a{}='b'", ' a{} = "b c"', " a{}=b'"])
def test_a_tag_with_too_many_attributes_is_read_without_them(tag: str, attribute: str) -> None:
    crowd = "".join(map(attribute.format, range(30_000)))
    document = read(f"<p>Before</p><{tag} b=''{crowd}><p class='lead'>One</p></{tag}>")
    lead = document.tree.find(".//p[@class='lead']")
    assert not lead.getparent().attrib
    assert shown(document) == "BeforeOne"


@pytest.mark.parametrize(
    "value",
    [
        "a b=c " * 2_000,
        json.dumps({"one": ["two three"] * 900}),
        "display: none; " * 500,
        "data:image/png;base64," + "A" * 9_000,
    ],
)
def test_one_long_attribute_is_no_crowd(value: str) -> None:
    quote = "'" if '"' in value else '"'
    element = read(f"<div id=x data-long={quote}{value}{quote} class=story>One</div>").tree.find(".//div")
    assert (element.get("data-long"), element.get("class")) == (value, "story")


def test_a_long_script_or_paragraph_stays_as_it_is() -> None:
    long = "one two three " * 2_000
    document = read(f"<p>{long}</p><script type='application/ld+json'>{json.dumps({'name': long})}</script>")
    assert document.tree.find(".//p").text == long
    assert document.linked == ({"name": long},)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("One &amp; two", "One & two"),
        ("One &amp;amp; two", "One & two"),
        ("<p>One</p>", " One "),
        ("3 < 4 > 2", "3 < 4 > 2"),
        ("One <b", "One <b"),
        ("<a" * 3, "<a<a<a"),
        ("&#" + "9" * 5_000 + "; one", "\N{REPLACEMENT CHARACTER}; one"),
    ],
)
def test_tags_and_entities_are_taken_out_of_a_value(value: str, text: str) -> None:
    assert html_text(value) == text


@pytest.mark.parametrize(
    "linked",
    [
        "[" * 10_000 + "]" * 10_000,
        '{"@graph":' * 10_000 + "1" + "}" * 10_000,
        '{"@type": "NewsArticle", "headline": ',
        '{"@type": "NewsArticle", "wordCount": ' + "9" * 5_000 + "}",
        "NaN",
        "",
    ],
    ids=["lists", "graphs", "open", "number", "nan", "nothing"],
)
def test_json_ld_that_says_nothing_costs_the_page_nothing(linked: str) -> None:
    said = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Talks"}</script>'
    document = read(f'<script type="application/ld+json">{linked}</script>{said}<p>{TEXT}</p>')
    assert document.about == {"@type": "NewsArticle", "headline": "Talks"}
    assert TEXT.strip() in shown(document)


@pytest.mark.parametrize(
    "page",
    [
        "<!doctype html><title>T</title><{tag}><h1>Talks</h1><p>One.</p></{tag}><p>Two.</p>",
        "<html><head><meta charset=utf-8><title>T</title></head><{tag}><h1>Talks</h1><p>One.</p></{tag}><p>Two.</p></html>",
        "<title>T</title><{tag}><h1>Talks</h1><p>One.</p></{tag}><div>Two.</div>",
        "<title>T</title><{tag}><h1>Talks</h1></{tag}>One.<div>Two.</div>",
    ],
)
@pytest.mark.parametrize("tag", ["article", "main", "header", "section", "div", "x-story"])
def test_a_page_may_leave_out_its_bodys_tags(page: str, tag: str) -> None:
    document = read(page.replace("{tag}", tag))
    assert [element.tag for element in document.tree.find("head")] in (["title"], ["meta", "title"])
    assert "".join(body_of(document).text_content().split()) == "TalksOne.Two."
