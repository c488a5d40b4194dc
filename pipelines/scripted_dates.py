"""Dates in a page's scripts: JSON-LD that is no JSON, and the state that an application was sent with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.documents import Document

_MOST = 500_000
"""Characters of one script that are read."""
_LINKED = re.compile(r'"(?P<name>datePublished|dateModified)"\s{0,9}:\s{0,9}"(?P<value>[^"\\]{8,40})"')
_STATE = re.compile(
    r'\\?"(?:datePublished|date_?published|publish(?:ed)?(?:_?(?:at|on|date|time))|publication_?date|pub_?date|first_?published(?:_?(?:at|date))?|created_?at)\\?"'
    r'\s{0,9}:\s{0,9}\\?"(?P<value>(?:19|20)\d\d-?\d\d-?\d\d[^"\\]{0,25})\\?"',
    re.IGNORECASE,
)
"""A date under the names that content management systems give to that of publication, in JSON within a script or a string."""


def broken_json_ld(document: Document, name: str) -> str:
    """The first value of that name in JSON-LD that could not be parsed, or an empty text."""
    if document.linked:
        return ""
    for script in document.tagged("script"):
        if "ld+json" in (script.get("type") or ""):
            for found in _LINKED.finditer((script.text or "")[:_MOST]):
                if found["name"] == name:
                    return found["value"]
    return ""


def state_date(document: Document) -> str:
    """The day that all of a page's scripts give as that of publication; an empty text where they give several or none."""
    values = list(_states(document))
    days = {re.sub(r"\D", "", value)[:8] for value in values}
    return values[0] if len(days) == 1 else ""


def _states(document: Document) -> Iterator[str]:
    for script in document.tagged("script"):
        if "ld+json" in (script.get("type") or ""):
            continue  # its parsed objects were asked already, each by its kind
        for found in _STATE.finditer((script.text or "")[:_MOST]):
            yield found["value"]
