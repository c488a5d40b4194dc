"""What is suggested that an outlet be expected to give, and how it gets into its file."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import OutletError
from archive.habits import Gap, Habits, Shape
from crawler.catalogue import load_outlets
from crawler.expecting import broken, good_weeks, suggested
from crawler.outlet import Expectations
from crawler.suggesting import joined, lines_of, with_expectations, write_expectations

NOW = datetime(2026, 5, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)
FILE = """\
# The harbour's own paper
id: pier
name: The Pier
kind: magazine
country: GB
ownership: foundation
languages: [en]
homepage: https://pier.example/
{expects}feeds:            # it has one
  - https://pier.example/feed
"""


def habits(
    weeks: tuple[int, ...], signed: float = 1, words: int = 800, requests: int = 0, known: timedelta = 60 * DAY
) -> Habits:
    articles = tuple(
        Shape(NOW - n * DAY / 4, words + n % 3, has_date=True, has_author=n % 10 < 10 * signed) for n in range(200)
    )
    return Habits(articles, weeks=weeks, known_since=NOW - known, watched_until=NOW, requests=requests)


def test_it_is_a_fifth_below_what_the_poorest_good_week_gave() -> None:
    assert suggested(habits((30, 25, 40, 28, 27, 33, 30, 31), signed=0.9, requests=600), ()) == Expectations(
        articles_a_week=20, share_with_author=0.7, share_with_date=0.8, words=640, requests_per_article=30
    )


def test_weeks_of_an_outage_or_a_holiday_are_no_good_ones() -> None:
    assert good_weeks(habits((30, 0, 28, 2, 31, 30, 29, 30)), ()) == [30, 28, 31, 30, 29, 30]


def test_weeks_that_nobody_watched_are_none() -> None:
    gap = Gap(NOW - 20 * DAY, NOW - 15 * DAY)
    assert good_weeks(habits((30, 31, 5, 33, 34, 35, 36, 37)), (gap,)) == [30, 31, 33, 34, 35, 36, 37]
    assert good_weeks(habits((30, 31, 32, 0, 0, 0, 0, 0), known=15 * DAY), ()) == [30, 31]


def test_of_one_week_nothing_is_suggested() -> None:
    assert suggested(habits((30, 0, 0, 0, 0, 0, 0, 0), known=8 * DAY), ()) is None
    assert suggested(Habits(()), ()) is None


def test_a_share_that_few_have_is_not_expected() -> None:
    found = suggested(habits((30,) * 8, signed=0.2), ())
    assert found is not None
    assert found.share_with_author is None


@given(
    weeks=st.lists(st.integers(0, 400), min_size=8, max_size=8),
    signed=st.floats(0, 1),
    words=st.integers(0, 3_000),
    requests=st.integers(0, 5_000),
)
def test_what_is_suggested_by_good_weeks_holds_in_a_good_week(
    weeks: list[int], signed: float, words: int, requests: int
) -> None:
    of_it = habits(tuple(weeks), signed, words, requests)
    if (found := suggested(of_it, ())) and weeks[0] in good_weeks(of_it, ()):
        assert list(broken(found, of_it, ())) == []


@pytest.mark.parametrize(
    "before",
    [
        "",
        "expects:\n  articles_a_week: 3\n",
        "expects: {articles_a_week: 3}\n",
        "expects:\n    articles_a_week: 3   # few\n    # and signed\n    share_with_author: 0.9\n\n# where it is read\n",
    ],
)
def test_all_else_in_the_file_stays_as_it_was(before: str) -> None:
    text = FILE.format(expects=before)
    changed = with_expectations(text, Expectations(articles_a_week=9))
    assert yaml.safe_load(changed)["expects"] == {"articles_a_week": 9}
    assert changed.startswith("# The harbour's own paper\nid: pier\n")
    assert "feeds:            # it has one\n" in changed
    assert ("# where it is read" in changed) == ("# where it is read" in before)
    assert with_expectations(changed, Expectations(articles_a_week=9)) == changed


@pytest.mark.parametrize("text", ["{id: pier, feeds: [https://pier.example/]}", "- pier\n", "", "pier"])
def test_a_file_that_is_written_otherwise_is_left_alone(text: str) -> None:
    with pytest.raises(ValueError):
        with_expectations(text, Expectations(articles_a_week=9))


def test_a_file_of_ours_is_copied_into_the_operators_folder(tmp_path: Path) -> None:
    ours, own = tmp_path / "ours", tmp_path / "own"
    ours.mkdir()
    (ours / "pier.yaml").write_text(FILE.format(expects=""))
    outlet = load_outlets([ours]).get("pier")
    written = write_expectations(outlet, Expectations(words=300), [str(ours)], own)
    assert written == own / "pier.yaml"
    assert (ours / "pier.yaml").read_text() == FILE.format(expects="")
    again = load_outlets([ours, own]).get("pier")
    assert again.expects == Expectations(words=300)
    written = write_expectations(again, joined(again, Expectations(articles_a_week=9)), [str(ours), str(own)], own)
    assert load_outlets([ours, own]).get("pier").expects == Expectations(words=300, articles_a_week=9)
    assert [path.name for path in own.iterdir()] == ["pier.yaml"]


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    ours, own = tmp_path / "ours", tmp_path / "own"
    ours.mkdir()
    own.write_text("a file")
    (ours / "pier.yaml").write_text(FILE.format(expects=""))
    with pytest.raises(OutletError, match="cannot be written"):
        write_expectations(load_outlets([ours]).get("pier"), Expectations(words=300), [str(ours)], own)


def test_the_lines_can_be_pasted() -> None:
    assert lines_of(Expectations(articles_a_week=9, share_with_author=0.8)) == (
        "expects:\n  articles_a_week: 9\n  share_with_author: 0.8\n"
    )
