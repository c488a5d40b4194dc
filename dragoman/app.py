"""The app: which commands there are. What each does stands in its module; rooms are imported inside the commands."""

from __future__ import annotations

import typer

from dragoman import (
    cluster,
    crawling,
    fetching,
    finding,
    keeping,
    kibana,
    outlets,
    reindexing,
    scheduling,
    standing,
    wording,
)

app = typer.Typer(
    name="dragoman",
    help="A crawler and archive for international-relations outlets.",
    epilog="Settings: DRAGOMAN_HOME, DRAGOMAN_ELASTICSEARCH_URL and others, from the environment or .env; see docs/operator.md.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

_QUERY = {"ignore_unknown_options": True}  # so that -sports needs no quotes

app.command()(crawling.demo)
app.add_typer(outlets.app, name="outlets")
app.command()(crawling.crawl)
app.command()(scheduling.schedule)
app.command()(fetching.fetch)
app.command(name="import")(keeping.import_)
app.command()(keeping.extract)
app.command(context_settings=_QUERY)(finding.search)
app.command()(finding.similar)
app.command()(finding.show)
app.command(context_settings=_QUERY)(finding.export)
app.command()(keeping.index)
app.command()(reindexing.reindex)
app.command()(wording.synonyms)
app.command()(standing.status)
app.add_typer(cluster.app, name="elasticsearch")
app.add_typer(kibana.app, name="kibana")
