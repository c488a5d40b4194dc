"""Generations of the index, on both backends: what is written when, what never wins, how one takes the place of another."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from articles import an_article
from backends import BACKENDS, connection_of

from archive.article import Article, Publisher
from archive.errors import UserError
from archive.home import open_home
from archive.revisions import Wanted
from archive.store import Store, open_store
from search.backlog import push
from search.index import Connection, Filled, Index, Rejection
from search.opening import open_index
from search.query import parse
from search.reindex import Reindexed, planned, reindex, roll_back, write_again

LANGUAGES = ("en", "fr", "de", "ja", "sw", None)


connection = pytest.fixture(params=BACKENDS)(connection_of)


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with open_store(open_home(home)) as opened:
        yield opened


@pytest.fixture
def index(store: Store, connection: Connection | None) -> Iterator[Index]:
    opened = open_index(store.home.index, connection)
    yield opened
    opened.close()


def numbered(n: int, **fields: object) -> Article:
    outlet = Publisher(id=f"outlet{n % 3}", name="One of three")
    return an_article(str(n), **{"body": f"Text number {n}.", "outlet": outlet, "language": LANGUAGES[n % 6], **fields})


def kept(store: Store, count: int, first: int = 0) -> None:
    for n in range(first, first + count):
        store.keep(numbered(n))


def rebuilt(store: Store, index: Index, keep: int = 1) -> Reindexed:
    return reindex(store.revisions, index, keep, lambda _: None)


def found(index: Index, query: str = "*") -> list[str]:
    return sorted(article.url.rpartition("/")[2] for article in index.scan(parse(query)))


def test_reading_makes_nothing(index: Index) -> None:
    assert (index.count(), index.search(parse("*"), 3).total, list(index.scan(parse("*")))) == (0, 0, [])
    assert (index.live(), index.generations()) == (None, [])


def test_a_write_that_comes_late_never_wins(index: Index) -> None:
    new, old = an_article(title="New"), an_article(title="Old")
    assert index.write([new], [7]) == []
    assert index.write([old], [6]) == []
    assert index.search(parse("*"), 3).hits[0].article.title == "New"
    assert index.write([an_article(title="Newest")], [8]) == []
    assert index.search(parse("*"), 3).hits[0].article.title == "Newest"


@pytest.mark.parametrize("seed", range(6))
def test_an_article_is_in_the_index_once_whatever_its_language_was_and_in_whatever_order_it_is_written(
    index: Index, seed: int
) -> None:
    states = [(an_article(language=language, title=f"At {n}"), n) for n, language in enumerate(LANGUAGES, start=1)]
    random.Random(seed).shuffle(states)
    for article, revision in [*states, *states[:3]]:
        assert index.write([article], [revision]) == []
    assert [hit.article.title for hit in index.search(parse("*"), 9).hits] == ["At 6"]


def test_a_reindex_holds_what_the_archive_has_and_keeps_the_generation_before(store: Store, index: Index) -> None:
    kept(store, 30)
    push(store, index)
    before = index.live()
    done = rebuilt(store, index)
    assert (done.indexed, done.rejected, done.differences, done.resumed) == (30, (), (), False)
    assert (index.live(), index.count(), index.generations()) == (done.generation, 30, [before, done.generation])
    again = rebuilt(store, index)
    assert (again.removed, index.generations()) == ((before,), [done.generation, again.generation])
    assert (rebuilt(store, index, keep=0).removed, index.count()) == ((done.generation, again.generation), 30)


def test_a_reindex_is_all_there_is_to_making_an_index(store: Store, index: Index) -> None:
    kept(store, 5)
    assert rebuilt(store, index).indexed == 5
    assert (index.count(), store.backlog_size()) == (5, 0)


def test_a_reindex_of_an_empty_archive_is_no_error(store: Store, index: Index) -> None:
    assert (rebuilt(store, index).indexed, index.count()) == (0, 0)
    kept(store, 2)
    push(store, index)
    assert index.count() == 2


class Interrupted(Exception):
    """Stands for whatever ends a process."""


def test_a_reindex_that_is_broken_off_goes_on_where_it_was(
    store: Store, index: Index, connection: Connection | None
) -> None:
    kept(store, 6_000 if connection is None else 1_200)
    push(store, index)
    live = index.live()

    def broken(done: int) -> None:
        raise Interrupted

    with pytest.raises(Interrupted):
        reindex(store.revisions, index, 1, broken)
    assert (index.live(), index.count()) == (live, store.revisions.count(Wanted()))
    left = planned(store.revisions, index)
    assert left.resumes
    assert 0 < left.articles < store.revisions.count(Wanted())
    store.keep(numbered(3, title="Changed meanwhile", hours=1, language="fr"))
    kept(store, 2, first=9_000)
    done: list[int] = []
    built = reindex(store.revisions, index, 1, done.append)
    assert (built.generation, built.resumed, built.differences) == (left.resumes, True, ())
    assert done[-1] == left.articles + 3
    assert index.count() == store.revisions.count(Wanted())
    assert found(index, "title:changed") == ["3"]


def test_articles_that_come_meanwhile_are_in_both_generations(store: Store, index: Index) -> None:
    kept(store, 600)
    push(store, index)
    said: list[int] = []

    def crawl(done: int) -> None:
        if not said:
            kept(store, 10, first=700)
            store.keep(numbered(1, title="Changed meanwhile", language="fr", hours=1))
            assert push(store, index).indexed == 11
            said.append(index.count())

    built = reindex(store.revisions, index, 1, crawl)
    assert (said, built.indexed, index.count()) == ([610], 610, 610)
    assert found(index, "title:changed") == ["1"]


def test_a_search_beside_reindexes_and_a_crawl_misses_nothing(
    store: Store, index: Index, connection: Connection | None
) -> None:
    kept(store, 40)
    push(store, index)
    over, problems, looked = threading.Event(), [], []

    def watch() -> None:
        searching = open_index(store.home.index, connection)
        while not over.is_set():
            pushed = len(there)
            total = searching.search(parse("text"), 1).total
            looked.append(total)
            if total < pushed:
                problems.append((pushed, total))
        searching.close()

    def crawl() -> None:
        writing = open_index(store.home.index, connection)
        n = 1_000
        while not over.is_set():
            store.keep(numbered(n))
            push(store, writing)
            there.append(n)
            n += 1
        writing.close()

    there = list(range(40))
    threads = [threading.Thread(target=one) for one in (watch, crawl)]
    for one in threads:
        one.start()
    try:
        for _ in range(4):
            assert rebuilt(store, index, keep=0).differences == ()
    finally:
        over.set()
        for one in threads:
            one.join()
    push(store, index)
    assert (problems, index.count()) == ([], len(there))
    assert looked


def test_a_rollback_goes_back_and_takes_along_what_came_since(store: Store, index: Index) -> None:
    kept(store, 12)
    push(store, index)
    first = index.live()
    rebuilt(store, index)
    kept(store, 3, first=20)
    store.keep(numbered(2, title="Changed since", language="en", hours=1))
    push(store, index)
    kept(store, 1, first=40)
    back = roll_back(store.revisions, index, lambda _: None)
    assert (back.generation, back.differences, index.live(), index.count()) == (first, (), first, 16)
    assert (found(index, "title:since"), store.backlog_size()) == (["2"], 0)
    with pytest.raises(UserError, match="no generation before"):
        roll_back(store.revisions, index, lambda _: None)


def test_a_rollback_to_a_generation_of_which_nothing_is_known_writes_it_anew(store: Store, index: Index) -> None:
    kept(store, 4)
    index.write([numbered(0)], [1])
    first = index.live()
    rebuilt(store, index)
    store.revisions.forget("retired", [str(first)])
    assert roll_back(store.revisions, index, lambda _: None).generation == first
    assert index.count() == 4


def test_a_generation_that_lacks_more_than_is_believed_is_written_anew_at_a_rollback(
    store: Store, index: Index
) -> None:
    kept(store, 4)
    index.write([numbered(0)], [1])
    store.indexed(store.backlog(10))  # another index has taken them
    rebuilt(store, index)
    assert roll_back(store.revisions, index, lambda _: None).differences == ()
    assert index.count() == 4


@pytest.mark.parametrize("harm", ["lost", "stale", "foreign"])
def test_a_difference_stops_the_swap_and_is_listed(store: Store, index: Index, harm: str) -> None:
    kept(store, 8)
    push(store, index)
    live, harmed = index.live(), numbered(4)

    def tamper(_: int) -> None:
        (name,) = store.revisions.tasks("filling")
        new = index.generation(name)
        if harm == "foreign":
            new.write([numbered(100)], [5])
        elif harm == "stale":
            new.write([harmed], [store.revisions.newest() + 1])
        else:
            new.write([harmed.model_copy(update={"outlet": Publisher(id="lost", name="Lost")})], [2**52])

    done = reindex(store.revisions, index, 1, tamper)
    assert {one.outlet for one in done.differences} == {"outlet1"} | ({"lost"} if harm == "lost" else set())
    assert any(numbered(100 if harm == "foreign" else 4).id in str(one) for one in done.differences)
    assert (index.live(), index.generations(), index.count()) == (live, [live], 8)
    assert rebuilt(store, index).differences == ()


def test_some_articles_are_written_again_in_place(store: Store, index: Index) -> None:
    kept(store, 9)
    push(store, index)
    live = index.live()
    (at,) = (one.revision for batch in store.revisions.changed(0) for one in batch if one.article.id == numbered(3).id)
    index.write([numbered(3, title="Spoilt")], [at])
    assert found(index, "title:spoilt") == ["3"]
    done = write_again(store.revisions, index, Wanted(outlet="outlet0"), lambda _: None)
    assert (done.indexed, index.live(), index.count(), found(index, "title:spoilt")) == (3, live, 9, [])


def test_a_plan_writes_nothing(store: Store, index: Index) -> None:
    kept(store, 3)
    plan = planned(store.revisions, index)
    assert (plan.live, plan.resumes, plan.articles, index.generations()) == (None, None, 3, [])


class Refusing:
    """An index whose new generations will not take an article, as a strict mapping would not."""

    def __init__(self, index: Index, article: str) -> None:
        self._index, self._article = index, article

    def __getattr__(self, name: str) -> object:
        return getattr(self._index, name)

    def generation(self, name: str) -> object:
        generation = self._index.generation(name)
        odd = self._article

        class Picky:
            def __getattr__(self, name: str) -> object:
                return getattr(generation, name)

            def fill(self, batches):  # type: ignore[no-untyped-def]
                for batch in batches:
                    refused = self.write([one.article for one in batch], [one.revision for one in batch])
                    yield Filled(len(batch) - len(refused), batch[-1].revision, tuple(refused))

            def write(self, articles, revisions):  # type: ignore[no-untyped-def]
                pairs = [(one, at) for one, at in zip(articles, revisions, strict=True) if one.id != odd]
                generation.write([one for one, _ in pairs], [at for _, at in pairs])
                return [Rejection(one.id, "too odd") for one in articles if one.id == odd]

        return Picky()


def test_an_article_that_only_the_new_generation_refuses_stops_the_swap(store: Store, index: Index) -> None:
    kept(store, 4)
    push(store, index)
    live = index.live()
    done = rebuilt(store, Refusing(index, numbered(2).id))  # type: ignore[arg-type]
    assert ([one.lacking for one in done.differences], index.live()) == ([(numbered(2).id,)], live)


def test_an_article_that_no_generation_takes_is_listed_and_holds_up_no_other(store: Store, index: Index) -> None:
    kept(store, 4)
    done = rebuilt(store, Refusing(index, numbered(2).id))  # type: ignore[arg-type]
    assert (done.differences, [one.reason for one in done.rejected], index.count()) == ((), ["too odd"], 3)
    assert (store.backlog_size(), store.backlog(9)) == (1, [])
