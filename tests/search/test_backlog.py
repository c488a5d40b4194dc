from pathlib import Path

import pytest
from articles import an_article

from archive.article import Article
from archive.errors import IndexUnavailable
from archive.home import open_home
from archive.store import open_store
from search.backlog import push
from search.index import Connection, Rejection
from search.opening import open_index


def test_a_push_empties_the_backlog(home: Path) -> None:
    place = open_home(home)
    with open_store(place) as store:
        for n in range(5):
            store.keep(an_article(str(n)))
        index = open_index(place.index, None)
        assert (push(store, index).indexed, index.count(), store.backlog_size()) == (5, 5, 0)


def test_while_the_index_is_down_articles_wait(home: Path) -> None:
    with open_store(open_home(home)) as store:
        store.keep(an_article())
        with pytest.raises(IndexUnavailable):
            push(store, open_index(home, Connection("http://127.0.0.1:9")))
        assert store.backlog_size() == 1


def test_a_rejected_article_keeps_its_reason_and_holds_up_no_other(home: Path) -> None:
    class Refusing:
        """An index with a rule against one article, as a strict mapping has."""

        def write(self, articles: list[Article], revisions: list[int]) -> list[Rejection]:
            assert len(revisions) == len(articles)
            return [Rejection(article.id, "too odd") for article in articles if article.title == "Odd"]

    with open_store(open_home(home)) as store:
        store.keep(an_article("odd", title="Odd"))
        store.keep(an_article("even"))
        pushed = push(store, Refusing())
        assert (pushed.indexed, pushed.left, [one.reason for one in pushed.rejected]) == (1, 1, ["too odd"])
