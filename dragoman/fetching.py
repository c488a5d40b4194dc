"""The command that gets single pages now: fetch."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.printing import Format

if TYPE_CHECKING:
    from archive.ledger import Entry


def fetch(
    urls: Annotated[list[str], typer.Argument(metavar="URL", help="Articles' addresses, of any site.")],
    format: Annotated[Format, typer.Option("--format", help="How to print it.")] = Format.TABLE,  # noqa: A002
) -> None:
    """Fetch these pages now: archive, derive, index. Says where each stands, and ends with 1 when one has no article.

    Example: dragoman fetch https://www.example.org/2026/summit
    """
    from archive.errors import UserError
    from crawler.outlet import web_address
    from crawler.running import fetch as run
    from dragoman import printing
    from dragoman.crawling import push_runs
    from dragoman.rooms import the_store

    for url in urls:
        try:
            web_address(url)
        except ValueError as reason:
            raise UserError(str(reason)) from reason
    _, error = run(urls, {}, lambda _: None)
    error = error or push_runs({})
    with the_store() as (_, store):
        entries = [entry for url in urls if (entry := store.ledger.entry(url))]
    if format is Format.JSON:
        printing.print_json([asdict(entry) for entry in entries])
    else:
        for entry in entries:
            print(_line(entry))
    if error:
        printing.say(f"dragoman: {error}")
        raise typer.Exit(error.exit_code)
    raise typer.Exit(0 if len(entries) == len(urls) and all(entry.article for entry in entries) else 1)


def _line(entry: Entry) -> str:
    cause = f": {entry.cause}" if entry.cause else ""
    return f"{entry.url}: {entry.state}{cause}{f' · {entry.article}' if entry.article else ''}"
