"""Our saved objects beside those that a real Kibana exported, and beside the mapping of what they show."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
from places import ROOT

from search.kibana.compiled import our_objects
from search.kibana.objects import PREFIX, TYPE_VERSIONS, VERSION, SavedObject, ndjson, version_in
from search.mapping import generation_mapping
from search.runs import runs_mapping

OBJECTS = our_objects("dragoman")
BY_TYPE = {kind: [one for one in OBJECTS if one.type == kind] for kind in TYPE_VERSIONS}
Exported = dict[str, list[dict[str, Any]]]

# What Kibana's own schemas allow and these exports happen not to have: elastic/kibana, dashboard schema v1 and v2,
# saved search's schema up to model version 3. Both refuse any other attribute.
DASHBOARD = {
    "title",
    "description",
    "kibanaSavedObjectMeta",
    "timeRestore",
    "timeFrom",
    "timeTo",
    "refreshInterval",
} | {
    "controlGroupInput",
    "panelsJSON",
    "optionsJSON",
    "hits",
    "version",
}
CONTROLS = {"panelsJSON", "controlStyle", "chainingSystem", "ignoreParentSettingsJSON", "showApplySelections"}
SEARCH = {
    "title",
    "description",
    "columns",
    "sort",
    "grid",
    "rowHeight",
    "rowsPerPage",
    "hideChart",
    "breakdownField",
} | {
    "kibanaSavedObjectMeta",
    "isTextBasedQuery",
    "usesAdHocDataView",
    "timeRestore",
    "timeRange",
    "refreshInterval",
    "viewMode",
    "hideAggregatedPreview",
    "hits",
    "version",
    "sampleSize",
    "headerRowHeight",
    "visContext",
}
RECORDS = "___records___"
AGGREGATABLE = {"keyword", "date", "long", "double", "boolean", "integer"}
NUMBERS = {"long", "double", "integer"}


def number(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def test_there_is_what_was_asked_for() -> None:
    titles = {
        kind: {one.attributes.get("name") or one.attributes["title"] for one in BY_TYPE[kind]} for kind in BY_TYPE
    }
    assert titles["dashboard"] == {"World", "Outlets", "Stories", "Crawl health"}
    assert titles["search"] == {"Latest articles", "Articles by agency", "Silent edits", "Gone pages"}
    assert titles["index-pattern"] == {"Dragoman: articles", "Dragoman: runs"}
    assert len(BY_TYPE["map"]) == 1


def test_ids_are_ours_and_stand_once() -> None:
    ids = [one.id for one in OBJECTS]
    assert all(name.startswith(PREFIX) for name in ids)
    assert len({(one.type, one.id) for one in OBJECTS}) == len(ids)


def test_every_reference_leads_to_an_object_of_ours() -> None:
    there = {(one.type, one.id) for one in OBJECTS}
    for one in OBJECTS:
        assert {(reference.type, reference.id) for reference in one.references} <= there
        names = [reference.name for reference in one.references]
        assert len(set(names)) == len(names)


def test_every_name_of_a_reference_is_resolved() -> None:
    for one in OBJECTS:
        names = {reference.name for reference in one.references}
        assert set(_mentions(one)) <= names, one.id


def _mentions(one: SavedObject) -> Iterator[str]:
    match one.type:
        case "dashboard":
            for panel in json.loads(one.attributes["panelsJSON"]):
                yield f"{panel['panelIndex']}:{panel['panelRefName']}"
            for name in json.loads(one.attributes["controlGroupInput"]["panelsJSON"]):
                yield f"controlGroup_{name}:optionsListDataView"
        case "search":
            yield json.loads(one.attributes["kibanaSavedObjectMeta"]["searchSourceJSON"])["indexRefName"]
        case "map":
            for layer in json.loads(one.attributes["layerListJSON"]):
                for join in layer.get("joins", []):
                    yield join["right"]["indexPatternRefName"]
        case "lens":
            for layer in one.attributes["state"]["datasourceStates"]["formBased"]["layers"]:
                yield f"indexpattern-datasource-layer-{layer}"


def test_forms_are_none_that_kibana_8_16_does_not_know(exported: Exported) -> None:
    for line in map(json.loads, ndjson(OBJECTS).splitlines()):
        (core,) = {one["coreMigrationVersion"] for one in exported[line["type"]]}
        (form,) = {one["typeMigrationVersion"] for one in exported[line["type"]]}
        assert line["coreMigrationVersion"] == core
        assert number(line["typeMigrationVersion"]) <= number(form)


def test_an_object_has_the_keys_and_attributes_of_exported_ones(exported: Exported) -> None:
    for line in map(json.loads, ndjson(OBJECTS).splitlines()):
        peers = exported[line["type"]]
        assert set(line) <= {key for peer in peers for key in peer}
        allowed = {key for peer in peers for key in peer["attributes"]}
        allowed |= {"dashboard": DASHBOARD, "search": SEARCH, "index-pattern": {"name"}}.get(line["type"], set())
        assert set(line["attributes"]) <= allowed, line["id"]
        for key, value in line["attributes"].items():
            kinds = {type(peer["attributes"][key]) for peer in peers if key in peer["attributes"]}
            assert not kinds or type(value) in kinds, (line["id"], key)


@pytest.mark.parametrize("kind", ["dashboard", "search"])
def test_strict_types_have_no_attribute_that_their_schema_forbids(kind: str) -> None:
    allowed = {"dashboard": DASHBOARD, "search": SEARCH}[kind]
    for one in BY_TYPE[kind]:
        assert set(one.attributes) <= allowed
        assert set(one.attributes.get("controlGroupInput", {})) <= CONTROLS


def test_panels_and_controls_have_the_keys_of_exported_ones(exported: Exported) -> None:
    peers = [json.loads(one["attributes"]["panelsJSON"]) for one in exported["dashboard"]]
    keys = {key for panels in peers for panel in panels for key in panel}
    controls = [
        control
        for one in exported["dashboard"]
        if (group := one["attributes"].get("controlGroupInput"))
        for control in json.loads(group["panelsJSON"]).values()
    ]
    for one in BY_TYPE["dashboard"]:
        for panel in json.loads(one.attributes["panelsJSON"]):
            assert set(panel) <= keys
            assert panel["panelIndex"] == panel["gridData"]["i"]
        for name, control in json.loads(one.attributes["controlGroupInput"]["panelsJSON"]).items():
            assert set(control) <= {key for peer in controls for key in peer}
            assert control["explicitInput"]["id"] == name


def test_panels_stand_beside_each_other_on_a_grid_of_48() -> None:
    for one in BY_TYPE["dashboard"]:
        places = [panel["gridData"] for panel in json.loads(one.attributes["panelsJSON"])]
        assert all(place["x"] + place["w"] <= 48 for place in places)
        for a, b in combinations(places, 2):
            apart_across = a["x"] + a["w"] <= b["x"] or b["x"] + b["w"] <= a["x"]
            assert apart_across or a["y"] + a["h"] <= b["y"] or b["y"] + b["h"] <= a["y"], (one.id, a, b)


def test_charts_have_the_shape_of_exported_charts(exported: Exported) -> None:
    """Kind of chart by kind of chart, key by key; colour mapping is newer than these exports' charts, and 8.14 has it."""
    for one in BY_TYPE["lens"]:
        state = one.attributes["state"]
        peers = [p["attributes"]["state"] for p in exported["lens"]]
        assert set(state) <= {key for peer in peers for key in peer}
        same = [
            p["attributes"]["state"]["visualization"]
            for p in exported["lens"]
            if p["attributes"]["visualizationType"] == one.attributes["visualizationType"]
        ]
        assert same, "this kind of chart is among the exported ones"
        assert set(state["visualization"]) <= {key for peer in same for key in peer}, one.id
        layers = [layer for peer in same for layer in peer.get("layers", [])]
        for layer in state["visualization"].get("layers", []):
            assert set(layer) - {"colorMapping"} <= {key for peer in layers for key in peer}, one.id


def test_columns_have_the_shape_of_exported_columns(exported: Exported) -> None:
    def columns(state: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            c for layer in state["datasourceStates"]["formBased"]["layers"].values() for c in layer["columns"].values()
        ]

    def formed(one: dict[str, Any]) -> bool:
        return "formBased" in one["attributes"]["state"]["datasourceStates"]

    peers = [column for one in exported["lens"] if formed(one) for column in columns(one["attributes"]["state"])]
    for one in BY_TYPE["lens"]:
        for column in columns(one.attributes["state"]):
            same = [peer for peer in peers if peer["operationType"] == column["operationType"]]
            known = {key for peer in same or peers for key in peer} | ({"filter"} if not same else set())
            assert set(column) <= known, (one.id, column["label"])
            if same:
                params = {key for peer in same for key in peer.get("params", {})} | {"format"}
                assert set(column.get("params", {})) <= params, (one.id, column["label"])


def test_the_map_has_the_shape_of_an_exported_map(exported: Exported) -> None:
    (ours,) = BY_TYPE["map"]
    theirs = exported["map"][0]["attributes"]
    assert set(json.loads(ours.attributes["mapStateJSON"])) <= set(json.loads(theirs["mapStateJSON"]))
    ground, countries = json.loads(ours.attributes["layerListJSON"])
    their_ground, their_vectors = json.loads(theirs["layerListJSON"])[:2]
    assert set(ground) <= set(their_ground)
    assert ground["sourceDescriptor"] == their_ground["sourceDescriptor"]
    assert set(countries) <= set(their_vectors)
    assert set(countries["style"]["properties"]) <= set(their_vectors["style"]["properties"])
    join = countries["joins"][0]["right"]
    assert (
        countries["style"]["properties"]["fillColor"]["options"]["field"]["name"] == f"__kbnjoin__count__{join['id']}"
    )


# What they show is there


def _mapped(mapping: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, told in mapping["properties"].items():
        if "properties" in told:
            yield from _mapped(told, f"{prefix}{name}.")
            continue
        yield prefix + name, told["type"]
        for sub, also in told.get("fields", {}).items():
            yield f"{prefix}{name}.{sub}", also["type"]


def fields_of_view(view: str) -> dict[str, str]:
    """The fields of a data view with their types, runtime fields too."""
    mapping = generation_mapping("english") if view == "dragoman-articles" else runs_mapping()
    (found,) = (one for one in BY_TYPE["index-pattern"] if one.id == view)
    runtime = json.loads(found.attributes["runtimeFieldMap"])
    return dict(_mapped(mapping)) | {name: told["type"] for name, told in runtime.items()}


def test_every_field_of_a_chart_is_mapped_and_can_be_aggregated() -> None:
    for one in BY_TYPE["lens"]:
        (view,) = {reference.id for reference in one.references if reference.type == "index-pattern"}
        types = fields_of_view(view)
        for layer in one.attributes["state"]["datasourceStates"]["formBased"]["layers"].values():
            for column in layer["columns"].values():
                field, operation = column["sourceField"], column["operationType"]
                if field == RECORDS:
                    continue
                assert types.get(field) in AGGREGATABLE, (one.id, field)
                if operation in ("sum", "median"):
                    assert types[field] in NUMBERS
                shown = {"date": "date", "keyword": "string", "boolean": "boolean"}.get(types[field], "number")
                if operation in ("terms", "min", "max", "last_value", "date_histogram"):
                    assert column["dataType"] == shown, (one.id, field)


def test_every_field_of_a_search_a_control_and_a_label_is_mapped() -> None:
    articles = fields_of_view("dragoman-articles")
    for one in BY_TYPE["search"]:
        assert {*one.attributes["columns"], *(field for field, _ in one.attributes["sort"])} <= set(articles)
        assert articles[one.attributes.get("breakdownField", "language")] == "keyword"
    for one in BY_TYPE["dashboard"]:
        views = {reference.name: reference.id for reference in one.references}
        for name, control in json.loads(one.attributes["controlGroupInput"]["panelsJSON"]).items():
            types = fields_of_view(views[f"controlGroup_{name}:optionsListDataView"])
            assert types[control["explicitInput"]["fieldName"]] == "keyword"
    for one in BY_TYPE["index-pattern"]:
        types = fields_of_view(one.id)
        assert types[one.attributes["timeFieldName"]] == "date"
        assert set(json.loads(one.attributes["fieldAttrs"])) <= set(types)
        assert set(json.loads(one.attributes["fieldFormatMap"])) <= set(types)


def test_a_field_says_what_the_schema_says_of_it() -> None:
    (articles, runs) = BY_TYPE["index-pattern"]
    told = json.loads(articles.attributes["fieldAttrs"])
    assert told["outlet.country"] == {
        "customLabel": "Outlet based in",
        "customDescription": "Where it is based, ISO 3166-1 alpha-2",
    }
    assert told["first_seen_at"]["customLabel"] == "First seen at"
    assert json.loads(runs.attributes["fieldAttrs"])["extraction_failures"]["customDescription"].startswith(
        "Pages that"
    )
    names = json.loads(articles.attributes["fieldFormatMap"])["countries"]["params"]["lookupEntries"]
    assert {"key": "JP", "value": "Japan"} in names
    assert all(len(one["key"]) == 2 for one in names)


def test_no_description_of_a_field_is_longer_than_kibana_takes() -> None:
    """elastic/kibana, data views, MAX_DATA_VIEW_FIELD_DESCRIPTION_LENGTH."""
    for one in BY_TYPE["index-pattern"]:
        told = json.loads(one.attributes["fieldAttrs"]).values()
        assert max(len(field.get("customDescription", "")) for field in told) <= 300


# Our own version, and what is compiled


def test_every_object_that_has_a_description_has_our_version() -> None:
    for one in OBJECTS:
        assert one.is_managed
        assert one.type == "index-pattern" or version_in(one.attributes) == VERSION


@pytest.mark.parametrize("text", ["", "(Dragoman x)", "(Dragoman 3) of late", "Dragoman 3", None, 7])
def test_what_is_no_version_of_ours_is_none(text: Any) -> None:
    assert version_in({"description": text}) is None


def test_dashboards_are_what_their_yaml_compiles_to() -> None:
    """Without the compiler, by what it wrote down; ``tools/kibana --check`` compiles them again."""
    folder = ROOT / "search" / "kibana"
    sources = [
        *sorted((folder / "dashboards").glob("*.yaml")),
        ROOT / "tools" / "kibana_dashboards.py",
        ROOT / "tools" / "kibana",
    ]
    parts = [path.read_bytes() for path in [*sources, folder / "dashboards.ndjson"]]
    written = (folder / "dashboards.sha256").read_text("utf-8").strip()
    assert hashlib.sha256(b"\0".join(parts)).hexdigest() == written, "run tools/kibana"


def test_objects_do_not_change_without_a_new_version() -> None:
    """A released version's objects are known in Kibanas out there: raise objects.VERSION, and note its digest here."""
    known = {1: "09d7416227667d3f"}
    changing = [one for one in OBJECTS if one.type != "index-pattern"]  # those follow the schema, and are always put in
    assert hashlib.sha256(ndjson(changing).encode()).hexdigest()[:16] == known[VERSION]


def test_the_wheel_has_the_objects() -> None:
    tracked = subprocess.run(
        ["git", "check-ignore", "search/kibana/dashboards.ndjson", "search/kibana/searches.yaml"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert tracked.stdout == "", "hatchling leaves out what git ignores"
