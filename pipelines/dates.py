"""When was it published, and when changed? Each with where the page says so, and how exactly.

The page's voices in the order of their worth: what it says to machines (JSON-LD, meta), what it prints beside its headline,
the meta that some systems fill with the day of the last change, its URL, its scripts, and what else is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from archive.article import Precision
from pipelines.days import Habit
from pipelines.documents import Document, text_at
from pipelines.habits import fluent, habit_of
from pipelines.instants import Instant, read_instant
from pipelines.printed_dates import FAINT, FAIR, SURE, printed_dates
from pipelines.scripted_dates import broken_json_ld, state_date
from pipelines.url_dates import UrlDate, date_in_url

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""No web page is older; what says so means 1970, the epoch of a missing date."""
_DAY = timedelta(days=1)
_LATE = timedelta(days=31)
"""A statement later than the URL's day by more than this is of the article's move to another system."""
_META_OF_PUBLICATION = re.compile(
    r"(?<!un)(?:publish(?:ed|ing)?|publication|pub|issued?|released?|posted)(?:[ _.-]?(?:date|time|at|on))?(?:[ _.-]?(?:time|gmt|utc|iso))?$"
)
_META_OF_CHANGE = re.compile(r"modified(?:[ _-]?(?:time|date|at))?$|updated?(?:[ _-]?(?:time|date|at))?$|last-?mod$")
_META_OF_A_DATE = re.compile(r"(?:^|[.:])date$|created$|^sailthru\.date$")
_OFFSET = re.compile(r":\d\d(?:\.\d{1,9})?\s?(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d)$")
_OTHER_THINGS = re.compile(
    r"Event|Comment|Answer|Image|Audio|Video|Organization|Person|WebSite|Offer|Product|Rating|Book|Movie"
)
"""Types in JSON-LD whose dates are not the article's."""


@dataclass(frozen=True, slots=True)
class When:
    """An instant in UTC, where the page says so, and how exactly."""

    at: datetime
    source: str
    precision: Precision


def published(document: Document) -> When | None:
    """When the article was published; None where the page says nothing that can be believed."""
    habit, named = habit_of(document), date_in_url(document.page.url)
    if when := _first(_stated(document), document, habit):
        return _of_url(named) if named and named.day and when.at - named.at > _LATE else when
    printed = _printed(document, fluent(habit, document), named)
    sure = _heaviest(printed, SURE)
    vague = _first(_vague(document), document, habit)
    if vague and (sure is None or any(abs(vague.at - when.at) < _DAY for _, when in printed)):
        return vague
    return (
        sure
        or _heaviest(printed, FAIR)
        or (_of_url(named) if named and named.day else None)
        or _first([(state_date(document), "script")], document, habit)
        or _heaviest(printed, FAINT)
        or _first([(document.meta.get("description", ""), "meta")], document, habit)
    )


def modified(document: Document, since: When | None = None) -> When | None:
    """When the article was changed, where JSON-LD or meta say so. A change before publication (``since``) is the draft's, and none."""
    when = _first(_changed(document), document, habit_of(document))
    if when is None or since is None:
        return when
    margin = _DAY if "day" in (when.precision, since.precision) else timedelta()
    return None if when.at + margin < since.at else when


def _stated(document: Document) -> Iterator[tuple[str, str]]:
    """What the page says to machines of its publication, with the voice's name."""
    meta = document.meta
    yield text_at(document.about, "datePublished"), "json-ld"
    yield broken_json_ld(document, "datePublished"), "json-ld"
    yield from ((meta[name], "meta") for name in meta if _META_OF_PUBLICATION.search(name))
    for thing in document.linked:
        if not _OTHER_THINGS.search(str(thing.get("@type"))):
            yield text_at(thing, "datePublished"), "json-ld"
    yield text_at(document.about, "dateCreated"), "json-ld"


def _vague(document: Document) -> Iterator[tuple[str, str]]:
    return ((document.meta[name], "meta") for name in document.meta if _META_OF_A_DATE.search(name))


def _changed(document: Document) -> Iterator[tuple[str, str]]:
    yield text_at(document.about, "dateModified"), "json-ld"
    yield broken_json_ld(document, "dateModified"), "json-ld"
    yield from ((document.meta[name], "meta") for name in document.meta if _META_OF_CHANGE.search(name))
    for thing in document.linked:
        if not _OTHER_THINGS.search(str(thing.get("@type"))):
            yield text_at(thing, "dateModified"), "json-ld"


def _first(voices: Iterable[tuple[str, str]], document: Document, habit: Habit) -> When | None:
    for text, source in voices:
        if text and (when := when_of(read_instant(text, habit), source, document)):
            return when
    return None


def _printed(document: Document, habit: Habit, named: UrlDate | None) -> list[tuple[float, When]]:
    """The dates that the page prints, with how surely they are the article's: the URL and the capture have a say."""
    latest = document.page.fetched_at + _DAY if document.page.fetched_at else None
    found = []
    for printed in printed_dates(document, habit):
        if when := when_of(printed.instant, "visible", document):
            weight = printed.weight + (named.agreement(printed.instant.at.date()) if named else 0)
            found.append((weight - (2 if latest and when.at > latest else 0), when))
    return sorted(found, key=lambda one: -one[0])


def _heaviest(printed: list[tuple[float, When]], least: float) -> When | None:
    return printed[0][1] if printed and printed[0][0] >= least else None


def when_of(instant: Instant | None, source: str, document: Document) -> When | None:
    """An instant as one in UTC, if it is possible: a page's own word is taken for the future up to a day of clocks' error."""
    if instant is None:
        return None
    local = instant.precision != "day" and instant.at.tzinfo is None
    try:
        at = instant.utc(_offset(document) if local else timedelta())
    except OverflowError:
        return None
    return When(at, source, instant.precision) if _EARLIEST <= at <= datetime.now(UTC) + _DAY else None


def _offset(document: Document) -> timedelta:
    """How far the outlet's clock is from UTC, by the first of the page's own statements that names it; nothing if none does."""
    for text, _ in (*_stated(document), *_vague(document), *_changed(document)):
        if found := _OFFSET.search(text):
            away = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"]))
            return away if found["sign"] == "+" else -away
    return timedelta()


def _of_url(named: UrlDate) -> When:
    return When(named.at, "url", "day")
