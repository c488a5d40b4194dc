"""``dragoman reindex`` through the command line, on both backends: beside searches and crawls, killed, broken off, gone back."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from articles import an_article
from elasticsearch import Elasticsearch
from places import ROOT, clean_environment
from sqlalchemy import insert

from archive.article import Publisher
from archive.captures import Capture
from archive.database import open_database
from archive.held import put_article, queue
from archive.home import open_home
from archive.lock import hold
from archive.store import Store, open_store
from archive.tables import stories
from archive.warc import WarcWriter
from search.index import Connection
from search.opening import open_index
from search.query import parse

FRENCH = (
    "Les ministres des deux pays ont décidé de se retrouver au printemps pour parler de la sécurité du détroit. " * 8
)
ENGLISH = "The ministers of both countries agreed to meet again in the spring, and to speak of the strait. " * 8


class Line:
    """The command line on a home of its own."""

    def __init__(self, home: Path, url: str | None) -> None:
        self.home, self.url = home, url
        self.alias = f"test-{uuid.uuid4().hex[:12]}"
        ours = {"DRAGOMAN_HOME": str(home), "DRAGOMAN_WORKERS": "2"}
        if url:
            ours |= {"DRAGOMAN_ELASTICSEARCH_URL": url, "DRAGOMAN_ELASTICSEARCH_INDEX": self.alias}
        self.environment = {**clean_environment(), **ours}

    def begin(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "dragoman", *arguments],
            env=self.environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def __call__(self, *arguments: str, code: int = 0) -> str:
        process = self.begin(*arguments)
        out, err = process.communicate(timeout=300)
        assert process.returncode == code, err + out
        return out if code in (0, 1) else err

    def json(self, *arguments: str, code: int = 0) -> Any:
        return json.loads(self(*arguments, "--format", "json", code=code))

    def found(self, query: str) -> int:
        """How many articles match, as the index says in this process: quick enough for a loop."""
        index = open_index(self.home / "index", Connection(self.url, self.alias) if self.url else None)
        try:
            return index.search(parse(query), 1).total
        finally:
            index.close()

    @contextmanager
    def store(self) -> Iterator[Store]:
        with open_store(open_home(self.home)) as opened:
            yield opened


@pytest.fixture(params=["embedded", "elasticsearch"])
def line(request: pytest.FixtureRequest, home: Path) -> Iterator[Line]:
    url = request.getfixturevalue("elasticsearch_url") if request.param == "elasticsearch" else None
    made = Line(home, url)
    yield made
    if url:
        with Elasticsearch(url) as client:
            if there := list(client.indices.get(index=f"{made.alias}-*").body):
                client.indices.delete(index=there)


def kept(line: Line, count: int, first: int = 0) -> None:
    """Put articles into the archive that have no capture and are each a story of its own, as keeping them would, only sooner."""
    made = []
    for n in range(first, first + count):
        outlet = Publisher(id=f"outlet{n % 3}", name="One of three")
        language = ("en", "fr", "ja")[n % 3]
        made.append(an_article(str(n), body=f"Text number {n}.", outlet=outlet, language=language))
    engine = open_database(open_home(line.home))
    with engine.begin() as connection:
        for article in made:
            put_article(connection, article)
            queue(connection, article.id)
        connection.execute(insert(stories), [{"article_id": one.id, "story": one.id, "bands": b""} for one in made])
    engine.dispose()


def captured(folder: Path, texts: dict[str, str]) -> Path:
    """A WARC file with a page for each of these texts."""
    place = open_home(folder)
    with WarcWriter(place) as writer:
        writer.append(
            [
                Capture(
                    f"https://{name}.example/a", datetime(2026, 5, 1, tzinfo=UTC), 200, (("Content-Type", "text/html"),),
                    f"<html><body><h1>Talks on the strait, {name}</h1><p>{name} {text}</p></body></html>".encode(),
                )
                for name, text in texts.items()
            ]
        )  # fmt: skip
    (warc,) = place.warc.glob("*.warc.gz")
    return warc


@contextmanager
def beside(work: Callable[[], None]) -> Iterator[list[BaseException]]:
    """Does this again and again meanwhile; what it raised is to be looked at."""
    over, raised = threading.Event(), list[BaseException]()

    def repeat() -> None:
        while not over.is_set() and not raised:
            try:
                work()
            except BaseException as reason:  # noqa: BLE001 - the test looks at it
                raised.append(reason)

    thread = threading.Thread(target=repeat)
    thread.start()
    try:
        yield raised
    finally:
        over.set()
        thread.join()


def test_the_index_is_built_beside_searches_and_a_crawl_that_miss_nothing(line: Line, tmp_path: Path) -> None:
    kept(line, 600)
    line("index")
    warc = captured(tmp_path / "foreign", {f"port{n}": ENGLISH for n in range(5)})

    def search() -> None:
        assert line.found("text") >= 600

    with beside(search) as raised:
        building = line.begin("reindex", "--format", "json")
        line("import", str(warc))
        assert line.found("strait") == 5
        out, err = building.communicate(timeout=300)
    assert (building.returncode, raised) == (0, []), err
    built = json.loads(out)
    assert (built["differences"], built["rejected"]) == ([], [])
    assert (line.found("*"), line.found("strait")) == (605, 5)
    status = line.json("status")
    assert (status["articles"], status["in_index"], status["waiting_for_index"]) == (605, 605, 0)


def test_a_reindex_needs_no_place_in_the_queue_of_crawls(line: Line) -> None:
    kept(line, 3)
    with hold(open_home(line.home)):
        assert line.json("reindex")["indexed"] == 3
    with hold(open_home(line.home), "reindex.lock"):
        assert "is held by" in line("reindex", code=75)


def test_a_reindex_that_is_killed_again_and_again_goes_on_and_ends_well(line: Line) -> None:
    count, chance = (2_500 if line.url else 12_000), random.Random(5)
    kept(line, count)
    line.json("index")
    for _ in range(4):
        process = line.begin("reindex")
        time.sleep(chance.uniform(1.0, 3.5))
        process.send_signal(chance.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGINT]))
        process.communicate(timeout=60)
        assert line.found("*") == count
    kept(line, 10, first=count)
    assert line.json("reindex", "--keep", "0")["differences"] == []
    assert line.found("*") == count + 10
    with line.store() as store:
        assert (store.revisions.tasks("filling"), store.backlog_size()) == ({}, 0)
    assert len(generations(line)) == 1


def generations(line: Line) -> list[str]:
    index = open_index(line.home / "index", Connection(line.url, line.alias) if line.url else None)
    try:
        return index.generations()
    finally:
        index.close()


def test_one_that_was_begun_is_gone_on_with(line: Line) -> None:
    kept(line, 6_000 if line.url is None else 3_000)
    process = line.begin("reindex")
    with line.store() as store:
        until = time.monotonic() + 60
        while not any(int(at.split()[2]) for at in store.revisions.tasks("filling").values()):
            assert time.monotonic() < until
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        (begun,) = store.revisions.tasks("filling")
    plan = line.json("reindex", "--dry-run")
    assert (plan["resumes"], plan["articles"] < 6_000) == (begun, True)
    done = line.json("reindex")
    assert (done["generation"], done["resumed"]) == (begun, True)
    assert line.found("*") == done["indexed"]


def test_a_dry_run_writes_nothing(line: Line) -> None:
    kept(line, 4)
    told = line.json("reindex", "--dry-run")
    assert (told["dry_run"], told["live"], told["articles"], told["removes"]) == (True, None, 4, [])
    assert (generations(line), line.found("*")) == ([], 0)
    with line.store() as store:
        assert (store.revisions.tasks("filling"), store.backlog_size()) == ({}, 4)
    first = line.json("reindex")["generation"]
    assert line.json("reindex", "--dry-run", "--keep", "0")["removes"] == [first]
    assert generations(line) == [first]


def test_one_goes_back_to_the_generation_before_and_forth_with_a_new_one(line: Line) -> None:
    kept(line, 5)
    first = line.json("reindex")["generation"]
    kept(line, 2, first=10)
    second = line.json("reindex")["generation"]
    kept(line, 3, first=20)
    line("index")
    kept(line, 1, first=30)
    assert line.json("reindex", "--rollback", "--dry-run")["back_to"] == first
    back = line.json("reindex", "--rollback")
    assert (back["generation"], back["indexed"], line.found("*")) == (first, 11, 11)
    assert "no generation before" in line("reindex", "--rollback", code=2)
    third = line.json("reindex")
    assert (third["removed"], generations(line)) == ([first], [second, third["generation"]])


def test_a_difference_stops_the_swap_and_is_listed(line: Line) -> None:
    kept(line, 400)
    live = line.json("reindex")["generation"]
    with line.store() as store:
        entries = [one for batch in store.revisions.changed(0) for one in batch]
        index = open_index(line.home / "index", Connection(line.url, line.alias) if line.url else None)
        name = index.fresh_name()
        new = index.generation(name)
        # As if it had been filled but for two articles, one of which is another now and one lacks, and then broken off.
        taken = [one for one in entries if one.article.id != entries[7].article.id]
        list(new.fill([taken]))
        new.write([entries[3].article.model_copy(update={"content_hash": "0"})], [entries[3].revision])
        store.revisions.reached("filling", name, f"{index.shape()} {entries[-1].revision} {entries[-1].revision}")
        index.close()
    done = line.json("reindex", code=1)
    assert all(any(entries[n].article.id in one for one in done["differences"]) for n in (3, 7))
    assert (line.found("*"), generations(line)) == (400, [live])
    assert line.json("reindex")["differences"] == []


def test_articles_are_derived_again_from_their_captures_first(line: Line, tmp_path: Path) -> None:
    line("import", str(captured(tmp_path / "foreign", {"port": ENGLISH, "havre": FRENCH})))
    kept(line, 1)
    with line.store() as store:
        whole = {article.url: article for article in store.articles()}
    spoilt = {"body": "Spoilt.", "content_hash": "0", "language": "de"}
    engine = open_database(open_home(line.home))
    with engine.begin() as connection:
        for article in whole.values():
            if article.capture:
                put_article(connection, article.model_copy(update=spoilt))
    engine.dispose()
    assert line.json("reindex")["indexed"] == 3
    assert line.found("spoilt") == 2
    told = line.json("reindex", "--extract", "--language", "de")
    assert (told["extracted"]["articles"], told["extracted"]["changed"], line.found("spoilt")) == (2, 2, 0)
    again = line.json("reindex", "--extract")
    counts = again["extracted"]
    assert (counts["articles"], counts["unchanged"], counts["kept"], counts["changed"]) == (3, 2, 1, 0)
    assert (line.found("ministers strait"), line.found("language:fr détroit"), line.found("*")) == (1, 1, 3)
    with line.store() as store:
        assert {article.url: article for article in store.articles()} == whole
        assert store.revisions.tasks("extract") == {}


@pytest.fixture
def own_server(elasticsearch_url: str, tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """tools/elasticsearch on a port of its own: what it is told, it does, and answers with the URL."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])

    def tell(command: str) -> str:
        return subprocess.run(
            [ROOT / "tools" / "elasticsearch", command],
            env={**os.environ, "DRAGOMAN_ELASTICSEARCH_PORT": port},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout.strip()

    yield tell
    tell("stop")


def test_a_cluster_that_is_restarted_meanwhile_costs_nothing(own_server: Callable[[str], str], home: Path) -> None:
    line = Line(home, own_server("start"))
    kept(line, 3_000)
    line("index")
    building = line.begin("reindex", "--format", "json")
    with line.store() as store:
        until = time.monotonic() + 60
        while not any(int(at.split()[2]) for at in store.revisions.tasks("filling").values()):
            assert time.monotonic() < until
            time.sleep(0.01)
        begun = set(store.revisions.tasks("filling"))
    own_server("stop")
    own_server("again")
    out, err = building.communicate(timeout=300)
    assert building.returncode in (0, 4), err
    done = json.loads(out) if building.returncode == 0 else line.json("reindex")
    assert ({done["generation"]}, done["differences"], done["rejected"]) == (begun, [], [])
    assert line.found("*") == 3_000


@pytest.mark.parametrize(
    ("options", "indexed"),
    [(("--outlet", "outlet1"), 3), (("--language", "fr"), 3), (("--since", "2026-11-02"), 0), (("--since", "2026"), 9)],
)
def test_a_part_is_written_again_where_it_is(line: Line, options: tuple[str, ...], indexed: int) -> None:
    kept(line, 9)
    live = line.json("reindex")["generation"]
    told = line.json("reindex", *options)
    assert (told["indexed"], told["generation"], line.found("*"), generations(line)) == (indexed, live, 9, [live])


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (("--outlet", "nobody"), "no article of the outlet 'nobody'"),
        (("--language", "french"), "write its two letters"),
        (("--since", "the day of never"), "is no date"),
        (("--rollback", "--extract"), "leave out"),
        (("--rollback",), "no generation before"),
        (("--keep", "-1"), "--keep"),
    ],
)
def test_a_mistake_is_one_line(home: Path, options: tuple[str, ...], complaint: str) -> None:
    err = Line(home, None)("reindex", *options, code=2)
    assert complaint in err
    assert len(err.strip().splitlines()) == 1


def test_a_pipe_gets_plain_lines(home: Path) -> None:
    line = Line(home, None)
    kept(line, 3)
    process = line.begin("reindex")
    out, err = process.communicate(timeout=60)
    assert out.startswith("3 articles in the live generation ")
    assert err.startswith("reindex: 3 of 3 articles, ")
    assert "\x1b" not in err
