"""The blocks of a page: what a browser sets apart, in reading order, and nothing that is not shown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages_of import TEXT, document

from pipelines.blocks import MOST_BLOCKS, MOST_NAMES, Block, blocks_of
from pipelines.documents import body_of
from pipelines.markup import kinds_of
from pipelines.text import even

SENTENCE = TEXT.strip()


def blocks(body: str, *article: str) -> list[Block]:
    """The blocks of a page with this body, whose article stands in the elements with these ids."""
    start = body_of(document(body))
    return blocks_of(start, [start.get_element_by_id(one) for one in article])


def texts(body: str) -> list[str]:
    return [block.text for block in blocks(body)]


def test_blocks_come_in_reading_order() -> None:
    page = "<header><h1>One</h1></header><div><p>Two</p><ul><li>Three</li><li>Four</li></ul></div><p>Five</p>"
    assert texts(page) == ["One", "Two", "Three", "Four", "Five"]


@pytest.mark.parametrize("tag", ["body", "div", "section", "td", "li", "blockquote", "dd", "center"])
def test_text_that_stands_loose_between_elements_is_a_block_of_its_own(tag: str) -> None:
    inner = "One<p>Two</p>Three<div>Four</div>Five"
    page = {"body": inner, "td": f"<table><tr><td>{inner}</td></tr></table>"}.get(tag, f"<{tag}>{inner}</{tag}>")
    assert texts(page) == ["One", "Two", "Three", "Four", "Five"]


def test_text_behind_an_element_belongs_to_what_is_around_it() -> None:
    found = blocks("<section>One<p>Two</p>Three</section>")
    assert [block.frame.element.tag for block in found] == ["section", "p", "section"]


@pytest.mark.parametrize(
    "between", ["<br>", "<br><br>", "<br/> <br/>", "<span><br></span>", "<br clear='all'>", "\n<br>\n"]
)
def test_line_breaks_end_a_block(between: str) -> None:
    found = blocks(f"<p>One{between}Two</p>")
    assert [block.text for block in found] == ["One", "Two"]
    assert [block.breaks for block in found] == [1, 1]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("The <b>min</b>isters met", "The ministers met"),
        ("<span>T</span>he ministers met", "The ministers met"),
        ("The <a href='/x'>ministers</a>, it is said, met", "The ministers, it is said, met"),
        ("The<em> ministers </em>met", "The ministers met"),
        ("部长们<a href='/x'>同意</a>再次会晤", "部长们同意再次会晤"),
        ("The min<wbr>isters met", "The ministers met"),
        ("The minis<!-- a comment -->ters met", "The ministers met"),
        ("H<sub>2</sub>O for the ministers", "H2O for the ministers"),
    ],
)
def test_what_stands_in_line_is_joined_as_it_is_printed(inner: str, text: str) -> None:
    assert texts(f"<p>{inner}</p>") == [text]


def test_links_and_type_are_counted_in_characters() -> None:
    (block,) = blocks(
        "<p><a href='/a'>12345</a> and <b>123</b> or <strong>12</strong>, <em>1</em><i>23</i> <a>6</a></p>"
    )
    assert (block.linked, block.links, block.strong, block.slanted) == (6, 2, 5, 3)
    assert block.led


def test_nested_markup_is_counted_once() -> None:
    (block,) = blocks("<p><b><strong><a href='/a'><em>12345</em></a></strong></b></p>")
    assert (block.linked, block.links, block.strong, block.slanted) == (5, 1, 5, 5)


def test_a_link_around_paragraphs_makes_all_of_them_links() -> None:
    found = blocks("<a href='/a'><p>12345</p><p>123</p></a><p>12</p>")
    assert [block.linked for block in found] == [5, 3, 0]


@pytest.mark.parametrize(
    ("href", "is_mail"), [("mailto:jane@example.org", True), ("/mailto", False), ("https://example.org/mailto:", False)]
)
def test_a_block_says_whether_it_has_an_address_to_write_to(href: str, is_mail: bool) -> None:
    (block,) = blocks(f"<p>Write to <a href='{href}'>Jane</a></p>")
    assert block.mail == is_mail


def test_ruby_glosses_are_left_out_and_the_base_text_is_whole() -> None:
    page = "<p><ruby>首相<rp>（</rp><rt>しゅしょう</rt><rp>）</rp></ruby>は<ruby><rb>会談</rb><rt>かいだん</rt></ruby>した。</p>"
    assert texts(page) == ["首相は会談した。"]


@pytest.mark.parametrize(
    "unseen",
    [
        "<span hidden>HIDDEN</span>",
        "<span hidden=''>HIDDEN</span>",
        "<span aria-hidden='true'>HIDDEN</span>",
        "<span style='display:none'>HIDDEN</span>",
        "<span style='color: red; DISPLAY : None !important'>HIDDEN</span>",
        "<span style='visibility: hidden'>HIDDEN</span>",
        "<template>HIDDEN</template>",
        "<noscript>HIDDEN</noscript>",
        "<script>HIDDEN</script>",
        "<style>HIDDEN</style>",
        "<svg><title>HIDDEN</title></svg>",
        "<iframe>HIDDEN</iframe>",
        "<button>HIDDEN</button>",
        "<select><option>HIDDEN</select>",
        "<textarea>HIDDEN</textarea>",
        "<video>HIDDEN</video>",
        "<!-- HIDDEN -->",
    ],
)
def test_what_is_not_shown_is_in_no_block(unseen: str) -> None:
    assert texts(f"<p>The ministers {unseen} met.</p>{unseen}<p>They agreed.</p>") == [
        "The ministers met.",
        "They agreed.",
    ]


@pytest.mark.parametrize(
    "shown",
    [
        "<span aria-hidden='false'>met</span>",
        "<span style='display: block'>met</span>",
        "<span style='overflow: hidden'>met</span>",
        "<span style='display-none: 1'>met</span>",
        "<span data-hidden='true'>met</span>",
    ],
)
def test_what_only_sounds_hidden_is_shown(shown: str) -> None:
    assert texts(f"<p>The ministers {shown}.</p>") == ["The ministers met."]


@pytest.mark.parametrize("hidden", ["hidden", "aria-hidden='true'", "style='display: none'"])
def test_text_behind_a_paywalls_curtain_is_read(hidden: str) -> None:
    assert texts(f"<p>One</p><div class='paywall' {hidden}><p>Two</p></div>") == ["One", "Two"]
    assert texts(f"<p>One</p><span class='paywall' {hidden}>Two</span>") == ["One"]


@pytest.mark.parametrize(
    "name", ["sr-only", "visually-hidden", "screen-reader-text", "visuallyhidden", "tooltip", "rollover-people-block"]
)
def test_what_is_set_in_a_sentence_and_no_part_of_it_comes_apart(name: str) -> None:
    found = blocks(f"<div id='a'><p>The ministers <span class='{name}'>opens a new window</span> met.</p></div>", "a")
    assert [block.text for block in found] == ["The ministers met.", "opens a new window"]
    assert [block.scaffold is None for block in found] == [True, False]


def test_a_link_of_any_name_is_a_part_of_its_sentence() -> None:
    (block,) = blocks("<div id='a'><p>The <a class='related' href='/x'>ministers</a> met.</p></div>", "a")
    assert (block.text, block.scaffold) == ("The ministers met.", None)


def test_a_row_of_data_is_a_line() -> None:
    table = (
        "<table><thead><tr><th>Year</th><th>Talks</th></tr></thead>"
        "<tbody><tr><td>2024</td><td><b>Three</b></td></tr><tr><th>2025</th><td>Four <i>or</i> five</td></tr></tbody></table>"
    )
    assert texts(table) == ["Year | Talks", "2024 | Three", "2025 | Four or five"]


def test_empty_cells_leave_no_line() -> None:
    assert texts("<table><tr><td></td><td> </td></tr><tr><td></td><td>2025</td></tr></table>") == ["2025"]


@pytest.mark.parametrize(
    "cells",
    [
        f"<td>{SENTENCE * 2}</td><td>Menu</td>",
        "<td><p>One</p></td><td>Two</td>",
        "<td><div>One</div></td><td><ul><li>Two</li></ul></td>",
        "<td>One</td>" * 60,
    ],
    ids=["long", "paragraph", "list", "many"],
)
def test_a_table_that_lays_out_a_page_is_not_glued(cells: str) -> None:
    assert not any("|" in text for text in texts(f"<table><tr>{cells}</tr></table>"))


def test_a_table_in_a_cell_is_read_row_by_row() -> None:
    inner = "<table><tr><td>2024</td><td>Three</td></tr></table>"
    assert texts(f"<table><tr><td>Menu</td><td>One{inner}Two</td></tr></table>") == [
        "Menu",
        "One",
        "2024 | Three",
        "Two",
    ]


def test_lists_in_lists_keep_their_order() -> None:
    page = "<ol><li>One<ul><li>Two</li><li>Three<ul><li>Four</li></ul></li></ul>Five</li><li>Six</li></ol>"
    assert texts(page) == ["One", "Two", "Three", "Four", "Five", "Six"]


def test_scaffolding_in_the_article_is_a_block_and_says_so_and_that_outside_is_passed_over() -> None:
    page = "<aside>Menu</aside><article id='a'><p>One</p><aside><p>More</p></aside><p>Two</p></article><footer>End</footer>"
    assert [(block.text, block.scaffold) for block in blocks(page, "a")] == [
        ("One", None),
        ("More", "aside"),
        ("Two", None),
    ]


@pytest.mark.parametrize("open_", ["<form", "<aside", "<div class='comments'", "<div class='newsletter'", "<footer"])
def test_what_the_article_stands_in_is_no_scaffolding(open_: str) -> None:
    page = f"{open_} id='b'><div id='a'><p>One</p></div><nav>Two</nav></{open_.split(maxsplit=1)[0][1:]}>"
    assert [(block.text, block.scaffold) for block in blocks(page, "a", "b")] == [("One", None)]


def test_a_block_knows_what_its_elements_are_called_and_what_is_around_them() -> None:
    (block,) = blocks("<div class='author'><p class='caption'><span class='date'>Today</span></p></div>")
    (around,) = blocks("<div class='author'><p>Today</p></div>")
    (plain,) = blocks("<div><p>Today</p></div>")
    assert block.own
    assert around.frame.around == block.frame.around != 0
    assert (around.own, plain.own, plain.frame.around) == (0, 0, 0)


def test_only_names_of_all_its_text_are_a_blocks_own() -> None:
    (block,) = blocks("<p><span class='date'>Today</span> the ministers met</p>")
    assert block.own == 0


def test_white_space_alone_is_no_block() -> None:
    assert texts("<div> \n\t&nbsp;<p>&#8203;</p><br><br></div>") == []


def test_text_is_evened() -> None:
    assert texts("<p>  The\n\tmin&shy;isters&nbsp;&nbsp;met </p>") == ["The ministers met"]


def test_a_page_gives_no_more_blocks_than_the_bound() -> None:
    assert len(blocks("<p>One</p>" * (MOST_BLOCKS + 50))) == MOST_BLOCKS
    assert len(blocks("<div>" + "One<br>" * (MOST_BLOCKS + 50) + "</div>")) == MOST_BLOCKS


def test_what_is_nested_beyond_the_bound_is_not_looked_at_and_what_follows_it_is() -> None:
    deep = "<div>" * 230 + "Deep" + "</div>" * 230
    assert texts(f"<p>One</p>{deep}<p>Two</p>") == ["One", "Deep", "Two"]


def test_of_names_without_end_only_so_many_are_read_and_tags_beyond_them_still_speak() -> None:
    names = "".join(f"<p class='date {'x' * 280}{number}'>One</p>" for number in range(MOST_NAMES + 1_000))
    before = kinds_of.cache_info().misses
    found = blocks(f"<div id=article>{names}<p class=date>Two</p><aside>Three</aside></div>", "article")
    assert kinds_of.cache_info().misses - before <= MOST_NAMES
    assert found[0].own == found[1].own != 0
    assert [(block.text, block.own, block.scaffold) for block in found[-2:]] == [
        ("Two", 0, None),
        ("Three", 0, "aside"),
    ]


def test_a_walk_changes_nothing() -> None:
    start = body_of(document("<div>One<p>Two <b>three</b></p>four</div>"))
    assert [block.text for block in blocks_of(start)] == [block.text for block in blocks_of(start)]
    assert even(start.text_content()) == "OneTwo threefour"


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["p", "div", "span", "b", "li", "br", "td", "h2"]), st.text("abc ", max_size=9)))
)
def test_every_letter_that_is_shown_is_in_one_block(parts: list[tuple[str, str]]) -> None:
    start = body_of(document("".join(f"<{tag}>{text}" for tag, text in parts)))
    shown = "".join("".join(start.itertext()).split())
    assert "".join("".join(block.text.replace("|", "") for block in blocks_of(start)).split()) == shown
