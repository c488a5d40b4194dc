"""The command that adds an outlet: it looks for what can be found, is told the rest, and writes the outlet's file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from dragoman.printing import Format

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.adding import Discovered
    from crawler.outlet import Outlet


def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="The outlet's front page.")],
    kind: Annotated[str | None, typer.Option(help="magazine, think tank, agency, ministry …")] = None,
    country: Annotated[
        str | None, typer.Option(help="ISO 3166-1 code, such as GB; if the page does not state it.")
    ] = None,
    ownership: Annotated[str | None, typer.Option(help="state, public, party, company, foundation …")] = None,
    language: Annotated[list[str] | None, typer.Option(help="ISO 639 code; if the page's is not the outlet's.")] = None,
    name: Annotated[str | None, typer.Option(help="If the page's is not the outlet's.")] = None,
    id: Annotated[str | None, typer.Option(help="The file's name; made of the outlet's.")] = None,  # noqa: A002
    format: Annotated[Format, typer.Option("--format", help="How to print it.")] = Format.TABLE,  # noqa: A002
) -> None:
    """Add an outlet: find its feeds, sitemaps, WordPress, language and name, and write its file.

    Nothing is guessed: what no page states is asked for, or wanted as an option.

    Example: dragoman outlets add https://example.org --kind magazine --country GB --ownership foundation
    """
    from crawler.adding import discover, write_outlet
    from dragoman import printing

    given = {"kind": kind, "ownership": ownership}
    _known(given)
    _ask(given)
    found = discover(_address(url), {})
    given |= {"country": country or found.page.country}
    _ask(given)
    outlet = _outlet(found, given, language or list(found.page.languages), name, id)
    path = write_outlet(outlet, own_folder())
    if format is Format.JSON:
        printing.print_json({**outlet.model_dump(mode="json"), "file": str(path)})
        return
    _print(outlet, path)


def _address(url: str) -> str:
    from archive.errors import OutletError

    address = url if "://" in url else f"https://{url}"
    if not address.startswith(("http://", "https://")):
        raise OutletError(f"{url!r} is no web address; write https://…")
    return address


def _choices() -> dict[str, tuple[str, ...]]:
    from crawler.outlet import Kind, Ownership

    return {"kind": get_args(Kind), "ownership": get_args(Ownership)}


def _known(given: dict[str, str | None]) -> None:
    """Raises BadParameter for a word that is none of those to choose from, before anybody is asked anything."""
    for option, words in _choices().items():
        if given[option] and given[option] not in words:
            raise typer.BadParameter(f"{given[option]!r} is none of {', '.join(words)}", param_hint=f"--{option}")


def _ask(given: dict[str, str | None]) -> None:
    """Ask the person at the terminal for what is not known; raises OutletError where there is nobody."""
    import sys

    from archive.errors import OutletError

    missing = [option for option, value in given.items() if not value]
    if missing and not sys.stdin.isatty():
        choices = _choices()
        wanted = [
            f"--{option} ({', '.join(choices[option])})" if option in choices else f"--{option}" for option in missing
        ]
        raise OutletError(f"the outlet's {' and '.join(missing)} cannot be found out by itself; add {' '.join(wanted)}")
    for option in missing:
        given[option] = typer.prompt(option)
    _known(given)


def _outlet(found: Discovered, given: dict[str, Any], languages: list[str], name: str | None, id: str | None) -> Outlet:  # noqa: A002
    from pydantic import ValidationError

    from archive.errors import OutletError
    from crawler.adding import outlet_id
    from crawler.catalogue import load_outlets
    from crawler.outlet import Outlet
    from crawler.settings import OUTLETS_FOLDERS

    called = name or found.page.name
    if not called or not languages:
        raise OutletError(
            f"the page states no {'name' if not called else 'language'}; add --{'name …' if not called else 'language en'}"
        )
    wanted = id or outlet_id(called, found.homepage)
    if wanted in load_outlets(OUTLETS_FOLDERS).outlets:
        raise OutletError(
            f"there is an outlet {wanted!r} already; give another --id, or see dragoman outlets show {wanted}"
        )
    try:
        return Outlet.model_validate(
            {
                **given,
                "id": wanted,
                "name": called,
                "languages": languages,
                "homepage": found.homepage,
                "feeds": found.feeds,
                "sitemaps": found.sitemaps,
                "wordpress": found.wordpress,
                "hubs": found.hubs,
                "seen_in": {"sources": [found.homepage]},
            }
        )
    except ValidationError as reason:
        first = reason.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        said = first["msg"].removeprefix("Value error, ")
        if not place:
            said = f"neither feeds nor sitemaps nor WordPress are at {found.homepage}; write its file by hand, with sections: or archive:"
        raise OutletError(f"{place}: {said}" if place else said) from reason


def own_folder() -> Path:
    """The operator's own outlets: the last folder of DRAGOMAN_OUTLETS, or the home's."""
    from pathlib import Path

    from crawler.settings import HOME, OUTLETS_FOLDERS

    return Path(OUTLETS_FOLDERS[-1]) if len(OUTLETS_FOLDERS) > 1 else HOME / "outlets"


def _print(outlet: Outlet, path: Path) -> None:
    from dragoman import printing

    print(f"{printing.plain(outlet.name)} ({outlet.id}), {outlet.country}, {' '.join(outlet.languages)}")
    for kind, url in outlet.all_sources:
        print(f"  {kind}: {printing.plain(url)}")
    for hub in outlet.hubs:
        print(f"  WebSub hub: {printing.plain(hub)}")
    print(f"written to {path}; next: dragoman crawl {outlet.id} --limit 20")
