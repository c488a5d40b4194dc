"""What a page prints as headings: each with its words, its kicker taken off, and how much it looks like the headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml import html

from pipelines.documents import Document
from pipelines.text import even

LONGEST = 400
"""Characters of the longest headline; what is longer is a page in a heading that was never closed."""
_MOST = 60
"""Headings of one page that are read. The headline of an article is among the first."""
_MOST_ANCESTORS = 8
_UNREAD = ("script", "style", "template", "noscript", "svg", "button")
_BLOCKS = ("div", "p", "br", "small", "h2", "h3", "h4", "h5", "h6", "time", "header", "li")

_KICKER = re.compile(
    r"kicker|(?:over|roof|top|pre|super|tag)-?_?(?:line|title|head)|eyebrow|dachzeile|spitzmarke|rubri[ck]|categor|topic|section-?(?:name|label)|label"
    r"|surtitre|antet[ií]tulo|volanta|cintillo|occhiello|cha(?:pe|péu)u|stikk|vignette",
    re.IGNORECASE,
)
"""Class names for the words above a headline, as editors of many languages call them."""
_TAIL = re.compile(r"sub-?_?(?:title|head|line)|unterzeile|byline|author|autor|\bdate\b|published|standfirst|dek\b|meta|page-?num|badge|count|share|tooltip", re.IGNORECASE)
_ASIDE = re.compile(
    r"breadcrumb|crumb|seo-?title|site-?(?:title|name|logo|brand)|logo|\bbrand\b|\bmenu|widget|screen-?reader|sr-only|visually-?hidden|visuallyhidden"
    r"|hide-?(?:access|text)|is-?hidden|\bhidden\b|off-?screen|\baural\b|footer|sidebar|newsletter|cookie|consent|adblock|related|recirc|comment|rollup|roll-up|modal|popup",
    re.IGNORECASE,
)
"""Class names and ids around headings that are another thing than the article's headline."""
_OWN = re.compile(r"(?:entry|post|article|story|news|content|page|main)[-_]*(?:detail[-_]*)?(?:title|head(?:line|er|ing)?\b)|headline|titul|\btitre|\bhed\b|^title$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heading:
    """A printed heading. ``text`` is without what stands above or below the headline in it, ``whole`` with all.

    ``aside`` when its place is a breadcrumb, a logo, a menu or out of sight; ``own`` when markup calls it the headline;
    ``linked`` when it links to the page itself, as a weblog's headline does.
    """

    level: int
    text: str
    whole: str
    aside: bool
    own: bool
    linked: bool
    at: int
    loose: str = ""


def headings_of(document: Document) -> list[Heading]:
    """The headings of levels 1 to 3, in order."""
    found = []
    for at, element in enumerate(islice(document.tree.iter("h1", "h2", "h3"), _MOST)):
        whole, kicker, tail, loose = _read(element)
        if not 1 < len(whole) <= LONGEST:
            continue
        text = even(whole[len(kicker) : len(whole) - len(tail)]) or whole
        aside, own, linked = _place(element, document)
        found.append(Heading(int(element.tag[1]), text.lstrip(":/|–—- ") or text, whole, aside, own, linked, at, loose))
    return found


def _read(element: html.HtmlElement) -> tuple[str, str, str, str]:
    """A heading's words, those of them above and below the headline, and its words without an opening element."""
    inner = element
    while len(inner) == 1 and not (inner.text or "").strip() and not (inner[0].tail or "").strip() and len(inner[0]):
        inner = inner[0]
    pieces: list[tuple[str, html.HtmlElement | None]] = [(inner.text or "", None)]
    for child in islice(inner, 40):
        if child.tag not in _UNREAD:
            pieces.append((_words(child), child))
        pieces.append((child.tail or "", None))
    pieces = [(text, child) for text, child in pieces if text.strip() or (child is not None and child.tag == "br")]
    whole = even(_joined([text for text, _ in pieces], [child for _, child in pieces]))
    first = _leading(pieces)
    last = _trailing(pieces)
    kicker = even(_joined(*zip(*pieces[:first]))) if first else ""
    tail = even(_joined(*zip(*pieces[last:]))) if last < len(pieces) else ""
    loose = ""
    if not first and len(pieces) > 1 and pieces[0][1] is not None:
        rest = pieces[1:]
        loose = even(_joined(*zip(*rest))).lstrip(":/|–—- ")
    return whole, (kicker if whole.startswith(kicker) else ""), (tail if whole.endswith(tail) else ""), loose


def _leading(pieces) -> int:
    for at, (text, child) in enumerate(pieces[:3]):
        if child is not None and (_KICKER.search(_names(child)) or child.tag == "time" or (child.find(".//time") is not None)):
            if at + 1 < len(pieces):
                following = at + 1
                while following < len(pieces) - 1 and not re.search(r"\w", pieces[following][0]):
                    following += 1
                return following
        elif re.search(r"\w", text):
            break
    return 0


def _trailing(pieces) -> int:
    for at in range(1, len(pieces)):
        child = pieces[at][1]
        if child is not None and (child.tag in ("small", "time", "h4", "h5", "h6") or _TAIL.search(_names(child))):
            return at
    return len(pieces)


def _names(element: html.HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _words(element: html.HtmlElement) -> str:
    texts, length = [], 0
    for part in _pieces(element):
        texts.append(part)
        length += len(part)
        if length > 2 * LONGEST:
            break
    return "".join(texts)


def _pieces(element: html.HtmlElement) -> Iterator[str]:
    skipped = None
    for event, node in html.etree.iterwalk(element, events=("start", "end")):
        if skipped is None and event == "start":
            if node.tag in _UNREAD:
                skipped = node
                continue
            if node.tag in _BLOCKS:
                yield " "
            yield node.text or ""
        elif event == "end":
            if skipped is not None:
                if node is skipped:
                    skipped = None
                    yield node.tail or "" if node is not element else ""
            elif node is not element:
                yield node.tail or ""


def _joined(texts, children) -> str:
    made = ""
    for text, child in zip(texts, children):
        glued = made and not made[-1].isspace() and text and not text[0].isspace()
        if glued and ((child is not None and child.tag in _BLOCKS) or _is_seam(made, text)):
            made += " "
        made += text or " "
    return made


def _is_seam(before: str, after: str) -> bool:
    """Do two elements' words meet here without a space, as in "World<b>Talks"? Not so "i<b>Phone"."""
    if after[0].isupper() or after[0] in "\"'“„«»‘":
        return before[-3:].isalpha() and before[-1].islower() or before[-1] in ":!?."
    return before[-1] in ":!?" and after[0].isalpha()


def _place(element: html.HtmlElement, document: Document) -> tuple[bool, bool, bool]:
    own = element.get("itemprop") == "headline" or _OWN.search(element.get("class") or "") is not None
    aside = _ASIDE.search(_names(element)) is not None
    for above in islice(element.iterancestors(), _MOST_ANCESTORS):
        if above.tag in ("body", "article", "main", "html"):
            break
        if above.tag in ("nav", "li", "footer", "aside", "dialog", "form") or _ASIDE.search(_names(above)):
            aside = True
            break
    link = element if element.tag == "a" else next((above for above in islice(element.iterancestors(), 3) if above.tag == "a"), element.find(".//a"))
    target = urljoin(document.page.url, (link.get("href") or "").strip()) if link is not None else ""
    linked = bool(target) and _path(target) == _path(document.page.url)
    if link is not None and not linked:
        aside = aside or urlsplit(target).path in ("", "/")
    return aside, own, linked


def _path(url: str) -> str:
    return urlsplit(url).path.rstrip("/")
