import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import QueryError
from search.query import All, Either, Everything, Exactly, Has, Not, Published, Starts, Words, parse

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


def day(year: int, month: int, date: int) -> datetime:
    return datetime(year, month, date, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("japan", Words("japan")),
        ("japan defence", All((Words("japan"), Words("defence")))),
        ("japan AND defence", All((Words("japan"), Words("defence")))),
        ('"rules-based order"', Words("rules-based order", exact=True)),
        ("“rules-based order”", Words("rules-based order", exact=True)),
        ('title:"rules-based order"', Words("rules-based order", "title", exact=True)),
        ("u.s. sanctions", All((Words("U.S."), Words("sanctions")))),
        ("-sports", Not(Words("sports"))),
        ("NOT sports", Not(Words("sports"))),
        ("a OR b c", Either((Words("a"), All((Words("b"), Words("c")))))),
        ("(a OR b) c", All((Either((Words("a"), Words("b"))), Words("c")))),
        ("Défen*", Starts("defen")),
        ("*", Everything()),
        ("outlet:kootneeti", Exactly("outlet.id", "kootneeti")),
        ('kind:"live blog"', Exactly("kind", "live blog")),
        ("access:preview", Exactly("access", "preview")),
        ("outlet:(a OR b)", Either((Exactly("outlet.id", "a"), Exactly("outlet.id", "b")))),
        ("countries:jp", Exactly("countries", "JP")),
        ("dyads:us-CN", Exactly("dyads", "CN-US")),
        ('organizations:"European Commission"', Exactly("organizations", "European Commission")),
        ('-author:"David Dolan"', Not(Words("David Dolan", "authors"))),
        ("silently_edited:true", Exactly("silently_edited", True)),
        ("-silently_edited:False", Not(Exactly("silently_edited", False))),
        ("gone_at:*", Has("gone_at")),
        ("since:2026-10-03", Published(since=day(2026, 10, 3))),
        ("since:2026", Published(since=day(2026, 1, 1))),
        ("until:2026-10-03", Published(before=day(2026, 10, 4))),
        ("until:2026-12", Published(before=day(2027, 1, 1))),
        ('since:"last month"', Published(since=day(2026, 10, 23))),
        ('since:"3 days ago"', Published(since=day(2026, 11, 20))),
        ("since:yesterday", Published(since=day(2026, 11, 22))),
    ],
)
def test_what_is_typed_is_understood(text: str, query: object) -> None:
    assert parse(text, NOW) == query


@pytest.mark.parametrize("text", ["https://example.org/a", "9:30", "Russia & China", "U.S.-Japan", "a - b"])
def test_what_only_looks_like_syntax_is_words(text: str) -> None:
    assert all(isinstance(part, Words) for part in getattr(parse(text, NOW), "queries", [parse(text, NOW)]))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('a "b', "column 3"),
        ("(a", "column 1"),
        ("a)", "column 2"),
        ("a outlett:b", "column 3"),
        ("since:never", "column 7"),
        ("silently_edited:maybe", "column 17"),
        ("silently_edited:*", "column 17"),
        ("gone_at:yesterday", "column 9"),
        ("since:2026-13", "column 7"),
        ("(" * 30 + "a" + ")" * 30, "column 21"),
    ],
)
def test_a_mistake_is_named_with_its_place(text: str, place: str) -> None:
    with pytest.raises(QueryError, match=place):
        parse(text, NOW)


@pytest.mark.parametrize("text", ["", "  ", "&", "a" * 2_001])
def test_nothing_and_too_much_are_mistakes(text: str) -> None:
    with pytest.raises(QueryError):
        parse(text, NOW)


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from('()":*-OR since:')), max_size=60))
def test_any_text_is_understood_or_a_mistake(text: str) -> None:
    with contextlib.suppress(QueryError):
        parse(text, NOW)
