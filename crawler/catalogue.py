"""The catalogue: every outlet, from one YAML file each. A mistake is one line with its file, line and mend."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from archive.article import Publisher
from archive.errors import OutletError
from archive.urls import host_of
from crawler.outlet import Expectations, Outlet, SeenIn
from pipelines.rules import PageRules

_MOST_BYTES = 100_000
_DEEPEST = 5
"""Levels of an outlet's file that a mistake can be pointed at: ``rules``, the first, its ``keep``, the second."""
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Catalogue:
    """All outlets by id."""

    outlets: dict[str, Outlet]

    def __iter__(self) -> Iterator[Outlet]:
        return iter(self.outlets[name] for name in sorted(self.outlets))

    def get(self, name: str) -> Outlet:
        """The outlet of this id. Raises OutletError with the nearest one."""
        if name in self.outlets:
            return self.outlets[name]
        near = difflib.get_close_matches(name, self.outlets, 1)
        hint = f"did you mean {near[0]!r}?" if near else "dragoman outlets list shows all"
        raise OutletError(f"no outlet {name!r}; {hint}")

    def publisher_of(self, url: str) -> Publisher:
        """Who publishes at this URL: an outlet by its host, or the host itself when no outlet has it.

        A homepage with a path, ``https://www.gov.uk/government/organisations/ministry-of-defence``, claims what is
        below that path alone: the rest of the host is others'.
        """
        host = host_of(url) or "unknown"
        path = urlsplit(url).path if host in self._sites else ""
        owner = next((outlet for below, outlet in self._sites.get(host, ()) if _is_below(path, below)), None)
        return owner.publisher if owner else Publisher(id=host, name=host)

    @cached_property
    def _sites(self) -> dict[str, list[tuple[str, Outlet]]]:
        """For each host its outlets, each with the path that its pages are below, the longest first."""
        sites: dict[str, list[tuple[str, Outlet]]] = {}
        for outlet in self:
            for host, path in outlet.sites:
                sites.setdefault(host, []).append((path, outlet))
        return {host: sorted(owners, key=lambda owner: -len(owner[0])) for host, owners in sites.items()}

    @property
    def rules(self) -> dict[str, tuple[PageRules, ...]]:
        """The rules for pages of each outlet that has any."""
        return {outlet.id: outlet.rules for outlet in self if outlet.rules}


def _is_below(path: str, folder: str) -> bool:
    return not folder or path == folder or path.startswith(folder + "/")


def load_outlets(folders: Sequence[str | Path]) -> Catalogue:
    """The outlets of these folders; a file of a later folder stands over one of the same name before. Raises OutletError."""
    outlets, mistakes = _read(folders)
    if mistakes:
        more = f" (and {len(mistakes) - 1} more; dragoman outlets check lists them)" if len(mistakes) > 1 else ""
        raise OutletError(mistakes[0] + more)
    return Catalogue(outlets)


def check_outlets(folders: Sequence[str | Path]) -> list[str]:
    """Every mistake in the outlets' files, a line each."""
    return _read(folders)[1]


def _read(folders: Sequence[str | Path]) -> tuple[dict[str, Outlet], list[str]]:
    files: dict[str, Path] = {}
    mistakes: list[str] = []
    for folder in map(Path, folders):
        if not folder.is_dir():
            mistakes.append(f"{folder}: no such folder; mend DRAGOMAN_OUTLETS")
        files |= {path.stem: path for path in sorted(folder.glob("*.y*ml"))}
    outlets: dict[str, Outlet] = {}
    places: dict[str, Path] = {}
    for path in files.values():
        outlet, found = _outlet(path)
        mistakes += found
        if outlet and outlet.id in outlets:
            mistakes.append(f"{path}:1: the id {outlet.id!r} is {places[outlet.id]}'s already; give it another")
        elif outlet:
            outlets[outlet.id], places[outlet.id] = outlet, path
    return outlets, mistakes


def _outlet(path: Path) -> tuple[Outlet | None, list[str]]:
    try:
        root, fields = _read_yaml(path.read_bytes()[:_MOST_BYTES].decode("utf-8"))
    except UnicodeDecodeError:
        return None, [f"{path}:1: not UTF-8; save it as UTF-8"]
    except OSError as reason:
        return None, [f"{path}: cannot be read: {reason.strerror}"]
    except (yaml.YAMLError, ValueError, RecursionError) as reason:
        return None, [_yaml_mistake(path, reason)]
    if not isinstance(root, yaml.MappingNode):
        return None, [
            f"{path}:1: no outlet in it; write id, name, kind, country, ownership, languages, homepage and feeds"
        ]
    lines, twice = _lines(root)
    mistakes = [f"{path}:{line}: the key {key!r} stands twice; take one out" for key, line in twice]
    try:
        outlet = Outlet.model_validate(fields)
    except ValidationError as reason:
        return None, mistakes + [_mistake(path, lines, error) for error in reason.errors()]
    if outlet.id != path.stem:
        mistakes.append(
            f"{path}:{lines.get('id', 1)}: the id is {outlet.id!r} but the file is {path.name}; make them the same"
        )
    return (None if mistakes else outlet), mistakes


def _read_yaml(text: str) -> tuple[yaml.Node | None, Any]:
    """A text's nodes, which know their lines, and its values, from one parse: half of the time that a catalogue takes."""
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
        return root, None if root is None else loader.construct_document(root)
    finally:
        loader.dispose()


def _lines(root: yaml.Node) -> tuple[dict[str, int], list[tuple[str, int]]]:
    """The line of each key (``feeds``) and item (``feeds.0``, ``rules.0.keep``), and keys that stand twice."""
    lines: dict[str, int] = {}
    twice = []
    level: list[tuple[str, yaml.Node]] = [("", root)]
    for _ in range(_DEEPEST):  # an alias may lead back to its own node
        deeper = []
        for place, node in level:
            for name, line, value in _parts(node):
                if place + name in lines and isinstance(node, yaml.MappingNode):
                    twice.append((place + name, line))
                lines[place + name] = line
                deeper.append((f"{place}{name}.", value))
        level = deeper
    return lines, twice


def _parts(node: yaml.Node) -> Iterator[tuple[str, int, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from ((str(key.value), key.start_mark.line + 1, value) for key, value in node.value)
    elif isinstance(node, yaml.SequenceNode):
        yield from ((str(at), item.start_mark.line + 1, item) for at, item in enumerate(node.value))


def _mistake(path: Path, lines: dict[str, int], error: ErrorDetails) -> str:
    parts = [str(part) for part in error["loc"]]
    place = ".".join(parts)
    nearest = (lines.get(".".join(parts[:length])) for length in range(len(parts), 0, -1))
    line = next((line for line in nearest if line), 1)
    if error["type"] == "extra_forbidden":
        known = _known(parts)
        near = difflib.get_close_matches(place, known, 1)
        return f"{path}:{line}: no key {place!r}; {f'did you mean {near[0]!r}?' if near else 'there are ' + ', '.join(known)}"
    if error["type"] == "missing":
        return f"{path}:{line}: {place!r} is missing; add it"
    message = error["msg"].removeprefix("Value error, ")
    return f"{path}:{line}: {place + ': ' if place else ''}{message}"


def _known(parts: Sequence[str]) -> list[str]:
    """The keys that may stand where this unknown one does."""
    if parts[0] == "rules" and len(parts) > 1:
        return [f"rules.{parts[1]}.{field.alias or name}" for name, field in PageRules.model_fields.items()]
    parts_of = (("expects", Expectations.model_fields), ("seen_in", SeenIn.model_fields))
    return [*Outlet.model_fields, *(f"{part}.{name}" for part, names in parts_of for name in names)]


def _yaml_mistake(path: Path, reason: Exception) -> str:
    mark = getattr(reason, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    return f"{path}:{line}: not YAML: {getattr(reason, 'problem', None) or reason}; indent with spaces, quote what has a colon"
