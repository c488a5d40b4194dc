"""Commands about the Elasticsearch cluster itself: what its operator grants."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.printing import Format

app = typer.Typer(help="What an Elasticsearch cluster has to grant.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def _cluster() -> None:
    pass  # so that "roles" stays a command of its own while it is the only one


@app.command()
def roles(
    format: Annotated[  # noqa: A002
        Format, typer.Option("--format", help="As requests, or the roles' bodies as JSON.")
    ] = Format.TABLE,
) -> None:
    """Print the least that the crawler and analysts need, as requests for Kibana's console. The cluster is not asked.

    Example: dragoman elasticsearch roles --format json
    """
    import json

    from crawler import settings
    from dragoman import printing
    from search.roles import roles as named

    found = named(settings.ELASTICSEARCH_INDEX or "dragoman")
    if format is Format.JSON:
        printing.print_json(found)
        return
    for name, role in found.items():
        print(f"PUT /_security/role/{name}\n{json.dumps(role, indent=2)}\n")
    crawler = next(iter(found))
    key = {"name": crawler, "role_descriptors": {crawler: found[crawler]}}
    print(
        "# A key with the crawler's rights and no others; DRAGOMAN_ELASTICSEARCH_API_KEY is its answer's \"encoded\"."
    )
    print(f"POST /_security/api_key\n{json.dumps(key, indent=2)}")
