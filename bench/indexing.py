"""``make bench-index``: what does writing the index cost, beside a limit in the same run, and what does a re-index?

The limit is ``helpers.parallel_bulk`` of bodies that are ready, into indices like ours. Elasticsearch is at
DRAGOMAN_TEST_ELASTICSEARCH_URL (``make elasticsearch``). BENCH_ARTICLES is how many articles are re-indexed, 100,000 if left out.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

import psutil
from elasticsearch import Elasticsearch
from elasticsearch.helpers import parallel_bulk
from sqlalchemy import insert

from archive.article import Article
from archive.database import open_database, utc
from archive.home import Home, open_home
from archive.store import open_store
from archive.tables import articles as article_rows
from archive.tables import stories as story_rows
from bench.madeup import made_up
from search.families import family_of
from search.index import Connection, Index
from search.opening import open_index

_RACE, _RUNS = 5_000, 3
_AT_ONCE = 500
_ALIAS = f"bench-{uuid.uuid4().hex[:8]}"


def main() -> None:
    """Measure, and print a line each."""
    url, count = os.environ.get("DRAGOMAN_TEST_ELASTICSEARCH_URL"), int(os.environ.get("BENCH_ARTICLES", "100000"))
    with tempfile.TemporaryDirectory() as folder:
        home = open_home(Path(folder))
        begun = time.perf_counter()
        _filled(home, count)
        say(f"{count:,} articles made and kept", count / (time.perf_counter() - begun), "articles/s")
        say("  in the database", home.database.stat().st_size / count, "bytes an article")
        if url:
            with Elasticsearch(url, request_timeout=120) as client:
                try:
                    raced(client, url, home)
                    reindexed(home, count, DRAGOMAN_ELASTICSEARCH_URL=url, DRAGOMAN_ELASTICSEARCH_INDEX=_ALIAS)
                    say("  on disk", _bytes_in(client) / count, "bytes an article, Elasticsearch")
                finally:
                    _clean(client)
        else:
            print("no Elasticsearch: DRAGOMAN_TEST_ELASTICSEARCH_URL is not set")
        reindexed(home, count, DRAGOMAN_ELASTICSEARCH_URL="")
        size = sum(file.stat().st_size for file in home.index.rglob("*") if file.is_file())
        say("  on disk", size / count, "bytes an article, embedded")


def raced(client: Elasticsearch, url: str, home: Home) -> None:
    """Ours, from the archive to the cluster, and parallel_bulk of what is ready, by turns."""
    rows = list(islice(made_up(_RACE), _RACE))
    index = open_index(home.index, Connection(url, _ALIAS))
    ours, theirs = [], []
    for run in range(_RUNS + 1):
        ours.append(_RACE / _ours(home, index, rows))
        theirs.append(_RACE / _theirs(client, index, rows))
        if not run:  # warm
            ours.clear(), theirs.clear()
    index.close()
    ratio = statistics.median(ours) / statistics.median(theirs)
    beside = f"{statistics.median(ours):,.0f} to {statistics.median(theirs):,.0f} articles/s; aim .85"
    say("our indexing to parallel_bulk of ready bodies", ratio, beside, ratio >= 0.85)


def _ours(home: Home, index: Index, rows: list[Article]) -> float:
    name = _made(index, rows)
    generation = index.generation(name)
    with open_store(home) as store:
        begun = time.perf_counter()
        for _ in generation.fill(islice(store.revisions.changed(0), _RACE // _AT_ONCE)):
            pass
        generation.settle()
        seconds = time.perf_counter() - begun
    index.remove(name)
    return seconds


def _theirs(client: Elasticsearch, index: Index, rows: list[Article]) -> float:
    name = _made(index, rows)
    bodies: list[dict[str, Any]] = [
        {
            "_op_type": "index",
            "_index": f"{name}-{family_of(one.language)}",
            "_id": one.id,
            "_source": one.model_dump(mode="json"),
        }
        for one in rows
    ]
    begun = time.perf_counter()
    for done, answer in parallel_bulk(client, bodies):
        if not done:
            sys.exit(f"not taken: {answer}")
    client.indices.refresh(index=f"{name}*")
    seconds = time.perf_counter() - begun
    index.remove(name)
    return seconds


def _made(index: Index, rows: list[Article]) -> str:
    """A generation with an index for each family, before the clock starts."""
    name = index.fresh_name()
    index.generation(name).write(list({family_of(one.language): one for one in rows}.values()))
    return name


def reindexed(home: Home, count: int, **environment: str) -> None:
    """Run the command, as an operator does."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("DRAGOMAN_")}
    begun = time.perf_counter()
    command = subprocess.Popen(
        [sys.executable, "-m", "dragoman", "reindex", "--format", "json"],
        env={**ours, "DRAGOMAN_HOME": str(home.path), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    peaks: list[tuple[float, float]] = []
    watching = threading.Thread(target=_watch, args=(command.pid, peaks))
    watching.start()
    out, _ = command.communicate()
    watching.join()
    seconds = time.perf_counter() - begun
    if command.returncode or json.loads(out)["indexed"] != count:
        sys.exit(f"the re-index failed: {out.decode()}")
    where = "Elasticsearch" if environment["DRAGOMAN_ELASTICSEARCH_URL"] else "embedded"
    say(f"re-index of {count:,}, {where}", count / seconds, f"articles/s, in {seconds:.0f} s, with the comparison")
    own, mapped = [one for one, _ in peaks], max(files for _, files in peaks)
    beside = f"limit 300; {statistics.median(own):.0f} in the middle; files mapped {mapped:.0f}"
    say("  peak memory, MB", max(own), beside, max(own) < 300)


def _watch(pid: int, samples: list[tuple[float, float]]) -> None:
    """Sample a process's memory, in MB: its own, and the pages of files that are in it as long as nobody else wants the memory.

    The embedded index is read through such pages: the more of it, the more memory is free.
    """
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        while process.status() != psutil.STATUS_ZOMBIE:
            told = process.memory_info()
            samples.append(((told.rss - told.shared) / 1e6, told.shared / 1e6))
            time.sleep(0.1)


def _filled(home: Home, count: int) -> None:
    """Put articles into the tables as they are once they are kept, and told their stories."""
    engine = open_database(home)
    made = made_up(count)
    with engine.connect() as connection:
        while batch := list(islice(made, _AT_ONCE)):
            connection.execute(insert(article_rows), list(_rows(batch)))
            told = [{"article_id": one.id, "story": one.id, "bands": b""} for one in batch]
            connection.execute(insert(story_rows), told)
            connection.commit()
    engine.dispose()


def _rows(batch: list[Article]) -> Iterator[dict[str, Any]]:
    for one in batch:
        yield {
            "id": one.id,
            "url": one.url,
            "outlet": one.outlet.id,
            "published_at": utc(one.published_at),
            "version": one.version,
            "document": one.model_dump_json(),
        }


def _bytes_in(client: Elasticsearch) -> int:
    client.indices.flush(index=f"{_ALIAS}-*")
    stats = client.indices.stats(index=_ALIAS, metric="store")
    size: int = stats["_all"]["primaries"]["store"]["size_in_bytes"]
    return size


def _clean(client: Elasticsearch) -> None:
    if there := list(client.indices.get(index=f"{_ALIAS}-*").body):
        client.indices.delete(index=there)


def say(what: str, figure: float, beside: str, holds: bool | None = None) -> None:
    verdict = "" if holds is None else "holds" if holds else "MISSED"
    print(f"{what:48}{figure:12,.2f}   {beside:52}{verdict}", flush=True)


if __name__ == "__main__":
    main()
