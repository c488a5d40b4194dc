"""Commands that crawl: crawl, and demo, which crawls sample outlets on this machine."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.backfilling import begin_of_history
from dragoman.printing import Format

if TYPE_CHECKING:
    from archive.errors import DragomanError
    from crawler.summary import Summary

Watcher = Callable[[Mapping[str, Any]], None]


def crawl(
    outlets: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]", help="Outlets to crawl; all if none is named.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Fetch at most this many articles from each outlet.")] = None,
    retry: Annotated[
        str | None, typer.Option(metavar="CAUSE", help="Fetch again what failed by this cause, such as 'http 403'.")
    ] = None,
    due: Annotated[bool, typer.Option("--due", help="Ask only the sources whose time has come: for cron.")] = False,
    backfill: Annotated[
        bool, typer.Option("--backfill", help="Walk what is old, from new to old; needs --since.")
    ] = False,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Back to when: 2015, 2015-06 or 2015-06-30.")
    ] = None,
    for_: Annotated[
        str | None, typer.Option("--for", metavar="TIME", help="End after this long: 90s, 20m, 2h.")
    ] = None,
    format: Annotated[Format, typer.Option(help="How to print the summary.")] = Format.TABLE,  # noqa: A002
) -> None:
    """Crawl outlets: discover, archive, derive, index. Run it again for what is new.

    Example: dragoman crawl kootneeti un-news --limit 20
    Example: dragoman crawl kootneeti --backfill --since 2015
    """
    begin = begin_of_history(since, backfill, due)
    if retry:
        _reopen(retry, outlets or [])
    budget = {"CLOSESPIDER_TIMEOUT": _seconds(for_)} if for_ else {}
    raise typer.Exit(_crawl(outlets or [], limit, due, budget, format, begin))


def _reopen(cause: str, outlets: list[str]) -> None:
    """Have links that failed by this cause fetched again, even those that were given up."""
    from archive.errors import UserError
    from dragoman.rooms import the_store

    with the_store() as (_, store):
        if store.ledger.reopen(cause, outlets):
            return
        causes = store.ledger.failed_causes(outlets)
    there = ", ".join(f"{name!r} ({count})" for name, count in list(causes.items())[:10])
    raise UserError(f"nothing failed by {cause!r}; {f'there are: {there}' if there else 'nothing failed at all'}")


def demo(
    format: Annotated[Format, typer.Option(help="How to print the summary.")] = Format.TABLE,  # noqa: A002
) -> None:
    """Do the whole job on three sample outlets, served on this machine: crawl, archive, derive, index, search.

    Example: DRAGOMAN_HOME=/tmp/demo dragoman demo
    """
    from dragoman.rooms import the_index
    from dragoman.sample import OUTLETS, crawlable
    from search.query import parse

    with crawlable():
        quick = {"OUTLETS_FOLDERS": [str(OUTLETS)], "AUTOTHROTTLE_START_DELAY": 0.05}
        code = _crawl([], None, False, quick, format)
    if code == 0 and format is Format.TABLE:
        from dragoman import printing

        query = 'japan defence "rules-based order" -sports'
        print(f"\n$ dragoman search '{query}'")
        with the_index() as index:
            found = index.search(parse(query), 5)
        printing.print_hits(found.total, found.hits, {})
        print("Try: dragoman search 'language:fr' · dragoman search 台湾 · dragoman status · dragoman show ID --raw")
    raise typer.Exit(code)


def _seconds(time: str) -> int:
    """A time such as 20m in seconds."""
    found = re.fullmatch(r"(\d{1,6})\s*([smh]?)", time.strip())
    if found is None or not int(found[1]):
        raise typer.BadParameter(f"{time!r} is no time; write 90s, 20m or 2h", param_hint="--for")
    return int(found[1]) * {"s": 1, "m": 60, "h": 3600, "": 1}[found[2]]


def _crawl(
    only: list[str],
    limit: int | None,
    due: bool,
    overrides: Mapping[str, Any],
    format: Format,  # noqa: A002
    since: datetime | None = None,
) -> int:
    from dataclasses import asdict

    from archive.errors import RunLocked
    from crawler import settings
    from crawler.logs import note
    from crawler.running import crawl as run
    from dragoman import printing
    from dragoman.alarming import after_crawl, check_ways
    from dragoman.progress import told

    check_ways()
    try:
        with told() as tell:
            summary, error = run(only, limit, due, overrides, _told_by(tell), since)
    except RunLocked as locked:
        if not settings.LOG_FILE_ROTATED:
            raise
        note(str(locked))  # and nowhere else: cron makes a mail of all that it reads
        return locked.exit_code
    error = error or push_runs(overrides)
    _note(summary, error)
    if format is Format.JSON:
        printing.print_json({**asdict(summary), "error": str(error) if error else None})
    else:
        _print_summary(summary)
    if error:
        printing.say(f"dragoman: {error}")
    code = error.exit_code if error else 1 if summary.failures_in_all else 0
    for problem in after_crawl(overrides.get("OUTLETS_FOLDERS"), code):
        if settings.LOG_FILE_ROTATED:
            note(problem)
        else:
            printing.say(f"dragoman: {problem}")
    return code


def push_runs(overrides: Mapping[str, Any]) -> DragomanError | None:
    """Tell the index of runs of the crawl; when it is away, the next crawl or dragoman index does."""
    from archive.errors import ArchiveError, IndexUnavailable
    from dragoman.history import push_new_runs
    from dragoman.rooms import the_store

    try:
        with the_store() as (_, store):
            push_new_runs(store, overrides.get("OUTLETS_FOLDERS"))
    except (ArchiveError, IndexUnavailable) as reason:
        return reason
    return None


def _note(summary: Summary, error: Exception | None) -> None:
    """The run's lines in the log file, if there is one."""
    from crawler import settings
    from crawler.logs import note

    if settings.LOG_FILE_ROTATED:
        outcomes = ", ".join(f"{name} {count}" for name, count in summary.outcomes.items()) or "nothing"
        note(f"{summary.finished} after {summary.seconds:g} s: {summary.captures} captures, {outcomes}")
        for failure in summary.failures:
            note(f"failed: {failure.outlet}: {failure.url}: {failure.cause}")
        if error:
            note(f"error: {error}")


def _print_summary(summary: Summary) -> None:
    from archive.links import Outcome
    from dragoman import printing

    met = [str(outcome) for outcome in Outcome if summary.outcomes.get(outcome)]
    rows = [
        (name, counts.discovered, *(counts.outcomes.get(outcome, 0) for outcome in met))
        for name, counts in summary.outlets.items()
    ]
    if len(rows) > 1:
        rows.append(("all", summary.discovered, *(summary.outcomes[outcome] for outcome in met)))
    columns = ("outlet", "discovered", *(outcome.replace("_", " ") for outcome in met))
    printing.print_table(f"{summary.captures} captures in {summary.seconds:g} s", columns, rows)
    print(f"{summary.indexed} articles indexed, {summary.waiting_for_index} wait for the index")
    for failure in summary.failures:
        print(f"failed: {failure.outlet}: {failure.url}: {failure.cause}")
    if (unlisted := summary.failures_in_all - len(summary.failures)) > 0:
        print(f"and {unlisted} more failures")


def _told_by(tell: Callable[[str], None]) -> Watcher:
    def watch(stats: Mapping[str, Any]) -> None:
        kept = sum(count for name, count in stats.items() if name.startswith("outcome/") and name.endswith("/new"))
        found = sum(count for name, count in stats.items() if name.startswith("discovered/"))
        captures, failures = stats.get("captures", 0), stats.get("failures", 0)
        tell(f"{found} links, {captures} captures, {kept} new articles, {failures} failures")

    return watch
