from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.lexicon import Lexicon


def found(names: list[str], text: str, **affixes: re.Pattern[str]) -> list[tuple[str, int]]:
    return [(one.name, one.start) for one in Lexicon(dict.fromkeys(names, ""), **affixes).find(text)]


@pytest.mark.parametrize(
    ("names", "text", "expected"),
    [
        (["New Guinea", "Papua New Guinea", "Guinea"], "Papua New Guinea", ["Papua New Guinea"]),
        (["Guinea", "Guinea-Bissau"], "Guinea, Guinea-Bissau", ["Guinea", "Guinea-Bissau"]),
        (["South Africa", "South African", "South Asia"], "South African, South Asia", ["South African", "South Asia"]),
        (["United Kingdom", "United States"], "the United Nations and the United States", ["United States"]),
        (["US", "USA"], "US, USA", ["US", "USA"]),
    ],
)
def test_the_longest_name_counts(names: list[str], text: str, expected: list[str]) -> None:
    assert [name for name, _ in found(names, text)] == expected


def test_where_the_longest_goes_on_within_its_word_the_next_shorter_counts() -> None:
    assert found(["Niger", "Niger Delta", "Niger D"], "Niger Deltas") == [("Niger", 0)]


@pytest.mark.parametrize("text", ["Nigeria", "aNiger", "Unigeria"])
def test_a_part_of_a_word_is_no_name(text: str) -> None:
    assert found(["Niger"], text) == []


def test_a_name_that_opens_like_another_is_found_behind_what_is_none() -> None:
    assert found(["Republic of Congo", "public house"], "Republic of public house") == [("public house", 12)]


def test_affixes_of_a_language_may_stand_around_a_name() -> None:
    tails, heads = re.compile("lla|ssa"), re.compile("al")
    assert found(["Suomi", "Iraq"], "Suomissa alIraq Suomixx", heads=heads, tails=tails) == [
        ("Suomi", 0),
        ("Iraq", 11),
    ]


@given(st.lists(st.text("ab ", min_size=1, max_size=9), min_size=1), st.text("ab ", max_size=40))
def test_the_names_are_those_that_a_search_from_place_to_place_finds(names: list[str], text: str) -> None:
    expected, at = [], 0
    while at < len(text):
        here = sorted((name for name in names if text.startswith(name, at)), key=len, reverse=True)
        whole = [name for name in here if _is_apart(text, at) and _is_apart(text, at + len(name))]
        expected += [(name, at) for name in whole[:1]]
        at += len(here[0]) if here else 1
    assert found(names, text) == expected


def _is_apart(text: str, at: int) -> bool:
    return at in (0, len(text)) or not (text[at - 1].isalnum() and text[at].isalnum())
