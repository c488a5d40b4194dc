"""Lists, tables of data and their headings among an article's paragraphs are the article's, however short their lines."""

from __future__ import annotations

import pytest

from archive.article import Publisher
from pipelines.derive import derive
from pipelines.page import Page

FIRST = [
    "Grain exports from the four ports rose by a fifth in October, the ministry of agriculture said, as two terminals reopened.",
    "“We expect the trend to last into the spring,” the deputy minister told reporters, adding that barley would recover slowly.",
]
LAST = [
    "Analysts at the Harbour Institute caution that storage remains a bottleneck, since silos damaged last year stand empty.",
    "Traders had feared that insurance costs would keep ships away, but rates have fallen since the corridor was agreed.",
]
ROWS = [("Crop", "September", "October"), ("Wheat", "1,210", "1,480"), ("Barley", "210", "215")]


def ps(paragraphs: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in paragraphs)


def body_of(inner: str, after: str = "") -> list[str]:
    content = (
        f"<html lang=en><head><title>Grain exports rise</title></head><body><nav><a href=/>Home</a></nav><main><article>"
        f"<h1>Grain exports rise</h1><div class=entry-content>{inner}</div></article>{after}</main></body></html>"
    )
    page = Page(
        "https://e.org/2024/05/grain", content.encode(), Publisher(id="e", name="E"), "text/html; charset=utf-8"
    )
    return derive(page).body.split("\n")


def items(texts: list[str], tag: str = "ul") -> str:
    return f"<{tag}>{''.join(f'<li>{text}</li>' for text in texts)}</{tag}>"


TABLE = "<table>" + "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS) + "</table>"
TOLD = [" | ".join(row) for row in ROWS]


@pytest.mark.parametrize(
    ("between", "lines"),
    [
        (items(["Tolls", "Insurance", "The winter lane"]), ["Tolls", "Insurance", "The winter lane"]),
        (items(["Tolls", "Insurance"], "ol"), ["Tolls", "Insurance"]),
        (f"<div>{items(['Tolls', 'Insurance'])}</div>", ["Tolls", "Insurance"]),
        (f"<h3>What was not agreed</h3>{items(['Tolls'])}", ["What was not agreed", "Tolls"]),
        (f"{items(['Tolls'])}<h3>And later</h3>{items(['Ice'])}", ["Tolls", "And later", "Ice"]),
        (items(["Tolls", "<a href=/i>Insurance</a> of ships and crews by the state"]), ["Tolls", "Insurance of ships and crews by the state"]),
        (TABLE, TOLD),
        (f"<figure class=wp-block-table>{TABLE}</figure>", TOLD),
    ],
    ids=["list", "numbers", "wrapped", "heading", "two lists", "a link", "table", "figure"],
)  # fmt: skip
def test_what_stands_among_paragraphs_is_the_articles(between: str, lines: list[str]) -> None:
    assert body_of(ps(FIRST) + between + ps(LAST)) == [*FIRST, *lines, *LAST]


def test_what_a_paragraph_announces_may_end_the_article() -> None:
    announcing = "The towns could not agree on three points, which are left to the panel of pilots until June:"
    listed = ["Tolls", "Insurance", "The winter lane"]
    assert body_of(ps([*FIRST, announcing]) + items(listed)) == [*FIRST, announcing, *listed]


@pytest.mark.parametrize(
    "other",
    [
        items(["<a href=/1>Envoys meet again</a>", "<a href=/2>Tankers wait</a>"]),
        items(["<a href=/1>Envoys meet again in the capital</a> today"]),
        "<div class=related-posts>" + items(["Envoys meet again"]) + "</div>",
        "<aside>" + items(["Envoys meet again"]) + "</aside>",
    ],
    ids=["links", "mostly links", "named", "aside"],
)
def test_a_list_of_links_and_a_box_that_says_what_it_is_stay_out(other: str) -> None:
    assert body_of(ps(FIRST) + other + ps(LAST)) == [*FIRST, *LAST]


def test_a_list_below_the_article_stays_out() -> None:
    assert body_of(ps(FIRST) + ps(LAST) + items(["World", "Economy", "Sport"])) == [*FIRST, *LAST]
    assert body_of(ps(FIRST) + ps(LAST), f"<div>{items(['World', 'Economy', 'Sport'])}</div>") == [*FIRST, *LAST]
