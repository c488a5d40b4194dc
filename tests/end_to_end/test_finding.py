"""``dragoman search``, ``similar`` and ``synonyms`` through the command line, on both backends."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from articles import an_article
from backends import BACKENDS, connection_of
from commands import run
from places import clean_environment

from archive.article import Publisher
from archive.home import open_home
from archive.store import open_store
from search.index import Connection

Line = Callable[..., "CompletedProcess[str]"]
NOW = datetime.now(UTC)
WOLF = Publisher(id="wolf", name="The Wolf", kind="magazine", country="GB")
BEAR = Publisher(id="bear", name="Der Bär", kind="broadcaster", country="DE")
HARBOURS = "The harbours of the strait were closed to grain ships while the envoys spoke of tariffs on wheat. "


@pytest.fixture(params=BACKENDS)
def connection(request: pytest.FixtureRequest) -> Iterator[Connection | None]:
    yield from connection_of(request)


@pytest.fixture
def line(connection: Connection | None, home: Path) -> Line:
    """The command line on a home with four articles."""
    with open_store(open_home(home)) as store:
        for article in (
            an_article("new", HARBOURS, title="Grain waits", outlet=WOLF, published_at=NOW - timedelta(days=1)),
            an_article("old", HARBOURS, title="Grain waits", outlet=BEAR, published_at=NOW - timedelta(days=900)),
            an_article("wheat", f"{HARBOURS}Wheat is dear.", outlet=BEAR, published_at=None, countries=("EG", "TR")),
            an_article(
                "opera", "A new opera opened, and the tenor sang well.", title="Nights at the opera", outlet=WOLF
            ),
        ):
            store.keep(article)
    ours = {**clean_environment(), "DRAGOMAN_HOME": str(home), "COLUMNS": "200"}
    if connection:
        ours |= {"DRAGOMAN_ELASTICSEARCH_URL": connection.url, "DRAGOMAN_ELASTICSEARCH_INDEX": connection.alias}

    def command(*arguments: str) -> CompletedProcess[str]:
        return run(ours, *arguments)

    assert command("index").returncode == 0
    return command


def told(done: CompletedProcess[str]) -> Any:
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def urls(hits: Any) -> list[str]:
    return [hit["url"].rpartition("/")[2] for hit in hits]


def test_facets_count_what_is_found_and_not_what_is_shown(line: Line) -> None:
    counted = told(line("search", "strait", "--facets", "--limit", "1", "--format", "json"))
    assert counted["total"] == 3
    facets = {name: {one["value"]: one["count"] for one in values} for name, values in counted["facets"].items()}
    assert facets["outlet"] == {"bear": 2, "wolf": 1}
    assert facets["country"] == {"DE": 2, "GB": 1}
    assert facets["countries"] == {"EG": 1, "TR": 1}
    assert facets["month"] == {f"{NOW - timedelta(days=days):%Y-%m}": 1 for days in (1, 900)}


def test_facets_are_a_table_or_json_and_nothing_else(line: Line) -> None:
    table = line("search", "strait", "--facets")
    assert (table.returncode, "3 found" in table.stdout) == (0, True)
    assert {"outlet", "bear", "2"} <= set(table.stdout.replace("│", " ").split())
    refused = line("search", "strait", "--facets", "--format", "csv")
    assert (refused.returncode, "table and json there are" in refused.stderr) == (2, True)


def test_the_latest_comes_first_where_freshness_counts(line: Line) -> None:
    fresh = told(line("search", "grain waits", "--fresh", "--format", "json"))
    assert urls(fresh)[:2] == ["new", "old"]
    scores = {hit["url"].rpartition("/")[2]: hit["score"] for hit in fresh}
    assert scores["new"] > scores["old"]
    plain = told(line("search", "grain waits", "--format", "json"))
    assert len({round(hit["score"], 4) for hit in plain if hit["title"] == "Grain waits"}) == 1


def test_what_is_like_an_article_is_found_by_its_id_or_its_url(line: Line) -> None:
    alike = told(line("similar", "https://thekootneeti.in/wheat", "--format", "json"))
    assert set(urls(alike)[:2]) == {"new", "old"}
    (wheat,) = told(line("search", "dear", "--format", "json"))
    assert told(line("similar", wheat["id"][:8], "--format", "json", "--limit", "1")) == alike[:1]


def test_what_is_like_an_article_that_is_not_known_is_one_line(line: Line) -> None:
    refused = line("similar", "https://nowhere.example/a")
    assert (refused.returncode, len(refused.stderr.splitlines())) == (2, 1)
    assert "dragoman search finds ids" in refused.stderr


def test_synonyms_of_ones_own_are_found_without_indexing_again(
    line: Line, home: Path, connection: Connection | None
) -> None:
    assert told(line("search", "cereal", "--format", "json")) == []
    (home / "synonyms.txt").write_text("cereal, grain\n", "utf-8")
    applied = told(line("synonyms", "--apply", "--format", "json"))
    assert applied["changed"] == (1 if connection else 0)  # one language family has articles
    assert set(urls(told(line("search", "cereal", "--format", "json")))) == {"new", "old", "wheat"}
    assert told(line("search", '"cereal ships"', "--format", "json")) == []
    assert told(line("synonyms", "--apply", "--format", "json"))["changed"] == 0
    assert told(line("status", "--format", "json"))["in_index"] == 4
