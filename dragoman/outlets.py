"""Commands about the catalogue: which outlets there are, what is known of one, whether their files are right."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from archive.errors import OutletError
from dragoman.adding import add
from dragoman.expecting import expect
from dragoman.printing import Format

if TYPE_CHECKING:
    from crawler.checking import SourceReport
    from crawler.outlet import Outlet
    from pipelines.learning import Lesson

app = typer.Typer(help="The catalogue of outlets.", no_args_is_help=True, rich_markup_mode=None)

AsFormat = Annotated[Format, typer.Option("--format", help="How to print it.")]


@app.command(name="list")
def list_(format: AsFormat = Format.TABLE) -> None:  # noqa: A002
    """List all outlets.

    Example: dragoman outlets list --format json
    """
    from crawler.catalogue import load_outlets
    from crawler.settings import OUTLETS_FOLDERS
    from dragoman import printing

    outlets = tuple(load_outlets(OUTLETS_FOLDERS))
    if format is Format.JSON:
        printing.print_json([outlet.model_dump(mode="json") for outlet in outlets])
        return
    facts = ("id", "name", "kind", "country", "ownership")
    printing.print_table(
        f"{len(outlets)} outlets",
        (*facts, "languages", "paywall", "feeds", "sitemaps"),
        (
            (*(getattr(o, fact) for fact in facts), " ".join(o.languages), o.paywall, len(o.feeds), len(o.sitemaps))
            for o in outlets
        ),
    )


@app.command()
def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="The outlet's id.")],  # noqa: A002
    format: AsFormat = Format.TABLE,  # noqa: A002
) -> None:
    """Show what is known of one outlet.

    Example: dragoman outlets show kootneeti
    """
    from crawler.catalogue import load_outlets
    from crawler.settings import OUTLETS_FOLDERS
    from dragoman import printing

    outlet = load_outlets(OUTLETS_FOLDERS).get(id)
    fields = outlet.model_dump(mode="json")
    if format is Format.JSON:
        printing.print_json(fields)
    else:
        rows = ((name, "\n".join(value) if isinstance(value, list) else value) for name, value in fields.items())
        printing.print_table(outlet.name, ("", ""), rows)


@app.command()
def check(
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]", help="All, if none is named.")] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Check the files alone, and ask nobody.")] = False,
    format: AsFormat = Format.TABLE,  # noqa: A002
) -> None:
    """Check outlets' files, then ask each source: each mistake is one line, and exit code 1 says that a source fails.

    Example: dragoman outlets check kootneeti
    """
    from crawler.catalogue import check_outlets, load_outlets
    from crawler.settings import OUTLETS_FOLDERS
    from dragoman import printing

    mistakes = check_outlets(OUTLETS_FOLDERS)
    if mistakes:
        if format is Format.JSON:
            printing.print_json({"mistakes": mistakes, "sources": [], "failed": 0})
        else:
            print("\n".join(mistakes))
        raise typer.Exit(OutletError.exit_code)
    catalogue = load_outlets(OUTLETS_FOLDERS)
    outlets = [catalogue.get(name) for name in ids or ()] or list(catalogue)
    asked = [] if offline else outlets if ids else _that_may_be_asked(outlets)
    reports = _asked(asked) if asked else []
    if len(asked) < len(outlets) and not offline:
        printing.say(
            f"{len(outlets) - len(asked)} outlets were not asked; set DRAGOMAN_CONTACT to your mail address or a web page"
        )
    failed = sum(not report.ok for report in reports)
    if format is Format.JSON:
        printing.print_json({"mistakes": [], "sources": [asdict(report) for report in reports], "failed": failed})
    else:
        _print_reports(len(outlets), reports)
    raise typer.Exit(1 if failed else 0)


def _that_may_be_asked(outlets: list[Outlet]) -> list[Outlet]:
    from crawler import settings
    from crawler.contact import without_contact

    return without_contact(outlets, vars(settings))


def _asked(outlets: list[Outlet]) -> list[SourceReport]:
    from crawler.checking import check_sources

    return check_sources(outlets, {})


def _print_reports(count: int, reports: list[SourceReport]) -> None:
    from dragoman import printing

    failed = [report for report in reports if not report.ok]
    if reports:
        rows = [
            (
                one.outlet,
                one.kind,
                one.url,
                str(one.status or ""),
                one.entries,
                printing.day(one.newest),
                "; ".join(one.problems) or ("WebSub" if one.hubs else ""),
            )
            for one in reports
        ]
        columns = ("outlet", "kind", "source", "status", "entries", "newest", "problems")
        printing.print_table(f"{len(reports)} sources, {len(failed)} fail", columns, rows)
    print(f"{count} outlets checked, {f'{len(failed)} sources fail' if failed else 'all right'}")


app.command()(add)
app.command()(expect)


@app.command()
def learn(
    id: Annotated[str, typer.Argument(metavar="ID", help="The outlet's id, or its host if it has no file.")],  # noqa: A002
    format: AsFormat = Format.TABLE,  # noqa: A002
) -> None:
    """Learn from the archive which lines recur across an outlet's articles, leave them out, and show them.

    Example: dragoman outlets learn kootneeti
    """
    from archive.lock import hold
    from crawler import settings
    from crawler.catalogue import load_outlets
    from dragoman.keeping import push_backlog
    from dragoman.rooms import the_knowledge, the_store
    from pipelines.learning import learn_from_captures
    from pipelines.workers import Workers

    catalogue = load_outlets(settings.OUTLETS_FOLDERS)
    with the_store() as (home, store), hold(home):
        there, _ = store.templates.unread(id)
        if not there:
            catalogue.get(id)
        with Workers(settings.WORKERS, settings.PAGE_SECONDS) as workers:
            lesson = learn_from_captures(store, id, workers, the_knowledge(catalogue, store))
        code, _ = push_backlog() if lesson.changed else (0, 0)
    _print_lesson(id, lesson, format)
    raise typer.Exit(code)


def _print_lesson(id: str, lesson: Lesson, format: Format) -> None:  # noqa: A002
    from dragoman import printing
    from pipelines.learned import FEWEST

    template = lesson.template
    lines = template.lines if template else ()
    if format is Format.JSON:
        printing.print_json(
            {
                "outlet": id,
                "version": template.version if template else None,
                "learned_at": template.learned_at.isoformat() if template else None,
                "articles": lesson.articles,
                "articles_needed": FEWEST,
                "articles_changed": lesson.changed,
                "lines": [{**line.model_dump(), "share": round(line.share, 3)} for line in lines],
            }
        )
        return
    if lesson.articles < FEWEST:
        print(f"{lesson.articles} different articles of {id} are too few to learn from; {FEWEST} are needed")
    if template is None:
        return
    printing.print_table(
        f"{id}, version {template.version} of {template.learned_at:%Y-%m-%d}, from {template.articles} different articles",
        ("line", "place", "articles", "share"),
        ((line.text, line.place, f"{line.support} of {line.of}", f"{line.share:.0%}") for line in lines),
    )
    print(f"{lesson.changed} articles changed")
