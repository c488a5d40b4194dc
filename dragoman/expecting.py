"""The command that suggests what an outlet's file should expect, by what the archive has of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.printing import Format

if TYPE_CHECKING:
    from crawler.outlet import Expectations, Outlet


def expect(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]", help="All that were crawled, if none is named.")
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Write it into the outlets' files, in your folder.")] = False,
    format: Annotated[Format, typer.Option("--format", help="How to print it.")] = Format.TABLE,  # noqa: A002
) -> None:
    """Suggest what outlets should be expected to give, from their last good weeks: lines for their files.

    Example: dragoman outlets expect kootneeti --write
    """
    from crawler import settings
    from crawler.catalogue import load_outlets
    from crawler.suggesting import write_expectations
    from dragoman import printing
    from dragoman.adding import own_folder

    catalogue = load_outlets(settings.OUTLETS_FOLDERS)
    told = []
    for outlet, weeks, expects in _suggestions(
        [catalogue.get(name) for name in ids or ()] or list(catalogue), bool(ids)
    ):
        file = None
        if write and expects:
            file = write_expectations(outlet, expects, settings.OUTLETS_FOLDERS, own_folder())
        fields = expects.model_dump(exclude_none=True) if expects else None
        told.append({"outlet": outlet.id, "weeks": weeks, "expects": fields, "file": str(file) if file else None})
        if format is not Format.JSON:
            _print(outlet.id, weeks, expects, str(file or ""))
    if format is Format.JSON:
        printing.print_json(told)
    elif not told:
        print("nothing was crawled yet; next: dragoman crawl")


def _suggestions(outlets: list[Outlet], named: bool) -> list[tuple[Outlet, list[int], Expectations | None]]:
    """For each of these outlets, or those of them that were crawled, its good weeks and what follows from them."""
    from datetime import UTC, datetime

    from archive.habits import Habits
    from crawler.expecting import good_weeks, suggested
    from crawler.suggesting import joined
    from crawler.watch import observed
    from dragoman.rooms import the_store

    with the_store() as (_, store):
        habits, gaps = observed(store, outlets, datetime.now(UTC))
    found: list[tuple[Outlet, list[int], Any]] = []
    for outlet in outlets:
        if named or outlet.id in habits:
            of_it = habits.get(outlet.id) or Habits(())
            suggestion = suggested(of_it, gaps)
            found.append((outlet, good_weeks(of_it, gaps), joined(outlet, suggestion) if suggestion else None))
    return found


def _print(name: str, weeks: list[int], expects: Expectations | None, file: str) -> None:
    from crawler.suggesting import lines_of

    if expects is None:
        print(f"# {name}: {len(weeks)} good weeks are known, and two are needed")
        return
    print(
        f"# {name}: {min(weeks)} to {max(weeks)} articles in {len(weeks)} good weeks{f'; written to {file}' if file else ''}"
    )
    print(lines_of(expects))
