"""Commands about Kibana: put our objects in, or write them to a file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from archive.errors import UserError
from dragoman.printing import Format

if TYPE_CHECKING:
    from search.kibana.installing import Installed

app = typer.Typer(
    help="Data views, saved searches and dashboards in Kibana.", no_args_is_help=True, rich_markup_mode=None
)
_SPACE = re.compile(r"[a-z0-9_-]{1,200}")
"""What Kibana takes as a space's id."""


@app.command()
def install(
    url: Annotated[str, typer.Option(help="Kibana's address, such as http://localhost:5601.")],
    space: Annotated[str, typer.Option(help="The space's id, as it is in Kibana's addresses after /s/.")] = "default",
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Also replace what users changed or a newer Dragoman put in.")
    ] = False,
    format: Annotated[Format, typer.Option(help="How to print what was done.")] = Format.TABLE,  # noqa: A002
) -> None:
    """Put Dragoman's data views, saved searches and dashboards into Kibana, or bring them up to date.

    Who we are comes from DRAGOMAN_KIBANA_API_KEY, or _USER and _PASSWORD; a CA's file from DRAGOMAN_KIBANA_CA.

    Example: dragoman kibana install --url http://localhost:5601 --space analysts
    """
    from crawler import settings
    from search.kibana.client import Address, Kibana
    from search.kibana.installing import install as put_in

    _check_address(url)
    if not _SPACE.fullmatch(space):
        raise UserError(f"--space {space!r}: a space's id has small letters, digits, - and _")
    address = Address(
        url,
        space,
        api_key=settings.KIBANA_API_KEY,
        user=settings.KIBANA_USER,
        password=settings.KIBANA_PASSWORD,
        ca=settings.KIBANA_CA,
    )
    kibana = Kibana(address)
    done = put_in(kibana, settings.ELASTICSEARCH_INDEX or "dragoman", overwrite=overwrite)
    _print(done, kibana.page("/app/dashboards"), format)


@app.command()
def export(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="Standard output if left out.")] = None,
) -> None:
    """Write the same objects as NDJSON, for Stack Management → Saved Objects → Import.

    Example: dragoman kibana export dragoman.ndjson
    """
    from crawler import settings
    from search.kibana.compiled import our_objects
    from search.kibana.objects import ndjson

    content = ndjson(our_objects(settings.ELASTICSEARCH_INDEX or "dragoman"))
    if file is None:
        print(content, end="")
        return
    try:
        file.write_text(content, "utf-8")
    except OSError as reason:
        raise UserError(f"{file} cannot be written: {reason.strerror}") from reason


def _check_address(url: str) -> None:
    """Raises UserError for what is no address, and for one that holds a password, which messages would show."""
    from crawler.outlet import web_address

    try:
        parts = urlsplit(web_address(url))
    except ValueError as reason:
        raise UserError(f"--url {url!r}: an http:// or https:// address is wanted") from reason
    if parts.username:
        raise UserError("--url: leave out who we are; set DRAGOMAN_KIBANA_USER and DRAGOMAN_KIBANA_PASSWORD")


def _print(done: Installed, page: str, format: Format) -> None:  # noqa: A002
    from dragoman import printing

    if format is Format.JSON:
        told = {
            name: [{"type": one.type, "id": one.id} for one in objects]
            for name, objects in (("new", done.new), ("again", done.again), ("left", done.left))
        }
        printing.print_json({"kibana": done.kibana, **told, "dashboards": page})
        return
    print(f"Kibana {done.kibana}: {len(done.new)} objects new, {len(done.again)} put in again")
    for one in done.left:
        print(
            f"left as it was changed there: {one.type} {one.attributes['title']!r} ({one.id}); --overwrite replaces it"
        )
    print(page)
