"""When a page is fetched again: what is another text, what is a silent edit, what is gone. Decided from values alone."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from articles import NOON, an_article
from hypothesis import given
from hypothesis import strategies as st

from archive.article import Article
from archive.links import Outcome
from archive.tombstones import APART, gone_since
from archive.versions import Held, decide, in_order, instead_of, is_silent, last_two, missed, says_the_same

BODY = "“It’s late”, he said – in 1999 – to the co-operation’s members.\nThe strait is 12 km wide."


def at(hours: float) -> datetime:
    return NOON + timedelta(hours=hours)


def after(*captures: Article, missing: Sequence[datetime] = ()) -> Held:
    """What is held after these captures came in, in this order."""
    held = Held(missed=tuple(missing))
    for capture in captures:
        decision = decide(held, capture)
        versions = {one.version: one for one in (*held.versions, *decision.written)}
        held = Held(decision.current, tuple(versions[n] for n in sorted(versions)), decision.seen_at, held.missed)
    return held


@pytest.mark.parametrize(
    "other",
    [
        BODY.replace("“", '"').replace("”", '"').replace("’", "'"),
        BODY.replace("“", "« ").replace("”", "\u00a0»"),
        BODY.replace(" – ", " - "),
        BODY.replace(" – ", "—"),
        BODY.replace(" – ", " -- "),
        BODY.replace("12 km", "12\u00a0km"),
        BODY.replace("members", "mem\u00adbers"),
        BODY.replace("strait", "str\u200bait"),
        BODY.replace("\n", " "),
        BODY.replace(" ", "  "),
        BODY.replace("late", "la\u2060te"),
    ],
)
def test_another_printing_is_no_new_version(other: str) -> None:
    held = after(an_article(body=BODY), an_article(body=other, hours=1))
    assert (len(held.versions), held.article and held.article.body) == (1, BODY)


@pytest.mark.parametrize(
    "other",
    [
        BODY.replace("12", "13"),
        BODY.replace("late", "late?"),
        BODY.replace("co-operation", "cooperation"),
        BODY.replace("strait", "Strait"),
        BODY + "\nMore.",
        BODY.split("\n", maxsplit=1)[0],
        BODY.replace("12 km", "1 2 km"),
    ],
)
def test_other_words_signs_or_figures_are_a_new_version(other: str) -> None:
    held = after(an_article(body=BODY), an_article(body=other, hours=1))
    assert [one.body for one in held.versions] == [BODY, other]


@pytest.mark.parametrize(
    ("one", "other"), [("中国 和平", "中国和平"), ("（和平）", "(和平)"), ("e\u0301te", "\u00e9te"), ("“é…”", '"é..."')]
)
def test_scripts_and_forms_are_evened_out(one: str, other: str) -> None:
    assert says_the_same(an_article(body=one), an_article(body=other))


def test_a_headline_follows_the_page_and_the_text_stays_as_it_was_captured() -> None:
    held = after(an_article(body=BODY), an_article(body=BODY.replace("’", "'"), title="Another", hours=1))
    assert held.article is not None
    assert (held.article.title, held.article.version) == ("Another", 1)
    assert held.article.content_hash == hashlib.sha256(BODY.encode()).hexdigest()
    before, now = last_two(held.article, held.versions)
    assert (before.title, now.title) == ("Allies vow to collaborate", "Another")


def test_a_text_that_returns_is_a_version_again() -> None:
    held = after(an_article(body="One."), an_article(body="Two.", hours=1), an_article(body="One.", hours=2))
    assert [one.body for one in held.versions] == ["One.", "Two.", "One."]


def test_an_older_capture_never_replaces_what_was_seen_later() -> None:
    held = after(an_article(body="One."), an_article(body="One.", hours=9), an_article(body="Two.", hours=5))
    assert held.article is not None
    assert (held.article.body, len(held.versions), held.seen_at) == ("One.", 2, at(9))


DAY, MINUTE = {"modified_precision": "day"}, {"modified_precision": "minute"}


@pytest.mark.parametrize(
    ("before", "seen", "then"),
    [
        ({"modified_at": at(-1), **MINUTE}, at(0), {"modified_at": at(-1), **MINUTE}),
        ({"modified_at": at(-1), **MINUTE}, at(0), {"modified_at": at(-2), **MINUTE}),
        ({"modified_at": at(-36), **DAY}, at(0), {"modified_at": at(-36), **DAY}),
    ],
)
def test_a_text_that_changed_under_an_older_date_of_change_is_a_silent_edit(
    before: dict[str, Any], seen: datetime, then: dict[str, Any]
) -> None:
    assert is_silent(an_article(body="One.", **before), seen, an_article(body="Two.", hours=5, **then))


@pytest.mark.parametrize(
    ("before", "seen", "then"),
    [
        pytest.param({"modified_at": at(-1), **MINUTE}, at(0), {"modified_at": at(4), **MINUTE}, id="it says so"),
        pytest.param({}, at(0), {}, id="it states no date"),
        pytest.param({}, at(0), {"modified_at": at(-1), **MINUTE}, id="it stated none before"),
        pytest.param({"modified_at": at(-1), **MINUTE}, at(0), {}, id="it states none any more"),
        pytest.param({"modified_at": at(-12), **DAY}, at(0), {"modified_at": at(-12), **DAY}, id="that day was not over"),
        pytest.param({"modified_at": at(0), **MINUTE}, at(0), {"modified_at": at(0), **MINUTE}, id="that minute was not over"),
    ],
)  # fmt: skip
def test_who_cannot_be_shown_to_have_kept_silent_is_not_accused(
    before: dict[str, Any], seen: datetime, then: dict[str, Any]
) -> None:
    assert not is_silent(an_article(body="One.", **before), seen, an_article(body="Two.", hours=5, **then))


def test_a_silent_edit_marks_its_version_and_the_article_for_good() -> None:
    said = {"modified_at": at(-1), **MINUTE}
    held = after(
        an_article(body="One.", **said),
        an_article(body="Two.", hours=2, **said),
        an_article(body="Three.", hours=4, modified_at=at(3), **MINUTE),
    )
    assert held.article is not None
    assert [one.silently_edited for one in held.versions] == [False, True, False]
    assert held.article.silently_edited
    assert not last_two(held.article, held.versions)[1].silently_edited


def test_another_printing_is_no_silent_edit() -> None:
    said = {"modified_at": at(-1), **MINUTE}
    held = after(an_article(body=BODY, **said), an_article(body=BODY.replace("’", "'"), hours=2, **said))
    assert held.article is not None
    assert not held.article.silently_edited


def test_a_page_missed_twice_hours_apart_is_gone_since_the_first_time() -> None:
    assert gone_since([at(0), at(0) + APART], None) == at(0)
    assert gone_since([at(0), at(1), at(0) + APART], at(-1)) == at(0)


def test_a_page_that_another_says_is_not_there_is_gone_at_once_until_it_is_seen_again() -> None:
    assert gone_since([at(0)], at(-1), {at(0)}) == at(0)
    assert gone_since([at(0), at(1)], None, {at(1)}) == at(0)
    assert gone_since([at(0)], at(1), {at(0)}) is None


@pytest.mark.parametrize(
    ("missing", "seen"),
    [([], None), ([at(0)], None), ([at(0), at(1)], None), ([at(0), at(9)], at(5)), ([at(0), at(9)], at(10))],
)
def test_a_page_missed_once_or_seen_since_is_not_gone(missing: list[datetime], seen: datetime | None) -> None:
    assert gone_since(missing, seen) is None


def test_an_absence_is_missing_then_gone_and_nothing_without_an_article_or_before_it_was_seen() -> None:
    known = after(an_article())
    outcomes = []
    for hours in ([-3], [3], [3, 12]):
        held = Held(known.article, known.versions, known.seen_at, tuple(at(one) for one in hours))
        absent = missed(held, at(hours[-1]))
        outcomes.append(absent and (absent[0], absent[1].gone_at))
    assert outcomes == [None, (Outcome.MISSING, None), (Outcome.GONE, at(3))]
    assert missed(Held(missed=(at(0),)), at(0)) is None


def test_a_page_that_is_there_again_is_not_gone() -> None:
    held = after(an_article(), missing=[at(3), at(12)])
    assert held.article is not None
    assert held.article.gone_at == at(3)
    again = decide(held, an_article(hours=20))
    assert (again.outcome, again.current.gone_at, again.changes_current) == (Outcome.UNCHANGED, None, True)


def test_what_is_derived_again_keeps_its_history() -> None:
    known = an_article(version=2, silently_edited=True, gone_at=at(3), first_seen_at=at(-9))
    again = instead_of(known, an_article(body="Better read.", hours=7))
    assert (again.body, again.version, again.silently_edited) == ("Better read.", 2, True)
    assert (again.gone_at, again.first_seen_at, again.fetched_at) == (at(3), at(-9), known.fetched_at)


CAPTURES = st.lists(
    st.tuples(st.integers(0, 200), st.sampled_from(["One.", "Two.", "“Three”.", '"Three".']), st.sampled_from([None, -5, 20, 90])),
    min_size=1, max_size=7, unique_by=lambda capture: capture[0],
)  # fmt: skip


def capture_of(hours: int, body: str, modified: int | None) -> Article:
    stated = {} if modified is None else {"modified_at": at(modified), **MINUTE}
    return an_article(body=body, hours=hours, **stated)


@given(CAPTURES, st.randoms(use_true_random=False), st.lists(st.integers(0, 200), max_size=4))
def test_the_order_of_captures_does_not_matter(
    captures: list[tuple[int, str, int | None]], chance: Any, absences: list[int]
) -> None:
    missing = [at(hours) + timedelta(minutes=1) for hours in absences]
    shuffled = chance.sample(captures, len(captures))
    one = after(*(capture_of(*capture) for capture in sorted(captures)), missing=missing)
    other = after(*(capture_of(*capture) for capture in shuffled), missing=missing)
    newest = capture_of(*max(captures))
    assert {in_print(version) for version in one.versions} == {in_print(version) for version in other.versions}
    for held in (one, other):
        assert held.article is not None
        assert says_the_same(held.article, newest)
        assert held.article.first_seen_at == at(min(captures)[0])
        assert held.article.gone_at == gone_since(missing, at(max(captures)[0]))
        assert in_order(held.versions)[0].version in {version.version for version in held.versions}


def in_print(article: Article) -> str:
    return article.body.replace("“", '"').replace("”", '"')


def test_versions_are_told_in_the_order_of_the_page_and_not_of_their_arrival() -> None:
    held = after(an_article(body="Two.", hours=5), an_article(body="One.", hours=1))
    assert held.article is not None
    assert [one.body for one in in_order(held.versions)] == ["One.", "Two."]
    assert last_two(held.article, held.versions)[0].body == "One."


def test_an_older_capture_shows_a_known_text_to_be_a_silent_edit() -> None:
    said = {"modified_at": at(-1), **MINUTE}
    held = after(an_article(body="Two.", hours=5, **said), an_article(body="One.", hours=1, **said))
    assert held.article is not None
    assert held.article.silently_edited
    assert {one.body: one.silently_edited for one in held.versions} == {"One.": False, "Two.": True}
