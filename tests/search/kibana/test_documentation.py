"""Every example of docs/kibana.md, asked of a real Elasticsearch."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from kql import translated
from lens import millis, values
from places import ROOT

from search.index import Connection
from search.kibana.compiled import our_objects
from search.opening import open_index
from search.query import parse
from search.schema import Kind, index_fields

TEXT = (ROOT / "docs" / "kibana.md").read_text("utf-8")
DATES = frozenset(field.path for field in index_fields() if field.kind is Kind.DATE)
Holds = Callable[[dict[str, Any]], Any]


def rows(heading: str, table: int = 0) -> list[list[str]]:
    """The rows of a table under a heading, without its head; code without its backticks."""
    section = TEXT.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    tables = re.findall(r"(?:^\|.*\n)+", section, re.MULTILINE)
    return [[cell.strip().strip("`") for cell in row.strip("|").split(" | ")] for row in tables[table].splitlines()[2:]]


def fold(text: str) -> str:
    return text.casefold().replace("é", "e")


def says(word: str, *fields: str) -> Holds:
    return lambda one: any(re.search(rf"\b{word}\b", fold(value)) for field in fields for value in values(one, field))


def has(field: str, *wanted: Any) -> Holds:
    return lambda one: set(values(one, field)) & set(wanted)


ANSWERS: dict[str, Holds] = {
    "What speaks of Japan and of China?": lambda one: {"JP", "CN"} <= set(one["countries"]),
    "What is about the two and each other?": has("dyads", "CN-JP"),
    "Who mentions ASEAN or the UN?": has("organizations", "ASEAN", "UN"),
    "Where is the exact phrase?": says("grain deal", "body"),
    "Both words, anywhere in the text?": lambda one: says("grain", "body")(one) and says("geneva", "body")(one),
    "What do think tanks write, not newspapers?": has("outlet.kind", "think tank"),
    "What came in French?": has("language", "fr"),
    "What was taken from Reuters?": lambda one: one["agency"] == "Reuters" and one["role"] == "republished",
    "What did a reporter work on?": says("ayyub", "credits.reporting"),
    "Analyses and readouts alone?": has("kind", "analysis", "readout"),
    "What can I quote whole?": has("access", "full"),
    "What was published on these two days?": lambda one: (
        "2026-11-21" <= (one["published_at"] or "")[:10] < "2026-11-23"
    ),
    "What was changed without a word?": lambda one: one["silently_edited"],
    "What is not there any more?": lambda one: one["gone_at"],
    "What did we get more than five hours late?": lambda one: any(late > 5 for late in values(one, "hours_to_capture")),
}
ANSWERS_OF_RUNS: dict[str, Holds] = {
    "Where did many links fail?": lambda one: one["failed"] >= 2,
    "Who answered 503, and more than once?": lambda one: any(
        pair["code"] == "503" and pair["count"] >= 2 for pair in one["http_codes"]
    ),
    "Where could pages not be read?": lambda one: one["extraction_failures"] > 0,
}
TEXTS = ("title", "summary", "body")
MEANINGS: dict[str, Callable[[str, str], Holds]] = {
    "both": lambda a, b: lambda one: says(a, *TEXTS)(one) and says(b, *TEXTS)(one),
    "either": lambda a, b: lambda one: says(a, *TEXTS)(one) or says(b, *TEXTS)(one),
    "without the second": lambda a, b: lambda one: says(a, *TEXTS)(one) and not says(b, *TEXTS)(one),
}


def asked(cluster: Any, query: dict[str, Any]) -> set[str]:
    """The articles that Kibana would be given."""
    view = next(one for one in our_objects(cluster.alias) if one.id == "dragoman-articles")
    runtime = json.loads(view.attributes["runtimeFieldMap"])
    found = cluster.client.search(index=cluster.alias, query=query, size=1000, runtime_mappings=runtime)
    return {hit["_id"] for hit in found["hits"]["hits"]}


def searched(cluster: Any, language: str, text: str) -> set[str]:
    """The articles that a search finds, in one of the three languages."""
    if language == "KQL":
        return asked(cluster, translated(text, DATES))
    if language == "Lucene":
        return asked(cluster, {"query_string": {"query": text, "analyze_wildcard": True}})
    with closing(open_index(Path(), Connection(cluster.url, cluster.alias))) as index:
        return {hit.article.id for hit in index.search(parse(text), 1000).hits}


def ids(cluster: Any, holds: Holds) -> set[str]:
    return {one["id"] for one in cluster.articles if holds(one)}


def test_there_are_fifteen_questions() -> None:
    assert [question for question, _ in rows("Fifteen questions, in KQL")] == list(ANSWERS)
    assert len(ANSWERS) == 15


@pytest.mark.parametrize(("question", "kql"), rows("Fifteen questions, in KQL"))
def test_a_question_is_answered(cluster: Any, question: str, kql: str) -> None:
    assert searched(cluster, "KQL", kql) == ids(cluster, ANSWERS[question]) != set()


@pytest.mark.parametrize(("question", "kql"), rows("Fifteen questions, in KQL", 1))
def test_a_question_of_runs_is_answered(cluster: Any, question: str, kql: str) -> None:
    hits = cluster.client.search(index=f"{cluster.alias}-runs", query=translated(kql), size=1000)["hits"]["hits"]
    found = {(hit["_source"]["run"], millis(hit["_source"]["started_at"])) for hit in hits}
    expected = {(one["run"], millis(one["started_at"])) for one in cluster.runs if ANSWERS_OF_RUNS[question](one)}
    assert found == expected != set()


@pytest.mark.parametrize(("wanted", "ours", "kql", "lucene"), rows("The same search in three languages"))
def test_three_languages_find_the_same(cluster: Any, wanted: str, ours: str, kql: str, lucene: str) -> None:
    found = searched(cluster, "ours", ours)
    assert found, wanted
    assert found != ids(cluster, lambda _: True)
    assert searched(cluster, "KQL", kql) == found
    assert searched(cluster, "Lucene", lucene) == found


@pytest.mark.parametrize("row", rows("The same search in three languages", 1), ids=lambda row: row[0])
def test_the_same_words_mean_what_is_said(cluster: Any, row: list[str]) -> None:
    typed, *meanings = row
    first, second = (word.strip("-") for word in typed.split() if word.lower() != "and")
    told = {meaning: ids(cluster, holds(first, second)) for meaning, holds in MEANINGS.items()}
    assert all(told.values()), "there are articles of each kind"
    for language, meaning in zip(("ours", "KQL", "Lucene"), meanings, strict=True):
        found = searched(cluster, language, typed)
        if meaning == "either":  # of more fields than ours are looked in, so there may be more
            assert found >= told["either"]
        else:
            assert found == told[meaning]


def test_every_setting_is_named() -> None:
    for name in ("API_KEY", "USER", "PASSWORD", "CA"):
        assert f"DRAGOMAN_KIBANA_{name}" in TEXT
