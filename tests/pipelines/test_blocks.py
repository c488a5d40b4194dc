"""The blocks of a page: what a browser sets apart, in reading order, and nothing that is not shown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from pipelines.blocks import MOST_BLOCKS, Block, blocks_of


def blocks(body: str) -> list[Block]:
    return blocks_of(html.document_fromstring(f"<html><body>{body}</body></html>").find("body"))


def texts(body: str) -> list[str]:
    return [block.text for block in blocks(body) if not block.scaffold]


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ("<p>One.</p><p>Two.</p>", ["One.", "Two."]),
        ("loose <p>One.</p> between <div>Two.</div> after", ["loose", "One.", "between", "Two.", "after"]),
        ("<h2>Head</h2><ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", ["Head", "a", "b", "c"]),
        ("<p>First line<br>second line</p>", ["First line", "second line"]),
        ("<p>Mi<b>ni</b>sters <a href=/x>met</a>.</p>", ["Ministers met."]),
        ("<p>Over \n  two\tlines&nbsp;here</p>", ["Over two lines here"]),
        ("<dl><dt>Term</dt><dd>What it means</dd></dl>", ["Term", "What it means"]),
        ("", []),
    ],
)
def test_blocks_come_in_reading_order(body: str, read: list[str]) -> None:
    assert texts(body) == read


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>Secret.</p>",
        "<p aria-hidden=true>Secret.</p>",
        "<div style='color:red; display: none'><p>Secret.</p></div>",
        "<p style='visibility:hidden'>Secret.</p>",
        "<script>Secret.</script><style>Secret.</style><noscript>Secret.</noscript><template>Secret.</template>",
        "<button>Secret.</button><select><option>Secret.</select><textarea>Secret.</textarea>",
        "<p class='visually-hidden'>Secret.</p>",
    ],
)
def test_what_is_not_shown_is_no_block(hidden: str) -> None:
    assert texts(f"<p>Before.</p>{hidden}<p>After.</p>") == ["Before.", "After."]


def test_what_is_hidden_in_a_sentence_is_not_read_with_it() -> None:
    assert texts("<p>The <span class=sr-only>opens in a new window</span>treaty holds.</p>") == ["The treaty holds."]


def test_a_hover_card_is_not_read_with_its_sentence() -> None:
    card = "<a href=/p>Jane Doe</a><span class='rollover-people-block'><a href=/q>Ten more about Doe</a></span>"
    assert texts(f"<p>Minister {card} resigned.</p>") == ["Minister Jane Doe resigned."]


def test_text_behind_a_paywalls_curtain_is_seen() -> None:
    assert texts("<p class=paywall style='display:none'>The rest of the article.</p>") == ["The rest of the article."]


def test_ruby_is_read_without_its_glosses() -> None:
    assert texts("<p><ruby>外務省<rp>(</rp><rt>がいむしょう</rt><rp>)</rp></ruby>は発表した。</p>") == [
        "外務省は発表した。"
    ]


def test_a_row_of_data_is_a_line() -> None:
    table = "<table><tr><th>Year</th><th>Ships</th></tr><tr><td>2024</td><td>12</td></tr></table>"
    assert texts(table) == ["Year | Ships", "2024 | 12"]


def test_a_table_that_lays_out_the_page_is_not_glued() -> None:
    long = "The envoys met to settle who watches the lane. " * 6
    assert texts(f"<table><tr><td>Menu</td><td><p>{long}</p></td></tr></table>") == ["Menu", long.strip()]


def test_links_bold_and_italics_are_counted() -> None:
    (block,) = blocks("<p><a href=mailto:x@e.org>Write</a> to <b>us</b> <i>now</i></p>")
    assert (block.linked, block.links, block.strong, block.slanted) == (5, 1, 2, 3)
    assert block.mail
    assert block.led


def test_scaffolding_around_the_article_is_passed_over_and_that_in_it_is_named() -> None:
    tree = html.document_fromstring(
        "<html><body><nav>Menu</nav><article class=related><p>Text.</p><div class=share-bar>Share</div></article></body></html>"
    )
    article = tree.find(".//article")
    found = blocks_of(tree.find("body"), [article, tree.find("body")])
    assert [(block.text, block.scaffold) for block in found] == [("Text.", None), ("Share", "share")]


def test_a_page_has_no_more_blocks_than_the_bound() -> None:
    assert len(blocks("<p>x</p>" * (MOST_BLOCKS + 100))) == MOST_BLOCKS


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["p", "div", "span", "b", "li", "br", "td", "h2"]), st.text("abc ", max_size=9)))
)
def test_every_letter_that_is_shown_is_in_one_block(parts: list[tuple[str, str]]) -> None:
    body = "".join(f"<{tag}>{text}" for tag, text in parts)
    tree = html.document_fromstring(f"<html><body>{body}</body></html>").find("body")
    shown = "".join("".join(tree.itertext()).split())
    assert "".join("".join(block.text.replace("|", "") for block in blocks_of(tree)).split()) == shown
