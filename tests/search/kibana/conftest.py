"""A cluster with the sample outlets' articles, made-up ones beside them, and what their runs did."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from articles import an_article
from commands import run
from elasticsearch import Elasticsearch
from elasticsearch.helpers import scan
from places import SHARED, clean_environment, missing

from archive.article import Article, Credits, Publisher
from archive.outlet_run import Answers, CauseCount, CodeCount, Outcomes, OutletRun
from search.index import Connection
from search.opening import open_index

DAY = datetime(2026, 11, 20, 9, tzinfo=UTC)
STRAIT = Publisher(id="strait", name="Strait Review", kind="think tank", country="SG", ownership="nonprofit")
HARBOUR = Publisher(id="harbour", name="Harbour Wire", kind="agency", country="GB", ownership="public")


def _made_up() -> Iterator[Article]:
    for day in range(9):
        yield an_article(
            f"strait-{day}",
            body=f"Envoys of the strait met for the {day}. time and parted without a text.",
            outlet=STRAIT,
            title=f"Talks on the strait, day {day}",
            published_at=DAY + timedelta(days=day),
            published_precision="minute",
            first_seen_at=DAY + timedelta(days=day, hours=day + 1),
            countries=("CN", "JP") if day % 2 else ("JP", "US", "CN"),
            dyads=("CN-JP",) if day % 2 else ("CN-JP", "JP-US"),
            organizations=("ASEAN", "UN") if day % 3 else ("UN",),
            story=f"story-{day // 3}",
            role="original",
            kind="analysis",
            silently_edited=day == 4,
            gone_at=DAY + timedelta(days=30) if day == 5 else None,
        )
    for day in range(5):
        yield an_article(
            f"harbour-{day}",
            body="The grain deal lapsed; négociations went on in Geneva, the minister’s office said.",
            outlet=HARBOUR,
            title="Grain deal lapses",
            language="fr" if day == 1 else "en",
            published_at=DAY + timedelta(days=day),
            published_precision="day",
            first_seen_at=DAY + timedelta(days=day, hours=1),
            countries=("UA", "TR"),
            dyads=("TR-UA",),
            agency="Reuters" if day % 2 else "Agence France-Presse",
            credits=Credits(reporting=("Rami Ayyub",)),
            story="story-0",
            role="republished",
            kind="report" if day else "readout",
            paywalled=day == 2,
            truncated=day == 3,
        )
    yield an_article(
        "both", body="Envoys spoke of grain, and at length.", outlet=HARBOUR, role="original", story="story-9"
    )
    yield an_article("undated", outlet=HARBOUR, published_at=None, story=None, role=None)


def _runs() -> Iterator[OutletRun]:
    for number, outlet in enumerate((STRAIT, HARBOUR, STRAIT), 100):
        failed = number - 99
        yield OutletRun(
            run=number,
            home="test",
            command="crawl",
            started_at=DAY + timedelta(hours=number),
            finished_at=DAY + timedelta(hours=number, minutes=4),
            seconds=240,
            outlet=outlet,
            found=20,
            new=20 - 2 * failed,
            failed=failed,
            extraction_failures=failed - 1,
            outcomes=Outcomes(new=20 - 2 * failed, failed=failed, not_an_article=failed),
            causes=("http 503", "not derived: ValueError") if failed > 1 else ("timeout",),
            failed_by_cause=(CauseCount(cause="http 503", count=failed),),
            exchanges=24,
            answers=Answers(success=20, server_error=failed, none=4 - failed),
            codes=("200", "503"),
            http_codes=(CodeCount(code="200", count=20), CodeCount(code="503", count=failed)),
            bytes=1000 * number,
        )


@dataclass(frozen=True)
class Cluster:
    """The alias, a client, and every document of both indices."""

    alias: str
    url: str
    client: Elasticsearch
    articles: list[dict[str, Any]]
    runs: list[dict[str, Any]]
    environment: dict[str, str]

    def command(self, *arguments: str) -> str:
        """What the command line prints."""
        done = run(self.environment, *arguments, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="session")
def cluster(elasticsearch_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    alias = f"test-{uuid.uuid4().hex[:12]}"
    environment = {
        **clean_environment(),
        "DRAGOMAN_HOME": str(tmp_path_factory.mktemp("home")),
        "DRAGOMAN_ELASTICSEARCH_URL": elasticsearch_url,
        "DRAGOMAN_ELASTICSEARCH_INDEX": alias,
    }
    with Elasticsearch(elasticsearch_url) as client:
        found = Cluster(alias, elasticsearch_url, client, [], [], environment)
        found.command("demo", "--format", "json")
        with closing(open_index(Path(), Connection(elasticsearch_url, alias))) as index:
            assert index.write(list(_made_up())) == []
        for run in _runs():
            client.index(index=f"{alias}-runs", id=run.id, document=run.model_dump(mode="json"), refresh=True)
        found.articles.extend(hit["_source"] for hit in scan(client, index=alias))
        found.runs.extend(hit["_source"] for hit in scan(client, index=f"{alias}-runs"))
        yield found
        client.indices.delete(index=list(client.indices.get(index=f"{alias}-*").body), ignore_unavailable=True)


@pytest.fixture(scope="session")
def exported() -> dict[str, list[dict[str, Any]]]:
    """Real objects that Kibana 8.16.1 exported, by type."""
    path = SHARED / "kibana" / "exported-by-kibana-8.16.1.ndjson"
    if not path.exists():
        missing(f"Kibana's exports ({path})")
    found: dict[str, list[dict[str, Any]]] = {}
    for line in path.read_text("utf-8").splitlines():
        one = json.loads(line)
        found.setdefault(one.get("type", "summary"), []).append(one)
    return found
