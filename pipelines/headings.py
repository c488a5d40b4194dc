"""What does a page print as headings, and which of them has the look and the place of its headline?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from pipelines.documents import Document
from pipelines.text import even

LONGEST = 400
"""Characters of the longest headline; what is longer is a page in a heading that was never closed."""
_MOST = 40
"""Headings of one page that are read: the headline is among the first."""
_DEEPEST, _WIDEST, _MOST_NODES = 12, 40, 400
"""Elements about, in and below a heading that are looked at: more of them are hostile."""
_UNREAD = frozenset(("script", "style", "template", "noscript", "svg", "button"))
_BLOCKS = frozenset(("div", "p", "br", "small", "h1", "h2", "h3", "h4", "h5", "h6", "time", "header", "li"))

_KICKER = re.compile(
    r"kicker|(?:over|roof|top|pre|super|tag)-?_?(?:line|title|head)|eyebrow|dachzeile|spitzmarke|rubri[ck]|categor|topic|section-?(?:name|label)"
    r"|label|surtitre|antet[ií]tulo|volanta|cintillo|occhiello|chapéu|stikk|vignette|small",
)
"""Class names of the words above a headline, as editors of several languages call them."""
_BELOW = re.compile(
    r"sub-?_?(?:title|head|line)|unterzeile|byline|author|autor|\bdate\b|published|standfirst|\bdek\b|meta|badge|count|share|tooltip",
)
"""Class names of the words below a headline."""
_ASIDE = re.compile(
    r"breadcrumb|crumb|seo-?title|site-?(?:title|name|logo|brand)|\blogo|\bbrand\b|\bmenu|screen-?reader|sr-only|visually-?hidden|off-?screen"
    r"|hide-?(?:access|text)|is-?hidden|\baural\b|roll-?up|recirc|(?:^|\s)hidden\b"
    r"|(?:^|\s)(?:widget|footer|sidebar|newsletter|cookie|consent|adblock|related|comment|modal|popup)",
)
"""Class names and ids of places that hold another thing than the headline, or the headline out of sight, for search engines."""
_OWN = re.compile(
    r"(?:entry|post|article|story|news|content|page|main)[-_]*(?:detail[-_]*)?(?:title|head(?:line|er|ing)?\b)|headline|titul|\btitre|\bhed\b|^title$",
)
"""Class names by which content management systems mark an article's headline."""
_LETTER = re.compile(r"\w")
_ENDS_IN_COLON = re.compile(r"\w\W{0,3}[:：]\s*$")
_LEADING = ":：/|–—- "

Piece = tuple[str, html.HtmlElement | None]


@dataclass(frozen=True, slots=True)
class Heading:
    """A printed heading: ``text`` without what stands above or below the headline in it, ``whole`` with all of it.

    ``loose`` is ``text`` without its opening element, where nothing says whether that is a kicker or its first words.
    """

    level: int
    text: str
    whole: str
    loose: str
    element: html.HtmlElement


def headings_of(document: Document) -> list[Heading]:
    """The headings of levels 1 to 3, in order."""
    read = map(_read, heading_elements(document))
    return [heading for heading in read if 1 < len(heading.whole) <= LONGEST]


def heading_elements(document: Document) -> Sequence[html.HtmlElement]:
    """The elements of the first headings of levels 1 to 3."""
    return document.tagged("h1", "h2", "h3")[:_MOST]


def is_aside(heading: Heading) -> bool:
    """Is its place a breadcrumb, a logo, a menu, or out of sight? Search engines' titles are often kept there."""
    return is_out_of_place(heading.element)


def is_out_of_place(element: html.HtmlElement) -> bool:
    """The same for a heading that was not read."""
    if _is_called(_ASIDE, _names(element)):
        return True
    for above_it, above in enumerate(islice(element.iterancestors(), _DEEPEST)):
        if above.tag in ("article", "main", "body", "html"):
            return False
        if above.tag in ("nav", "footer", "aside", "dialog") or (above.tag == "li" and above_it < 2):
            return True
        if _is_called(_ASIDE, _names(above)):
            return True
    return False


def is_marked(heading: Heading) -> bool:
    """Does the page's markup call it the headline?"""
    element, parent = heading.element, heading.element.getparent()
    if element.get("itemprop") == "headline" or _is_called(_OWN, (element.get("class") or "")[:300]):
        return True
    return heading.level == 2 and parent is not None and parent.tag in ("hgroup", "header")


def link_of(heading: Heading, url: str) -> str | None:
    """The path that it links to, as a logo links to "/" and a weblog's headline to its own page."""
    links = [
        *islice(heading.element.iter("a"), 1),
        *(a for a in islice(heading.element.iterancestors(), 3) if a.tag == "a"),
    ]
    for link in links:
        address = (link.get("href") or "").strip()
        if address.startswith("/") and not address.startswith("//"):
            return path_of(address)
        try:
            return path_of(urljoin(url, address))
        except ValueError:
            return None
    return None


def path_of(url: str) -> str:
    """A URL's path; the same with and without a last slash."""
    return (urlsplit(url).path if "://" in url[:10] else re.split("[?#]", url, maxsplit=1)[0]).rstrip("/")


def _read(element: html.HtmlElement) -> Heading:
    level = int(element.tag[1])
    if (plain := _plain(element)) is not None:
        return Heading(level, plain, plain, "", element)
    pieces = _pieces(element)
    first, last = _after_kicker(pieces), _before_below(pieces)
    whole = _joined(pieces)
    text = _joined(pieces[first:last]) if first < last else whole
    if first:
        text = text.lstrip(_LEADING)
    opened = not first and len(pieces) > 1 and pieces[0][1] is not None
    loose = _joined(pieces[1:last]).lstrip(_LEADING) if opened else ""
    return Heading(level, text or whole, whole, loose, element)


def _plain(element: html.HtmlElement) -> str | None:
    """The words of a heading that has no parts, as most have none."""
    if not len(element):
        return even((element.text or "")[: 2 * LONGEST])
    child = element[0]
    if (
        len(element) > 1
        or len(child)
        or child.tag in _UNREAD
        or (element.text or "").strip()
        or (child.tail or "").strip()
    ):
        return None
    return even((child.text or "")[: 2 * LONGEST])


def _pieces(element: html.HtmlElement) -> list[Piece]:
    """A heading's texts in order, each with the element it is in; an element around all of it is looked through."""
    for _ in range(_DEEPEST):
        if len(element) != 1 or not len(element[0]) or (element.text or "").strip() or (element[0].tail or "").strip():
            break
        element = element[0]
    pieces: list[Piece] = [(element.text or "", None)]
    for child in islice(element, _WIDEST):
        if child.tag not in _UNREAD:
            pieces.append((words_of(child), child))
        pieces.append((child.tail or "", None))
    return [(text, child) for text, child in pieces if text.strip() or (child is not None and child.tag == "br")]


def words_of(element: html.HtmlElement, most: int = 2 * LONGEST) -> str:
    """Its words as a reader sees them, a space where a block begins; of a very long one those at its beginning."""
    if not len(element):
        return (element.text or "")[: 2 * most]
    if len(element) <= _WIDEST and element.tag not in _UNREAD and not any(map(len, element)):
        return _words_of_flat(element)  # most have no more than a link or two in them
    texts: list[str] = []
    unread: html.HtmlElement | None = None
    for event, node in islice(etree.iterwalk(element, events=("start", "end")), _MOST_NODES):
        if event == "start" and unread is None:
            unread = node if node.tag in _UNREAD else None
            texts += [" " if node.tag in _BLOCKS else "", "" if unread is not None else node.text or ""]
        elif event == "end" and (unread is None or node is unread):
            unread = None
            texts.append(node.tail or "" if node is not element else "")
    return "".join(texts)


def _words_of_flat(element: html.HtmlElement) -> str:
    """The same of an element whose children have none."""
    texts = [" " if element.tag in _BLOCKS else "", element.text or ""]
    for child in element:
        tag = child.tag
        texts += (" " if tag in _BLOCKS else "", "" if tag in _UNREAD else child.text or "", child.tail or "")
    return "".join(texts)


def _after_kicker(pieces: list[Piece]) -> int:
    """Where the headline begins in its heading: after a kicker, a date, or all that comes before what is marked as headline."""
    if len(pieces) < 2:
        return 0
    last = pieces[-1][1]
    if last is not None and _is_called(_OWN, _names(last)) and not _ENDS_IN_COLON.search(pieces[-2][0]):
        return len(pieces) - 1
    child = pieces[0][1]
    if child is None or not (
        _is_called(_KICKER, _names(child))
        or child.tag in ("time", "small")
        or next(child.iter("time"), None) is not None
    ):
        return 0
    return next((at for at in range(1, len(pieces)) if _LETTER.search(pieces[at][0])), 0)


def _before_below(pieces: list[Piece]) -> int:
    """Where the headline ends in its heading: before a subtitle, a byline, a date; a subtitle after a colon belongs to it."""
    for at, (text, child) in enumerate(pieces[1:], 1):
        if child is not None and (
            child.tag in ("small", "time", "h4", "h5", "h6") or _is_called(_BELOW, _names(child))
        ):
            colon = any(words.rstrip().endswith((":", "：")) for words in (pieces[at - 1][0], text))
            return len(pieces) if colon else at
    return len(pieces)


def _names(element: html.HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"[:300]


@lru_cache(4_096)  # an outlet's pages share their class names
def _is_called(what: re.Pattern[str], names: str) -> bool:
    return len(names) > 1 and what.search(names.lower()) is not None


def _joined(pieces: Iterable[Piece]) -> str:
    made = ""
    for text, child in pieces:
        if made and text and ((child is not None and child.tag in _BLOCKS) or _is_seam(made, text)):
            made += " "
        made += text or " "
    return even(made)


def _is_seam(before: str, after: str) -> bool:
    """Do two elements' words meet here without a space, as in "World<b>Talks"? Not so in "i<b>Phone" or "<b>T</b>alks"."""
    if before[-1] in ":!?":
        return after[0].isalpha()
    starts = after[0].isupper() or after[0] in "\"'“„«»‘"
    return starts and before[-1].islower() and before[-3:].isalpha() and len(before) > 2
