"""What an outlet's file should expect, as YAML, and that YAML in the operator's file: all else stays as it was written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from archive.errors import OutletError
from crawler.outlet import Expectations, Outlet

_KEY = "expects"


def lines_of(expects: Expectations) -> str:
    """The lines for an outlet's file."""
    given = expects.model_dump(exclude_none=True)
    plain = {name: int(bound) if bound == int(bound) else bound for name, bound in given.items()}
    return yaml.safe_dump({_KEY: plain}, sort_keys=False)


def joined(outlet: Outlet, suggestion: Expectations) -> Expectations:
    """What is suggested, and of what the file expects already that for which nothing is."""
    return outlet.expects.model_copy(update=suggestion.model_dump(exclude_none=True))


def write_expectations(outlet: Outlet, expects: Expectations, folders: Sequence[str], own: Path) -> Path:
    """Write them into the outlet's file. One of ours is first copied into ``own``, the operator's folder, and stands over ours from there.

    Raises OutletError when it cannot be read or written, or is written in a way that we do not touch.
    """
    path = _file_of(outlet.id, folders)
    target = own / f"{outlet.id}.yaml" if path.parent == Path(folders[0]) else path
    try:
        text = with_expectations(path.read_text(encoding="utf-8"), expects)
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, text)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as reason:
        raise OutletError(f"{path}: {_KEY}: cannot be put into it by itself; paste the lines") from reason
    except OSError as reason:
        raise OutletError(
            f"{target} cannot be written: {reason.strerror}; set DRAGOMAN_OUTLETS to a folder of yours"
        ) from reason
    return target


def with_expectations(text: str, expects: Expectations) -> str:
    """An outlet's file with these expectations in the place of its own, or at its end. Raises ValueError where that would change more."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        raise ValueError("no block of keys")
    lines = text.splitlines(keepends=True)
    place = next(((key, value) for key, value in root.value if key.value == _KEY), None)
    begin, end = (place[0].start_mark.line, _end(place[1], lines)) if place else (len(lines), len(lines))
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    changed = "".join([*lines[:begin], lines_of(expects), *lines[end:]])
    if _without(changed) != _without(text):
        raise ValueError("something else would change")
    return changed


def _end(value: yaml.Node, lines: Sequence[str]) -> int:
    """The line after the value's last; what stands between it and the next key, comments too, is not the value's."""
    end = value.end_mark.line + (1 if value.end_mark.column else 0)
    while end > value.start_mark.line + 1 and lines[end - 1].strip().partition("#")[0] == "":
        end -= 1
    return end


def _without(text: str) -> dict[str, Any]:
    return {name: value for name, value in yaml.safe_load(text).items() if name != _KEY}


def _file_of(name: str, folders: Sequence[str]) -> Path:
    found = [path for folder in folders for path in (Path(folder) / f"{name}.yaml", Path(folder) / f"{name}.yml")]
    return next((path for path in reversed(found) if path.exists()), found[-1])


def _replace(path: Path, text: str) -> None:
    """In one move, so that a crawl that begins meanwhile reads the one or the other."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=path.parent, prefix=f".{path.stem}-", delete=False
    ) as file:
        file.write(text)
    try:
        Path(file.name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.replace(file.name, path)  # noqa: PTH105 - rename that overwrites
    except OSError:
        Path(file.name).unlink(missing_ok=True)
        raise
