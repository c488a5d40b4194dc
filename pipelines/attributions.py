"""Where beside the text does the page name a wire service: as the author or source of the article, or as a picture's?

An agency's name alone is printed both under a headline and under a picture. The element tells them apart: the class that
the template gives it ("byline", "quelle"), a figure around it, or the date beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import html

from pipelines.agencies import APART, agencies_in, agency_named, may_name_agencies
from pipelines.documents import Document
from pipelines.surroundings import Surroundings
from pipelines.text import even

_LONGEST = 120
"""Characters of a line that holds a byline, a date and a source."""
_SENTENCE = 80
"""Characters of its own that make an element a paragraph."""
_LEVELS, _NEAR_LEVELS = 8, 5
_BESIDE = 16
"""Elements on either side of a name among which its date is."""
_LONGEST_TOP, _LONGEST_LINK = 600, 30
"""Characters of a box that is more than a byline, and of a link that is another article's headline."""
_MOST_CHILDREN, _MOST_LINKS = 8, 20
_MOST_FOUND = 200
_MOST_BELOW = 600
"""Elements below the headline among which the text begins."""
_INLINE = frozenset(("a", "abbr", "em", "i", "b", "strong", "span", "cite", "small", "font", "u", "time"))
_BLOCKS = frozenset(("p", "div", "td", "section", "article", "blockquote", "li"))
_WHOLE = frozenset(("article", "main", "body", "html"))
"""Their classes speak of the page: "has-post-thumbnail"."""
_PICTURES = frozenset(("figure", "figcaption", "picture", "video", "audio"))
_NO_TEXT = frozenset(
    ("script", "style", "noscript", "option", "select", "code", "pre", "title", "button", "nav", "textarea")
)
_PICTURE_BOX = re.compile(
    r"caption|image|img|photo|foto|bild(?!ung)|galler|galer|thumb|figure|slide|cutline|lightbox|video|media-?(?:info|rights|credit)|legend",
    re.IGNORECASE,
)
_SOURCE_BOX = re.compile(
    r"author|byline|autor|\baut\b|attribut|(?<!re)source|quelle|fonte\b|fuente|kaynak|zrodlo|agenc|agentur|wire|publisher|provider|syndicat"
    r"|distribut|firma|signature|credit|contributor|writer|reporter|tagline|yazar|muhabir|idcode",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"related|recirc|recommend|teaser|preview|promo\b|comment|timeline|fact-?box|\bmenu|sidebar|footer|most-?read|newsletter",
    re.IGNORECASE,
)
_PICTURE_WORD = re.compile(
    r"^(?:photos?|fotos?|fotografía|bild(?:er|rechte|quelle)?|image[nms]?|imagem|picture|crédit photo|фото|写真|图|사진|kuva|zdjęcie|fot\.|video)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^[^\W\d_]{2,15}(?:\s[^\W\d_]{2,12})?\s?[:：]\s*")
_SOURCE_LABEL = re.compile(
    r"(?:bron|kilde|källa|lähde|fonte|fuente|źródło|zdroj|forrás|kaynak|источник|джерело|sumber|nguồn)\s?:",
    re.IGNORECASE,
)
"""A source that is not likely a picture's, whatever its style is called; "Source:" and "Quelle:" stand below many."""
_LABELLED = re.compile(r"(?:来源|來源|稿源|出典|配信|출처|المصدر)\s?[:：]\s?(?P<name>[^\s|·,;，、（(]{2,20})")
"""A source among other data of a line whose parts only spaces set apart."""
_SEGMENTS = re.compile(r"\s[-–—|·•]+\s|[|•\n]")
_DATE = re.compile(r"\b(?:19|20)\d{2}\b|\d{1,2}[:.h]\d{2}\b|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}年")
_PERSON = re.compile(r"[^\W\d_a-zß-ÿ][\w.'’-]*(?:\s[^\W\d_a-zß-ÿ][\w.'’-]*){0,4}")


@dataclass(frozen=True, slots=True)
class Attributions:
    """``named`` are the agencies that are named as author or source; ``pictured`` the lines that stand with pictures only."""

    named: tuple[str, ...]
    pictured: frozenset[str]


def attributions_of(document: Document, around: Surroundings) -> Attributions:
    """The agencies named beside the text, in the page's order, and the lines that are pictures' credits."""
    candidates = list(_candidates(document.elements))
    if not candidates:
        return Attributions((), frozenset())
    place = _Place.of(document, around)
    found: list[tuple[str, tuple[str, ...]]] = []
    pictured: set[str] = set()
    for at, holder in candidates:
        block, text = _block(holder)
        boxes = _boxes(holder, block, place)
        if _is_pictures(boxes, text):
            pictured.update((even(text), *text.split("\n")))
            continue
        found.append((even(text), _named(document, place, at, block, text, boxes)))
    credits_ = tuple(pictured)
    named = (
        name
        for text, names in found
        if not any(text in credit for credit in credits_ if text != credit)
        for name in names
    )
    return Attributions(tuple(dict.fromkeys(named)), frozenset(pictured - {text for text, _ in found}))


@dataclass(frozen=True, slots=True)
class _Place:
    """The article's own elements (what holds its headline or text), and where its headline and its first paragraph stand."""

    own: frozenset[html.HtmlElement]
    headline: int
    opening: int

    @classmethod
    def of(cls, document: Document, around: Surroundings) -> _Place:
        elements = document.elements
        headlines, near = document.places.get("h1", ()), set(around.elements)
        headline = next((at for at in headlines if elements[at] in near), headlines[0] if headlines else -1)
        below = range(headline + 1, min(len(elements), headline + _MOST_BELOW))
        opening = next((at for at in below if _is_paragraph(elements[at])), -1)
        anchors = [around.root, *(elements[at] for at in (headline, opening) if at >= 0)]
        own = {element for anchor in anchors for element in (anchor, *anchor.iterancestors())}
        return cls(frozenset(own), headline, opening)


def _is_paragraph(element: html.HtmlElement) -> bool:
    """Text of its own, and no picture's caption."""
    if element.tag not in _BLOCKS or _own_size(element) < _SENTENCE:
        return False
    return not any(
        above.tag in _PICTURES or _PICTURE_BOX.search(above.get("class") or "") for above in (element, *_above(element))
    )


def _above(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    return (
        above
        for _, above in zip(range(_NEAR_LEVELS - 1), element.iterancestors(), strict=False)
        if above.tag not in _WHOLE
    )


def _candidates(elements: Sequence[html.HtmlElement]) -> Iterator[tuple[int, html.HtmlElement]]:
    """Where a short text has all words of an agency's name: the element that holds it."""
    places: list[int] = []
    texts: list[str] = []
    for at, element in enumerate(elements):
        for text in (element.text, element.tail):
            if text and len(text) <= 4 * _LONGEST and not text.isspace() and 2 <= len(text := text.strip()) <= _LONGEST:
                places.append(at)
                texts.append(text)
    found = 0
    for one in may_name_agencies(texts):
        element, text = elements[places[one]], texts[one]
        holder = element if element.text and text in element.text else element.getparent()
        if holder is not None and holder.tag not in _NO_TEXT:
            yield places[one], holder
            found += 1
        if found >= _MOST_FOUND:
            return


def _block(element: html.HtmlElement) -> tuple[html.HtmlElement, str]:
    """The element whose line this is: of an inline one the element around it, while that is short; and the line."""
    text = _short_text(element) or ""
    while element.tag in _INLINE and (parent := element.getparent()) is not None:
        longer = _short_text(parent)
        if longer is None:
            break
        element, text = parent, longer
    return element, text


def _short_text(element: html.HtmlElement) -> str | None:
    if len(element) > _MOST_CHILDREN:
        return None
    parts: list[str] = []
    size = 0
    for part in element.itertext():
        parts.append(part.strip())
        size += len(parts[-1])
        if size > _LONGEST:
            return None
    return "\n".join(even(part) for part in parts if part)


def _boxes(element: html.HtmlElement, block: html.HtmlElement, place: _Place) -> list[str]:
    """What the template calls the element and those around it, each with its tag first, up to the article's own.

    The article's own say what it has all in all: WordPress calls each "has-post-thumbnail".
    """
    boxes: list[str] = []
    is_above = False
    for _ in range(_LEVELS):
        if element is None or element.tag in ("body", "html") or (is_above and element in place.own):
            break
        is_above = is_above or element is block
        names = (element.get(name) or "" for name in ("class", "id", "itemprop", "rel"))
        boxes.append(f"{element.tag} {' '.join(names)[:200]}")
        element = element.getparent()
    return boxes


def _is_pictures(boxes: Sequence[str], text: str) -> bool:
    if _PICTURE_WORD.match(text) or not _PICTURES.isdisjoint(box.partition(" ")[0] for box in boxes):
        return True
    if _SOURCE_LABEL.match(text):
        return False
    # "byline byline-with-photo" has the author's portrait; "caption-author" made the picture
    return any(_PICTURE_BOX.search(box) and "byline" not in box for box in boxes[:_NEAR_LEVELS])


def _named(
    document: Document, place: _Place, at: int, block: html.HtmlElement, text: str, boxes: Sequence[str]
) -> tuple[str, ...]:
    near = [box.partition(" ")[2] for box in boxes[:_NEAR_LEVELS]]
    is_marked = any(map(_SOURCE_BOX.search, near))
    if block.tag in _INLINE and _is_in_sentence(block) and not is_marked:
        return ()
    in_head = 0 <= place.headline < at < place.opening
    if not (is_marked or (in_head and _has_date(document, at, text))):
        return ()
    if any(_ELSEWHERE.search(box) for box in boxes) or _is_other_box(block, place):
        return ()
    return _signed(text, with_people=is_marked)


def _is_in_sentence(element: html.HtmlElement) -> bool:
    parent = element.getparent()
    return parent is not None and _own_size(parent) >= 20


def _own_size(element: html.HtmlElement) -> int:
    return len((element.text or "").strip()) + sum(len((child.tail or "").strip()) for child in element)


def _has_date(document: Document, at: int, text: str) -> bool:
    if _DATE.search(text):
        return True
    beside = document.elements[max(0, at - _BESIDE) : at + _BESIDE]
    return any(element.tag == "time" or _DATE.search((element.text or "")[:_LONGEST]) for element in beside)


def _is_other_box(block: html.HtmlElement, place: _Place) -> bool:
    """Is it in a box that is not the article's: one that holds a text or a headline of its own?"""
    top = block
    while (parent := top.getparent()) is not None and parent not in place.own and top not in place.own:
        top = parent
    if top in place.own:
        return False
    size = 0
    for part in top.itertext():
        size += len(part.strip())
        if size > _LONGEST_TOP:
            return True
    links = [link for _, link in zip(range(_MOST_LINKS), top.iter("a"), strict=False)]
    return any(len(even("".join(link.itertext())[:400])) > _LONGEST_LINK for link in links)


def _signed(text: str, *, with_people: bool) -> tuple[str, ...]:
    """The agencies of a byline or source line: "By Jane Doe - Associated Press - 28 April 2023", "Fonte: Agência Brasil"."""
    if named := agencies_in(_LABEL.sub("", even(text))):
        return named
    if found := _LABELLED.search(text):
        return agencies_in(found["name"])
    segments = [segment.strip() for segment in _SEGMENTS.split(text)]
    plain = [_LABEL.sub("", segment) for segment in segments if not _PICTURE_WORD.match(segment)]
    return tuple(
        name for segment in plain for name in agencies_in(segment) or (_beside_people(segment) if with_people else ())
    )


def _beside_people(text: str) -> tuple[str, ...]:
    """The agencies among names of people; none in "Jane Doe/AFP", who took a picture."""
    parts = [part for part in APART.split(text.strip("()[] .,")) if part and not _DATE.search(part)]
    named = tuple(filter(None, map(_agency_at_end, parts)))
    return named if "/" not in text and all(agency_named(part) or _PERSON.fullmatch(part) for part in parts) else ()


def _agency_at_end(part: str) -> str | None:
    """The agency of "By Jane Doe The Associated Press", which elements of one line make of a name and a service."""
    words = part.split()
    ends = (" ".join(words[start:]) for start in range(min(len(words), 6)))
    return next((name for end in ends if (name := agency_named(end))), None)
