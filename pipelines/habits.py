"""How does a page write its dates? By the language and the country that it names, and by the language it is written in."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

from pipelines.days import Habit
from pipelines.documents import Document

_SAMPLE = 600
"""Characters of a page's paragraphs that tell its language."""
_LOCALE = re.compile(r"(?P<language>[a-z]{2,3})(?:[_-][a-z]{4})?(?:[_-](?P<region>[a-z]{2}))?(?![a-z])", re.IGNORECASE)
_MONTH_FIRST = ("US", "PH")
"""Countries in which 10/12 is in October (CLDR, ``M/d/yy``)."""
_NO_COUNTRY = ("io", "co", "tv", "me", "ai", "eu", "fm", "ly", "cc", "to", "gg")
"""Domains of two letters that are sold to all the world."""


def habit_of(document: Document) -> Habit:
    """How this page is likely to write dates, by what it says of itself, its outlet and its host."""
    meta = document.meta
    said = _LOCALE.match(
        (
            document.tree.get("lang")
            or meta.get("og:locale")
            or meta.get("content-language")
            or meta.get("language", "")
        ).strip()
    )
    language = said["language"].lower() if said else "en"
    country = (
        document.page.publisher.country or (said["region"] or "").upper() if said else document.page.publisher.country
    )
    country = country or _country_of(document.page.url)
    return Habit((language,), month_first=language == "en" and country in (None, "", *_MONTH_FIRST), country=country)


def fluent(habit: Habit, document: Document) -> Habit:
    """The same habit in the language of the page's paragraphs, too, where it declares none but that of many templates."""
    import py3langid

    if habit.languages != ("en",):
        return habit
    sample = ""
    for paragraph in document.tagged("p", "h1", "h2"):
        sample += f" {(paragraph.text or '')[:_SAMPLE]}"
        if len(sample) >= _SAMPLE:
            break
    return replace(habit, languages=tuple(dict.fromkeys((py3langid.classify(sample)[0], "en"))))


def _country_of(url: str) -> str | None:
    try:
        top = (urlsplit(url).hostname or "").rpartition(".")[2]
    except ValueError:
        return None
    return {"uk": "GB"}.get(top, top.upper()) if len(top) == 2 and top not in _NO_COUNTRY else None
