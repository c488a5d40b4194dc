"""How results look: tables for a terminal, JSON and CSV for a pipe. Results go to standard output, the rest to standard error."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel

    from archive.article import Article
    from pipelines.publishers import Spread
    from search.index import Facets, Hit


class Format(StrEnum):
    """How a single result is printed."""

    TABLE = "table"
    JSON = "json"


class ListFormat(StrEnum):
    """How many results are printed."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


class Collapse(StrEnum):
    """What hits are put together by."""

    STORY = "story"


class ExportFormat(StrEnum):
    """What an export may be."""

    JSONL = "jsonl"
    CSV = "csv"


_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that opens with one of these is run as a formula by spreadsheets (OWASP, "CSV Injection")."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Control characters, which a page could use to drive the reader's terminal."""


def plain(text: str) -> str:
    """A text without what could drive the reader's terminal."""
    return _CONTROL.sub("", text)


def say(line: str) -> None:
    """A line for the person at the terminal, or for cron's log."""
    print(_CONTROL.sub("", line), file=sys.stderr)


def print_json(value: Any) -> None:
    """One JSON document, indented."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def print_json_line(value: Any) -> None:
    """One JSON document on one line."""
    print(json.dumps(value, ensure_ascii=False, default=str))


def article_json(article: Article) -> dict[str, Any]:
    """An article as JSON has it: the schema's names, times in ISO 8601."""
    return article.model_dump(mode="json")


def shown_json(article: Article, spread: Spread, elsewhere: Iterable[Article]) -> dict[str, Any]:
    """An article, how far its story went, and the others of the story."""
    others = [
        {
            "id": one.id,
            "outlet": article_json(one)["outlet"],
            "title": one.title,
            "published_at": article_json(one)["published_at"],
            "role": one.role,
            "url": one.url,
        }
        for one in elsewhere
    ]
    return {**article_json(article), **asdict(spread), "elsewhere": others}


def hit_json(hit: Hit, spreads: Mapping[str, Spread]) -> dict[str, Any]:
    """A hit: its article's fields, why it was found, and how far its story went where that is known."""
    spread = spreads.get(hit.article.id)
    return {
        **article_json(hit.article),
        **(asdict(spread) if spread else {}),
        "score": hit.score,
        "highlights": {name: list(fragments) for name, fragments in hit.highlights.items()},
    }


def facets_json(facets: Facets) -> dict[str, Any]:
    """How many articles match, and by facet their values with counts."""
    return {
        "total": facets.total,
        "facets": {name: list(map(asdict, counts)) for name, counts in facets.counts.items()},
    }


def print_facets(facets: Facets) -> None:
    """The counts of each facet as a table; what nothing has takes no line."""
    rows = [
        (name if at == 0 else "", count.value, count.count)
        for name, counts in facets.counts.items()
        for at, count in enumerate(counts)
    ]
    print_table(f"{facets.total} found", ("facet", "value", "articles"), rows)


def print_csv(articles: Iterable[Article]) -> None:
    """Articles as CSV, one a row; nested values as ``outlet.name`` or joined by ``; ``."""
    writer = None
    for article in articles:
        row = _flat(article_json(article))
        if writer is None:
            writer = csv.DictWriter(sys.stdout, row.keys(), lineterminator="\n")
            writer.writeheader()
        writer.writerow({name: _cell(value) for name, value in row.items()})


def _flat(fields: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    from archive.article import Article, CaptureSource, Credits, Extractor, Publisher

    nested: dict[str, type[BaseModel]] = {
        "outlet.": Publisher,
        "credits.": Credits,
        "capture.": CaptureSource,
        "extractor.": Extractor,
        "": Article,
    }
    flat: dict[str, Any] = {}
    for name in nested[prefix].model_fields:
        if f"{name}." in nested:
            flat |= _flat(fields[name] or {}, f"{name}.")
        else:
            flat[prefix + name] = fields.get(name)
    return flat


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = "; ".join(map(_listed, value)) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _listed(value: Any) -> str:
    """One of several values; of one with fields, such as an image, what they hold."""
    return " | ".join(str(part) for part in value.values() if part) if isinstance(value, Mapping) else str(value)


def print_hits(total: int, hits: Sequence[Hit], spreads: Mapping[str, Spread]) -> None:
    """Hits as a table: what, who, when, the best fragment with its matches in bold, and how far the story went if that is known."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(show_lines=True, expand=True, title=f"{total} found, {len(hits)} shown", title_justify="left")
    table.add_column("published", no_wrap=True)
    table.add_column("outlet", max_width=18, overflow="fold")
    table.add_column("article", ratio=1)
    table.add_column("id", no_wrap=True)
    for hit in hits:
        cell = Text(_CONTROL.sub("", hit.article.title), style="bold")
        for fragment in _fragments(hit):
            cell.append("\n").append_text(_marked(fragment))
        if spread := spreads.get(hit.article.id):
            cell.append(f"\n{_spread(spread)}", style="dim")
        table.add_row(day(hit.article.published_at), hit.article.outlet.name, cell, hit.article.id)
    console = Console()
    (console if console.is_terminal else Console(width=_WIDE)).print(table)


def _fragments(hit: Hit) -> list[str]:
    shown = [*hit.highlights.get("summary", ()), *hit.highlights.get("body", ())][:2]
    return shown or [hit.article.summary or hit.article.body[:160]]


def _marked(fragment: str) -> Any:
    """A fragment with ``<em>`` marks as styled text; everything else in it is plain characters."""
    from html import unescape

    from rich.text import Text

    text = Text(style="not bold")
    for index, part in enumerate(re.split(r"</?em>", fragment)):
        plain = _CONTROL.sub("", unescape(part)).replace("\n", " ")
        text.append(plain, style="bold yellow" if index % 2 else "")
    return text


def print_article(article: Article, seen_versions: int) -> None:
    """One article as a page of text."""
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    console.print(_CONTROL.sub("", article.title), style="bold")
    for line in _about(article, seen_versions):
        console.print(_CONTROL.sub("", line), style="dim")
    if article.summary:
        console.print("\n" + _CONTROL.sub("", article.summary), style="italic")
    for paragraph in article.body.split("\n"):
        console.print("\n" + _CONTROL.sub("", paragraph))


def _about(article: Article, seen_versions: int) -> list[str]:
    credited = {role: names for role, names in article.credits.model_dump().items() if names}
    lines = [
        " · ".join(
            filter(None, [article.outlet.name, day(article.published_at), ", ".join(article.authors), article.agency])
        ),
        *(f"{role}: {', '.join(names)}" for role, names in credited.items()),
        *_subjects(article),
        article.url,
        f"{article.id} · version {article.version} of {seen_versions} · {article.word_count} words · {article.language}",
        f"{article.kind} · {article.access}",
    ]
    if article.silently_edited:
        lines.append("edited silently: the text was changed, the page's date of change was not")
    if article.gone_at:
        lines.append(f"gone since {article.gone_at}: the page is not there any more, this is what it said")
    if article.capture:
        lines.append(f"captured {article.fetched_at} in {article.capture.warc} at {article.capture.offset}")
    return lines


def _subjects(article: Article) -> list[str]:
    """The countries and organizations spoken of; those of which nothing is said take no line."""
    spoken = {"countries": article.countries, "dyads": article.dyads, "organizations": article.organizations}
    return [f"{name}: {', '.join(values)}" for name, values in spoken.items() if values]


def print_elsewhere(spread: Spread, elsewhere: Sequence[Article]) -> None:
    """Where else a story ran, the earliest first; nothing where it did not."""
    from rich.console import Console

    if not elsewhere:
        return
    console = Console(highlight=False, markup=False, soft_wrap=True)
    console.print(f"\nWhere else it ran ({_spread(spread)}):", style="bold")
    for one in elsewhere:
        about = " · ".join(filter(None, [day(one.published_at), one.outlet.name, one.role, one.title]))
        console.print(_CONTROL.sub("", about))
        console.print(_CONTROL.sub("", f"  {one.url}"), style="dim")


def _spread(spread: Spread) -> str:
    publishers, copies = spread.publishers, spread.copies
    return f"{publishers} publisher{'s'[: publishers != 1]}, {copies} cop{'y' if copies == 1 else 'ies'}"


_WIDE = 160
"""Characters of a table's line in a file or a pipe, which have no width."""


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """A plain table; numbers to the right."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    listed = [tuple(row) for row in rows]
    for index, column in enumerate(columns):
        numbers = bool(listed) and all(isinstance(row[index], int) for row in listed)
        table.add_column(column, justify="right" if numbers else "left", overflow="fold")
    for row in listed:
        table.add_row(*(_CONTROL.sub("", str("" if cell is None else cell)) for cell in row))
    console = Console()
    (console if console.is_terminal else Console(width=_WIDE)).print(table)


def day(instant: datetime | None) -> str:
    """The calendar day of an instant, or nothing."""
    return instant.date().isoformat() if instant else ""
