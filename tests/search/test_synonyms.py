"""Which words mean the same, and who says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.errors import SettingError
from search.analysis.synonyms import synonyms
from search.joining import joined
from search.query import All, Words, parse


@pytest.mark.parametrize(
    ("typed", "finds"),
    [
        ("NATO", "OTAN"),
        ("nato", "НАТО"),
        ("North Korea", "DPRK"),
        ("DPRK", "北朝鮮"),
        ("U.S.", "États-Unis"),
        ("etats-unis", "US"),
        ("US", "Washington"),
        ("UN", "ООН"),
        ("ONU", "Vereinte Nationen"),
        ("PRC", "China"),
        ("EU", "Union européenne"),
        ("ROK", "South Korea"),
        ("defense", "defence"),
    ],
)
def test_one_form_finds_another(typed: str, finds: str) -> None:
    assert finds in synonyms().forms(typed)


@pytest.mark.parametrize(
    "typed", ["us", "un", "eu", "who", "is", "rok", "Washington", "start", "sad", "au", "kohlrabi"]
)
def test_what_only_looks_like_a_form_stays(typed: str) -> None:
    assert synonyms().forms(typed) == (typed,)


def test_there_are_sixty_groups() -> None:
    assert len(synonyms().groups) >= 60


def test_every_form_is_one_that_can_be_typed() -> None:
    known = synonyms()
    for typed, found in known.groups:
        for form in (*typed, *found):
            assert known.key(form), form
            assert len(form) > 1, form


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("united states sanctions", All((Words("united states"), Words("sanctions")))),
        ("the european union vows", All((Words("the"), Words("european union"), Words("vows")))),
        ("title:united title:nations", Words("united nations", "title")),
        ("united title:nations", All((Words("united"), Words("nations", "title")))),
        ('"united" states', All((Words("united", exact=True), Words("states")))),
    ],
)
def test_words_that_are_one_form_are_put_together(typed: str, query: object) -> None:
    assert joined(parse(typed), synonyms()) == query


def test_an_operator_has_groups_of_his_own(tmp_path: Path) -> None:
    own = tmp_path / "synonyms.txt"
    own.write_text("# ours\nKootneeti, The Kootneeti Team > Kuttniti\nNATO, the Alliance\n", "utf-8")
    known = synonyms(own)
    assert known.forms("kootneeti") == ("Kootneeti", "The Kootneeti Team", "Kuttniti")
    assert {"OTAN", "the Alliance"} <= {*known.forms("NATO")}
    assert known.forms("kuttniti") == ("kuttniti",)


@pytest.mark.parametrize("line", ["lonely", "a, a", "> found, alone", ", ,"])
def test_a_line_that_is_no_group_is_named(tmp_path: Path, line: str) -> None:
    own = tmp_path / "synonyms.txt"
    own.write_text(f"# ours\n\n{line}\n", "utf-8")
    with pytest.raises(SettingError, match="line 3"):
        synonyms(own)
