"""Where do authors sign on a page? Near the headline, in elements whose class, itemprop or rel says so, in a line that
begins with "By", in a link to an author's page. Who signs a photo, a comment or another article is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice

from lxml import etree, html

from pipelines.bylinewords import PIECE, begins_as_byline, is_label
from pipelines.documents import Document
from pipelines.headline_place import headline_element
from pipelines.text import even

_SIGNED = re.compile(
    r"""
      [Aa]uthors?(?!i[sz]|ity) | AUTHOR | [Aa]utor(?!i[sz]|id|efr|esi|un|ot|el|ow|ep) | [Aa]ut(?:eur|rice) | [Bb]y-?[Ll]ine | [Vv]erfasser
    | (?<![a-z])(?:[Ww]riter | [Rr]eporter(?!r) | yazar | avtor | journalist) | [Cc]ontributor | [Kk]irjoittaja | [Ss]kribent
    | [Ff]orfatter | [Pp]enulis | [Mm]uhabir | [Ss]zerzo | (?<![\w-])username(?![\w-])
    """,
    re.VERBOSE,
)
_SIGNS = (
    "author", "autor", "auteur", "autrice", "byline", "by-line", "verfasser", "writer", "reporter", "yazar", "avtor", "journalist",
    "contributor", "kirjoittaja", "skribent", "forfatter", "penulis", "muhabir", "szerzo", "username",
)  # fmt: skip
"""The same in short: most classes hold none of them, and are not looked at twice."""
_FOREIGN = re.compile(
    r"comment(?!ary)|kommentar(?!s?[-_]?spalte)|related|recommend|quot|tweet|repl(?:y|ies)|caption|im(?:age|g)(?![-_]?\w*auth)|photo|foto|picture|copyright",
    re.IGNORECASE,
)
_FOREIGN_BLOCK = re.compile(
    r"(?<!\S)(?:(?:wp-|disqus-|the-|user-)?comments?(?:[-_]?(?:list|body|area|content|item|section|wrapper|text))?|kommentare?"
    r"|related\S*|recommend\S*|tweet|quote|blockquote|repl(?:y|ies))(?!\S)",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"teaser|trending|popular|(?<![\w-])sidebar|widget|promo(?!ted)|card", re.IGNORECASE)
_OUTSIDE = frozenset({"figure", "figcaption", "blockquote", "nav", "form"})
_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|autor(?:en|es|in|ek)?|auteurs?|people|persons?|profiles?|profil|staff|contributors?|journalists?|journalisten?"
    r"|reporters?|writers?|columnists?|kolumnisten|redakteure?|experts?|users?|bios?|periodistas?|by|verfasser|forfatter|yazar(?:lar)?)/[^/?#]"
    r"|/(?:user|member|profile)[\w.-]{0,20}/?\?\w{1,8}=\d|[?&]author=\d",
    re.IGNORECASE,
)
"""Where an author's page is: by a folder's name, or by a number that a forum or WordPress asks its database for."""
_NUMBERED = re.compile(r"[/=]\d{1,12}/?\Z")
_BETWEEN_PIECES = re.compile(rf"(?:\s*[{PIECE}])+\s*")
_FAMILY_NAME = re.compile(r"(?:last|family|sur)[-_]?name", re.IGNORECASE)
_UNSAID = frozenset({"script", "style", "svg", "noscript", "button"})
_LABELS = ("strong", "b", "em", "dt", "th", "td", "label", "h3", "h4", "h5", "h6", "span")
_UNSIGNED = frozenset({"h1", "h2", "h3", "script", "style", "title", "option", "noscript", "template", "textarea"})
_DATED = re.compile(
    r"^[^\W\d_][^\d|,]{4,40}, [^\W_].{0,14}\b(?:19|20)\d\d$|\b\d{1,2}[.:]\d\d\b.{0,12}\s(?:\||von|by|par|por|·|-|–)\s[^\d]{4,40}$"
)
"""A name beside a date or a time: "Jane Doe, April 19, 2020", "6.11.2023 13:30 von Olga"."""
_LONGEST, _LONGEST_DATED = 200, 80
_FAR_BEFORE, _NEAR_BEFORE, _NEAR_AFTER, _FAR_AFTER = 40, 15, 45, 95
_EDGE = 3
_UNMARKED = 10
_PARAGRAPH, _INTO_TEXT = 150, 2
"""Where the text has gone on for so many paragraphs of so many characters, a name without a mark is somebody it speaks of."""
_LONGEST_CLASS = 300
_LONGEST_LABEL = 30
_MOST_ANCESTORS, _MOST_FAR, _MOST_IN_ROW = 8, 60, 60
_BLOCK = 3
"""How many levels above a signature the container of all of a byline's signatures stands at most."""
_REACH = 15
"""And how many elements away they are."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A text that may be signed, and whether its page marks it so (class, itemprop, rel), links it to an
    account with a number, or only its words do."""

    text: str
    is_marked: bool
    is_account: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page, its headline, and all that the headline stands in."""

    elements: Sequence[html.HtmlElement]
    paragraphs: Sequence[html.HtmlElement]
    headline: html.HtmlElement | None
    around: frozenset[html.HtmlElement]


def signed_page(document: Document) -> Page:
    """The page as it is looked through for signatures."""
    headline = headline_element(document)
    return Page(
        document.elements,
        document.tagged("p"),
        headline,
        frozenset(headline.iterancestors()) if headline is not None else frozenset(),
    )


def near_headline(page: Page) -> Iterator[list[Signature]]:
    """Blocks of signatures that stand together near the headline, the nearest block first."""
    if page.headline is None:
        return
    paragraphs = 0
    for window in _windows(page, page.headline):
        own: list[tuple[int, html.HtmlElement, bool]] = []
        for place, element in window:
            paragraphs += element.tag == "p" and place > 0 and _is_paragraph(element)
            is_marked = _is_marked(element)
            if not is_marked and not _may_sign(element, paragraphs):
                continue
            if _is_the_articles(element, page) and (place <= _NEAR_AFTER or not _stands_elsewhere(element, page)):
                own.append((place, element, is_marked))
        for place, element, is_marked in sorted(own, key=_rank):
            if text := said(element):
                beside = [(e, marked) for other, e, marked in own if 0 < abs(other - place) <= _REACH]
                yield [Signature(text, is_marked, _is_account(element)), *_beside(element, beside, page)]


def _is_paragraph(element: html.HtmlElement) -> bool:
    return len(element.text or "") > _PARAGRAPH or len(element.text_content()) > _PARAGRAPH


def _windows(page: Page, headline: html.HtmlElement) -> Iterator[list[tuple[int, html.HtmlElement]]]:
    """The elements around the headline, with their places before (negative) and after it: the near ones, then the others.

    Most bylines stand among the near ones; the others are looked at where they do not. What the headline stands in is
    not before it, what stands in the headline not after it.
    """
    at = page.elements.index(headline)
    above = page.elements[max(0, at - _FAR_BEFORE - len(page.around)) : at]
    before = [element for element in above if element not in page.around][-_FAR_BEFORE:]
    end = at + sum(1 for _ in headline.iter("*"))
    places_before = list(zip(range(-len(before), 0), before, strict=True))
    places_after = list(enumerate(page.elements[end : end + _NEAR_AFTER + _FAR_AFTER], 1))
    yield [*places_before[-_NEAR_BEFORE:], *places_after[:_NEAR_AFTER]]
    yield [*places_before[:-_NEAR_BEFORE], *places_after[_NEAR_AFTER:]]


def _rank(found: tuple[int, html.HtmlElement, bool]) -> int:
    """How near the headline; before it and unmarked count as farther."""
    place, _, is_marked = found
    return (place if place >= 0 else -2 * place) + (0 if is_marked else _UNMARKED)


def far_from_headline(page: Page) -> Iterator[Signature]:
    """Signatures marked as the author's wherever they stand, but in lists of other articles."""
    for element in islice((e for e in page.elements if e.get("itemprop") == "author"), _MOST_FAR):
        if _is_the_articles(element, page) and not _stands_elsewhere(element, page) and (text := said(element)):
            yield Signature(text, is_marked=True)


def labelled(document: Document, page: Page) -> Iterator[str]:
    """What stands behind a label of its own that says "Author", wherever that stands, but in lists of other articles."""
    elements = list(chain.from_iterable(document.tagged(tag) for tag in _LABELS))
    if b"label" in document.page.content:  # looked for before the whole tree is
        elements += [e for e in document.tagged("div", "p") if "label" in (e.get("class") or "")]
    labels = (
        e
        for e in elements
        if (text := (e.text or "").strip()) and len(text) < _LONGEST_LABEL and _labels_somebody(e, text)
    )
    for label in islice(labels, _MOST_FAR):
        if not _is_the_articles(label, page) or _stands_elsewhere(label, page):
            continue
        following = label.getnext()
        own = said(label) if len(label) else even(label.text)
        beside = even(label.tail) or (said(following) if following is not None else "")
        if own == even(label.text) and beside:
            yield f"{own.rstrip(' :：')}: {beside}"


def _labels_somebody(element: html.HtmlElement, text: str) -> bool:
    """Does it say "Author:"? What is marked as a label needs no colon."""
    return is_label(text) or ("label" in (element.get("class") or "") and is_label(f"{text}:"))


def edge_paragraphs(page: Page) -> tuple[list[str], str]:
    """The article's first and last paragraphs that are short enough to be a signature, and all its paragraphs' text.

    Its paragraphs are those of the element that holds the most text in paragraphs.
    """
    paragraphs: dict[html.HtmlElement, list[html.HtmlElement]] = {}
    for paragraph in page.paragraphs:
        paragraphs.setdefault(paragraph.getparent(), []).append(paragraph)
    texts = {parent: " ".join(p.text_content() for p in found) for parent, found in paragraphs.items()}
    if not texts:
        return [], ""
    body = max(texts, key=lambda parent: len(texts[parent]))
    edges = dict.fromkeys([*paragraphs[body][:_EDGE], *paragraphs[body][-_EDGE:]])
    return [text for paragraph in edges if (text := said(paragraph)) and _is_set_apart(paragraph, text)], texts[body]


def _is_set_apart(paragraph: html.HtmlElement, text: str) -> bool:
    """Is a paragraph of its own kind: emphasised, in brackets, or announced as a byline?"""
    emphasised = next((inner for inner in paragraph.iter("strong", "b", "em", "i")), None)
    return text[0] in "(（[" or begins_as_byline(text) or (emphasised is not None and said(emphasised) == text)


def said(element: html.HtmlElement) -> str:
    """An element's text, its inner elements kept apart; nothing where it is longer than a byline."""
    pieces: list[str] = []
    length = 0
    for event, inner in etree.iterwalk(element, events=("start", "end", "comment")):
        is_over = event != "start"  # after an element's own text and all inside it comes what stands behind it
        if is_over and inner is element:
            break
        text = inner.tail if is_over else inner.text if inner.tag not in _UNSAID else None
        if not text:
            continue
        is_family_name = not is_over and _FAMILY_NAME.search(inner.get("class") or inner.get("itemprop") or "")
        pieces += [" " if is_family_name or (is_over and text.isspace()) else PIECE, text]
        length += len(text.strip())
        if length > _LONGEST:
            return ""
    said_ = "".join(pieces)
    return _BETWEEN_PIECES.sub(PIECE, even(said_)).strip(PIECE)


def _beside(element: html.HtmlElement, others: list[tuple[html.HtmlElement, bool]], page: Page) -> Iterator[Signature]:
    """The signatures in the same small container, and those in the same list, however long."""
    root = element
    for parent in islice(element.iterancestors(), _BLOCK):
        if parent in page.around or not (text := said(parent)):
            break
        root = parent
        if begins_as_byline(text):
            yield Signature(text, is_marked=False)
    row = element.getparent()
    marked = [
        other for other, is_marked in others if is_marked and root in islice(other.iterancestors(), _MOST_ANCESTORS)
    ]
    if root is element and row is not None and row not in page.around:
        marked = [other for other in islice(row, _MOST_IN_ROW) if other is not element and _is_marked(other)]
    yield from (Signature(text, is_marked=True) for other in marked if (text := said(other)))


def _may_sign(element: html.HtmlElement, paragraphs: int) -> bool:
    return (paragraphs < _INTO_TEXT and _is_linked(element)) or _is_announced(element)


def _is_linked(element: html.HtmlElement) -> bool:
    return element.tag == "a" and _AUTHOR_PAGE.search(element.get("href") or "") is not None


def _is_account(element: html.HtmlElement) -> bool:
    return _is_linked(element) and _NUMBERED.search(element.get("href") or "") is not None


def _is_announced(element: html.HtmlElement) -> bool:
    """Does its own text open as a byline, or stand beside a date?"""
    text = (element.text or "").strip()
    if not text or len(text) > _LONGEST or element.tag in _UNSIGNED:
        return False
    if begins_as_byline(f"{text} {PIECE}"):
        return True
    return len(text) < _LONGEST_DATED and (":" in text or text[-1].isdigit()) and _DATED.search(text) is not None


def _is_marked(element: html.HtmlElement) -> bool:
    named = element.get("class")
    if named and _says_signed(named):
        return True
    own = element.get("id")
    return element.get("itemprop") == "author" or element.get("rel") == "author" or bool(own and _says_signed(own))


@lru_cache(maxsize=8192)
def _says_signed(names: str) -> bool:
    plain = names.lower()
    return len(names) < _LONGEST_CLASS and any(map(plain.__contains__, _SIGNS)) and _SIGNED.search(names) is not None


@lru_cache(maxsize=8192)
def _says_foreign(names: str) -> bool:
    return _FOREIGN.search(names) is not None


@lru_cache(maxsize=8192)
def _says_foreign_block(names: str) -> bool:
    return _FOREIGN_BLOCK.search(names) is not None


@lru_cache(maxsize=8192)
def _says_elsewhere(names: str) -> bool:
    return _ELSEWHERE.search(names) is not None


def _lineage(element: html.HtmlElement, page: Page) -> Iterator[html.HtmlElement]:
    """An element and what it stands in, up to what the headline stands in as well."""
    yield element
    for ancestor in islice(element.iterancestors(), _MOST_ANCESTORS):
        if ancestor in page.around:
            return
        yield ancestor


def _stands_elsewhere(element: html.HtmlElement, page: Page) -> bool:
    """Is it in a list of other articles?"""
    return any(_says_elsewhere(above.get("class") or "") for above in _lineage(element, page))


def _is_the_articles(element: html.HtmlElement, page: Page) -> bool:
    if _says_foreign(element.get("class") or ""):
        return False
    return not any(
        above.tag in _OUTSIDE or _says_foreign_block(above.get("class") or "") for above in _lineage(element, page)
    )
