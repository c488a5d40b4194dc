"""Every request that our charts, searches, controls and map would have Kibana send, on a real Elasticsearch."""

from __future__ import annotations

import json
from typing import Any

import pytest
from kql import translated
from lens import Chart, Document, millis, values

from search.kibana.compiled import our_objects
from search.schema import Kind, index_fields

OBJECTS = {(one.type, one.id): one for one in our_objects("dragoman")}
LENSES = {name: one for (kind, name), one in OBJECTS.items() if kind == "lens"}
DATES = frozenset(field.path for field in index_fields() if field.kind is Kind.DATE)


def _view_of(lens: Any) -> str:
    (view,) = {one.id for one in lens.references if one.type == "index-pattern"}
    return str(view)


def _runtime(view: str) -> dict[str, Any]:
    return dict(json.loads(OBJECTS["index-pattern", view].attributes["runtimeFieldMap"]))


def _asked(cluster: Any, view: str, body: dict[str, Any]) -> dict[str, Any]:
    index = cluster.alias if view == "dragoman-articles" else f"{cluster.alias}-runs"
    return dict(cluster.client.search(index=index, runtime_mappings=_runtime(view), **body).body)


def _documents(cluster: Any, view: str, query: dict[str, Any]) -> list[Document]:
    """Those that the filter lets through: the filters themselves are held to account in test_filters_of_charts."""
    ids = [hit["_id"] for hit in _asked(cluster, view, {"query": query, "size": 1000})["hits"]["hits"]]
    if view == "dragoman-articles":
        return [one for one in cluster.articles if one["id"] in ids]
    known = {(f"{one['run']}-{(one['outlet'] or {}).get('id', '')}"): one for one in cluster.runs}
    return [known[name.split("-", 1)[1]] for name in ids]


@pytest.mark.parametrize("name", sorted(LENSES))
def test_a_charts_request_is_answered_rightly(cluster: Any, name: str) -> None:
    lens = LENSES[name]
    view = _view_of(lens)
    chart = Chart({"attributes": lens.attributes}, DATES)
    rows = chart.rows(_asked(cluster, view, chart.request()))
    expected = chart.expected(_documents(cluster, view, chart.query))
    assert rows, "the documents have something to show in every chart"
    assert set(rows) <= set(expected)
    for key, row in rows.items():
        for metric, told, right in zip(chart.metrics, row, expected[key], strict=True):
            match chart.columns[metric]["operationType"]:
                case "median":
                    assert right[0] <= told <= right[1], (key, metric)
                case "last_value":
                    assert told in right or (told is None and not right), (key, metric)
                case _:
                    assert told == pytest.approx(right), (key, metric)


TABLES = sorted(
    name for name, lens in LENSES.items() if len(Chart({"attributes": lens.attributes}, DATES).buckets) == 1
)


@pytest.mark.parametrize(
    "name", [name for name in TABLES if LENSES[name].attributes["visualizationType"] == "lnsDatatable"]
)
def test_a_tables_rows_come_in_the_order_that_was_asked_for(cluster: Any, name: str) -> None:
    lens = LENSES[name]
    chart = Chart({"attributes": lens.attributes}, DATES)
    params = chart.columns[chart.buckets[0]]["params"]
    assert params["orderBy"]["type"] == "column"
    at = chart.metrics.index(params["orderBy"]["columnId"])
    told = [row[at] for row in chart.rows(_asked(cluster, _view_of(lens), chart.request())).values()]
    assert told == sorted(told, reverse=params["orderDirection"] == "desc")


@pytest.mark.parametrize("name", sorted(LENSES))
def test_a_chart_leaves_out_only_what_is_beyond_its_size(cluster: Any, name: str) -> None:
    lens = LENSES[name]
    chart = Chart({"attributes": lens.attributes}, DATES)
    rows = chart.rows(_asked(cluster, _view_of(lens), chart.request()))
    expected = chart.expected(_documents(cluster, _view_of(lens), chart.query))
    sizes = [chart.columns[bucket]["params"].get("size") for bucket in chart.buckets]
    if all(size is None or size >= len({key[at] for key in expected}) for at, size in enumerate(sizes)):
        assert set(rows) == set(expected)
    else:
        assert len(rows) >= min(size for size in sizes if size)


def test_filters_of_charts_let_through_what_they_say(cluster: Any) -> None:
    wanted = {
        "dragoman-stories-agencies": lambda one: one["role"] == "republished",
        "dragoman-outlets-delay": lambda one: any(hours >= 0 for hours in values(one, "hours_to_capture")),
        "dragoman-outlets-failures": lambda one: one["outlet"],
        "dragoman-runs-codes": lambda one: one["outlet"],
        "dragoman-runs-extraction": lambda one: one["extraction_failures"] > 0,
    }
    filtered = {name for name, lens in LENSES.items() if lens.attributes["state"]["query"]["query"]}
    assert filtered == set(wanted)
    for name, holds in wanted.items():
        view = _view_of(LENSES[name])
        everything = cluster.articles if view == "dragoman-articles" else cluster.runs
        query = Chart({"attributes": LENSES[name].attributes}, DATES).query
        assert sorted(map(str, _documents(cluster, view, query))) == sorted(
            str(one) for one in everything if holds(one)
        )


def test_the_time_picker_lets_through_what_was_published_then(cluster: Any) -> None:
    view = OBJECTS["index-pattern", "dragoman-articles"].attributes
    bounds = {"gte": "2026-11-21T00:00:00Z", "lte": "2026-11-23T23:59:59Z", "format": "strict_date_optional_time"}
    found = _asked(cluster, "dragoman-articles", {"query": {"range": {view["timeFieldName"]: bounds}}, "size": 1000})
    dated = [one for one in cluster.articles if one["published_at"]]
    first, last = millis("2026-11-21T00:00:00Z"), millis("2026-11-23T23:59:59Z")
    expected = {one["id"] for one in dated if first <= millis(one["published_at"]) <= last}
    assert {hit["_id"] for hit in found["hits"]["hits"]} == expected


def test_the_other_bucket_holds_the_rest(cluster: Any) -> None:
    """Kibana asks a second time, for what is in none of the buckets that it got."""
    lens = LENSES["dragoman-world-languages"]
    (column,) = [
        one
        for layer in lens.attributes["state"]["datasourceStates"]["formBased"]["layers"].values()
        for one in layer["columns"].values()
        if one["operationType"] == "terms"
    ]
    assert column["params"]["otherBucket"]
    field = column["sourceField"]
    rest = {"bool": {"must": [{"exists": {"field": field}}], "must_not": [{"match_phrase": {field: "en"}}]}}
    body = {"size": 0, "aggs": {"other-filter": {"filters": {"filters": {"": rest}}}}}
    answer = _asked(cluster, "dragoman-articles", body)
    told = answer["aggregations"]["other-filter"]["buckets"][""]["doc_count"]
    assert told == sum(1 for one in cluster.articles if one["language"] not in (None, "en")) > 0


def test_the_map_counts_articles_by_country(cluster: Any) -> None:
    attributes = OBJECTS["map", "dragoman-map-countries"].attributes
    join = json.loads(attributes["layerListJSON"])[1]["joins"][0]
    assert join["leftField"] == "iso2"
    body = {"size": 0, "aggs": {"join": {"terms": {"field": join["right"]["term"], "size": 65535}}}}
    answer = _asked(cluster, "dragoman-articles", body)
    told = {one["key"]: one["doc_count"] for one in answer["aggregations"]["join"]["buckets"]}
    expected: dict[str, int] = {}
    for one in cluster.articles:
        for country in one["countries"]:
            expected[country] = expected.get(country, 0) + 1
    assert told == expected
    assert all(len(code) == 2 and code.isupper() for code in told)


def test_controls_offer_the_values_that_there_are(cluster: Any) -> None:
    for (kind, _), dashboard in OBJECTS.items():
        if kind != "dashboard":
            continue
        views = {one.name: one.id for one in dashboard.references}
        for name, control in json.loads(dashboard.attributes["controlGroupInput"]["panelsJSON"]).items():
            view, field = views[f"controlGroup_{name}:optionsListDataView"], control["explicitInput"]["fieldName"]
            body = {"size": 0, "aggs": {"suggestions": {"terms": {"field": field, "size": 1000}}}}
            told = {one["key"] for one in _asked(cluster, view, body)["aggregations"]["suggestions"]["buckets"]}
            documents = cluster.articles if view == "dragoman-articles" else cluster.runs
            assert told == {value for one in documents for value in values(one, field)}, field


@pytest.mark.parametrize(
    ("name", "holds"),
    [
        ("dragoman-search-latest", lambda one: one["id"]),
        ("dragoman-search-agencies", lambda one: one["agency"]),
        ("dragoman-search-silent-edits", lambda one: one["silently_edited"]),
        ("dragoman-search-gone", lambda one: one["gone_at"]),
    ],
)
def test_a_saved_search_finds_and_sorts(cluster: Any, name: str, holds: Any) -> None:
    attributes = OBJECTS["search", name].attributes
    query = json.loads(attributes["kibanaSavedObjectMeta"]["searchSourceJSON"])["query"]
    assert query["language"] == "kuery"
    ((field, direction),) = attributes["sort"]
    body = {
        "query": translated(query["query"], DATES),
        "size": 1000,
        "sort": [{field: {"order": direction, "unmapped_type": "boolean"}}],
        "fields": [{"field": column} for column in attributes["columns"]],
    }
    hits = _asked(cluster, "dragoman-articles", body)["hits"]["hits"]
    assert {hit["_id"] for hit in hits} == {one["id"] for one in cluster.articles if holds(one)} != set()
    moments = [hit["sort"][0] for hit in hits if hit["sort"][0] is not None and hit["sort"][0] > 0]
    assert moments == sorted(moments, reverse=True)


def test_runtime_fields_emit_hours_and_shares(cluster: Any) -> None:
    body = {"size": 1000, "fields": ["hours_to_capture", "hours_online"]}
    hits = _asked(cluster, "dragoman-articles", body)["hits"]["hits"]
    told = {hit["_id"]: hit.get("fields", {}) for hit in hits}
    for one in cluster.articles:
        assert told[one["id"]].get("hours_to_capture", []) == pytest.approx(values(one, "hours_to_capture"))
        online = told[one["id"]].get("hours_online", [])
        there = one["gone_at"] and one["first_seen_at"]
        assert online == pytest.approx(
            [(millis(one["gone_at"]) - millis(one["first_seen_at"])) / 3.6e6] if there else []
        )
    runs = _asked(cluster, "dragoman-runs", {"size": 1000, "fields": ["failed_share"]})["hits"]["hits"]
    for hit in runs:
        source = hit["_source"]
        expected = [source["failed"] / source["found"]] if source["found"] else []
        assert hit.get("fields", {}).get("failed_share", []) == pytest.approx(expected)
