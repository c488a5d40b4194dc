"""Commands about where things stand: status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.printing import Format

if TYPE_CHECKING:
    from crawler.health import Alarm

AsFormat = Annotated[Format, typer.Option("--format", help="How to print it.")]


def status(
    url: Annotated[
        str | None, typer.Argument(metavar="[URL]", help="One URL: where it stands, and its history.")
    ] = None,
    format: AsFormat = Format.TABLE,  # noqa: A002
) -> None:
    """Say what the archive holds, what became of every link, what waits, and which outlets are not well; or all of one URL.

    Ends with 1 when an outlet is not well.

    Example: dragoman status https://www.example.org/2026/summit
    """
    if url:
        _print_entry(url, format)
        return
    from dataclasses import asdict

    from archive.errors import IndexUnavailable
    from archive.home import open_home
    from archive.status import status_of
    from crawler import settings
    from dragoman import printing
    from dragoman.rooms import the_index

    found = status_of(open_home(settings.HOME))
    problem, in_index = None, None
    try:
        with the_index() as live:
            in_index = live.count()
    except IndexUnavailable as reason:
        problem = reason
    alarms = _alarms(set(found.outlets))
    if format is Format.JSON:
        told = {"in_index": in_index, "index_problem": str(problem) if problem else None}
        printing.print_json({**asdict(found), **told, "alarms": [asdict(alarm) for alarm in alarms]})
    else:
        _print_status(found, in_index)
        for alarm in alarms:
            print(f"{alarm.outlet}: {alarm.kind}: {alarm.seen}; {alarm.mend}")
    if problem:
        raise problem
    raise typer.Exit(1 if alarms else 0)


def _alarms(crawled: set[str]) -> list[Alarm]:
    """What is wrong with the outlets that were ever crawled."""
    from datetime import UTC, datetime

    from crawler import settings
    from crawler.catalogue import load_outlets
    from crawler.health import LATELY, alarms_of
    from dragoman.rooms import the_store

    now, found = datetime.now(UTC), []
    with the_store() as (_, store):
        for outlet in load_outlets(settings.OUTLETS_FOLDERS):
            if outlet.id in crawled:
                habits = store.observed.habits(outlet.id, (*outlet.feeds, *outlet.sitemaps), now - LATELY)
                found += alarms_of(outlet, habits, now)
    return found


def _print_status(found: Any, in_index: int | None) -> None:
    from dragoman import printing

    rows = [
        ("home", found.home),
        ("captures", found.captures),
        ("articles", found.articles),
        ("versions", found.versions),
        ("in the index", in_index),
        ("waiting for the index", found.waiting_for_index),
        ("rejected by the index", found.rejected_by_index),
    ]
    printing.print_table("archive", ("", ""), [(name, str(value)) for name, value in rows])
    outcomes = sorted(found.outcomes)
    printing.print_table(
        f"{found.links} URLs announced, {found.archived} of them archived",
        ("outlet", "announced", "archived", *outcomes, "last fetch"),
        [
            (
                name,
                one.announced,
                one.archived,
                *(one.outcomes.get(outcome, 0) for outcome in outcomes),
                str(one.last_fetched_at or "")[:16],
            )
            for name, one in found.outlets.items()
        ],
    )
    for run in found.runs:
        print(
            f"run {run.id}: {run.command}, {run.started_at:%Y-%m-%d %H:%M} to {f'{run.finished_at:%H:%M}' if run.finished_at else '…'}"
        )


def _print_entry(url: str, format: Format) -> None:  # noqa: A002
    from dataclasses import asdict

    from archive.errors import UserError
    from dragoman import printing
    from dragoman.rooms import the_store

    with the_store() as (_, store):
        entry = store.ledger.entry(url)
    if entry is None:
        raise UserError(f"{url} was never announced, and no article is from it; check it for a typing mistake")
    if format is Format.JSON:
        printing.print_json(asdict(entry))
        return
    about = f": {entry.cause}" if entry.cause else ""
    print(f"{entry.url}\n{entry.state}{about} · {entry.outlet} · article {entry.article or 'none'}")
    printing.print_table(
        "history",
        ("when", "what", "detail"),
        [(f"{event.at:%Y-%m-%d %H:%M:%S}", event.what, event.detail or "") for event in entry.history],
    )
