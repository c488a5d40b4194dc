"""``make bench-stories``: are near-duplicates found, among all others and no others, how fast, and what does the store pay for it?

Each of 200 articles of the corpus gets ten variants in ten other outlets (``bench/variants.py``); all of them and the rest of the
corpus are kept in a store, in an order of chance. A pair of articles counts as found when they share a story.
"""

from __future__ import annotations

import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from archive.article import Article, Publisher
from archive.home import Home, open_home
from archive.store import open_store
from archive.urls import article_id
from bench.corpus import missing, read_pages, write_pages
from bench.variants import VARIANTS, varied
from pipelines.page import Page
from pipelines.rederive import rederive
from pipelines.stories import sketch_of
from pipelines.workers import Workers

_VARIED, _SHORTEST = 200, 100
"""Articles that get variants, and the words that they have at least: 40% of fewer are no text to be told from others."""
_RUNS = 5
_ROWS = 1_000_000
"""Bands in the table for the second measure of time, those of 31,000 articles; one in ten has a phrase that everybody writes."""
_COST = """
import time, psutil, archive.article
before, begun = psutil.Process().memory_info().rss, time.perf_counter()
import pipelines.stories
print((time.perf_counter() - begun) * 1000, (psutil.Process().memory_info().rss - before) / 1e6)
"""
"""Beside the schema of an article, which whatever we do has loaded."""


def main() -> None:
    """Measure, and print a line each."""
    if lacking := missing():
        sys.exit(lacking)
    measure(corpus_articles())


def measure(corpus: list[Article]) -> None:
    """Make the variants of these articles, and say how they are found."""
    chosen = random.Random(5).sample([one for one in corpus if one.word_count >= _SHORTEST], _VARIED)
    copies = {copy.id: (one.id, kind) for one in chosen for kind in VARIANTS for copy in [_copy(one, kind)]}
    articles = [*corpus, *(_copy(one, kind) for one in chosen for kind in VARIANTS)]
    random.Random(7).shuffle(articles)
    with tempfile.TemporaryDirectory() as folder:
        home = open_home(Path(folder))
        stories, seconds = kept(home, articles)
        truth = {one.id: copies.get(one.id, (one.id,))[0] for one in articles}
        found, wanted, both = pairs(stories), pairs(truth), pairs({one: (stories[one], truth[one]) for one in truth})
        precision, recall = both / found, both / wanted
        f1 = 2 * precision * recall / (precision + recall)
        say(f"pairs of {len(articles):,} articles, F1", f1, f"P {precision:.4f} R {recall:.4f}; aim .98", f1 >= 0.98)
        lost = Counter(kind for one, (whole, kind) in copies.items() if stories[one] != stories[whole])
        say("variants apart from their article", lost.total(), ", ".join(f"{n} {kind}" for kind, n in lost.items()))
        begun = time.perf_counter()
        for article in articles:
            sketch_of(article.body)
        say("sketches a second, one core", len(articles) / (time.perf_counter() - begun), "in the workers")
        say(
            "articles kept a second, with stories",
            len(articles) / seconds[True],
            f"{len(articles) / seconds[False]:.0f} without",
        )
        say(
            "bytes an article in the store",
            table_bytes(home) / len(articles),
            f"{table_bytes(home) * 10 / 1e3 / len(articles):.1f} GB at 10 million",
        )
        grown(home, chosen)
    loads, memories = zip(*(map(float, in_new_process(_COST).split()) for _ in range(_RUNS)), strict=True)
    load, memory = statistics.median(loads), max(memories)
    say("load time, ms", load, "limit 300", load < 300)
    say("memory, MB", memory, "limit 150", memory < 150)


def corpus_articles() -> list[Article]:
    """The corpus' articles."""
    with tempfile.TemporaryDirectory() as folder, Workers(os.cpu_count() or 1, 60) as workers:
        write_pages(Path(folder) / "pages")
        pages = (
            Page(
                raw.url,
                raw.content,
                Publisher(id=_host(raw.url), name=_host(raw.url)),
                raw.content_type,
                raw.fetched_at,
            )
            for raw in read_pages(Path(folder) / "pages")
        )
        return [result.article for result in rederive(pages, workers) if result.article]


def _host(url: str) -> str:
    return url.split("/")[2].removeprefix("www.")


def _copy(article: Article, kind: str) -> Article:
    number = list(VARIANTS).index(kind)
    url = f"https://copies-{number}.example/{article.id}"
    return article.model_copy(
        update={
            "id": article_id(url),
            "url": url,
            "outlet": Publisher(id=f"copies-{number}.example", name=f"Copies {number}"),
            "title": f"Otherwise titled, number {number}",
            "published_at": article.published_at and article.published_at + timedelta(hours=number + 1),
            "body": varied(article.body, kind, article.id),
            "content_hash": f"{number}{article.content_hash}",
        }
    )


def kept(home: Home, articles: list[Article]) -> tuple[dict[str, str | None], dict[bool, float]]:
    """Each article's story once all are kept, and how long keeping took: with stories, and in another home without."""
    seconds = {}
    with tempfile.TemporaryDirectory() as folder, open_store(open_home(Path(folder))) as store:
        begun = time.perf_counter()
        for article in articles:
            store.keep(article)
        seconds[False] = time.perf_counter() - begun
    sketches = [sketch_of(article.body) for article in articles]
    with open_store(home) as store:
        begun = time.perf_counter()
        for article, sketch in zip(articles, sketches, strict=True):
            store.keep(article, sketch)
        seconds[True] = time.perf_counter() - begun
        return {article.id: article.story for article in store.articles()}, seconds


def pairs(groups: dict[str, object]) -> int:
    """How many pairs of articles are in one group."""
    return sum(n * (n - 1) // 2 for n in Counter(groups.values()).values())


def table_bytes(home: Home) -> int:
    """Bytes that the tables of stories take, with their indexes: the pages that are free without them."""
    with tempfile.TemporaryDirectory() as folder, sqlite3.connect(home.database) as there:
        copy = sqlite3.connect(Path(folder) / "copy")
        there.backup(copy)
        before = copy.execute("PRAGMA freelist_count").fetchone()[0]
        copy.executescript("DROP TABLE story_bands; DROP TABLE stories;")
        free: int = copy.execute("PRAGMA freelist_count").fetchone()[0] - before
        size: int = copy.execute("PRAGMA page_size").fetchone()[0]
        copy.close()
        return free * size


def grown(home: Home, articles: Iterable[Article]) -> None:
    """How long a copy takes to be kept, as the tables are, and with many more rows in them."""
    chosen = list(articles)
    before = _milliseconds(home, chosen, "before")
    chance, phrase = random.Random(9), min(sketch_of(chosen[0].body).bands)
    rows = ((phrase if n % 320 == 0 else chance.getrandbits(47), chance.getrandbits(63)) for n in range(_ROWS))
    with sqlite3.connect(home.database) as there:
        there.executemany("INSERT OR IGNORE INTO story_bands VALUES (?, ?)", rows)
    after = _milliseconds(home, chosen, "after")
    say(f"ms to keep a copy, {_ROWS:,} rows more", after, f"{before:.2f} before")


def _milliseconds(home: Home, articles: list[Article], kind: str) -> float:
    copies = []
    for article in articles:
        url = f"https://{kind}.example/{article.id}"
        outlet = Publisher(id=f"{kind}.example", name=kind)
        copies.append(
            article.model_copy(update={"id": article_id(url), "url": url, "outlet": outlet, "published_at": None})
        )
    sketches = [sketch_of(copy.body) for copy in copies]
    with open_store(home) as store:
        begun = time.perf_counter()
        for copy, sketch in zip(copies, sketches, strict=True):
            store.keep(copy, sketch)
        return (time.perf_counter() - begun) * 1_000 / len(copies)


def in_new_process(code: str) -> str:
    """What this code prints."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout


def say(what: str, figure: float, beside: str, holds: bool | None = None) -> None:
    verdict = "" if holds is None else "holds" if holds else "MISSED"
    print(f"{what:44}{figure:12.3f}   {beside:44}{verdict}")


if __name__ == "__main__":
    main()
