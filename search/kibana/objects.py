"""Kibana's saved objects as Dragoman has them: their forms, their ids, our own version in each.

Kibana takes objects of its own version or an older one and brings them up to date, never newer ones. So they are written
in the forms that real exports of Kibana 8.14 have (``typeMigrationVersion``), which 8.14 to 9.x take.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

VERSION = 1
"""Of our objects all together. Raise it whenever one of them changes: a test holds the two together."""
PREFIX = "dragoman-"
"""How the id of each of our objects begins. What begins otherwise is never touched."""
DEFAULT_SPACE = "default"
ARTICLES, RUNS, TAG = f"{PREFIX}articles", f"{PREFIX}runs", f"{PREFIX}tag"

CORE_VERSION = "8.8.0"
TYPE_VERSIONS = {
    "tag": "8.0.0",
    "index-pattern": "8.0.0",
    "search": "10.3.0",
    "map": "8.4.0",
    "lens": "8.9.0",
    "dashboard": "10.2.0",
}
"""The form of each type, as Kibana 8.14.2 exports it."""
_OURS = re.compile(r"\(Dragoman (\d{1,9})\)$")


@dataclass(frozen=True, slots=True)
class Reference:
    """One object's mention of another: ``name`` is what the attributes call it."""

    name: str
    type: str
    id: str


@dataclass(frozen=True, slots=True)
class SavedObject:
    """One saved object. ``is_managed`` has Kibana offer a copy to who would edit it."""

    type: str
    id: str
    attributes: dict[str, Any]
    references: tuple[Reference, ...] = ()
    is_managed: bool = True

    def line(self) -> str:
        """The object as one line of an import."""
        told = {
            "type": self.type,
            "id": self.id,
            "attributes": self.attributes,
            "references": [{"id": one.id, "name": one.name, "type": one.type} for one in self.references],
            "coreMigrationVersion": CORE_VERSION,
            "typeMigrationVersion": TYPE_VERSIONS[self.type],
            "managed": self.is_managed,
        }
        return json.dumps(told, ensure_ascii=False, sort_keys=True)


def ndjson(objects: Iterable[SavedObject]) -> str:
    """Objects as a file for Kibana's import, one a line."""
    return "".join(f"{one.line()}\n" for one in objects)


def compact(value: Any) -> str:
    """JSON within JSON, as attributes such as ``panelsJSON`` want it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def signed(description: str) -> str:
    """A description that ends in our version."""
    return f"{description} (Dragoman {VERSION})".strip()


def version_in(attributes: dict[str, Any]) -> int | None:
    """Our version that an object's description ends in; None where it has none."""
    found = _OURS.search(str(attributes.get("description") or ""))
    return int(found[1]) if found else None


def in_space(one: SavedObject, space: str) -> SavedObject:
    """The object with the ids that it has in this space.

    An id may stand once in all spaces (types are "multiple-isolated"): in another space than the default one ours name it.
    """
    if space == DEFAULT_SPACE:
        return one
    renamed = tuple(replace(reference, id=_in_space(reference.id, space)) for reference in one.references)
    return replace(one, id=_in_space(one.id, space), references=renamed)


def _in_space(name: str, space: str) -> str:
    return f"{PREFIX}{space}-{name.removeprefix(PREFIX)}"
