"""Commands about words: synonyms."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.printing import Format


def synonyms(
    apply: Annotated[
        bool,
        typer.Option("--apply", help="Put them into Elasticsearch's indices; the embedded index reads them itself."),
    ] = False,
    format: Annotated[Format, typer.Option(help="How to print them.")] = Format.TABLE,  # noqa: A002
) -> None:
    """List which words mean the same in a search: the project's groups, and those of synonyms.txt in the home.

    Example: dragoman synonyms --apply
    """
    from archive.home import open_home
    from crawler import settings
    from dragoman import printing
    from dragoman.rooms import the_index
    from search.analysis.synonyms import synonyms as known
    from search.opening import own_synonyms

    groups = known(own_synonyms(open_home(settings.HOME).index)).groups
    if apply:
        with the_index() as index:
            changed = index.apply_synonyms()
        if format is Format.JSON:
            printing.print_json({"groups": len(groups), "changed": changed})
        else:
            print(f"{len(groups)} groups, {changed} {'index' if changed == 1 else 'indices'} changed")
    elif format is Format.JSON:
        printing.print_json([{"typed": typed, "finds": found} for typed, found in groups])
    else:
        printing.print_table(
            "Synonyms", ("typed", "finds"), ((", ".join(typed), ", ".join(found)) for typed, found in groups)
        )
