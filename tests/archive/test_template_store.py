"""What was learned of a template is kept by version."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from articles import an_article

from archive.home import open_home
from archive.store import Store, open_store
from archive.templates import TemplateLine

NOW, LATER = datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC)


def lines(*texts: str, support: int = 10) -> tuple[TemplateLine, ...]:
    return tuple(TemplateLine(text=text, place="edge", support=support, of=20) for text in texts)


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with open_store(open_home(home)) as opened:
        yield opened


def test_other_lines_are_a_new_version_and_the_old_one_stays(store: Store) -> None:
    store.templates.keep("kootneeti", 20, lines("A"), NOW)
    second = store.templates.keep("kootneeti", 30, lines("A", "B"), LATER)
    assert (second.version, second.learned_at) == (2, LATER)
    assert [template.lines for template in store.templates.versions("kootneeti")] == [lines("A"), lines("A", "B")]
    assert store.templates.newest() == {"kootneeti": second}


def test_the_same_lines_are_the_same_version_with_fresh_figures(store: Store) -> None:
    store.templates.keep("kootneeti", 20, lines("A"), NOW)
    again = store.templates.keep("kootneeti", 25, lines("A", support=15), LATER)
    assert (again.version, again.learned_at, again.articles) == (1, NOW, 25)
    assert store.templates.versions("kootneeti") == [again]


def test_that_nothing_recurs_is_known_too(store: Store) -> None:
    assert store.templates.keep("kootneeti", 20, (), NOW).version == 1


def test_articles_that_came_since_are_counted(store: Store) -> None:
    assert store.templates.unread("kootneeti") == (0, 0)
    for n in range(3):
        store.keep(an_article(path=str(n)))
    assert store.templates.unread("kootneeti") == (3, 3)
    store.templates.keep("kootneeti", 3, (), NOW)
    store.keep(an_article(path="new"))
    assert store.templates.unread("kootneeti") == (4, 1)
