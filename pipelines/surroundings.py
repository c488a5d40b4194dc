"""Where on the page does the article stand, and which short texts stand in and around it?

Captions, credits, sources, disclaimers and paywall notices are short and near the article. To look for them there, once,
is cheaper than to search the whole page for each, and does not find those of a sidebar's teasers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import html

from pipelines.documents import Document
from pipelines.text import even

_SENTENCE = 40
"""Characters of its own that make an element a paragraph; menus and buttons have fewer."""
_ENOUGH = 300
"""Characters in paragraphs below which text stands in the divs themselves."""
_MOST_OF_TEXT = 0.6
"""Share of the page's paragraphs that the article's element has, so that it may have them in several columns."""
_NEAR = 5
"""Levels up to look for the element that holds the headline, too."""
_LONGEST_NOTE = 400
"""Characters of the longest note; the disclaimers we saw have up to 350."""
_SHORTEST_NOTE = 3
_MOST_NOTES = 1_000
_MOST_PARTS = 4
"""Children of an element that may still be a note: more are a list or a layout."""
_OTHER_PARAGRAPHS = ("div", "td", "section", "article", "blockquote", "li")
_NOTES = frozenset(
    [
        "p",
        "div",
        "span",
        "figcaption",
        "small",
        "em",
        "i",
        "b",
        "strong",
        "cite",
        "li",
        "address",
        "footer",
        "section",
        "aside",
        "h2",
        "h3",
        "h4",
        "td",
    ]
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """``root`` holds the article and its headline; ``notes`` are the texts of its small elements, in order, each once.

    ``elements`` are all in the root: lxml makes an object of an element at each walk, unless somebody holds it.
    """

    root: html.HtmlElement
    elements: tuple[html.HtmlElement, ...]
    notes: tuple[str, ...]

    @property
    def long_notes(self) -> frozenset[str]:
        """Those that may be a sentence, such as a disclaimer."""
        return frozenset(note for note in self.notes if len(note) >= _SENTENCE)


def surroundings_of(document: Document) -> Surroundings:
    """The article's neighbourhood; the whole page where no element holds most of its paragraphs."""
    root = _root(document)
    elements = tuple(root.iter("*"))
    return Surroundings(root, elements, tuple(_notes(elements)))


def _root(document: Document) -> html.HtmlElement:
    held = _held(document.tagged("p"), through_parent=True)
    if sum(held.values()) < _ENOUGH:
        held = _held(document.tagged(*_OTHER_PARAGRAPHS), through_parent=False)
    total = sum(held.values())
    for element, size in list(held.items()):
        for ancestor in element.iterancestors():
            held[ancestor] += size
    holders = [(size, element) for element, size in held.items() if size >= _MOST_OF_TEXT * total]
    if not holders:
        return document.tree
    # Of nested elements the innermost has the fewest characters; of equals it was counted first.
    return _with_headline(min(holders, key=lambda holder: holder[0])[1], document)


def _held(paragraphs: Iterable[html.HtmlElement], *, through_parent: bool) -> Counter[html.HtmlElement]:
    """Characters of paragraphs by the element that holds them: a p's parent, or a div with text of its own."""
    held: Counter[html.HtmlElement] = Counter()
    for element in paragraphs:
        size = len(element.text) if element.text else 0
        for child in element:
            if child.tail:
                size += len(child.tail)
        if size >= _SENTENCE:
            held[element.getparent() if through_parent else element] += size
    return held


def _with_headline(element: html.HtmlElement, document: Document) -> html.HtmlElement:
    """The element or the one above it that holds the headline, when that is near and not the whole page."""
    headline = next(iter(document.tagged("h1")), None)
    above = set(headline.iterancestors()) if headline is not None else set()
    near = element
    for _ in range(_NEAR):
        parent = near.getparent()
        if near in above or near.tag in ("article", "main"):
            return near
        if parent is None or parent.tag in ("body", "html"):
            break
        near = parent
    parent = element.getparent()
    return element if parent is None or parent.tag in ("body", "html") else parent


def _notes(elements: Iterable[html.HtmlElement]) -> dict[str, None]:
    found: dict[str, None] = {}
    for element in elements:
        parts, text = len(element), element.text
        if element.tag not in _NOTES or (text and len(text) > _LONGEST_NOTE):
            continue
        if parts:
            text = _text(element) if parts <= _MOST_PARTS else None
        if text and len(text := _plain(text)) >= _SHORTEST_NOTE:
            found[text] = None
            if len(found) == _MOST_NOTES:
                break
    return found


def _text(element: html.HtmlElement) -> str | None:
    """The text of an element that has words of its own between those of its children, and few of them."""
    own = element.text or ""
    for child in element:
        if child.tail:
            own += child.tail
    if len(own) > _LONGEST_NOTE or not own or own.isspace():
        return None
    text = "".join(element.itertext())
    return text if len(text) <= _LONGEST_NOTE else None


def _plain(text: str) -> str:
    """``even`` for many texts: most need their white space evened out and nothing else."""
    return " ".join(text.split()) if text.isascii() else even(text)
