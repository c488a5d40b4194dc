"""What becomes of an object of ours that is in Kibana already? Pure.

Kibana notes when an object was made and when it was last saved: an import gives both the same instant, and who saves it
by hand changes the second alone (elastic/kibana, saved objects repository, bulk_create.ts and update.ts).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Any

from search.kibana.objects import VERSION, SavedObject, compact, version_in

VIEW = "index-pattern"
_MERGED = ("fieldAttrs", "fieldFormatMap", "runtimeFieldMap")


class Standing(Enum):
    """How an object in Kibana stands to ours of the same id."""

    OURS = auto()
    CHANGED = auto()
    NEWER = auto()
    OTHER_ALIAS = auto()


@dataclass(frozen=True, slots=True)
class Found:
    """An object that is there, and ours."""

    there: dict[str, Any]
    ours: SavedObject


def standing(found: Found) -> Standing:
    """May ours take the place of what is there?"""
    there, attributes = found.there, _attributes(found.there)
    if found.ours.type == VIEW:
        same = attributes.get("title") == found.ours.attributes["title"]
        return Standing.OURS if same else Standing.OTHER_ALIAS
    version = version_in(attributes)
    if version is not None and version > VERSION:
        return Standing.NEWER
    return Standing.CHANGED if version is None or _was_saved(there) else Standing.OURS


def _was_saved(there: dict[str, Any]) -> bool:
    made, saved = there.get("created_at"), there.get("updated_at")
    return there.get("managed") is not True if made is None or saved is None else made != saved


def merged(found: Found) -> SavedObject:
    """A data view with ours put back in, and all that users added to it: their labels, formats, runtime fields, filters."""
    there = _attributes(found.there)
    attributes = dict(found.ours.attributes)
    for name in _MERGED:
        theirs, mine = _object(there.get(name)), _object(attributes[name])
        attributes[name] = compact({**theirs, **{path: _both(theirs.get(path), value) for path, value in mine.items()}})
    if isinstance(filters := there.get("sourceFilters"), str):
        attributes["sourceFilters"] = filters
    return replace(found.ours, attributes=attributes)


def _both(theirs: Any, ours: Any) -> Any:
    return {**theirs, **ours} if isinstance(theirs, dict) and isinstance(ours, dict) else ours


def _attributes(told: dict[str, Any]) -> dict[str, Any]:
    found = told.get("attributes")
    return found if isinstance(found, dict) else {}


def _object(text: Any) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (TypeError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
