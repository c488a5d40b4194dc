"""Commands about where things stand: status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.printing import Format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.health import Alarm

AsFormat = Annotated[Format, typer.Option("--format", help="How to print it.")]


def status(
    url: Annotated[
        str | None, typer.Argument(metavar="[URL]", help="One URL: where it stands, and its history.")
    ] = None,
    format: AsFormat = Format.TABLE,  # noqa: A002
) -> None:
    """Say what the archive holds, what became of every link, what waits, and what is not well; or all of one URL.

    Ends with 1 when an outlet, or the last run, is not well; a warning alone leaves it at 0.

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
    alarms = _alarms()
    if format is Format.JSON:
        told = {"in_index": in_index, "index_problem": str(problem) if problem else None}
        printing.print_json({**asdict(found), **told, "alarms": [_told(alarm) for alarm in alarms]})
    else:
        _print_status(found, in_index, alarms)
    if problem:
        raise problem
    raise typer.Exit(1 if any(alarm.severity == "failure" for alarm in alarms) else 0)


def _alarms() -> Sequence[Alarm]:
    """What is wrong with the outlets that were ever crawled, and with the last runs."""
    from dragoman.alarming import standing_now
    from dragoman.rooms import the_store

    with the_store() as (_, store):
        return standing_now(store, None).alarms


def _told(alarm: Alarm) -> dict[str, Any]:
    """An alarm for a program; what is wrong with all has no outlet."""
    from dataclasses import asdict

    return {**asdict(alarm), "outlet": alarm.outlet or None, "about": alarm.about or None}


def _print_status(found: Any, in_index: int | None, alarms: Sequence[Alarm]) -> None:
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
        ("outlet", "announced", "archived", *outcomes, "last fetch", "not well"),
        [
            (
                name,
                one.announced,
                one.archived,
                *(one.outcomes.get(outcome, 0) for outcome in outcomes),
                str(one.last_fetched_at or "")[:16],
                " ".join(dict.fromkeys(alarm.kind for alarm in alarms if alarm.outlet == name)),
            )
            for name, one in found.outlets.items()
        ],
    )
    for run in found.runs:
        print(
            f"run {run.id}: {run.command}, {run.started_at:%Y-%m-%d %H:%M} to {f'{run.finished_at:%H:%M}' if run.finished_at else '…'}"
        )
    for alarm in alarms:
        said = "warning: " if alarm.severity == "warning" else ""
        print(f"{said}{alarm.outlet or 'all'}: {alarm.kind}: {alarm.seen}; {alarm.mend}")


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
