"""What health is judged by, as it is read from the store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from articles import an_article

from archive.habits import Asking, Shape
from archive.home import open_home
from archive.links import Announced, Fetch, Outcome
from archive.store import open_store
from archive.urls import article_id

NOW = datetime.now(UTC).replace(microsecond=0)
HOUR = timedelta(hours=1)
FEED = "https://example.org/feed"


def test_the_habits_of_an_outlet_are_its_articles_sources_and_failures(home: Path) -> None:
    with open_store(open_home(home)) as store:
        run = store.begin_run("crawl")
        for at, status in ((NOW - 2 * HOUR, 200), (NOW - HOUR, 503)):
            store.record_fetches([Fetch(run, FEED, "kootneeti", "announcement", at, status)])
        for name, words in (("a", 300), ("b", 500)):
            url = f"https://example.org/{name}"
            at = NOW - HOUR if name == "a" else NOW
            store.announce([Announced(f"example.org/{name}", url, "kootneeti")], at)
            _, kept = store.keep(an_article(id=article_id(url), url=url, word_count=words, authors=()))
            store.settle(f"example.org/{name}", Outcome.NEW, None, kept.id, at)
        store.announce([Announced("example.org/c", "https://example.org/c", "kootneeti")], NOW)
        store.settle("example.org/c", Outcome.FAILED, "http 404", None, NOW)
        found = store.observed.habits("kootneeti", [FEED], NOW - 3 * HOUR)
        assert [(shape.seen_at, shape.words, shape.has_author) for shape in found.articles] == [
            (NOW, 500, False),
            (NOW - HOUR, 300, False),
        ]
        assert found.sources == (Asking(FEED, ("503", "200"), NOW - 2 * HOUR),)
        assert sorted(found.ends) == ["", "", "http 404"]
        assert store.observed.habits("another", [], NOW).articles == ()
        assert isinstance(found.articles[0], Shape)
