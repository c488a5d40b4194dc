"""Are articles found, and how soon? On both backends, over the articles of ../shared/corpus; part of ``make bench-index``.

``searching.jsonl`` has known-item queries: what an analyst types who remembers an article, in its language, with other inflections, without
accents, by synonyms; and the article's address. MRR is the mean of 1/rank of that article, 0 where it is not among the first 20.

The times are of one search as a program makes it, ten hits with highlights, at several sizes: the corpus again and again under other addresses.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

from archive.article import Article
from bench.corpus import missing
from bench.stories import corpus_articles
from search.index import Connection, Index
from search.opening import open_index
from search.query import Query, parse

QUERIES = Path(__file__).with_name("searching.jsonl")
_DEEPEST = 20
_LEAST, _APART = 0.95, 0.02
_SIZES = (1_000, 10_000)
_BATCH = 500
_TERMS = ("sanctions", "president", "переговоры", "gericht", "台湾", "NATO", "gobierno", "ministre")
_KINDS: dict[str, tuple[str, ...]] = {
    "term": _TERMS,
    "phrase": ('"hong kong"', '"white house"', '"new york"', '"am montag"', '"prime minister"'),
    "filters + facets": tuple(f"{term} language:{language}" for term in _TERMS for language in ("en", "de")),
}


def main() -> None:
    """Measure, and print a line each. Sizes may be given as arguments."""
    if lacking := missing():
        sys.exit(lacking)
    articles = corpus_articles()
    sizes = [int(size) for size in sys.argv[1:]] or list(_SIZES)
    found = {}
    for name, connection in _backends():
        with _an_index(connection) as index:
            _fill(index, articles)
            found[name] = judged(index)
            print(
                f"{name}: MRR of {_count()} judged queries {found[name]:.3f}, at least {_LEAST} · {_word(found[name] >= _LEAST)}"
            )
        for size in sizes:
            with _an_index(connection) as index:
                _fill(index, _copies(articles, size))
                for kind, queries in _KINDS.items():
                    half, most = timed(index, kind, [parse(query) for query in queries])
                    print(f"{name}, {size:,} articles, {kind}: p50 {half:.1f} ms, p95 {most:.1f} ms")
    if len(found) == 2:
        apart = abs(found["embedded"] - found["elasticsearch"])
        print(f"the two apart {apart:.3f}, at most {_APART} · {_word(apart <= _APART)}")


def judged(index: Index) -> float:
    """The mean reciprocal rank of the judged queries' articles; those that are not first are listed."""
    ranks = []
    for line in QUERIES.read_text("utf-8").splitlines():
        wanted = json.loads(line)
        urls = [hit.article.url for hit in index.search(parse(wanted["query"]), _DEEPEST).hits]
        rank = urls.index(wanted["url"]) + 1 if wanted["url"] in urls else 0
        ranks.append(1 / rank if rank else 0.0)
        if rank != 1:
            print(f"  {'not found' if not rank else f'rank {rank}'}: {wanted['language']} {wanted['query']}")
    return sum(ranks) / len(ranks)


def timed(index: Index, kind: str, queries: list[Query]) -> tuple[float, float]:
    """The 50th and the 95th percentile of a search's time in ms, after one of each that warms up."""
    search: Callable[[Query], object] = index.facets if "facets" in kind else lambda query: index.search(query, 10)
    for query in queries:
        search(query)
    times = []
    for query in islice(cycle(queries), 100):
        begun = time.perf_counter()
        search(query)
        times.append((time.perf_counter() - begun) * 1000)
    times.sort()
    return times[49], times[94]


def _fill(index: Index, articles: list[Article]) -> None:
    before, name = index.live(), index.fresh_name()
    generation = index.generation(name)
    for start in range(0, len(articles), _BATCH):
        if refused := generation.write(articles[start : start + _BATCH]):
            sys.exit(f"{len(refused)} articles refused, the first: {refused[0].reason}")
    generation.settle()
    index.make_live(name)
    if before:
        index.remove(before)
    if index.count() != len(articles):
        sys.exit(f"{index.count()} articles are there, not {len(articles)}")


def _copies(articles: list[Article], size: int) -> list[Article]:
    return [
        one.model_copy(update={"id": f"{n:016x}", "url": f"{one.url}#{n}", "story": None})
        for n, one in enumerate(islice(cycle(articles), size))
    ]


def _backends() -> Iterator[tuple[str, Connection | None]]:
    yield "embedded", None
    if url := os.environ.get("DRAGOMAN_TEST_ELASTICSEARCH_URL"):
        yield "elasticsearch", Connection(url, f"bench-{uuid.uuid4().hex[:12]}")
    else:
        print("elasticsearch: not measured, DRAGOMAN_TEST_ELASTICSEARCH_URL names none")


@contextmanager
def _an_index(connection: Connection | None) -> Iterator[Index]:
    with tempfile.TemporaryDirectory() as folder:
        index = open_index(Path(folder) / "index", connection)
        try:
            yield index
        finally:
            index.close()
            if connection:
                _remove(connection)


def _remove(connection: Connection) -> None:
    from elasticsearch import Elasticsearch

    with Elasticsearch(connection.url) as client:
        for name in client.indices.get(index=f"{connection.alias}-*").body:
            client.indices.delete(index=name)


def _count() -> int:
    return len(QUERIES.read_text("utf-8").splitlines())


def _word(holds: bool) -> str:
    return "holds" if holds else "DOES NOT HOLD"


if __name__ == "__main__":
    main()
