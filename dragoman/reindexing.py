"""The command that builds the index again: from the articles, or from the captures; all of it, or a part."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from archive.errors import UserError
from dragoman.printing import Format

if TYPE_CHECKING:
    from archive.revisions import Wanted
    from archive.store import Store
    from pipelines.rereading import Reread
    from search.index import Index
    from search.reindex import Reindexed


def reindex(
    extract: Annotated[
        bool, typer.Option("--extract", help="First derive the articles again from their captures, in parallel.")
    ] = False,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help='Only articles published since: 2026-10-03, "last month".')
    ] = None,
    outlet: Annotated[str | None, typer.Option(metavar="ID", help="Only articles of this outlet.")] = None,
    language: Annotated[str | None, typer.Option(metavar="CODE", help="Only articles in this language: fr.")] = None,
    keep: Annotated[
        int, typer.Option(min=0, metavar="N", help="Generations that stay beside the live one, to go back to.")
    ] = 1,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done; write nothing.")] = False,
    rollback: Annotated[
        bool, typer.Option("--rollback", help="Go back to the generation before, with all articles that came since.")
    ] = False,
    format: Annotated[Format, typer.Option("--format", help="How to print the summary.")] = Format.TABLE,  # noqa: A002
) -> None:
    """Build the index again from the archive, beside the live one, compare, and swap. Searches and crawls go on meanwhile.

    Broken off, it goes on where it was when it is run again. With --since, --outlet or --language no new generation is
    built: these articles are written again into the live one.

    Example: dragoman reindex --extract
    """
    from archive.lock import hold
    from archive.revisions import Wanted
    from dragoman.rooms import the_index, the_store

    wanted = Wanted(_instant(since), outlet, _language(language))
    if rollback and (extract or wanted):
        raise UserError(
            "--rollback goes back to a whole generation; leave out --extract, --since, --outlet, --language"
        )
    with the_store() as (home, store), the_index() as index:
        if outlet and not store.revisions.count(Wanted(outlet=outlet)):
            raise UserError(f"the archive has no article of the outlet {outlet!r}; dragoman status lists its outlets")
        if dry_run:
            told = _plan(store, index, wanted, extract=extract, rollback=rollback, keep=keep)
            _print(format, told, [f"{name}: {value}" for name, value in told.items()])
            return
        with hold(home, "reindex.lock"):
            reread = _reread(store, wanted) if extract else None
            done = _rolled_back(store, index) if rollback else _reindexed(store, index, wanted, keep)
            if reread:
                _reread_is_indexed(store, wanted)
    told = _told(done, reread)
    _print(format, told, _lines(done, reread, wanted))
    failed = done.rejected or done.differences or (reread and reread.failures)
    raise typer.Exit(1 if failed else 0)


def _reindexed(store: Store, index: Index, wanted: Wanted, keep: int) -> Reindexed:
    from dataclasses import replace

    from archive.revisions import Wanted
    from dragoman.history import push_all_runs
    from dragoman.progress import moving
    from search.backlog import push
    from search.reindex import planned, reindex, write_again

    if wanted:
        with moving("reindex", store.revisions.count(wanted)) as watch:
            done = write_again(store.revisions, index, wanted, watch)
        pushed = push(store, index)  # those among them that, read again, are of another language or date
        return replace(
            done,
            generation=index.live(),
            indexed=done.indexed + pushed.indexed,
            rejected=done.rejected + pushed.rejected,
        )
    _tell_untold(store)
    with moving("reindex", planned(store.revisions, index).articles or store.revisions.count(Wanted())) as watch:
        done = reindex(store.revisions, index, keep, watch)
    push_all_runs(store)
    if done.differences:
        return done
    store.retry_rejected()
    return replace(done, rejected=done.rejected + push(store, index).rejected)


def _rolled_back(store: Store, index: Index) -> Reindexed:
    from dragoman.progress import moving
    from search.reindex import catching_up, roll_back

    with moving("rollback", catching_up(store.revisions, index)) as watch:
        return roll_back(store.revisions, index, watch)


def _reread(store: Store, wanted: Wanted) -> Reread:
    from crawler import settings
    from crawler.catalogue import load_outlets
    from dragoman.progress import moving
    from dragoman.rooms import the_knowledge
    from pipelines.rereading import Reread, reread, to_reread
    from pipelines.workers import Workers

    knowledge, done = the_knowledge(load_outlets(settings.OUTLETS_FOLDERS), store), Reread()
    with (
        Workers(settings.WORKERS, settings.PAGE_SECONDS) as workers,
        moving("extract", to_reread(store, wanted)) as watch,
    ):
        for done in reread(store, wanted, workers, knowledge):
            watch(done.articles)
    return done


def _reread_is_indexed(store: Store, wanted: Wanted) -> None:
    from pipelines.rereading import all_reread

    all_reread(store, wanted)


def _tell_untold(store: Store) -> None:
    """An older version of Dragoman kept articles without finding their stories."""
    from crawler import settings
    from pipelines.telling import tell_untold
    from pipelines.workers import Workers

    if next(store.stories.untold(), None):
        with Workers(settings.WORKERS, settings.PAGE_SECONDS) as workers:
            tell_untold(store, workers)


def _plan(store: Store, index: Index, wanted: Wanted, *, extract: bool, rollback: bool, keep: int) -> dict[str, Any]:
    from pipelines.rereading import to_reread
    from search.reindex import before, catching_up, planned

    told: dict[str, Any] = {"dry_run": True}
    if rollback:
        return told | {
            "live": index.live(),
            "back_to": before(index),
            "articles": catching_up(store.revisions, index),
        }
    if extract:
        told["extract"] = to_reread(store, wanted)
    if wanted:
        return told | {"live": index.live(), "articles": store.revisions.count(wanted)}
    plan = planned(store.revisions, index)
    older = [*plan.others, plan.live] if plan.live else [*plan.others]
    return told | {
        "live": plan.live,
        "resumes": plan.resumes,
        "articles": plan.articles,
        "removes": older[: max(len(older) - keep, 0)],
    }


def _told(done: Reindexed, reread: Reread | None) -> dict[str, Any]:
    told: dict[str, Any] = {
        "indexed": done.indexed,
        "rejected": [{"id": one.article_id, "reason": one.reason} for one in done.rejected],
        "differences": [str(one) for one in done.differences],
        "generation": done.generation,
        "resumed": done.resumed,
        "removed": list(done.removed),
    }
    if reread:
        told["extracted"] = {
            "articles": reread.articles,
            "changed": reread.changed,
            "unchanged": reread.unchanged,
            "kept": reread.kept,
            "reasons": reread.reasons,
            "failures": reread.failures,
        }
    return told


def _lines(done: Reindexed, reread: Reread | None, wanted: Wanted) -> list[str]:
    lines = []
    if reread:
        lines.append(
            f"{reread.articles} articles read again: {reread.changed} changed, {reread.unchanged} as they were"
        )
        lines += [f"kept as it is: {reason}" for reason in reread.reasons]
        lines += [f"failed: {failure}" for failure in reread.failures]
    if done.differences:
        lines.append("the new generation differs from the archive and was not made the live one:")
        lines += [f"differs: {one}" for one in done.differences]
    else:
        where = "written again to" if wanted else "in"
        lines.append(f"{done.indexed} articles {where} the live generation {done.generation}")
    lines += [f"rejected: {one.article_id}: {one.reason}" for one in done.rejected]
    return lines + [f"removed: {name}" for name in done.removed]


def _print(format: Format, told: dict[str, Any], lines: list[str]) -> None:  # noqa: A002
    from dragoman import printing

    if format is Format.JSON:
        printing.print_json(told)
        return
    for line in lines:
        print(line)


def _instant(since: str | None) -> Any:
    from datetime import UTC, datetime

    from archive.errors import QueryError
    from search.times import instant_of

    if since is None:
        return None
    try:
        return instant_of(since, datetime.now(UTC), 1)
    except QueryError as reason:
        raise UserError(f'--since {since!r} is no date; write 2026-10-03 or "last month"') from reason


def _language(given: str | None) -> str | None:
    if given is not None and not re.fullmatch("[a-z]{2}", given.lower()):
        raise UserError(f"--language {given!r} is no language; write its two letters, as fr")
    return given.lower() if given else None
