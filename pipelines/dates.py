"""When was it published, and when changed? Each with where the page says so, and how exactly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from archive.article import Precision
from pipelines.days import Habit
from pipelines.documents import Document, text_at
from pipelines.instants import Instant, read_instant
from pipelines.printed_dates import FAINT, FAIR, SURE, printed_dates

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""No web page is older; what says so means 1970, the epoch of a missing date."""
_AHEAD = timedelta(days=1)
"""How far a date may be ahead of our clock: the local time of an unnamed zone, a clock that is wrong."""
_PUBLISHED = re.compile(r"(?:publish(?:ed|ing)?|publication|pub|issued?|release[d]?|posted)[ _.-]?(?:date|time|at|on)?(?:[ _.-]?(?:time|gmt|utc|iso))?$")
_DATE = re.compile(r"(?:^|[.:])date$|created|(?:^|[.:_-])date[._-]?created|^sailthru.date$")
_MODIFIED = re.compile(r"modified|updated?(?:[_-]?(?:time|date))?$|last-?mod")
_IN_URL = re.compile(r"/(?P<year>20\d\d|199\d)[/-]?(?P<month>0[1-9]|1[0-2]|\d(?=\D))[/-]?(?P<day>[0-3]\d|\d(?=\D))(?=\D|$)")
_MONTH_IN_URL = re.compile(r"/(?P<year>20\d\d|199\d)[/-]?(?P<month>0[1-9]|1[0-2])(?:[/-]?(?P<day>[0-3]\d))?(?=\D|$)")
_SAMPLE = 800
_LATE = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class When:
    """An instant in UTC, where the page says so, and how exactly."""

    at: datetime
    source: str
    precision: Precision


def published(document: Document) -> When | None:
    """When the article was published: JSON-LD and meta first, then what is printed, and the URL last."""
    habit = habit_of(document)
    named = _day_in_url(document.page.url)
    when = _first(_stated(document), habit)
    if when:
        return named if named and when.at - named.at > _LATE else when
    printed = [
        (one.weight + _agreement(one.instant, document.page.url), When(one.instant.utc(), "visible", one.instant.precision))
        for one in printed_dates(document, _fluent(habit, document))
    ]
    printed = sorted(((weight, when) for weight, when in printed if _is_possible(when.at)), key=lambda one: -one[0])
    sure = next((when for weight, when in printed if weight >= SURE), None)
    vague = _first(_vague(document), habit)
    if vague and any(abs(vague.at - when.at) < timedelta(days=1) for _, when in printed):
        return vague
    fair = next((when for weight, when in printed if weight >= FAIR), None)
    return sure or vague or fair or named or next((when for weight, when in printed if weight >= FAINT), None)


def _agreement(instant: Instant, url: str) -> float:
    found = _MONTH_IN_URL.search(url)
    if not found:
        return 0.0
    if (int(found["year"]), int(found["month"])) != (instant.at.year, instant.at.month):
        return -2.0
    return 2.0 if found["day"] and int(found["day"]) == instant.at.day else 1.0


def _fluent(habit: Habit, document: Document) -> Habit:
    """The same habit in the language, too, that the page's paragraphs are in: templates declare another at times."""
    import py3langid

    sample = ""
    for paragraph in document.tree.iter("p", "h1", "h2"):
        sample += f" {paragraph.text or ''}"
        if len(sample) > _SAMPLE:
            break
    return replace(habit, languages=tuple(dict.fromkeys((*habit.languages, py3langid.classify(sample)[0]))))


def modified(document: Document) -> When | None:
    """When the article was changed, where JSON-LD or meta say so."""
    habit = habit_of(document)
    return _first(_changed(document), habit)


def habit_of(document: Document) -> Habit:
    """How this page is likely to write its dates."""
    locale = (document.tree.get("lang") or document.meta.get("og:locale") or document.meta.get("content-language") or "").replace("_", "-").lower()
    language, _, region = locale.partition("-")
    country = document.page.publisher.country
    host = (urlsplit(document.page.url).hostname or "")
    top = host.rpartition(".")[2]
    month_first = language in ("en", "") and (region == "us" or (region == "" and country in (None, "US") and len(top) > 2))
    return Habit(tuple(dict.fromkeys(l for l in (language,) if l)) or ("en",), month_first, country)


def _stated(document: Document) -> Iterator[tuple[str, str]]:
    yield text_at(document.about, "datePublished"), "json-ld"
    names = document.meta
    yield from ((names[name], "meta") for name in names if _PUBLISHED.search(name))
    yield from ((text_at(thing, "datePublished"), "json-ld") for thing in document.linked)
    yield text_at(document.about, "dateCreated"), "json-ld"


def _vague(document: Document) -> Iterator[tuple[str, str]]:
    names = document.meta
    yield from ((names[name], "meta") for name in names if _DATE.search(name))


def _changed(document: Document) -> Iterator[tuple[str, str]]:
    yield text_at(document.about, "dateModified"), "json-ld"
    yield from ((document.meta[name], "meta") for name in document.meta if _MODIFIED.search(name))


def _first(voices: Iterable[tuple[str, str]], habit: Habit) -> When | None:
    for text, source in voices:
        instant = read_instant(text, habit) if text else None
        if instant and _is_possible(instant.utc()):
            return When(instant.utc(), source, instant.precision)
    return None


def _day_in_url(url: str) -> When | None:
    if found := _IN_URL.search(url):
        try:
            at = datetime(int(found["year"]), int(found["month"]), int(found["day"]), tzinfo=UTC)
        except ValueError:
            return None
        if _is_possible(at):
            return When(at, "url", "day")
    return None


def _is_possible(at: datetime) -> bool:
    return _EARLIEST <= at <= datetime.now(UTC) + _AHEAD
