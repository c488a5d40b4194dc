"""Commands about the catalogue: which outlets there are, what is known of one, whether their files are right."""

from __future__ import annotations

from typing import Annotated

import typer

from archive.errors import OutletError
from dragoman.printing import Format

app = typer.Typer(help="The catalogue of outlets.", no_args_is_help=True, rich_markup_mode=None)

AsFormat = Annotated[Format, typer.Option("--format", help="How to print it.")]


@app.command(name="list")
def list_(format: AsFormat = Format.TABLE) -> None:  # noqa: A002
    """List all outlets.

    Example: dragoman outlets list --format json
    """
    from crawler.catalogue import load_outlets
    from crawler.settings import OUTLETS_FOLDERS
    from dragoman import printing

    outlets = tuple(load_outlets(OUTLETS_FOLDERS))
    if format is Format.JSON:
        printing.print_json([outlet.model_dump(mode="json") for outlet in outlets])
        return
    printing.print_table(
        f"{len(outlets)} outlets",
        ("id", "name", "kind", "country", "languages", "feeds", "sitemaps"),
        ((o.id, o.name, o.kind, o.country, " ".join(o.languages), len(o.feeds), len(o.sitemaps)) for o in outlets),
    )


@app.command()
def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="The outlet's id.")],  # noqa: A002
    format: AsFormat = Format.TABLE,  # noqa: A002
) -> None:
    """Show what is known of one outlet.

    Example: dragoman outlets show kootneeti
    """
    from crawler.catalogue import load_outlets
    from crawler.settings import OUTLETS_FOLDERS
    from dragoman import printing

    outlet = load_outlets(OUTLETS_FOLDERS).get(id)
    fields = outlet.model_dump(mode="json")
    if format is Format.JSON:
        printing.print_json(fields)
    else:
        rows = ((name, "\n".join(value) if isinstance(value, list) else value) for name, value in fields.items())
        printing.print_table(outlet.name, ("", ""), rows)


@app.command()
def check(
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]", help="All, if none is named.")] = None,
    format: AsFormat = Format.TABLE,  # noqa: A002
) -> None:
    """Check outlets' files: each mistake is one line with its file, line and mend.

    Example: dragoman outlets check kootneeti
    """
    from crawler.catalogue import check_outlets, load_outlets
    from crawler.settings import OUTLETS_FOLDERS
    from dragoman import printing

    mistakes = check_outlets(OUTLETS_FOLDERS)
    if not mistakes:
        checked = [load_outlets(OUTLETS_FOLDERS).get(name).id for name in ids or ()]
        count = len(checked) or len(tuple(load_outlets(OUTLETS_FOLDERS)))
    if format is Format.JSON:
        printing.print_json({"mistakes": mistakes})
    elif not mistakes:
        print(f"{count} outlets checked, all right")
    else:
        print("\n".join(mistakes))
    if mistakes:
        raise typer.Exit(OutletError.exit_code)
