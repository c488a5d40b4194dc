"""What does the article say of itself in a few sentences? Its standfirst: printed below the headline, or else its description."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

from lxml import html

from pipelines.documents import Document, html_text, text_at
from pipelines.headings import is_out_of_place, words_of
from pipelines.sites import key
from pipelines.text import even

_STANDFIRST = frozenset(
    "subtitle subhead subheader subheadline subheading subline standfirst deck dek lead leadin leadtext lede teaser excerpt intro introduction introtext"
    " einleitung vorspann preface summary abstract strapline speakable epigraph chapo chapô sumario entradilla bajada copete sottotitolo"
    " occhiello ingress manchet linhafina spot".split()
)
"""Words in class names and ids of a standfirst, in the languages of several countries' editors."""
_POINTS = frozenset("bullet bullets bulletpoint bulletpoints keypoints keyfacts takeaways summary highlights".split())
"""The same of key points: a list of what matters in the article."""
_SUB = frozenset("title head header headline heading line".split())
_OTHER = frozenset(
    "caption credit credits author authors byline comment comments related recommended recommendations newsletter share sharing social video promo advert"
    " advertisement breadcrumb breadcrumbs menu nav toc more image photo gallery picture tags".split()
)
"""Words in class names and ids of what stands between a headline and its text and is neither."""
_NO_PLACE = re.compile(r"(?:has|with|without|no|is)-")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NAME_WORD = re.compile(r"[^\W\d_]+")
_NOT_IN = ("figure", "figcaption", "nav", "aside", "footer", "form", "button", "template", "dialog", "noscript", "script", "style", "svg")
_TEXTS = ("p", "h2", "h3", "h4")
_INLINE = ("a", "abbr", "b", "br", "cite", "em", "font", "i", "li", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u")
_MOST_H1S = 12
_MOST_NODES = 250
"""Elements after the headline among which the standfirst is looked for."""
_MOST_PARAGRAPHS = 2
"""Unmarked paragraphs after which the text itself has begun."""
_SHORTEST, _LONGEST = 20, 1_000
_MOST_MARKED = 700
"""Characters of a standfirst and its key points; what is marked as such and has more holds the text, too."""
_LONG = 80
"""Characters of a paragraph of the text, which no teaser, date or byline has."""
_ENOUGH = 40
"""Characters by which two texts are taken for the same."""
_CUT = re.compile(r"\s*(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*(?:Read (?:on|more))?$|\s*Read on$")
_CREDIT = re.compile(r"©|^\(.*\)$")
"""A picture's credit: with its sign, or all of it in brackets."""
_SENTENCE = re.compile(r"[.!?…。！？।؟\"'“”»]\s*$")


@dataclass(frozen=True, slots=True)
class _Block:
    """An element after the headline with its text; ``marked`` when markup calls it a standfirst, ``points`` when it is a list of them."""

    element: html.HtmlElement
    text: str
    marked: bool
    points: bool


def summary_of(document: Document) -> str | None:
    """The standfirst as the page prints it, key points and all; without one, its description."""
    descriptions = _descriptions(document)
    if printed := _printed(_blocks(_anchor(document)), descriptions):
        return printed
    return next((text for text in descriptions if not _CUT.search(text)), None) or next(iter(descriptions), None)


def _descriptions(document: Document) -> list[str]:
    """What the page gives as its description, the likeliest first, where it says more than the title."""
    said = (
        document.meta.get("og:description"),
        text_at(document.about, "description"),
        document.meta.get("description"),
        document.meta.get("twitter:description"),
        text_at(document.about, "abstract"),
    )
    texts = dict.fromkeys(even(html_text(text[: 4 * _LONGEST]))[:_LONGEST] for text in said if text)
    title = key(document.meta.get("og:title", "")[:_LONGEST])
    return [text for text in texts if len(text) > _SHORTEST and key(text) != title]


def _printed(blocks: Iterator[_Block], descriptions: list[str]) -> str:
    """What is printed before the text begins and is marked as standfirst, or described, or all in bold; and key points."""
    starts = [start for start in map(_start, descriptions) if len(start) >= _ENOUGH]
    picked: list[str] = []
    begun = described = False
    for block in blocks:
        text = block.text
        is_described = any(start in text[: len(start) + _ENOUGH].casefold() for start in starts)
        if block.points or (block.marked and not begun) or (is_described and not described and not (begun and picked)):
            picked.append(next((said for said in descriptions if _is_nearly(text, said)), text))
            described = described or is_described
        elif not picked and not begun and _is_bold(block):
            picked.append(text)
        elif block.element.tag == "p" and len(text) > _LONG:
            begun = True
        if sum(map(len, picked)) > _LONGEST or (begun and picked and block.element.tag == "p"):
            break
    return " ".join(text for text in dict.fromkeys(picked) if not any(text != other and text in other for other in picked))


def _start(description: str) -> str:
    """A description as far as it surely is the standfirst's: without its last word, which may be cut."""
    whole = _CUT.sub("", description)
    return whole[: max(_ENOUGH, len(whole) - 12)].casefold()


def _is_nearly(printed: str, description: str) -> bool:
    """Is what is printed this description, with no more than a date or a byline beside it?"""
    return (
        len(printed) < len(description) + _LONG
        and f" {description}" in f" {printed}"
        and _SENTENCE.search(description) is not None
    )


def _anchor(document: Document) -> html.HtmlElement:
    """The headline: the first h1 that is in its place, or else the first."""
    first = None
    for h1 in islice(document.tree.iter("h1"), _MOST_H1S):
        if not is_out_of_place(h1):
            return h1
        first = h1 if first is None else first
    return first if first is not None else next(document.tree.iter("article", "main", "body"), document.tree)


def _blocks(anchor: html.HtmlElement) -> Iterator[_Block]:
    """The blocks with text after the headline, until the text has well begun. What is in one of them is not given again."""
    paragraphs = 0
    element = _next(anchor, into=anchor.tag != "h1")
    for _ in range(_MOST_NODES):
        if element is None or paragraphs >= _MOST_PARAGRAPHS:
            return
        names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('data-testid') or ''}"[:300]
        if element.tag in _NOT_IN or _called(names) == "other":
            element = _next(element, into=False)
            continue
        block = _block(element, names)
        if block is not None:
            paragraphs += element.tag == "p" and not block.marked and len(block.text) > _LONG
            if len(block.text) >= _SHORTEST and not _CREDIT.search(block.text) and not _is_link(block):
                yield block
        element = _next(element, into=block is None)


@lru_cache(4_096)  # an outlet's pages share their class names
def _called(names: str) -> str | None:
    """What class names and ids call an element: a "standfirst", "points", an "other" thing, or nothing that we know."""
    placed = (name for name in names.split() if not _NO_PLACE.match(name))
    words = _NAME_WORD.findall(_CAMEL.sub("-", " ".join(placed)).lower())
    known = set(words)
    if known & _OTHER:
        return "other"
    if known & _POINTS or ("key" in known and known & {"points", "facts"}):
        return "points"
    return "standfirst" if known & _STANDFIRST or any(one == "sub" and two in _SUB for one, two in pairwise(words)) else None


def _next(element: html.HtmlElement, *, into: bool) -> html.HtmlElement | None:
    """The next element in the page's order, in this one or after all of it."""
    if into and len(element):
        return element[0]
    following: html.HtmlElement | None = element
    while following is not None and following.getnext() is None:
        following = following.getparent()
    return following.getnext() if following is not None else None


def _block(element: html.HtmlElement, names: str) -> _Block | None:
    """The element as a block of text; None when its children are to be looked at one by one."""
    marked = element.get("itemprop") == "description" or _called(names) in ("standfirst", "points")
    is_text = element.tag in _TEXTS
    if not marked and not is_text and any(child.tag not in _INLINE for child in islice(element, 30)):
        return None
    text = even(words_of(element, _LONGEST))
    if not text or (len(text) > _MOST_MARKED and not is_text):
        return None
    points = _are_points(element, names)
    return _Block(element, text, marked and (points or element.find(".//li") is None), points)


def _are_points(element: html.HtmlElement, names: str) -> bool:
    """Is it a list of sentences that is called key points, or that stands as such before the text?"""
    items = list(islice(element.iter("li"), 10))
    if len(items) < 2 or element.find(".//a") is not None:
        return False
    return _called(names) == "points" or (
        element.tag == "ul" and all(_SENTENCE.search(words := words_of(item).strip()) and len(words) > _ENOUGH for item in items)
    )


def _is_link(block: _Block) -> bool:
    """Is most of it links, as in a teaser of other articles?"""
    links = islice(block.element.iter("a"), 10)
    return sum(len(words_of(link, _LONGEST)) for link in links) > 0.6 * len(block.text)


def _is_bold(block: _Block) -> bool:
    """Is it a paragraph all in bold, and a sentence? Many print the standfirst so."""
    if block.element.tag != "p" or len(block.text) < _ENOUGH or not _SENTENCE.search(block.text):
        return False
    bold = (child for child in islice(block.element, 3) if child.tag in ("strong", "b"))
    return any(len(even(words_of(child, _LONGEST))) > 0.9 * len(block.text) for child in bold)
