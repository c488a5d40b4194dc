"""What recurs across an outlet's articles is its template; what a few share is not."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.templates import Template, TemplateLine
from pipelines.learned import FEWEST, added, has_any, learn, without_learned

LINE = "The lighthouse is kept by its readers"
SUBJECTS = ["ministers", "delegates", "engineers", "observers", "judges", "pilots", "farmers", "senators"]
DEEDS = ["signed", "refused", "read", "burned", "praised", "weighed", "copied", "forgot"]
THINGS = ["treaty", "map", "budget", "letter", "survey", "ballot", "ledger", "charter"]


def article(n: int, paragraphs: int = 6) -> list[str]:
    """An article that shares no paragraph with another; its paragraphs do not differ by a number alone."""
    chance = random.Random(n)
    return [
        f"In the {chance.choice(THINGS)} of {''.join(chance.choices('abcdefgh', k=12))} the {chance.choice(SUBJECTS)} "
        f"{chance.choice(DEEDS)} what the {chance.choice(SUBJECTS)} had {chance.choice(DEEDS)} before."
        for _ in range(paragraphs)
    ]


def articles(count: int) -> list[list[str]]:
    return [article(n, 4 + n % 7) for n in range(count)]


def lines(texts: list[list[str]], known: tuple[TemplateLine, ...] = ()) -> dict[str, TemplateLine]:
    return {line.text: line for line in learn(texts, known)[1]}


def a_line(text: str = LINE, place: str = "edge") -> TemplateLine:
    return TemplateLine.model_validate({"text": text, "place": place, "support": 37, "of": 40})


def template(*learned: TemplateLine) -> Template:
    return Template(outlet="x", version=3, learned_at=datetime(2026, 1, 1, tzinfo=UTC), articles=40, lines=learned)


@pytest.mark.parametrize("at_the_top", [True, False])
def test_a_line_at_the_edge_of_most_articles_is_the_templates(at_the_top: bool) -> None:
    texts = [[LINE, *text] if at_the_top else [*text, LINE] for text in articles(12)]
    assert lines(texts) == {LINE: TemplateLine(text=LINE, place="edge", support=12, of=12)}


def test_several_lines_of_an_edge_are_learned_together() -> None:
    texts = [["Listen to it", *text, "Our lamps", LINE, "More of it below"] for text in articles(20)]
    assert set(lines(texts)) == {"Listen to it", "Our lamps", LINE, "More of it below"}


def test_a_short_line_that_always_stands_after_the_third_paragraph_is_the_templates() -> None:
    texts = [[*text[:3], LINE, *text[3:]] for text in articles(20)]
    assert lines(texts)[LINE].place == "anywhere"


def test_numbers_in_a_line_stand_for_any_number() -> None:
    texts = [[f"{n} min read, {n * 31} have read it", *text] for n, text in enumerate(articles(12))]
    (learned,) = lines(texts).values()
    assert learned.support == 12
    assert without_learned(["3 min read, 8 have read it", *article(1)], template(learned))[0] == article(1)


def test_of_few_articles_nothing_is_learned() -> None:
    texts = [[*text, LINE] for text in articles(FEWEST - 1)]
    assert learn(texts) == (FEWEST - 1, ())
    assert learn([*texts, [*article(99), LINE]])[1]


@pytest.mark.parametrize("articles_with_it", [3, 4, 5, 6])
@pytest.mark.parametrize("place", [0, 2, 4])
def test_a_quotation_in_the_reports_of_one_event_is_not_learned(articles_with_it: int, place: int) -> None:
    texts = articles(40)
    for text in texts[20 : 20 + articles_with_it]:
        text.insert(place, "“We are not to be moved,” said the keeper.")
    assert lines(texts) == {}


def test_a_background_paragraph_that_is_used_again_and_again_is_not_learned() -> None:
    texts = articles(60)
    for n, text in enumerate(texts):
        if n % 3 == 0:
            text.insert(
                2 + n % (len(text) - 1), "The two states have quarrelled about the lighthouse since it was built."
            )
    assert lines(texts) == {}


@pytest.mark.parametrize("line", ["Ladies and gentlemen,", "尊敬的各位来宾，", "12", "2021: 34", "* * *"])
def test_what_begins_a_sentence_or_has_no_words_is_not_learned(line: str) -> None:
    assert lines([[line, *text] for text in articles(20)]) == {}


def test_a_heading_whose_place_varies_is_not_learned() -> None:
    texts = articles(40)
    for n, text in enumerate(texts):
        text.insert(1 + n % (len(text) - 1), "Conclusion")
    assert lines(texts) == {}


def test_one_text_under_several_addresses_teaches_nothing() -> None:
    texts = articles(20) + [[*article(500), LINE]] * 15
    assert lines(texts) == {}
    regional = [[*article(500, 9), f"{''.join(random.Random(n).choices('klmnopq', k=90))}", LINE] for n in range(4)]
    assert lines(articles(20) + regional) == {}


def test_articles_in_two_forms_are_counted_once_and_still_teach() -> None:
    texts = [[*text, LINE] for text in articles(20) for _ in range(2)]
    assert lines(texts)[LINE].support == 20


def test_a_new_template_is_learned_beside_the_old() -> None:
    texts = [[*text, "The old lamp is lit"] for text in articles(60)]
    texts += [[*article(100 + n), LINE] for n in range(12)]
    assert set(lines(texts)) == {"The old lamp is lit", LINE}


def test_a_columnists_biography_is_learned_and_a_short_line_as_rare_is_not() -> None:
    long, short = "Ada Example keeps the lighthouse and writes of what she sees from it.", "To be read aloud"
    texts = articles(40)
    for n in range(0, 40, 3):
        texts[n].append(long)
        texts[n].insert(0, short)
    assert set(lines(texts)) == {long}


def test_what_is_known_stays_while_it_is_not_seen_and_goes_when_it_has_become_rare() -> None:
    known = (a_line(),)
    assert lines(articles(40), known) == {LINE: known[0]}
    texts = articles(40)
    texts[0].append(LINE)
    texts[39].append(LINE)
    assert lines(texts, known) == {}
    assert added(known, (a_line("Another"),)) == (a_line("Another"), known[0])


def test_a_known_line_keeps_its_words_when_its_numbers_change() -> None:
    texts = [[*text, f"{n} lamps are lit"] for n, text in enumerate(articles(12))]
    assert set(lines(texts, (a_line("7 lamps are lit"),))) == {"7 lamps are lit"}


def test_a_learned_line_is_dropped_with_its_support_and_where_it_was_learned() -> None:
    text = article(1, 9)
    kept, dropped = without_learned([*text, LINE], template(a_line()))
    assert (kept, [(line.line, line.rule) for line in dropped]) == (text, [(LINE, "learned (in 37 of 40 articles)")])
    inside = [*text[:4], LINE, *text[4:]]
    assert without_learned(inside, template(a_line()))[0] == inside
    assert without_learned(inside, template(a_line(place="anywhere")))[0] == text


def test_a_teaser_that_varies_may_stand_behind_a_learned_line() -> None:
    text = article(1, 9)
    assert without_learned([*text, LINE, "A teaser of the day"], template(a_line()))[0] == [
        *text,
        "A teaser of the day",
    ]


def test_without_a_template_every_line_stays() -> None:
    assert without_learned([LINE], None) == ([LINE], [])
    assert not has_any([LINE], ())


@given(st.lists(st.lists(st.text(max_size=30), max_size=8), max_size=30))
def test_any_lines_teach_only_lines_that_were_there(texts: list[list[str]]) -> None:
    count, learned = learn(texts)
    assert count <= len(texts)
    assert {line.text for line in learned} <= {line for text in texts for line in text}
    assert all(line.support >= 5 and 0 < line.share <= 1 for line in learned)


@given(st.lists(st.sampled_from([LINE, "a", "b 1", "b 2", "c"]), max_size=30), st.sampled_from(["edge", "anywhere"]))
def test_lines_are_kept_or_dropped_and_in_their_order(text: list[str], place: str) -> None:
    kept, dropped = without_learned(text, template(a_line(LINE, place), a_line("b 9", place)))
    assert len(kept) + len(dropped) == len(text)
    remaining = iter(text)
    assert all(line in remaining for line in kept)
    assert {line.line for line in dropped} <= {LINE, "b 1", "b 2"}
