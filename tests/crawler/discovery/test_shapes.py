import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discovery.shapes import Shapes, learn_shapes, shape_of

SITE = "https://www.example.org"
KNOWN = [f"{SITE}/analysis/{word}-and-the-treaty/" for word in ("japan", "chad", "peru", "oman")]


def test_a_shape_is_learned_from_articles_that_share_it() -> None:
    assert learn_shapes(KNOWN).shapes == {("example.org", "word", "title")}


def test_one_odd_address_is_no_habit() -> None:
    assert learn_shapes([*KNOWN, f"{SITE}/old.php?id=7"]).shapes == learn_shapes(KNOWN).shapes


def test_what_a_section_could_have_is_not_learned() -> None:
    assert not learn_shapes([f"{SITE}/world/{word}" for word in ("chad", "peru", "middle-east", "oman")]).shapes


@pytest.mark.parametrize(
    ("numbers", "path", "is_one"),
    [
        (range(1_890, 1_900), "/news/1900", True),
        (range(1_990, 2_000), "/news/2004", True),
        (range(2_095, 2_105), "/news/2099", True),
        (range(2_095, 2_105), "/news/2106", True),
        (range(2_000, 2_010), "/sports/more/2004", False),
        (range(48_000, 48_010), "/news/2024", False),
        (range(48_000, 48_010), "/news/48213", True),
    ],
)
def test_articles_with_numbers_that_look_like_years_are_told_from_the_years_of_an_archive(
    numbers: range, path: str, is_one: bool
) -> None:
    assert learn_shapes([f"{SITE}/news/{number}" for number in numbers]).is_article(SITE + path) is is_one


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("/opinion/what-comes-after-it", True),
        ("/2026/03/what-comes", True),
        ("/opinion/", False),
        ("/opinion/middle-east", False),
        ("/projects/the-long-road/the-second-part", False),
        ("/what-comes-after-it", False),
        ("/tag/what-comes-after", False),
        ("/analysis/what-comes-after-it.mp3", False),
    ],
)
def test_learned_shapes_decide_and_a_date_is_enough(path: str, is_one: bool) -> None:
    assert learn_shapes(KNOWN).is_article(SITE + path) is is_one


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("/what-comes-after-it", True),
        ("/2026/03/05/world/talks.html", True),
        ("/20260305/talks-fail", True),
        ("/news/articles/clymn8zyrp9o", True),
        ("/story/3000000218734/talks", True),
        ("/index.php?id=4711", True),
        ("/国際/首脳会談で共同声明を発表し防衛協力の強化を確認した", True),
        ("/world", False),
        ("/world/middle-east", False),
        ("/2026/03/", False),
        ("/news?page=3", False),
        ("/", False),
    ],
)
def test_of_an_unknown_outlet_cues_decide_that_hold_for_all(path: str, is_one: bool) -> None:
    assert Shapes().is_article(SITE + path) is is_one


@given(st.lists(st.text(max_size=200)))
def test_no_urls_break_it(urls: list[str]) -> None:
    shapes = learn_shapes([f"{SITE}/{url}" for url in urls] + urls)
    assert all(shape_of(url) is None or isinstance(shapes.is_article(url), bool) for url in urls)
