"""Dashboards from YAML: kb-dashboard-core compiles the charts, and what it has not is put in here. Run by tools/kibana.

What is put in: each chart becomes a Lens object of the library, which the dashboard mentions, as real exports have it;
maps, which the compiler does not know; the types of columns that are no numbers, which it all calls numbers.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import yaml
from kb_dashboard_core import render
from kb_dashboard_core.dashboard.config import Dashboard

from archive.article import Article
from archive.outlet_run import OutletRun
from search.schema import Kind, fields_of

FOLDER = Path(__file__).parent.parent / "search" / "kibana"
SOURCES = FOLDER / "dashboards"
COMPILED = FOLDER / "dashboards.ndjson"
LOCK = FOLDER / "dashboards.sha256"
_TYPES = {Kind.DATE: "date", Kind.INTEGER: "number", Kind.BOOLEAN: "boolean"}
_KEPT = {"min", "max", "last_value", "terms"}
"""Operations whose result has the type of their field."""
_SCALES = {"date": "interval", "number": "ratio"}


def main() -> None:
    compiled = "".join(f"{json.dumps(one, ensure_ascii=False, sort_keys=True)}\n" for one in _all())
    if "--check" in sys.argv:
        if COMPILED.read_text("utf-8") != compiled or LOCK.read_text("utf-8").strip() != digest():
            sys.exit("search/kibana/dashboards.ndjson is not what its YAML compiles to: run tools/kibana")
        return
    COMPILED.write_text(compiled, "utf-8")
    LOCK.write_text(f"{digest()}\n", "utf-8")


def digest() -> str:
    """Of all that the outcome depends on, so that a test can tell without the compiler."""
    parts = [*sorted(SOURCES.glob("*.yaml")), Path(__file__), Path(__file__).parent / "kibana", COMPILED]
    return hashlib.sha256(b"\0".join(part.read_bytes() for part in parts)).hexdigest()


def _all() -> list[dict[str, Any]]:
    objects = []
    for path in sorted(SOURCES.glob("*.yaml")):
        objects += _dashboard(yaml.safe_load(path.read_text("utf-8")))
    return sorted(objects, key=lambda one: (one["type"] == "dashboard", one["id"]))


def _dashboard(source: dict[str, Any]) -> list[dict[str, Any]]:
    maps = source.pop("maps", [])
    described = {panel["id"]: panel.get("description", "") for panel in source["panels"]}
    compiled = json.loads(render(Dashboard.model_validate(source)).model_dump_json())
    attributes = compiled["attributes"]
    charts, panels, references = [], [], []
    for panel in json.loads(attributes["panelsJSON"]):
        charts.append(_chart(panel, described[panel["panelIndex"]]))
        panels.append(_panel("lens", panel["panelIndex"], panel["gridData"]))
        references.append(_reference(panel["panelIndex"], "lens"))
    for one in maps:
        panels.append(_panel("map", one["id"], {name: one[name] for name in "xywh"} | {"i": one["id"]}))
        panels[-1]["title"] = one["title"]
        references.append(_reference(one["id"], "map"))
    attributes["panelsJSON"] = json.dumps(panels, ensure_ascii=False, separators=(",", ":"))
    attributes["refreshInterval"] = {"pause": True, "value": 60_000}
    attributes["controlGroupInput"]["panelsJSON"] = _controls(attributes["controlGroupInput"]["panelsJSON"])
    references += [one for one in compiled["references"] if one["name"].startswith("controlGroup_")]
    return [*charts, _object("dashboard", compiled["id"], attributes, references)]


def _chart(panel: dict[str, Any], description: str) -> dict[str, Any]:
    told = panel["embeddableConfig"]["attributes"]
    references, _ = told.pop("references"), told.pop("type")
    views = {one["name"].removeprefix("indexpattern-datasource-layer-"): one["id"] for one in references}
    for layer, content in told["state"]["datasourceStates"]["formBased"]["layers"].items():
        kinds = {field.path: field.kind for field in fields_of(OutletRun if views[layer].endswith("runs") else Article)}
        for column in content["columns"].values():
            _type(column, kinds)
    told["description"] = description
    return _object("lens", panel["panelIndex"], told, references)


def _type(column: dict[str, Any], kinds: dict[str, Kind]) -> None:
    operation, field = column["operationType"], column["sourceField"]
    if operation not in _KEPT:
        return
    kind = kinds.get(field.removesuffix(".raw"), Kind.INTEGER)  # runtime fields are numbers
    column["dataType"] = _TYPES.get(kind, "string")
    column["scale"] = "ordinal" if column["isBucketed"] else _SCALES.get(column["dataType"], "ordinal")
    if operation == "last_value":
        column["params"]["showArrayValues"] = True  # asks for top hits: top_metrics takes no field that may be a list


def _controls(told: str) -> str:
    """As exports have them: the data view is mentioned in the references and nowhere else."""
    controls = json.loads(told)
    for control in controls.values():
        del control["explicitInput"]["dataViewId"]
    return json.dumps(controls, ensure_ascii=False, separators=(",", ":"))


def _panel(kind: str, name: str, place: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": kind,
        "panelIndex": name,
        "gridData": place,
        "embeddableConfig": {"enhancements": {}},
        "panelRefName": f"panel_{name}",
    }


def _reference(name: str, kind: str) -> dict[str, str]:
    return {"name": f"{name}:panel_{name}", "type": kind, "id": name}


def _object(kind: str, name: str, attributes: dict[str, Any], references: list[dict[str, str]]) -> dict[str, Any]:
    return {"type": kind, "id": name, "attributes": attributes, "references": references}


if __name__ == "__main__":
    main()
