"""Where do authors sign on a page? Near the headline, in elements whose class, itemprop or rel says so, in a line that
begins with "By", in a link to an author's page. Who signs a photo, a comment or another article is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from lxml import html

from pipelines.documents import Document, html_text, text_at
from pipelines.people import PIECE, begins_as_byline, plain_name
from pipelines.text import even

_HEADINGS = frozenset({"h1", "h2", "h3"})
_SIGNED = re.compile(
    r"""
      [Aa]uthors?(?!i[sz]|ity) | AUTHOR | [Aa]utor(?!i[sz]|id|efr|esi|un|ot|el|ow|ep) | [Aa]ut(?:eur|rice) | [Bb]y-?[Ll]ine | [Vv]erfasser
    | (?<![a-z])(?:[Ww]riter | [Rr]eporter(?!r) | yazar | avtor | journalist) | [Cc]ontributor | [Kk]irjoittaja | [Ss]kribent
    | [Ff]orfatter | [Pp]enulis | [Mm]uhabir | [Ss]zerzo | (?<![\w-])username(?![\w-])
    """,
    re.VERBOSE,
)
_FOREIGN = re.compile(
    r"comment(?!ary)|kommentar(?!s?[-_]?spalte)|related|recommend|quot|tweet|repl(?:y|ies)|caption|im(?:age|g)(?![-_]?\w*auth)|photo|foto|picture|copyright",
    re.IGNORECASE,
)
_FOREIGN_BLOCK = re.compile(
    r"(?<!\S)(?:(?:wp-|disqus-|the-|user-)?comments?(?:[-_]?(?:list|body|area|content|item|section|wrapper|text))?|kommentare?"
    r"|related\S*|recommend\S*|tweet|quote|blockquote|repl(?:y|ies))(?!\S)",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"teaser|trending|popular|sidebar|widget|promo|card", re.IGNORECASE)
_OUTSIDE = frozenset({"figure", "figcaption", "blockquote", "nav", "form"})
_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|autor(?:en|es|in|ek)?|auteurs?|people|persons?|profiles?|profil|staff|contributors?|journalists?|journalisten?"
    r"|reporters?|writers?|columnists?|kolumnisten|redakteure?|experts?|users?|bios?|periodistas?|by|verfasser|forfatter|yazar(?:lar)?)/[^/?#]",
    re.IGNORECASE,
)
_PART_OF_NAME = re.compile(r"(?:first|last|given|family|sur)[-_]?name", re.IGNORECASE)
_UNSIGNED = frozenset({"h1", "h2", "h3", "script", "style", "title", "option", "noscript", "template", "textarea"})
_DATED = re.compile(
    r"^[^\W\d_][^\d|,]{4,40}, [^\W_].{0,14}\b(?:19|20)\d\d$|\b\d{1,2}[.:]\d\d\b.{0,12}\s(?:\||von|by|par|por|·|-|–)\s[^\d]{4,40}$"
)
"""A name beside a date or a time: "Jane Doe, April 19, 2020", "6.11.2023 13:30 von Olga"."""
_LONGEST, _LONGEST_DATED = 200, 80
_BEFORE, _AFTER = 40, 140
_MOST_ANCESTORS, _MOST_FAR = 8, 60
_BLOCK = 3
"""How many levels above a signature the container of all of a byline's signatures stands at most."""
_REACH = 15
"""And how many elements away they are."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A text that may be signed, and whether its page marks it so (class, itemprop, rel), or only its words do."""

    text: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page's elements in the order of reading; where the headline stands among them (-1: nowhere), and all around it."""

    elements: list[html.HtmlElement]
    headline: int
    around: frozenset[html.HtmlElement]


def signed_page(document: Document) -> Page:
    """The page as it is looked through for signatures."""
    elements = list(document.tree.iter("*"))
    headline = _headline(elements, document)
    return Page(elements, headline, frozenset(elements[headline].iterancestors()) if headline >= 0 else frozenset())


def near_headline(page: Page) -> Iterator[list[Signature]]:
    """Blocks of signatures that stand together near the headline, the nearest block first."""
    if page.headline < 0:
        return
    found: list[tuple[int, int, bool]] = []
    first = max(0, page.headline - _BEFORE)
    for index, element in enumerate(islice(page.elements, first, page.headline + _AFTER), first):
        distance = index - page.headline
        if (is_marked := _is_marked(element)) or _may_sign(element):
            found.append(((distance if distance >= 0 else -2 * distance) + (0 if is_marked else 10), index, is_marked))
    own = [(rank, index, is_marked) for rank, index, is_marked in found if _is_the_articles(page.elements[index], page)]
    for _, index, is_marked in sorted(own):
        element = page.elements[index]
        if text := said(element):
            inside = [(i, marked) for _, i, marked in own if abs(i - index) <= _REACH and i != index]
            yield [Signature(text, is_marked), *_beside(element, inside, page)]


def far_from_headline(page: Page) -> Iterator[Signature]:
    """Marked signatures wherever they stand, but in lists of other articles."""
    for element in islice(filter(_is_marked, page.elements), _MOST_FAR):
        if _is_the_articles(element, page) and not _says_elsewhere(_classes(element, page)) and (text := said(element)):
            yield Signature(text, is_marked=True)


def said(element: html.HtmlElement) -> str:
    """An element's text, its inner elements kept apart; nothing where it is longer than a byline."""
    said_, length = "", 0
    for inner in element.iter():
        if (
            isinstance(inner.tag, str)
            and inner.tag not in ("script", "style", "svg", "noscript", "button")
            and inner.text
        ):
            said_ += (
                " " if _PART_OF_NAME.search(inner.get("class") or inner.get("itemprop") or "") else PIECE
            ) + inner.text
            length += len(inner.text.strip())
        if inner is not element and inner.tail:
            said_ += PIECE + inner.tail
            length += len(inner.tail.strip())
        if length > _LONGEST:
            return ""
    return re.sub(rf"(?:\s*[{PIECE}])+\s*", PIECE, even(said_)).strip(PIECE)


def _beside(element: html.HtmlElement, others: list[tuple[int, bool]], page: Page) -> Iterator[Signature]:
    """The signatures in the same small container."""
    root = element
    for parent in islice(element.iterancestors(), _BLOCK):
        if parent in page.around or not (text := said(parent)):
            break
        root = parent
        if begins_as_byline(text):
            yield Signature(text, is_marked=False)
    if root is not element:
        for index, is_marked in others:
            other = page.elements[index]
            if any(ancestor is root for ancestor in islice(other.iterancestors(), _MOST_ANCESTORS)) and (
                text := said(other)
            ):
                yield Signature(text, is_marked)


def _headline(elements: list[html.HtmlElement], document: Document) -> int:
    """The index of the heading that the page's titles repeat, an h1 before others, or else of its first h1."""
    titles = [
        document.meta.get("og:title", ""),
        text_at(document.about, "headline"),
        document.tree.findtext(".//title") or "",
    ]
    wanted = [plain_name(html_text(text[:400])) for text in titles if text]
    first, likely = -1, -1
    for index, element in enumerate(elements):
        if element.tag not in _HEADINGS or not (text := plain_name(element.text_content()[:400])):
            continue
        if len(text) > 8 and any(_alike(text, title) for title in wanted):
            if element.tag == "h1":
                return index
            likely = index if likely < 0 else likely
        if first < 0 and element.tag == "h1":
            first = index
    return likely if likely >= 0 else first


def _alike(heading: str, title: str) -> bool:
    return (heading in title and 2 * len(heading) > len(title)) or (title in heading and 2 * len(title) > len(heading))


def _may_sign(element: html.HtmlElement) -> bool:
    if element.tag == "a" and _AUTHOR_PAGE.search(element.get("href") or ""):
        return True
    text = element.text
    if not text or len(text) > _LONGEST or element.tag in _UNSIGNED:
        return False
    text = even(text)
    return begins_as_byline(text + PIECE) or (len(text) < _LONGEST_DATED and _DATED.search(text) is not None)


def _is_marked(element: html.HtmlElement) -> bool:
    named = element.get("class")
    if named and _says_signed(named):
        return True
    own = element.get("id")
    return element.get("itemprop") == "author" or element.get("rel") == "author" or bool(own and _says_signed(own))


@lru_cache(maxsize=8192)
def _says_signed(names: str) -> bool:
    return len(names) < 300 and _SIGNED.search(names) is not None


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


def _classes(element: html.HtmlElement, page: Page) -> str:
    return " ".join(ancestor.get("class") or "" for ancestor in _lineage(element, page))


def _is_the_articles(element: html.HtmlElement, page: Page) -> bool:
    if _says_foreign(element.get("class") or ""):
        return False
    return not any(
        above.tag in _OUTSIDE or _says_foreign_block(above.get("class") or "") for above in _lineage(element, page)
    )
