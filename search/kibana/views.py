"""Data views: the articles and the runs, with labels, descriptions and formats that follow from their schemas."""

from __future__ import annotations

from typing import Any

from babel import Locale

from archive.article import Article
from archive.outlet_run import OutletRun
from search.kibana.objects import ARTICLES, RUNS, SavedObject, compact
from search.runs import runs_index
from search.schema import fields_of

_ACRONYMS = {"url": "URL", "warc": "WARC", "http": "HTTP", "id": "id"}
_LABELS = {
    "id": "Article id",
    "url": "URL",
    "outlet.name": "Outlet",
    "outlet.kind": "Kind of outlet",
    "outlet.country": "Outlet based in",
    "outlet.ownership": "Ownership of outlet",
    "kind": "Kind of document",
    "summary": "Standfirst",
    "countries": "Countries spoken of",
    "dyads": "Pairs of countries",
    "word_count": "Words",
}
"""Where the field's path does not say it well enough."""
_COUNTRIES = ("countries", "country_weights.country", "outlet.country")
_LINKS = ("url", "canonical_url", "images.url")

# Painless of a runtime field: it emits nothing where a date is missing.
_HOURS = """
if (doc['{since}'].size() > 0 && doc['{until}'].size() > 0{condition}) {{
  emit((doc['{until}'].value.toInstant().toEpochMilli() - doc['{since}'].value.toInstant().toEpochMilli()) / 3600000.0);
}}
"""
_STATES_HOUR = " && doc['published_precision'].size() > 0 && doc['published_precision'].value != 'day'"
_ARTICLE_RUNTIME = {
    "hours_to_capture": ("double", _HOURS.format(since="published_at", until="first_seen_at", condition=_STATES_HOUR)),
    "hours_online": ("double", _HOURS.format(since="first_seen_at", until="gone_at", condition="")),
}
_RUN_RUNTIME = {
    "failed_share": (
        "double",
        "if (doc['found'].size() > 0 && doc['found'].value > 0) { emit(doc['failed'].value / (double) doc['found'].value); }",
    ),
}
_RUNTIME_LABELS = {
    "hours_to_capture": ("Hours to capture", "From publication to our first capture, where the page states the hour"),
    "hours_online": ("Hours online", "From our first capture until the page was missed, of pages that are gone"),
    "failed_share": ("Share that failed", "Links that failed, of those that were found"),
}


def data_views(alias: str) -> tuple[SavedObject, ...]:
    """The data views of an alias: its articles by publication, its runs by beginning."""
    articles = _view(
        ARTICLES,
        alias,
        "Dragoman: articles",
        "published_at",
        {field.path: field.description for field in fields_of(Article)},
        _ARTICLE_RUNTIME,
        {
            **{path: _lookup(_territories()) for path in _COUNTRIES},
            **{path: _lookup(_languages()) for path in ("language", "language.raw")},
            **{path: {"id": "url", "params": {}} for path in _LINKS},
            "word_count": _number("0,0"),
            "hours_to_capture": _number("0,0.0"),
            "hours_online": _number("0,0.0"),
        },
    )
    runs = _view(
        RUNS,
        runs_index(alias),
        "Dragoman: runs",
        "started_at",
        {field.path: field.description for field in fields_of(OutletRun)},
        _RUN_RUNTIME,
        {
            "outlet.country": _lookup(_territories()),
            "bytes": {"id": "bytes", "params": {"pattern": "0,0.0 b"}},
            "failed_share": {"id": "percent", "params": {"pattern": "0,0.0%"}},
        },
    )
    return articles, runs


def _view(
    name: str,
    title: str,
    shown: str,
    time: str,
    described: dict[str, str | None],
    runtime: dict[str, tuple[str, str]],
    formats: dict[str, Any],
) -> SavedObject:
    labels = {path: _labelled(_LABELS.get(path, label_of(path)), text) for path, text in described.items()}
    labels |= {path: _labelled(*_RUNTIME_LABELS[path]) for path in runtime}
    scripts = {path: {"type": kind, "script": {"source": source.strip()}} for path, (kind, source) in runtime.items()}
    attributes = {
        "title": title,
        "name": shown,
        "timeFieldName": time,
        "fieldAttrs": compact(labels),
        "fieldFormatMap": compact(formats),
        "runtimeFieldMap": compact(scripts),
        "fields": "[]",
        "sourceFilters": "[]",
        "typeMeta": "{}",
        "allowHidden": False,
    }
    return SavedObject("index-pattern", name, attributes)


def label_of(path: str) -> str:
    """What a field is called on the screen.

    >>> label_of("capture.warc"), label_of("first_seen_at")
    ('Capture WARC', 'First seen at')
    """
    words = " ".join(_ACRONYMS.get(word, word) for word in path.replace(".", " ").replace("_", " ").split())
    return words[:1].upper() + words[1:]


def _labelled(label: str, description: str | None) -> dict[str, str]:
    return {"customLabel": label, **({"customDescription": description} if description else {})}


def _lookup(names: dict[str, str]) -> dict[str, Any]:
    """Codes shown as names; filters still hold the codes."""
    entries = [{"key": code, "value": name} for code, name in sorted(names.items())]
    return {"id": "static_lookup", "params": {"lookupEntries": entries, "unknownKeyValue": None}}


def _number(pattern: str) -> dict[str, Any]:
    return {"id": "number", "params": {"pattern": pattern}}


def _territories() -> dict[str, str]:
    return {code: name for code, name in Locale("en").territories.items() if len(code) == 2 and code.isalpha()}


def _languages() -> dict[str, str]:
    return {code: name for code, name in Locale("en").languages.items() if len(code) <= 3 and code.isalpha()}
