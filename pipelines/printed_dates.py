"""Where on a page is its date printed? Near the headline, marked or labelled as one; not in what stands aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import html

from pipelines.days import Habit, western_digits
from pipelines.documents import Document
from pipelines.instants import Instant, printed_instant, read_instant

_MOST = 80
"""Texts that are read as dates on one page: an article's own is among the first."""
_LONGEST = 200
"""Characters at the start of a text in which its date is looked for."""
_SILENT = ("script", "style", "noscript", "template", "select", "option", "textarea", "iframe", "svg", "button", "title")
_YEAR = re.compile(r"\d{4}|\d[./-]\d?\d[./-]\d\d|(?:令和|民國|民国)")
_MARKED = re.compile(
    r"date|time|publi|posted|datum|fecha|\bdata\b|zeit|byline|meta|pub-|_pub|stamp|\bdt-|created|modif|updat|issued|tarih|дата|veroeff",
    re.IGNORECASE,
)
_MARKED_PUBLISHED = re.compile(
    r"publi(?:sh|c|kation|cat)|pub[_-]?(?:date|time)|posted|issued|created|(?:entry|post|article|story|news)[_-]*(?:date|time)",
    re.IGNORECASE,
)
_MARKED_MODIFIED = re.compile(r"modif|updat|revis|aktualis", re.IGNORECASE)
_MARKED_OTHER = re.compile(
    r"event|start|end[_-]?(?:date|time)|deadline|expir|birth|copyright|archive|current|today|clock|countdown|weather|calendar|duration|comment",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"""
    \b(?:publish|posted|issued|release[ds]?\b|created|first\spublished|date\b|dated|ver(?:ö|oe)ffentlich|erschienen|erstellt|datum|artikel\svom|vom
    | publi(?:é|cad|cat|kov|cer|kace|cera|cēt)|paru\b|mis\sen\sligne|fecha|data\b|pubblicat|geplaatst|gepubliceerd|publisert|udgivet|offentliggjort|julkaistu
    | opublikowan|dodano|zveřejněn|vydáno|objavljen|megjelen|közzétév|yayın|tarih|đăng|diterbitkan|dipublikasikan|tayang
    | опубликован|дата|размещен|опубліковано|публик|δημοσ)
    | 公開|掲載|配信|発行|投稿|登録|发布|發布|发表|發表|时间|日期|입력|등록|게시|승인|نشر|تاريخ|تاریخ|انتشار|प्रकाशित|פורסם|תאריך|প্রকাশ|เผยแพร่|วันที่
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What stands before an article's date, in the languages that news is written in."""
_MODIFIED = re.compile(
    r"""
    \b(?:updated|modified|revised|last\s(?:edit|change|review)|aktualisier|ge(?:ä|ae)ndert|stand\b|mis\sà\sjour|modifi|actualiz|atualiz|aggiornat|bijgewerkt
    | gewijzigd|oppdatert|uppdaterad|opdateret|päivitetty|aktualiz|zaktualizowano|aktualizov|ažuriran|frissítve|güncel|cập\snhật|diperbarui|обновл|изменен|оновлено)
    | 更新|修正|최종수정|수정|تحديث|روزرسانی|अपडेट|अद्यतन|עודכן|আপডেট|อัปเดต
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ASIDE = re.compile(
    r"""
    (?:^|[\s_-])(?:related|sidebar|side|widgets?|comments?|recommend\w*|teasers?|latest|popular|trending|most|newsletter|copyright|footer|navbar|nav|menu
    | ticker|weather|archives?|calendar|promo|next|prev(?:ious)?|carousel|slider|rail|more|similar|aside|breaking|topbar|recent|cards?|also|events?)(?=$|[\s_-])
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Class names and ids of what stands around articles: words that content management systems share."""
_ANCESTORS = 40


@dataclass(frozen=True, slots=True)
class Printed:
    """A date on the page: how surely it is the article's (1 is enough), and is it said to be that of a change."""

    instant: Instant
    weight: float
    is_modified: bool = False


@dataclass(frozen=True, slots=True)
class _Text:
    element: html.HtmlElement
    text: str
    before: str
    marks: str
    position: int
    whole: bool


def printed_dates(document: Document, habit: Habit) -> list[Printed]:
    """The dates that may be the article's, surest first."""
    headline = _headline(document)
    inside = set(headline.iterancestors()) if headline is not None else set()
    texts, place = _texts(document, headline)
    found = []
    for text in texts[:_MOST]:
        if (printed := _weighed(text, place, inside, habit)) is not None:
            found.append(printed)
    return sorted(found, key=lambda printed: -printed.weight)


def _headline(document: Document) -> html.HtmlElement | None:
    """The heading that has most words of the page's title; where none has any, the first h1."""
    element = document.tree.find(".//title")
    title = document.meta.get("og:title") or (element.text if element is not None else "") or ""
    words = set(re.findall(r"\w+", title.lower()))
    best, most = None, 0.0
    for heading in document.tree.iter("h1", "h2"):
        own = set(re.findall(r"\w+", heading.text_content()[:400].lower()))
        share = len(own & words) / (len(own | words) or 1) + (0.1 if heading.tag == "h1" else 0)
        if share > most + 0.01:
            best, most = heading, share
    return best


def _texts(document: Document, headline: html.HtmlElement | None) -> tuple[list[_Text], tuple[int, int] | None]:
    """The texts that may be dates, in order, and where the headline begins and ends, in characters of the page's text."""
    found: list[_Text] = []
    position, place, before = 0, None, ""
    body = document.tree.find("body")
    for element in (body if body is not None else document.tree).iter():
        tag = element.tag
        silent = not isinstance(tag, str) or tag in _SILENT
        if element is headline:
            place = (position, position + len(element.text_content()))
        if not silent:
            marks = f"{element.get('itemprop') or ''} {element.get('class') or ''} {element.get('id') or ''} {element.get('property') or ''}"
            if tag == "time" or (len(marks) > 3 and _MARKED.search(marks)):
                found.extend(_marked(element, marks, before, position))
        for text in (None if silent else element.text, element.tail):
            if not text:
                continue
            position += len(text)
            if len(text) > 5 and _YEAR.search(text, 0, _LONGEST):
                found.append(_Text(element, text, before, "", position, False))
            if not text.isspace():
                before = text[-40:]
    return found, place


def _marked(element: html.HtmlElement, marks: str, before: str, position: int) -> Iterator[_Text]:
    if len(element) > 12:
        return
    if element.get("pubdate") is not None:
        marks += " publish"
    for name, value in element.attrib.items():
        if (name in ("datetime", "content", "title") or name.startswith("data-")) and 8 <= len(value) <= 60 and _YEAR.search(value):
            yield _Text(element, value, before, marks + " " + name, position, True)
    text = element.text_content()
    if len(text) <= _LONGEST * 2 and _YEAR.search(text):
        yield _Text(element, text, before, marks, position, False)


def _weighed(text: _Text, place: tuple[int, int] | None, inside: set[html.HtmlElement], habit: Habit) -> Printed | None:
    value = western_digits(" ".join(text.text.split()))[:_LONGEST]
    instant = read_instant(value, habit) if text.whole else printed_instant(value, habit)
    if instant is None or _MARKED_OTHER.search(text.marks):
        return None
    lead = f"{text.before} {value[:60]}"
    if "©" in lead or "copyright" in lead.lower():
        return None
    modified = _MARKED_MODIFIED.search(text.marks) or _MODIFIED.search(lead)
    published = _MARKED_PUBLISHED.search(text.marks) or _PUBLISHED.search(lead)
    weight = 0.0
    if published:
        weight += 2.5
    elif text.marks:
        weight += 2
    elif len(value) < 60:
        weight += 1
    weight += _nearness(text.position, place)
    if _is_aside(text.element, inside):
        weight -= 3
    return Printed(instant, weight, is_modified=bool(modified and not published))


def _nearness(position: int, place: tuple[int, int] | None) -> float:
    if place is None:
        return 0.0
    start, end = place
    if start - 300 <= position <= end + 600:
        return 1.0
    return 0.0 if start - 1_000 <= position <= end + 3_000 else -0.5


def _is_aside(element: html.HtmlElement, inside: set[html.HtmlElement]) -> bool:
    for _ in range(_ANCESTORS):
        if element is None or element in inside:
            return False
        if element.tag in ("aside", "nav", "footer"):
            return True
        if _ASIDE.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            return True
        element = element.getparent()
    return False
