from __future__ import annotations

import random

import pytest
from articles import an_article
from hypothesis import given
from hypothesis import strategies as st

from pipelines.changes import Change, Piece, changes_between, words_changed


def marked(before: str, after: str) -> str:
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(marks[piece.kind].format(piece.text) for piece in words_changed(before, after))


@pytest.mark.parametrize(
    ("before", "after", "reads"),
    [
        ("The talks failed.", "The talks resumed.", "The talks [-failed-]{+resumed+}."),
        ("It rose by 3.5 per cent.", "It rose by 3.6 per cent.", "It rose by [-3.5-]{+3.6+} per cent."),
        ("A rules-based order.", "A rule-based order.", "A [-rules-based-]{+rule-based+} order."),
        ("They met.", "They met again.", "They met{+ again+}."),
        ("They met again.", "They met.", "They met[- again-]."),
        ("One. Two.", "One.\nTwo.", "One.[- -]{+\n+}Two."),
        (
            "Talks in Tokyo failed on Friday, officials said.",
            "Talks in Tokyo resumed on Monday, officials said.",
            "Talks in Tokyo [-failed on Friday-]{+resumed on Monday+}, officials said.",
        ),
        ("首相は本日会談した。", "首相は昨日会談した。", "首相は[-本-]{+昨+}日会談した。"),
        ("中国总理会见了法国总统。", "中国总理会见了德国总统。", "中国总理会见了[-法-]{+德+}国总统。"),
        ("นายกรัฐมนตรีพบผู้นำวันนี้", "นายกรัฐมนตรีพบผู้นำวันจันทร์", "นายกรัฐมนตรีพบผู้นำวัน[-นี้-]{+จันทร์+}"),
        ("Министр прибыл в Киев.", "Министр прибыл во Львов.", "Министр прибыл [-в Киев-]{+во Львов+}."),
        ("", "All of it.", "{+All of it.+}"),
    ],
)
def test_words_are_marked_where_they_changed(before: str, after: str, reads: str) -> None:
    assert marked(before, after) == reads


def test_paragraphs_that_stayed_are_counted_and_headline_and_standfirst_are_compared() -> None:
    before = an_article(body="One.\nTwo.\nThree.\nFour.", title="Talks fail", summary="A day of talks.")
    after = an_article(body="One.\nTwo.\nThird.\nFour.", title="Talks fail", summary="Two days of talks.")
    found = changes_between(before, after)
    assert [(change.field, change.unchanged) for change in found.changes] == [("summary", 0), ("body", 2)]
    assert found.changes[1] == Change(
        "body", 2, (Piece("removed", "Three"), Piece("added", "Third"), Piece("same", "."))
    )
    assert found.unchanged == 1


def test_what_is_the_same_has_no_changes() -> None:
    article = an_article(body="One.\nTwo.")
    assert (changes_between(article, article).changes, changes_between(article, article).unchanged) == ((), 2)


def test_texts_that_were_written_anew_are_shown_one_after_the_other() -> None:
    before, after = (" ".join(f"{letter}{n}" for n in range(6_000)) for letter in "ab")
    assert words_changed(before, after) == (Piece("removed", before), Piece("added", after))


@pytest.mark.timeout(20)
@pytest.mark.parametrize("kind", ["other words", "one word", "every fiftieth", "turned round"])
def test_a_hundred_thousand_words_are_compared_while_one_waits(kind: str) -> None:
    chance = random.Random(1)
    words = [f"w{chance.randrange(3_000)}" for _ in range(100_000)]
    other = {
        "other words": [f"v{word}" for word in words],
        "one word": ["w"] * 50_000,
        "every fiftieth": [word if n % 50 else "x" for n, word in enumerate(words)],
        "turned round": words[::-1],
    }[kind]
    pieces = words_changed(" ".join(words), " ".join(other))
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == " ".join(other)


TEXTS = st.text(alphabet=st.sampled_from("ab .\n台湾é’'-"), max_size=60) | st.text(max_size=60)


@given(TEXTS, TEXTS)
def test_the_pieces_are_both_texts(before: str, after: str) -> None:
    pieces = words_changed(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == after
    assert all(piece.text for piece in pieces)
