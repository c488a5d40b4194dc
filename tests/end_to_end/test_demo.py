"""The whole job through the command line, on both backends."""

from __future__ import annotations

import json
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import run
from elasticsearch import Elasticsearch
from places import ROOT, clean_environment

WIRE = (ROOT / "dragoman" / "sample" / "sites" / "wire.txt").read_text("utf-8").strip().split("\n\n")


class Archive:
    """A home in which the demo has run, and the command line on it."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = {**clean_environment(), **environment}
        self.demo = json.loads(self("demo", "--format", "json"))

    def __call__(self, *arguments: str, code: int = 0) -> str:
        done = run(self.environment, *arguments)
        assert done.returncode == code, done.stderr
        return done.stdout


@pytest.fixture(scope="module", params=["embedded", "elasticsearch"])
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    environment = {"DRAGOMAN_HOME": str(tmp_path_factory.mktemp("home"))}
    if request.param == "embedded":
        yield Archive(environment)
        return
    url, alias = request.getfixturevalue("elasticsearch_url"), f"test-{uuid.uuid4().hex[:12]}"
    yield Archive({**environment, "DRAGOMAN_ELASTICSEARCH_URL": url, "DRAGOMAN_ELASTICSEARCH_INDEX": alias})
    with Elasticsearch(url) as client:
        client.indices.delete(index=list(client.indices.get(index=f"{alias}-*").body), ignore_unavailable=True)


def test_every_discovered_link_has_one_outcome(archive: Archive) -> None:
    assert archive.demo["discovered"] == sum(archive.demo["outcomes"].values())
    for counts in archive.demo["outlets"].values():
        assert counts["discovered"] == sum(counts["outcomes"].values())


def test_each_sample_outlet_gives_twelve_articles_and_more(archive: Archive) -> None:
    assert all(counts["outcomes"]["new"] >= 12 for counts in archive.demo["outlets"].values())
    assert archive.demo["outlets"]["kootneeti"]["outcomes"] == {"new": 13, "not_an_article": 1, "blocked": 1}


def test_the_seed_is_found_whole_in_both_outlets(archive: Archive) -> None:
    found = json.loads(archive("search", 'japan defence "rules-based order" -sports', "--format", "json"))
    assert {article["outlet"]["id"] for article in found} == {"kootneeti", "kokusai"}
    for article in found:
        assert article["title"] == WIRE[0]
        assert [" ".join(line.split()) for line in article["body"].split("\n")] == [
            " ".join(part.split()) for part in WIRE[1:-1]
        ]
        assert article["agency"] == "Reuters"
        assert article["credits"]["reporting"] == [
            "David Brunnstrom",
            "Dan Whitcomb",
            "Rami Ayyub",
            "Ju-min Park",
            "Kiyoshi Takenaka",
        ]
        assert article["credits"]["editing"] == ["David Dolan", "Richard Pullin"]
        assert any("<em>" in fragment for fragment in article["highlights"]["body"])


def test_both_copies_of_the_seed_are_one_story(archive: Archive) -> None:
    one, other = json.loads(archive("search", 'japan defence "rules-based order" -sports', "--format", "json"))
    assert one["story"] == other["story"]
    assert {one["role"], other["role"]} == {"republished"}
    (shown,) = json.loads(archive("search", "title:alarm", "--collapse", "story", "--format", "json"))
    assert (shown["story"], shown["publishers"], shown["copies"]) == (one["story"], 2, 2)
    assert "2 publishers, 2 copies" in " ".join(archive("search", "title:alarm", "--collapse", "story").split())
    stories = archive("search", "*", "--collapse", "story", "--limit", "100", "--format", "jsonl").splitlines()
    assert len(stories) == 37


def test_an_article_says_where_else_its_story_ran(archive: Archive) -> None:
    (seed,) = json.loads(archive("search", "outlet:kootneeti title:alarm", "--format", "json"))
    shown = json.loads(archive("show", seed["id"], "--format", "json"))
    (other,) = shown["elsewhere"]
    assert (shown["publishers"], other["outlet"]["id"], other["title"]) == (2, "kokusai", WIRE[0])
    assert (other["role"], other["published_at"][:10]) == ("republished", "2022-01-08")
    printed = archive("show", seed["id"])
    assert all(said in printed for said in ("国際展望", other["url"], "2022-01-08"))
    (alone,) = json.loads(archive("search", "language:fr", "--limit", "1", "--format", "json"))
    assert json.loads(archive("show", alone["id"], "--format", "json"))["elsewhere"] == []
    assert "Where else it ran" not in archive("show", alone["id"])


@pytest.mark.parametrize(
    ("query", "language"),
    [("négociations OR Méditerranée", "fr"), ("台湾海峡", "ja"), ("language:en ceasefires", "en")],
)
def test_every_language_is_searched(archive: Archive, query: str, language: str) -> None:
    found = json.loads(archive("search", query, "--format", "json"))
    assert language in {article["language"] for article in found}


def test_a_second_crawl_finds_nothing_new(archive: Archive) -> None:
    again = json.loads(archive("demo", "--format", "json"))
    assert set(again["outcomes"]) == {"seen"}


def test_an_article_leads_back_to_the_page_as_it_was(archive: Archive) -> None:
    (article, *_) = json.loads(archive("search", "outlet:kootneeti title:alarm", "--format", "json"))
    assert "Facebook Comments" in archive("show", article["id"], "--raw")
    assert json.loads(archive("show", article["id"][:10], "--format", "json"))["title"] == WIRE[0]
    assert "Reuters" in archive("show", article["url"])


def test_an_export_has_every_article(archive: Archive) -> None:
    lines = archive("export", "--format", "jsonl").splitlines()
    assert len({json.loads(line)["id"] for line in lines}) == 38
    assert archive("export", "outlet:relations", "--format", "csv").startswith("id,url,")


def test_a_reindex_holds_the_same_articles(archive: Archive) -> None:
    assert json.loads(archive("reindex", "--format", "json"))["indexed"] == 38
    assert len(json.loads(archive("search", "*", "--limit", "100", "--format", "json"))) == 38


def test_the_status_counts_what_is_there(archive: Archive) -> None:
    status = json.loads(archive("status", "--format", "json"))
    assert (status["articles"], status["in_index"], status["waiting_for_index"]) == (38, 38, 0)
    assert status["outcomes"]["new"] == 38


def test_tables_are_printed_for_people(archive: Archive) -> None:
    for command in (
        ["search", "japan"],
        ["status"],
        ["outlets", "list"],
        ["outlets", "show", "kootneeti"],
        ["outlets", "check", "--offline"],
        ["index"],
    ):
        assert archive(*command)


def test_the_archive_is_valid_by_others_judgement(archive: Archive) -> None:
    warcs = list((Path(archive.environment["DRAGOMAN_HOME"]) / "warc").glob("*.warc.gz"))
    fastwarc = Path(sys.executable).parent / "fastwarc"
    assert warcs
    for warc in warcs:
        assert subprocess.run([fastwarc, "check", warc], capture_output=True, check=False).returncode == 0
