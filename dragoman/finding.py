"""Commands that find: search, similar, show, export."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from archive.errors import QueryError, UserError
from dragoman.printing import Collapse, ExportFormat, Format, ListFormat

if TYPE_CHECKING:
    from archive.article import Article
    from archive.home import Home
    from archive.store import Store
    from pipelines.publishers import Spread
    from search.index import Hits
    from search.query import Query

Words = Annotated[list[str], typer.Argument(metavar="QUERY", help='Words, "phrases", -not, field:value; * for all.')]


def search(
    query: Words,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many hits to print.")] = 10,
    format: Annotated[ListFormat, typer.Option(help="How to print them.")] = ListFormat.TABLE,  # noqa: A002
    collapse: Annotated[
        Collapse | None, typer.Option(help="Each story once, its best hit, with how far the story went.")
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Older articles count for less: after 30 days three quarters, at last half.")
    ] = False,
    facets: Annotated[
        bool,
        typer.Option("--facets", help="Not the hits, but how many there are by outlet, language, month and others."),
    ] = False,
) -> None:
    """Find articles, best first.

    Example: dragoman search 'japan defence "rules-based order" -sports outlet:kootneeti since:"last month"'
    """
    from datetime import UTC, datetime

    from dragoman.rooms import the_index

    wanted = _parsed(query)
    if facets:
        _print_facets(wanted, format)
        return
    with the_index() as index:
        find = index.search_stories if collapse else index.search
        found = find(wanted, limit, datetime.now(UTC) if fresh else None)
    _print_found(found, format, _spreads(hit.article for hit in found.hits) if collapse else {})


def _print_facets(wanted: Query, format: ListFormat) -> None:  # noqa: A002
    from dragoman import printing
    from dragoman.rooms import the_index

    if format not in (ListFormat.TABLE, ListFormat.JSON):
        raise UserError(f"--facets has no --format {format}; table and json there are")
    with the_index() as index:
        counted = index.facets(wanted)
    if format is ListFormat.JSON:
        printing.print_json(printing.facets_json(counted))
    else:
        printing.print_facets(counted)


def similar(
    id: Annotated[str, typer.Argument(metavar="ID", help="An article's id, the start of one, or its URL.")],  # noqa: A002
    limit: Annotated[int, typer.Option(min=1, max=1_000, help="How many to print.")] = 10,
    format: Annotated[ListFormat, typer.Option(help="How to print them.")] = ListFormat.TABLE,  # noqa: A002
) -> None:
    """Find articles that are like one, most alike first; copies of it are left out, show lists those.

    Example: dragoman similar 0d362adf40219dc0
    """
    from dragoman.rooms import the_index, the_store

    with the_store() as (home, store):
        article = store.article(id)
    if article is None:
        raise UserError(f"no article {id!r} in {home.path}; dragoman search finds ids")
    with the_index() as index:
        found = index.similar(article, limit)
    if found is None:
        raise UserError(f"the article {article.id} is not in the index; run: dragoman index")
    _print_found(found, format, {})


def _print_found(found: Hits, format: ListFormat, spreads: dict[str, Spread]) -> None:  # noqa: A002
    from dragoman import printing

    match format:
        case ListFormat.TABLE:
            printing.print_hits(found.total, found.hits, spreads)
        case ListFormat.JSON:
            printing.print_json([printing.hit_json(hit, spreads) for hit in found.hits])
        case ListFormat.JSONL:
            for hit in found.hits:
                printing.print_json_line(printing.hit_json(hit, spreads))
        case ListFormat.CSV:
            printing.print_csv(hit.article for hit in found.hits)


def _spreads(articles: Iterable[Article]) -> dict[str, Spread]:
    """By article id, how far its story went, wherever the query found it."""
    from dragoman.rooms import the_store
    from pipelines.publishers import spread_of

    shown = list(articles)
    with the_store() as (_, store):
        outlets = store.stories.outlets(article.story for article in shown if article.story)
    return {one.id: spread_of(outlets.get(one.story or "", [one.outlet.id])) for one in shown}


def export(
    query: Annotated[
        list[str] | None, typer.Argument(metavar="[QUERY]", help="As in search; everything if left out.")
    ] = None,
    format: Annotated[ExportFormat, typer.Option(help="One JSON object a line, or CSV.")] = ExportFormat.JSONL,  # noqa: A002
) -> None:
    """Print every article that matches.

    Example: dragoman export 'language:fr since:2026-01-01' --format csv > articles.csv
    """
    from dragoman import printing
    from dragoman.rooms import the_index

    wanted = _parsed(query or ["*"])

    with the_index() as index:
        articles: Iterator[Article] = index.scan(wanted)
        if format is ExportFormat.CSV:
            printing.print_csv(articles)
        else:
            for article in articles:
                print(article.model_dump_json())


def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="An article's id, the start of one, or its URL.")],  # noqa: A002
    raw: Annotated[
        bool, typer.Option("--raw", help="The page as it was captured, byte for byte, not the article.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="What changed from the version before: words removed and added.")
    ] = False,
    format: Annotated[Format, typer.Option(help="How to print it.")] = Format.TABLE,  # noqa: A002
) -> None:
    """Show one article and where else it ran, the page it came from, or what was changed in it.

    Example: dragoman show 0d362adf40219dc0 --raw > page.html
    """
    from dragoman.rooms import the_store

    if raw and diff:
        raise UserError("--raw is a page and --diff a comparison of two; leave one of them out")
    with the_store() as (home, store):
        article = store.article(id)
        if article is None:
            raise UserError(f"no article {id!r} in {home.path}; dragoman search finds ids")
        if raw:
            _print_page(home, article)
        elif diff:
            _print_diff(article, store.versions(article.id), format)
        else:
            _print_shown(store, article, format)


def _print_shown(store: Store, article: Article, format: Format) -> None:  # noqa: A002
    from dragoman import printing
    from pipelines.publishers import spread_of

    story = store.stories.members(article.story) if article.story else [article]
    spread = spread_of(one.outlet.id for one in story)
    elsewhere = [one for one in story if one.id != article.id]
    if format is Format.JSON:
        printing.print_json(printing.shown_json(article, spread, elsewhere))
    else:
        printing.print_article(article, len(store.versions(article.id)))
        printing.print_elsewhere(spread, elsewhere)


def _print_diff(article: Article, versions: list[Article], format: Format) -> None:  # noqa: A002
    from archive.versions import last_two
    from dragoman import comparing
    from pipelines.changes import changes_between

    before, after = last_two(article, versions)
    show_it = comparing.print_changes_json if format is Format.JSON else comparing.print_changes
    show_it(before, after, changes_between(before, after))


def _print_page(home: Home, article: Article) -> None:
    from archive.captures import CaptureRef
    from archive.encodings import decoded
    from archive.reading import read_capture

    if article.capture is None:
        raise UserError(f"the article {article.id} was not derived from a capture")
    source = article.capture
    capture = read_capture(home, CaptureRef(source.warc, source.offset, 0, source.digest))
    encoding = next((value for name, value in capture.headers if name.lower() == "content-encoding"), None)
    sys.stdout.buffer.write(decoded(capture.body, encoding))
    sys.stdout.buffer.flush()


def _parsed(words: list[str]) -> Query:
    from search.query import parse

    for word in words:
        if word.startswith("--"):
            raise QueryError(f"no option {word}; write -word to leave a word out")
    return parse(" ".join(words))
