"""How results look: tables for a terminal, JSON and CSV for a pipe. Results go to standard output, the rest to standard error."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel

    from archive.article import Article
    from search.index import Hit


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


class ExportFormat(StrEnum):
    """What an export may be."""

    JSONL = "jsonl"
    CSV = "csv"


_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that opens with one of these is run as a formula by spreadsheets (OWASP, "CSV Injection")."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Control characters, which a page could use to drive the reader's terminal."""


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


def hit_json(hit: Hit) -> dict[str, Any]:
    """A hit: its article's fields, and why it was found."""
    return {
        **article_json(hit.article),
        "score": hit.score,
        "highlights": {name: list(fragments) for name, fragments in hit.highlights.items()},
    }


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


def print_hits(total: int, hits: Sequence[Hit]) -> None:
    """Hits as a table: what, who, when, and the best fragment with its matches in bold."""
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
        table.add_row(day(hit.article.published_at), hit.article.outlet.name, cell, hit.article.id)
    Console().print(table)


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
        article.url,
        f"{article.id} · version {article.version} of {seen_versions} · {article.word_count} words · {article.language}",
        f"{article.kind} · {article.access}",
    ]
    if article.capture:
        lines.append(f"captured {article.fetched_at} in {article.capture.warc} at {article.capture.offset}")
    return lines


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
    Console().print(table)


def day(instant: datetime | None) -> str:
    """The calendar day of an instant, or nothing."""
    return instant.date().isoformat() if instant else ""
