"""What becomes of an object of ours that is in Kibana already."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from places import SHARED

from search.kibana.compiled import our_objects
from search.kibana.deciding import Found, Standing, merged, standing

OURS = {one.id: one for one in our_objects("dragoman")}
NOON, LATER = "2026-11-24T12:00:00.000Z", "2026-11-24T12:00:01.000Z"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=10,
)
TEXTS = JSON | JSON.map(json.dumps)


def there(description: str = "… (Dragoman 1)", **more: Any) -> dict[str, Any]:
    known = {"created_at": NOON, "updated_at": NOON, "managed": True, "attributes": {"description": description}}
    return {**known, **more}


@pytest.mark.parametrize(
    ("found", "how"),
    [
        (there(), Standing.OURS),
        (there("… (Dragoman 0)"), Standing.OURS),
        (there(managed=False), Standing.OURS),
        (there(updated_at=LATER), Standing.CHANGED),
        (there("Our world"), Standing.CHANGED),
        (there("… (Dragoman 2)"), Standing.NEWER),
        (there("… (Dragoman 2)", updated_at=LATER), Standing.NEWER),
        (there(created_at=None, managed=True), Standing.OURS),
        (there(created_at=None, managed=False), Standing.CHANGED),
        ({}, Standing.CHANGED),
    ],
)
def test_an_object_is_ours_until_it_was_saved_by_another(found: dict[str, Any], how: Standing) -> None:
    assert standing(Found(found, OURS["dragoman-world"])) is how


def test_imported_charts_have_one_stamp_and_a_map_that_was_saved_later_two(
    exported: dict[str, list[dict[str, Any]]],
) -> None:
    """In real exports: of Kibana 8.16.1, whose charts were imported, and of 9.2.3, whose map was saved a day later."""
    assert all(one["created_at"] == one["updated_at"] for one in exported["lens"])
    saved = json.loads((SHARED / "kibana" / "one-map-9.2.3.json").read_text("utf-8"))
    assert saved["created_at"] < saved["updated_at"]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(st.sampled_from(["attributes", "managed", "created_at", "updated_at"]), JSON))
def test_whatever_is_there_has_a_standing(found: dict[str, Any]) -> None:
    for ours in (OURS["dragoman-world"], OURS["dragoman-articles"]):
        assert standing(Found(found, ours)) in Standing


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(st.sampled_from(["fieldAttrs", "fieldFormatMap", "runtimeFieldMap", "sourceFilters"]), TEXTS))
def test_whatever_a_data_view_holds_ours_is_in_it_afterwards(attributes: dict[str, Any]) -> None:
    ours = OURS["dragoman-articles"]
    done = merged(Found({"attributes": attributes}, ours))
    assert set(done.attributes) == set(ours.attributes)
    for name in ("fieldAttrs", "fieldFormatMap", "runtimeFieldMap"):
        now, mine = json.loads(done.attributes[name]), json.loads(ours.attributes[name])
        assert all(now[path].items() >= value.items() for path, value in mine.items())
