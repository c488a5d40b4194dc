"""Commands about what is kept: import, extract, index, status."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from archive.errors import UserError
from dragoman.printing import Format

if TYPE_CHECKING:
    from crawler.catalogue import Catalogue
    from pipelines.page import Knowledge, Page

AsFormat = Annotated[Format, typer.Option("--format", help="How to print the summary.")]


def import_(
    warcs: Annotated[list[Path], typer.Argument(metavar="WARC", help="WARC files, gzipped or not.")],
    format: AsFormat = Format.TABLE,  # noqa: A002
) -> None:
    """Take stored captures into the archive, through the same pipelines as a crawl. Any host may be in them.

    Example: dragoman import captures-2024.warc.gz captures-2025.warc.gz
    """
    from archive.lock import hold
    from archive.warc import WarcWriter, recover
    from crawler import settings
    from crawler.catalogue import load_outlets
    from dragoman.progress import told
    from dragoman.rooms import the_knowledge, the_store
    from pipelines.importing import Imported, import_captures
    from pipelines.workers import Workers

    for path in warcs:
        if not path.is_file():
            raise UserError(f"no file {path}; name WARC files that are there")
    catalogue = load_outlets(settings.OUTLETS_FOLDERS)
    done = Imported()
    with the_store() as (home, store), hold(home):
        recover(home)
        run = store.begin_run("import")
        knowledge = the_knowledge(catalogue, store)
        with (
            WarcWriter(home) as writer,
            Workers(settings.WORKERS, settings.PAGE_SECONDS) as workers,
            told() as tell,
        ):
            for done in import_captures(warcs, writer, store, run, workers, catalogue.publisher_of, knowledge):
                tell(f"{done.captures} captures")
        store.finish_run(run, dict(done.outcomes))
        code, pushed = push_backlog()
        left = store.backlog_size()
    _print_import(done, pushed, left, format)
    raise typer.Exit(code or (1 if done.failures else 0))


def _print_import(done: Any, pushed: int, left: int, format: Format) -> None:  # noqa: A002
    from dragoman import printing

    if format is Format.JSON:
        printing.print_json(
            {
                "captures": done.captures,
                "copied": done.copied,
                "outcomes": dict(done.outcomes),
                "indexed": pushed,
                "waiting_for_index": left,
                "failures": done.failures,
            }
        )
        return
    printing.print_table(
        f"{done.captures} captures, {done.copied} of them new to the archive",
        ("outcome", "captures"),
        sorted(done.outcomes.items()),
    )
    print(f"{pushed} articles indexed, {left} wait for the index")
    for failure in done.failures:
        print(f"failed: {failure}")


def extract(
    file: Annotated[
        Path, typer.Argument(metavar="[FILE|WARC|-]", help="A page's HTML, a WARC file, or - for standard input.")
    ] = Path("-"),
    url: Annotated[str | None, typer.Option(help="Where the page was; its own canonical link if left out.")] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say on standard error which line was dropped by which rule.")
    ] = False,
) -> None:
    """Print the articles of pages as JSON lines. Nothing is stored.

    Example: dragoman extract page.html --url https://example.org/a --explain
    """
    from crawler import settings
    from dragoman import printing
    from pipelines.deriving import derivation_of, explanation_of
    from pipelines.rederive import rederive
    from pipelines.workers import Workers

    found = failed = 0
    with Workers(settings.WORKERS, settings.PAGE_SECONDS) as workers:
        for result in rederive(_pages(file, url), workers, explanation_of if explain else derivation_of):
            if result.article:
                found += 1
                print(result.article.model_dump_json())
            else:
                failed += result.failed
                printing.say(f"{result.page.url}: {result.reason}")
            for dropped in result.dropped if explain else ():
                printing.say(f"{dropped.rule}: {dropped.line}")
    raise typer.Exit(1 if failed or not found else 0)


def _pages(file: Path, url: str | None) -> Iterator[Page]:
    from archive.errors import ArchiveError
    from archive.reading import read_captures
    from crawler import settings
    from crawler.catalogue import load_outlets
    from dragoman import printing
    from pipelines.page import Page, page_of

    catalogue = load_outlets(settings.OUTLETS_FOLDERS)
    publisher_of, told = catalogue.publisher_of, _knowledge(catalogue).told
    content = sys.stdin.buffer.read() if str(file) == "-" else _head(file)
    if not content.startswith((b"\x1f\x8b", b"WARC/")):
        content = content if str(file) == "-" else file.read_bytes()
        address = url or _own_address(content) or "about:blank"
        yield told(Page(address, content, publisher_of(address), "text/html"))
        return
    if str(file) == "-":
        raise UserError("a WARC file cannot be read from standard input; name the file")
    for capture in read_captures(file):
        if capture.status != 200:
            printing.say(f"{capture.url}: http {capture.status}")
            continue
        try:
            yield told(page_of(capture, None, publisher_of(capture.url)))
        except ArchiveError as reason:
            printing.say(f"{capture.url}: {reason}")


def _knowledge(catalogue: Catalogue) -> Knowledge:
    """What is known of outlets' pages, with what was learned where there is a home; none is made."""
    from archive.errors import ArchiveError
    from archive.home import Home
    from crawler import settings
    from dragoman import printing
    from dragoman.rooms import the_knowledge, the_store

    if Home(settings.HOME).database.exists():
        try:
            with the_store() as (_, store):
                return the_knowledge(catalogue, store)
        except ArchiveError as reason:
            printing.say(f"without what was learned: {reason}")
    return the_knowledge(catalogue, None)


def _head(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(16)
    except OSError as reason:
        raise UserError(f"{file} cannot be read: {reason.strerror}") from reason


def _own_address(content: bytes) -> str | None:
    import re

    found = re.search(rb'<link[^>]+rel=["\']canonical["\'][^>]+href=["\'](https?://[^"\']+)', content[:200_000])
    return found[1].decode("utf-8", "replace") if found else None


def index(
    failed: Annotated[
        bool,
        typer.Option(
            "--failed", help="Try again what the index rejected, too, and list what it still refuses, with the reasons."
        ),
    ] = False,
    format: AsFormat = Format.TABLE,  # noqa: A002
) -> None:
    """Push to the index what it lacks: articles that waited while it could not be reached.

    Example: dragoman index --failed
    """
    from dragoman import printing
    from dragoman.history import push_new_runs
    from dragoman.rooms import the_index, the_store
    from search.backlog import push

    with the_store() as (_, store), the_index() as live:
        if failed:
            store.retry_rejected()
        pushed = push(store, live)
        push_new_runs(store)
        refused = store.rejections()
    fresh = {one.article_id for one in pushed.rejected}
    shown = [one for one in refused if failed or one.id in fresh]
    if format is Format.JSON:
        printing.print_json(
            {
                "indexed": pushed.indexed,
                "rejected": [asdict(one) for one in shown],
                "rejected_by_index": len(refused),
                "waiting_for_index": pushed.left,
            }
        )
    else:
        print(f"{pushed.indexed} articles indexed, {pushed.left} wait")
        if shown:
            rows = [(one.url, one.attempts, one.reason) for one in shown]
            printing.print_table(f"{len(shown)} rejected", ("article", "attempts", "reason"), rows)
        elif refused:
            print(f"{len(refused)} of them were rejected before: dragoman index --failed tries them again")
    raise typer.Exit(1 if shown else 0)


def push_backlog() -> tuple[int, int]:
    """Push the backlog: an exit code, and how many articles the index took."""
    from archive.errors import IndexUnavailable
    from dragoman import printing
    from dragoman.history import push_new_runs
    from dragoman.rooms import the_index, the_store
    from search.backlog import push

    try:
        with the_store() as (_, store), the_index() as live:
            pushed = push(store, live)
            push_new_runs(store)
    except IndexUnavailable as reason:
        printing.say(f"dragoman: {reason}; articles wait, dragoman index pushes them")
        return reason.exit_code, 0
    for one in pushed.rejected:
        printing.say(f"rejected by the index: {one.article_id}: {one.reason}")
    return (1 if pushed.rejected else 0), pushed.indexed
