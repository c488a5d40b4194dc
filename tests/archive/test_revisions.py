"""The order in which articles changed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from articles import NOON, an_article

from archive.article import Publisher
from archive.home import open_home
from archive.revisions import Wanted
from archive.store import Store, open_store
from archive.versions import instead_of
from pipelines.stories import sketch_of

LONG = "The ministers of both countries agreed to meet again in the spring, and to speak of the strait. " * 8


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with open_store(open_home(home)) as opened:
        yield opened


def changed(store: Store, after: int = 0) -> list[tuple[str, int]]:
    return [(one.article.title, one.revision) for batch in store.revisions.changed(after) for one in batch]


def test_whatever_changes_comes_again_behind_all_others(store: Store) -> None:
    for title in ("One", "Two", "Three"):
        store.keep(an_article(title, title=title))
    before = changed(store)
    assert [title for title, _ in before] == ["One", "Two", "Three"]
    store.keep(an_article("One", title="One, with another headline", hours=1))
    assert changed(store, before[-1][1])[0][0] == "One, with another headline"
    assert [title for title, _ in changed(store)] == ["Two", "Three", "One, with another headline"]


@pytest.mark.parametrize("change", ["story", "gone", "derived again"])
def test_a_change_without_a_new_version_has_a_revision_of_its_own(store: Store, change: str) -> None:
    kept = store.keep(an_article("a", body=LONG), sketch_of(LONG))[1]
    before = store.revisions.newest()
    if change == "story":
        copy = an_article(
            "b", body=LONG, outlet=Publisher(id="other", name="Other"), published_at=NOON - timedelta(days=1)
        )
        store.keep(copy, sketch_of(LONG))
    elif change == "gone":
        for day in (2, 3):
            store.miss(kept.url, datetime(2026, 11, day, tzinfo=UTC), "http 404", None)
    else:
        store.replace(instead_of(kept, kept.model_copy(update={"title": "Better read"})), sketch_of(LONG))
    again = [one for batch in store.revisions.changed(before) for one in batch if one.article.id == kept.id]
    assert [(one.article.version, one.article != kept) for one in again] == [(1, True)]


def test_what_says_the_same_again_keeps_its_revision(store: Store) -> None:
    store.keep(an_article())
    before = changed(store)
    store.keep(an_article(hours=1))
    assert changed(store) == before


def test_a_database_that_is_made_again_goes_on_above_the_one_that_was_lost(tmp_path: Path) -> None:
    newest = []
    for name in ("lost", "made again"):
        with open_store(open_home(tmp_path / name)) as store:
            for n in range(20):
                store.keep(an_article(str(n)))
            newest.append(store.revisions.newest())
        time.sleep(0.01)
    assert newest[0] + 1 < newest[1]


def test_an_article_that_changed_meanwhile_is_not_replaced(store: Store) -> None:
    kept = store.keep(an_article())[1]
    read = store.revisions.newest()
    store.keep(an_article(body="The crawl found another text.", hours=1))
    again = kept.model_copy(update={"title": "Read again"})
    assert not store.replace(again, sketch_of(again.body), read)
    assert store.replace(again, sketch_of(again.body), store.revisions.newest())


def test_a_snapshot_stays_as_it_was(store: Store) -> None:
    store.keep(an_article("a"))
    with store.revisions.snapshot() as then:
        first = list(then.entries())
        store.keep(an_article("b"))
        store.keep(an_article("a", title="Another headline", hours=1))
        assert list(then.entries()) == first
        assert [len(batch) for batch in then.changed(0)] == [1]
    with store.revisions.snapshot() as now:
        assert len(list(now.entries())) == 2


@pytest.mark.parametrize(
    ("wanted", "titles"),
    [
        (Wanted(), {"en", "fr", "undated", "elsewhere"}),
        (Wanted(outlet="kootneeti"), {"en", "fr", "undated"}),
        (Wanted(language="fr"), {"fr"}),
        (Wanted(since=datetime(2026, 10, 1, tzinfo=UTC)), {"en", "undated"}),
        (Wanted(since=datetime(2026, 11, 20, tzinfo=UTC)), set()),
        (Wanted(since=datetime(2026, 10, 1, tzinfo=UTC), language="fr"), set()),
    ],
)
def test_some_articles_are_wanted(store: Store, wanted: Wanted, titles: set[str]) -> None:
    old = datetime(2026, 9, 1, tzinfo=UTC)
    store.keep(an_article("a", title="en"))
    store.keep(an_article("b", title="fr", language="fr", published_at=old))
    store.keep(an_article("c", title="undated", published_at=None))
    store.keep(an_article("d", title="elsewhere", published_at=old, outlet=Publisher(id="other", name="Other")))
    found = {one.article.title for batch in store.revisions.some(wanted) for one in batch}
    assert (found, store.revisions.count(wanted)) == (titles, len(titles))
