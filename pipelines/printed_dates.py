"""Where on a page is its date printed? Near the headline, marked or labelled as one; not in what stands aside."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from lxml import html

from pipelines.date_labels import is_label_of_change, is_label_of_publication
from pipelines.days import Habit, find_day, western_digits
from pipelines.documents import Document
from pipelines.headline_place import headline_element
from pipelines.instants import Instant, printed_instant, read_instant

SURE, FAIR, FAINT = 1.5, 1.0, -0.5
"""Weights: marked as a date near the headline · a date alone near it, or marked elsewhere · one that stands anywhere."""
_MOST = 80
"""Texts that are read as dates on one page: an article's own is among the first."""
_LONGEST = 200
"""Characters at the start of a text in which its date is looked for; a sentence's date is not the article's."""
_OPENING = 45
"""Characters before a date that leave it the text's subject: a label, a weekday, an author's name."""
_SHORT = 60
_MOST_PARTS = 12
"""Children of an element that is a date: more are a layout."""
_STOPS = (".", "!", "?", "。", "।", "…", ":")
_DASHES = ("-", "–", "—", "(")
_SILENT = {
    *("script", "style", "noscript", "template", "select", "option", "textarea", "iframe", "svg", "button", "title"),
    *("figcaption", "caption", "blockquote"),
}
_NAMING = frozenset(("class", "id", "itemprop", "property"))
_DIGITS = re.compile(r"\d\d")
_YEAR = re.compile(r"\d{4}|\d[./-]\s?\d?\d[./-]\s?\d\d|令和|民國|民国")
_MARK = re.compile(
    r"date|time|publi|posted|datum|fecha|\bdata\b|zeit|byline|meta|\bpub[-_]|[-_]pub|stamp|\bdt-|created|modif|updat|issued|tarih|дата|submitted"
)
"""Of names in small letters: to search without regard to case takes three times as long."""
_MARK_OF_PUBLICATION = re.compile(
    r"publi(?:sh|c|kation)|pub[_-]?(?:date|time)|posted|issued|submitted|(?:entry|post|article|story|news)[_-]{0,2}(?:date|time)",
    re.IGNORECASE,
)
_MARK_OF_CHANGE = re.compile(r"modif|updat|revis|aktualis", re.IGNORECASE)
_MARK_OF_OTHER = re.compile(
    r"start|end[_-]?(?:date|time)|deadline|expir|birth|copyright|archive|current|today|clock|countdown|weather|calendar|duration|comment",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"""
    (?<!no-)(?<!no_)(?<!has-)(?<!with-)(?<![^\s_-])(?:related|sidebar|side|widgets?|comments?|recommend\w*|teasers?|latest|popular|trending|most|newsletter
    | copyright|footer|navbar|menu|ticker|weather|archives?|calendar|promo|next|prev(?:ious)?|carousel|slider|rail|more|similar|aside|breaking|topbar|recent
    | cards?|also|events?)(?![^\s_-])
    """,
    re.VERBOSE,
)
"""Class names and ids, in small letters, of what stands around articles: words that content management systems share."""
_DEEPEST = 60
_FAR = 3_000
"""Characters after the headline from which a date is looked for no longer, once there was one."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A date on the page: how surely it is the article's, and is it said to be that of a change."""

    instant: Instant
    weight: float
    is_change: bool = False


@dataclass(frozen=True, slots=True)
class _Text:
    """A text that may be a date: what marks its element, what is printed before it, how far down the page."""

    element: html.HtmlElement
    text: str
    before: str
    marks: str
    position: int
    is_value: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the headline is, in characters of the page's text, and what it stands in."""

    start: int
    end: int
    around: frozenset[html.HtmlElement]


def printed_dates(document: Document, habit: Habit) -> list[Printed]:
    """The dates on the page that may be the article's, surest first."""
    texts, place = _texts(document, headline_element(document))
    today = document.page.fetched_at.date() if document.page.fetched_at else None
    found = [(text, printed) for text in texts[:_MOST] if (printed := _weighed(text, place, habit, today)) is not None]
    return sorted(_without_lists(found, place), key=lambda printed: -printed.weight)


def _texts(document: Document, headline: html.HtmlElement | None) -> tuple[list[_Text], _Place | None]:
    """The texts that may be dates, in the page's order, and the headline's place."""
    found: list[_Text] = []
    position, place, before = 0, None, ""
    for element in _below_body(document):
        if place and position > place.end + _FAR and any(t.marks and t.position >= place.start for t in found[-20:]):
            break
        tag, text, tail = element.tag, element.text, element.tail
        silent = tag in _SILENT
        if headline is not None and element is headline:
            end = position + len(_short_text(headline, 2 * _LONGEST))
            place = _Place(position, end, frozenset(headline.iterancestors()))
        if not silent:
            names = element.get("class"), element.get("id"), element.get("itemprop"), element.get("property")
            if (tag == "time" or _are_mark(names)) and len(element) <= _MOST_PARTS:
                found.extend(_marked(element, before, position))
        for is_tail, said in ((False, None if silent else text), (True, tail)):
            if said and (stripped := said.strip()):
                if len(stripped) > 5 and _DIGITS.search(stripped, 0, _LONGEST) and _YEAR.search(stripped, 0, _LONGEST):
                    found.append(_Text(element.getparent() if is_tail else element, stripped, before, "", position))
                position += len(stripped)
                before = stripped[-_OPENING:]
    return found, place


def _below_body(document: Document) -> Sequence[html.HtmlElement]:
    """The body and all elements in it; those of the whole page where there is none."""
    body = document.tree.find("body")
    if body is None:
        return document.elements
    start = document.elements.index(body)
    return document.elements[start : None if body.getnext() is None else start + sum(1 for _ in body.iter("*"))]


def _marked(element: html.HtmlElement, before: str, position: int) -> Iterator[_Text]:
    """An element that is a date by its name, or by that of its class: its values for machines, and its text."""
    marks = " ".join([value for name, value in element.items() if name in _NAMING])
    if element.get("pubdate") is not None:
        marks += " published"
    for name, value in element.items():
        if (name in ("datetime", "content", "title") or name.startswith("data-")) and 8 <= len(value) <= _SHORT:
            yield _Text(element, value, before, f"{marks} {name}", position, is_value=True)
    text = _short_text(element)
    if len(text) <= _LONGEST and _YEAR.search(text):
        yield _Text(element, text, before, f"{marks} {element.tag}", position)


def _short_text(element: html.HtmlElement, most: int = _LONGEST) -> str:
    """An element's text up to about so many characters: of a page in one heading no more is read."""
    parts: list[str] = []
    for part in element.itertext():
        if stripped := part.strip():
            parts.append(stripped)
            most -= len(stripped)
            if most < 0:
                break
    return " ".join(parts)


@lru_cache(maxsize=16_384)
def _are_mark(names: tuple[str | None, ...]) -> bool:
    """Do an element's names call it a date? Remembered: a page has a thousand elements and thirty names."""
    return _MARK.search(" ".join([name for name in names if name]).lower()) is not None


def _weighed(text: _Text, place: _Place | None, habit: Habit, today: date | None) -> Printed | None:
    """How surely is this text the article's date? None where it is no date, or the date of something else."""
    value = western_digits(" ".join(text.text[: 2 * _LONGEST].split()))[:_LONGEST]
    instant = read_instant(value, habit) if text.is_value else printed_instant(value, habit)
    if instant is None or _MARK_OF_OTHER.search(text.marks or _names(text.element)):
        return None
    lead = f"{text.before} {value[:_OPENING]}"
    if "©" in lead or "copyright" in lead.lower():
        return None
    published = bool(_MARK_OF_PUBLICATION.search(text.marks)) or is_label_of_publication(lead)
    changed = not published and (bool(_MARK_OF_CHANGE.search(text.marks)) or is_label_of_change(lead))
    standing = 1.0 if text.marks else _standing(value, habit)
    if standing is None:
        return None
    weight = 2.5 if published else 2.0 if text.marks or changed else standing
    near = _nearness(text.position, place)
    weight += near - (1.0 if changed else 0)
    if _is_aside(text.element, place):
        weight -= 2.0 if published or near > 0.5 else 3.0
    if today == instant.at.date() and place and text.position <= place.start and not published:
        weight -= 2.3  # a page's clock
    return Printed(instant, weight, is_change=changed)


def _standing(value: str, habit: Habit) -> float | None:
    """Is a date all that an unmarked text says (1), does it open a paragraph (0), or is it one of a sentence's words (None)?"""
    found = find_day(value, habit)
    if found is None or found.start > _OPENING:
        return None
    before, after = value[: found.start].strip(), value[found.end :].strip()
    if len(before) + len(after) < _SHORT and not (len(before) > 12 and after.endswith(_STOPS) and before):
        return 1.0
    return 0.0 if len(before) <= 12 or after.startswith(_DASHES) else None


def _names(element: html.HtmlElement) -> str:
    """Its class and id, in small letters."""
    return f"{element.get('class') or ''} {element.get('id') or ''}".lower()


def _nearness(position: int, place: _Place | None) -> float:
    if place is None:
        return 0.5
    if place.start < position <= place.end + 600:
        return 1.0
    if place.start - 300 <= position <= place.start:
        return 0.7
    return -0.5 if place.start - 1_000 <= position <= place.end + _FAR else -1.0


def _is_aside(element: html.HtmlElement | None, place: _Place | None) -> bool:
    """Does it stand in a box that the headline is not in, or in the page's head rather than in that of the article?"""
    in_head = False
    for _ in range(_DEEPEST):
        if element is None or element.tag in ("body", "html", "main") or (place and element in place.around):
            return in_head and element is not None and element.tag != "main"
        if element.tag in ("aside", "nav", "footer") or (element.tag != "article" and _ASIDE.search(_names(element))):
            return True
        if element.tag == "a" and len(_short_text(element)) > 2 * _SHORT:
            return True
        in_head = element.tag == "header" or (in_head and element.tag != "article")
        element = element.getparent()
    return False


def _without_lists(found: Iterable[tuple[_Text, Printed]], place: _Place | None) -> Iterator[Printed]:
    """Dates that look the same and are three days or more are those of a list, unless they stand under the headline."""
    found = list(found)
    days: dict[tuple[str, str], set[date]] = defaultdict(set)
    for text, printed in found:
        days[text.element.tag, text.marks].add(printed.instant.at.date())
    for text, printed in found:
        listed = text.marks and len(days[text.element.tag, text.marks]) >= 3
        near = place is not None and place.start < text.position <= place.end + 300
        yield replace(printed, weight=printed.weight - 1.5) if listed and not near else printed
