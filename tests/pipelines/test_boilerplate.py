"""Boilerplate in many languages, each line at the place where pages print it, and sentences of articles that only look like it.

Each file of tests/pipelines/boilerplate has a paragraph of its language, lines to be ``dropped`` by place, and sentences to be ``kept``.
"""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from places import ROOT

from archive.article import Publisher
from pipelines.boilerplate import is_disclaimer, without_boilerplate
from pipelines.derive import derive_explained
from pipelines.folding import folded
from pipelines.page import Page
from pipelines.phrases import LONGEST, Phrases
from pipelines.text import even

FILES = sorted((ROOT / "tests" / "pipelines" / "boilerplate").glob("*.yaml"))
by_language = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
TITLE = "Harbour"


def fixtures(file: Path) -> dict[str, Any]:
    return yaml.safe_load(file.read_text("utf-8"))


def spread(paragraph: str, lines: list[str]) -> list[str]:
    """The lines one by one between paragraphs, as inside an article."""
    return [part for line in lines for part in (paragraph, even(line))] + [paragraph]


def body_of(lines: list[str], language: str) -> list[str]:
    blocks = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    content = (
        f"<html lang={language}><head><meta charset=utf-8><title>{TITLE}</title></head>"
        f"<body><h1>{TITLE}</h1><article>{blocks}</article></body></html>"
    )
    page = Page("https://example.org/2023/03/harbour", content.encode(), Publisher(id="e", name="E"), "text/html")
    return derive_explained(page).article.body.split("\n")


@by_language
def test_boilerplate_is_dropped_by_a_rule_that_has_a_name(file: Path) -> None:
    given_ = fixtures(file)
    places = given_["dropped"]
    paragraph = even(given_["paragraph"])
    inside = spread(paragraph, places["anywhere"])
    lines = [*map(even, places["head"]), *inside, *map(even, places["tail"])]
    kept, dropped = without_boilerplate(lines, TITLE, language=file.stem)
    assert [line for line in kept if line != paragraph] == []
    assert [line for line in dropped if "/" not in line.rule and line.rule != "end of the article"] == []


@by_language
def test_no_boilerplate_is_left_of_a_page(file: Path) -> None:
    given_ = fixtures(file)
    paragraph = even(given_["paragraph"])
    lines = [*given_["dropped"]["head"], *spread(paragraph, given_["dropped"]["anywhere"]), *given_["dropped"]["tail"]]
    assert [line for line in body_of(lines, file.stem) if line != paragraph] == []


@by_language
def test_a_look_alike_stays_inside_and_at_the_end_of_a_page(file: Path) -> None:
    given_ = fixtures(file)
    paragraph, look_alikes = even(given_["paragraph"]), [even(line) for line in given_["kept"]]
    for lines in (spread(paragraph, look_alikes), [paragraph, paragraph, *look_alikes]):
        body = body_of(lines, file.stem)
        assert [line for line in look_alikes if line not in body] == []


@by_language
def test_a_look_alike_stays_at_the_head(file: Path) -> None:
    given_ = fixtures(file)
    look_alikes = [even(line) for line in given_["kept"]]
    kept, _ = without_boilerplate([*look_alikes, even(given_["paragraph"])], TITLE)
    assert [line for line in look_alikes if line not in kept] == []


def test_there_are_enough_fixtures() -> None:
    every = [fixtures(file) for file in FILES]
    assert sum(len(lines) for given_ in every for lines in given_["dropped"].values()) >= 400
    assert sum(len(given_["kept"]) for given_ in every) >= 200


PARAGRAPH = "The envoys met on Monday to settle who watches the lane, and agreed that each would send two ships. " * 2


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Harbour Towns Lose Their Lane", "title"),
        ("HARBOUR TOWNS LOSE THEIR LANE", "title"),
        ("North Sea: Harbour towns lose their lane", "title"),
        ("Seas", "section"),
        ("By Mara Ellison", "byline"),
        ("Mara Ellison", "byline"),
        ("By Mara Ellison and Tom Quist, Oslo correspondent", "byline"),
    ],
)
def test_above_the_first_paragraph_a_field_of_the_article_is_not_repeated(line: str, rule: str) -> None:
    kept, dropped = without_boilerplate(
        [line, PARAGRAPH], "Harbour towns lose their lane", "Seas", ["Mara Ellison", "Tom Quist"]
    )
    assert kept == [PARAGRAPH]
    assert dropped[0].rule.split("/")[-1] == rule


@pytest.mark.parametrize(
    "line", ["Mara Ellison visited the lane twice.", "Police questioned Mara Ellison", "The lane is closed."]
)
def test_a_sentence_about_the_author_is_no_byline(line: str) -> None:
    kept, _ = without_boilerplate([line, PARAGRAPH], "Harbour towns lose their lane", "Seas", ["Mara Ellison"])
    assert kept == [line, PARAGRAPH]


def test_after_a_heading_of_the_end_teasers_are_dropped() -> None:
    lines = [*[PARAGRAPH] * 5, "Related articles", "Who owns the lane", "Two ships for the winter"]
    kept, dropped = without_boilerplate(lines, TITLE)
    assert kept == [PARAGRAPH] * 5
    assert [line.rule for line in dropped] == ["en/related", "end of the article", "end of the article"]


def test_credits_are_left_for_the_field_they_become() -> None:
    credit = "Reporting by Mara Ellison in Oslo; Editing by Tom Quist"
    assert without_boilerplate([PARAGRAPH, credit], TITLE)[0] == [PARAGRAPH, credit]


def test_a_disclaimer_is_known_as_one() -> None:
    assert is_disclaimer("The views expressed here are those of the author.")
    assert not is_disclaimer("The views of the bay are famous.")


@given(st.sampled_from(["a", "sign up ", "1", "subscribe to our ", "1 : ", "facebook | "]))
def test_a_line_longer_than_any_boilerplate_is_not_looked_at(piece: str) -> None:
    line = (piece * 100_000)[:100_000]
    assert len(line) > LONGEST
    assert without_boilerplate([line], TITLE) == ([line], [])


@pytest.mark.parametrize("word", ["e mail ", "facebook messenger ", "x ", "1 ", "newsletter ", "login ", "会员 "])
def test_a_line_that_repeats_itself_is_compared_once(word: str) -> None:
    line = (word * LONGEST)[: LONGEST - 2].rstrip() + "zq"  # in patterns that can go back, this would take minutes
    assert without_boilerplate([line], TITLE) == ([line], [])


@given(st.lists(st.text(max_size=LONGEST), max_size=12))
def test_every_line_is_either_kept_or_dropped(lines: list[str]) -> None:
    kept, dropped = without_boilerplate(lines, TITLE)
    assert sorted([*kept, *(line.line for line in dropped)]) == sorted(lines)


@pytest.mark.parametrize(
    ("phrase", "lines", "others"),
    [
        ("sign up [now] (to|for) *", ["Sign up now for news", "SIGN UP TO us"], ["Sign up", "sign up nowfor news"]),
        ("tags: <title>", ["Tags: sea, ice"], ["tags"]),
        ("<n> min read", ["► 12 min read"], ["min read"]),
        ("<name> (wrote|filed) this", ["Mara wrote this."], ["wrote this"]),
        ("à lire", ["A LIRE :", "à lire"], ["a lire ici"]),
    ],
)
def test_a_phrase_says_what_a_line_is(phrase: str, lines: list[str], others: list[str]) -> None:
    phrases = Phrases([("en/rule", "anywhere", phrase)], {"when": []})
    assert [line for line in lines if not phrases.fitting(folded(line))] == []
    assert [line for line in others if phrases.fitting(folded(line))] == []


@pytest.mark.parametrize("phrase", ["(a|b", "a]", "* (x|<name>)", "<nothing> a"])
def test_a_phrase_that_is_written_wrongly_says_so(phrase: str) -> None:
    with pytest.raises(ValueError, match=r"phrase|stands for"):
        Phrases([("en/rule", "anywhere", phrase)], {"when": []})


def test_each_rule_is_documented() -> None:
    documented = (ROOT / "docs" / "extraction.md").read_text("utf-8")
    folder = ROOT / "pipelines" / "data" / "boilerplate"
    rules = {rule for file in folder.glob("[!w]*.yaml") for rule in yaml.safe_load(file.read_text("utf-8"))}
    assert [rule for rule in sorted(rules) if f"| `{rule}` |" not in documented] == []
