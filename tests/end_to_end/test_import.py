"""Stored captures through the same pipelines, ours or anybody's."""

from __future__ import annotations

import json
import subprocess
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch
from places import SHARED

from archive.captures import Capture
from archive.home import open_home
from archive.urls import article_id
from archive.warc import WarcWriter

Dragoman = Callable[..., "subprocess.CompletedProcess[str]"]
TEXT = "The ministers agreed to meet again in the spring. " * 10


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A WARC file with three articles, reserved as a live page would be by one of them, a hub that has none, and a page that is gone."""
    place = open_home(tmp_path / "foreign")
    now = datetime(2026, 5, 1, tzinfo=UTC)
    html = (("Content-Type", "text/html; charset=utf-8"),)
    reserved = ("", "<meta name='robots' content='noarchive'>", "")
    pages = [
        (f"https://elsewhere.example/{n}", 200, f"{head}<h1>Article number {n}</h1><p>{n} {TEXT}</p>")
        for n, head in enumerate(reserved)
    ]
    pages += [
        ("https://elsewhere.example/short", 200, "<p>Nothing.</p>"),
        ("https://elsewhere.example/gone", 404, "<p>Gone</p>"),
    ]
    with WarcWriter(place) as writer:
        writer.append(
            [
                Capture(url, now, status, html, f"<html><body>{body}</body></html>".encode())
                for url, status, body in pages
            ]
        )
    (warc,) = place.warc.glob("*.warc.gz")
    return warc


def test_captures_become_articles_that_are_found(dragoman: Dragoman, foreign: Path) -> None:
    done = dragoman("import", str(foreign), "--format", "json")
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    assert (summary["captures"], summary["outcomes"]) == (5, {"new": 3, "not_an_article": 1, "failed": 1})
    found = json.loads(dragoman("search", "ministers", "--format", "json").stdout)
    assert {article["outlet"]["id"] for article in found} == {"elsewhere.example"}


def test_an_import_again_changes_nothing(dragoman: Dragoman, foreign: Path) -> None:
    dragoman("import", str(foreign))
    again = json.loads(dragoman("import", str(foreign), "--format", "json").stdout)
    assert (again["copied"], again["outcomes"]["unchanged"]) == (0, 3)


def test_a_torn_file_gives_what_is_whole_and_says_so(dragoman: Dragoman, foreign: Path, tmp_path: Path) -> None:
    torn = tmp_path / "torn.warc.gz"
    torn.write_bytes(foreign.read_bytes()[:-700])
    done = dragoman("import", str(torn), "--format", "json")
    summary = json.loads(done.stdout)
    assert done.returncode == 1
    assert summary["captures"] >= 3
    assert "torn" in summary["failures"][0]


def test_a_file_that_is_not_there_is_the_users_mistake(dragoman: Dragoman) -> None:
    done = dragoman("import", "/nowhere.warc.gz")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


@pytest.fixture(params=["embedded", "elasticsearch"])
def backend(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    if request.param == "embedded":
        yield {}
        return
    url, alias = request.getfixturevalue("elasticsearch_url"), f"test-{uuid.uuid4().hex[:12]}"
    yield {"DRAGOMAN_ELASTICSEARCH_URL": url, "DRAGOMAN_ELASTICSEARCH_INDEX": alias}
    with Elasticsearch(url) as client:
        client.indices.delete(index=list(client.indices.get(index=f"{alias}-*").body), ignore_unavailable=True)


def test_the_whole_corpus_is_imported_and_every_article_is_searchable(
    dragoman: Dragoman, corpus: Path, backend: dict[str, str]
) -> None:
    done = dragoman("import", str(corpus), "--format", "json", timeout=900, **backend)
    summary = json.loads(done.stdout)
    assert summary["captures"] == sum(summary["outcomes"].values()) == 788
    searchable = {json.loads(line)["id"] for line in dragoman("export", **backend).stdout.splitlines()}
    truth = (SHARED / "corpus" / "truth" / "aeb.jsonl").read_text("utf-8").split("\n")
    wanted = {article_id(json.loads(line)["url"]) for line in truth if line.strip()}
    assert wanted <= searchable
