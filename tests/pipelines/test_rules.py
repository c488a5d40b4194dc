"""Rules of an outlet's file: which hold for a page, and what they change."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from lxml import html
from pydantic import ValidationError

from archive.article import Publisher
from pipelines.derive import derive, derive_explained
from pipelines.page import Knowledge, Page
from pipelines.ruled import apply_rules
from pipelines.rules import PageRules, rules_at

TEXT = [
    "The ministers agreed to meet again in the spring, and to publish what they had agreed upon by then.",
    "Their deputies will draw the border on a map, which both parliaments must see before it is signed.",
]
ASIDE = "The house is open to its readers on the first Sunday of the month, and the café has cake for all of them."
PAGE = f"""<html lang="en"><head><title>The Example</title></head><body><h1>Ministers meet</h1>
<div class="story"><p>{TEXT[0]}</p><p class="house"><b>{ASIDE}</b><script>house()</script></p>tail of it<p>{TEXT[1]}</p></div></body></html>"""


def rules(since: str = "2020-01-01", **said: Any) -> PageRules:
    return PageRules.model_validate({"from": since, **said})


def page(*said: PageRules, content: str = PAGE, day: str = "2024-05-01") -> Page:
    at = datetime.fromisoformat(day).replace(tzinfo=UTC)
    publisher = Publisher(id="example", name="The Example")
    return Page("https://example.org/a", content.encode(), publisher, "text/html; charset=utf-8", at, rules=said)


OLD, NEW = rules("2020-01-01", title="h2"), rules("2024-03-01", title="h3")


@pytest.mark.parametrize(
    ("captured", "held"),
    [
        (datetime(2019, 12, 31, 23, 59, tzinfo=UTC), None),
        (datetime(2020, 1, 1, tzinfo=UTC), OLD),
        (datetime(2024, 2, 29, 23, 59, tzinfo=UTC), OLD),
        (datetime(2024, 3, 1, tzinfo=UTC), NEW),
        (None, NEW),
    ],
)
def test_the_latest_rules_hold_that_are_not_later_than_the_capture(
    captured: datetime | None, held: PageRules | None
) -> None:
    assert rules_at((NEW, OLD), captured) == rules_at((OLD, NEW), captured) == held


def test_what_is_removed_is_dropped_with_its_selector_and_its_neighbours_stay() -> None:
    derived = derive_explained(page(rules(remove=["p.house"])))
    assert {line.line: line.rule for line in derived.dropped}[ASIDE] == "outlet/remove: p.house"
    assert ASIDE not in derived.article.body
    assert all(line in derived.article.body for line in TEXT)


def test_only_what_is_kept_is_the_body_whatever_it_is_called() -> None:
    kept = f'<html><body><h1>Ministers meet</h1><p>{ASIDE}</p><aside class="newsletter"><p>{TEXT[0]}</p></aside><p>{ASIDE}</p><p class=end>{TEXT[1]}</p></body></html>'
    article = derive(page(rules(keep=["p.end", "aside", "aside p"]), content=kept))
    assert (article.title, article.body.split("\n")) == ("Ministers meet", TEXT)


def test_the_text_in_json_ld_does_not_bring_back_what_was_removed() -> None:
    linked = (
        f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{ASIDE} {TEXT[0]}"}}</script>'
    )
    content = PAGE.replace("</head>", f"{linked}</head>")
    assert ASIDE not in derive(page(rules(remove=["p.house"]), content=content)).body


def test_rules_that_find_nothing_leave_all_to_the_general_methods() -> None:
    nothing = rules(keep=["#x"], remove=["#x"], title="#x", authors="#x", date="#x")
    assert derive(page(nothing)).body == derive(page()).body
    assert derive(page(nothing)).title == derive(page()).title


def test_title_authors_and_date_are_read_where_the_rules_say() -> None:
    content = PAGE.replace(
        "<div",
        '<h4>Border on a map</h4><i>By Ada Example and Bo Sample</i><time datetime="2024-04-30">Tuesday</time><div',
        1,
    )
    article = derive(page(rules(title="h4", authors="i", date="time"), content=content))
    assert (article.title, article.authors) == ("Border on a map", ("Ada Example", "Bo Sample"))
    assert (str(article.published_at), article.published_source) == ("2024-04-30 00:00:00+00:00", "rule")


def test_a_date_that_cannot_be_is_not_taken_from_a_rule() -> None:
    content = PAGE.replace("<div", "<time datetime='2199-01-01'></time><div", 1)
    assert derive(page(rules(date="time"), content=content)).published_source != "rule"


def test_an_article_says_which_rules_it_was_read_with() -> None:
    assert derive(page(OLD, NEW)).extractor.rules.endswith("+outlet@2024-03-01")
    assert "+" not in derive(page()).extractor.rules


def test_the_given_tree_stays_as_it_is() -> None:
    tree = html.document_fromstring(PAGE)
    before = html.tostring(tree)
    apply_rules(tree, rules(keep=[".story"], remove=["p", "body", "html"]))
    assert html.tostring(tree) == before


def test_a_page_is_told_of_its_own_outlet_alone_and_travels() -> None:
    told = Knowledge({"example": (OLD,), "another": (NEW,)}).told(replace(page(), rules=()))
    assert told.rules == (OLD,)
    assert pickle.loads(pickle.dumps(told)) == told


@pytest.mark.parametrize(
    ("said", "mistake"),
    [
        ({"title": "h1 >"}, "no CSS selector"),
        ({"remove": ["p::first-line"]}, "no CSS selector"),
        ({"keep": ["p:frobnicate"]}, "no CSS selector"),
        ({}, "say nothing"),
        ({"titel": "h1"}, "Extra inputs"),
        ({"from": "lately", "title": "h1"}, "valid date"),
    ],
)
def test_a_mistake_in_a_rule_is_refused(said: dict[str, Any], mistake: str) -> None:
    with pytest.raises(ValidationError, match=mistake):
        PageRules.model_validate({"from": "2024-01-01", **said})
