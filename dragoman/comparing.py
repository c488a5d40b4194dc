"""How a comparison of two versions looks: colours on a terminal, ``[-gone-]{+come+}`` in a pipe, as of ``git diff --word-diff``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dragoman.printing import plain, print_json

if TYPE_CHECKING:
    from archive.article import Article
    from pipelines.changes import Change, Changes

_STYLES = {"same": "", "removed": "red strike", "added": "green underline"}
_MARKS = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
_SIDES = (
    "version",
    "title",
    "fetched_at",
    "modified_at",
    "modified_precision",
    "content_hash",
    "silently_edited",
    "capture",
)


def print_changes_json(before: Article, after: Article, changes: Changes) -> None:
    """The same as one JSON document."""
    sides = [one.model_dump(mode="json", include=set(_SIDES)) for one in (before, after)]
    print_json(
        {
            "id": after.id,
            "url": after.url,
            "before": sides[0],
            "after": sides[1],
            "changes": [
                {
                    "field": change.field,
                    "unchanged_before": change.unchanged,
                    "pieces": [{"kind": piece.kind, "text": piece.text} for piece in change.pieces],
                }
                for change in changes.changes
            ],
            "unchanged_after": changes.unchanged,
        }
    )


def print_changes(before: Article, after: Article, changes: Changes) -> None:
    """What was removed and added, paragraph by paragraph; those that stayed are counted."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, markup=False)
    coloured = console.is_terminal and console.color_system is not None and not console.no_color
    lines: list[Text] = [Text(plain(line), "dim") for line in _about(before, after)]
    for change in changes.changes:
        lines += [Text(line, "dim") for line in _unchanged(change.unchanged)]
        lines.append(_coloured(change) if coloured else Text(_label(change) + _marked(change)))
    if changes.changes:
        lines += [Text(line, "dim") for line in _unchanged(changes.unchanged)]
    else:
        lines.append(Text("nothing was changed"))
    for line in lines:
        if console.is_terminal:
            console.print(line)
        else:
            print(line.plain)  # a pipe has no width to wrap at


def _about(before: Article, after: Article) -> list[str]:
    lines = [f"{after.id} · {after.url}"]
    for sign, one in (("-", before), ("+", after)):
        stated = f", says it was changed {one.modified_at}" if one.modified_at else ", states no date of change"
        lines.append(f"{sign} version {one.version}, captured {one.fetched_at}{stated}")
    if after.silently_edited:
        lines.append("edited silently: the text changed, the page's date of change did not")
    return lines


def _unchanged(paragraphs: int) -> list[str]:
    if not paragraphs:
        return []
    return [f"… {paragraphs} {'paragraph' if paragraphs == 1 else 'paragraphs'} unchanged"]


def _label(change: Change) -> str:
    return {"title": "title: ", "summary": "standfirst: ", "body": ""}[change.field]


def _marked(change: Change) -> str:
    pieces = ((_MARKS[piece.kind], plain(piece.text)) for piece in change.pieces)
    return "".join(f"{opens}{text}{closes}" for (opens, closes), text in pieces)


def _coloured(change: Change) -> Any:
    from rich.text import Text

    text = Text(_label(change))
    for piece in change.pieces:
        text.append(plain(piece.text), _STYLES[piece.kind])
    return text
