"""What is printed between an article's headline and its text? Blocks of it, and which of them markup calls the standfirst."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

from lxml import html

from pipelines.documents import Document
from pipelines.headings import words_of
from pipelines.headline_place import headline_element
from pipelines.text import even

LONGEST = 1_000
"""Characters of a standfirst and all key points."""
LONG = 80
"""Characters of a paragraph of the text, which no teaser, date or byline has."""
ENOUGH = 40
"""Characters of the shortest sentence that is taken for a standfirst without being called one."""
_SHORTEST = 20
_MOST_MARKED = 700
"""Characters of a container that is called a standfirst; one that has more holds the text, too."""
_MOST_NODES, _WIDEST = 250, 30
"""Elements that are looked at: after the headline, and in one of them. More of them are hostile."""
_MOST_PARAGRAPHS = 2
"""Unmarked paragraphs after which the text itself has begun."""

_STANDFIRST_WORDS = """
    subtitle subhead subheader subheadline subheading subline standfirst deck dek lead leadin leadtext lede teaser excerpt
    intro introduction introtext einleitung vorspann preface summary abstract strapline speakable epigraph chapo chapô
    sumario entradilla bajada copete sottotitolo occhiello ingress manchet linhafina spot
"""
_POINTS_WORDS = "bullet bullets bulletpoint bulletpoints keypoints keyfacts takeaways summary highlights"
_OTHER_WORDS = """
    caption credit credits author authors byline comment comments related recommended recommendations newsletter share
    sharing social video promo advert advertisement breadcrumb breadcrumbs menu nav toc more image photo gallery picture tags
"""
_STANDFIRST = frozenset(_STANDFIRST_WORDS.split())
"""Words in class names and ids of a standfirst, as editors of several countries call it."""
_POINTS = frozenset(_POINTS_WORDS.split())
"""The same of key points: a list of what matters in the article."""
_OTHER = frozenset(_OTHER_WORDS.split())
"""The same of what stands between a headline and its text and is neither."""
_SUB = frozenset(("title", "head", "header", "headline", "heading", "line"))
_NO_PLACE = re.compile(r"(?:has|with|without|no|is)-")
"""Begins a class name that says what an element has beside it, not what it is."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[^\W\d_]+")

_UNREAD = "figure figcaption nav aside footer form button template dialog noscript script style svg iframe"
_NOT_IN = frozenset(_UNREAD.split())
_TEXTS = ("p", "h2", "h3", "h4")
_INLINE_TAGS = "a abbr b br cite em font i li mark q s small span strong sub sup time u"
_INLINE = frozenset(_INLINE_TAGS.split())
_CREDIT = re.compile(r"©|^\(.*\)$")
"""A picture's credit: with its sign, or all of it in brackets."""
_SENTENCE = re.compile(r"[.!?…。！？।؟۔\"'“”»]\s*$")


@dataclass(frozen=True, slots=True)
class Block:
    """A block's text. ``marked`` when markup calls it a standfirst, ``points`` when it is a list of key points,
    ``bold`` when it is a sentence or more, all in bold; ``paragraph`` when it may be the text's."""

    text: str
    marked: bool
    points: bool
    bold: bool
    paragraph: bool


def blocks_after_headline(document: Document) -> Iterator[Block]:
    """The blocks of text after the headline, until the text itself has well begun."""
    anchor = headline_element(document)
    if anchor is None:
        anchor = next(document.tree.iter("article", "main", "body"), document.tree)
    element = _next(anchor, into=anchor.tag != "h1")
    paragraphs = 0
    for _ in range(_MOST_NODES):
        if element is None or paragraphs >= _MOST_PARAGRAPHS:
            return
        names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('data-testid') or ''}"[:300]
        if element.tag in _NOT_IN or _called(names) == "other":
            element = _next(element, into=False)
            continue
        block = _block(element, names)
        if block is not None and len(block.text) >= _SHORTEST:
            paragraphs += block.paragraph and not block.marked
            if not _CREDIT.search(block.text) and not _is_link(element, block.text):
                yield block
        element = _next(element, into=block is None)


def is_sentence(text: str) -> bool:
    """Does it end as a sentence does, in any script?"""
    return _SENTENCE.search(text) is not None


def _next(element: html.HtmlElement, *, into: bool) -> html.HtmlElement | None:
    """The next element in the page's order: in this one, or after all of it."""
    if into and len(element):
        return element[0]
    above: html.HtmlElement | None = element
    while above is not None:
        if (following := above.getnext()) is not None:
            return following
        above = above.getparent()
    return None


@lru_cache(4_096)  # an outlet's pages share their class names
def _called(names: str) -> str | None:
    """What class names and ids call an element: a "standfirst", "points", an "other" thing, or nothing that we know."""
    placed = " ".join(name for name in names.split() if not _NO_PLACE.match(name))
    words = _WORD.findall(_CAMEL.sub("-", placed).lower())
    known = frozenset(words)
    if known & _OTHER:
        return "other"
    if known & _POINTS or ("key" in known and known & {"points", "facts"}):
        return "points"
    is_sub = any(one == "sub" and two in _SUB for one, two in pairwise(words))
    return "standfirst" if is_sub or known & _STANDFIRST else None


def _block(element: html.HtmlElement, names: str) -> Block | None:
    """The element as a block of text; None when its children are to be looked at one by one."""
    called = _called(names)
    marked = called is not None or element.get("itemprop") == "description"
    is_text = element.tag in _TEXTS
    if not marked and not is_text and any(child.tag not in _INLINE for child in islice(element, _WIDEST)):
        return None
    text = even(words_of(element, LONGEST))
    if not text or (len(text) > _MOST_MARKED and not is_text) or len(text) > LONGEST:
        return Block("", marked, points=False, bold=False, paragraph=False) if is_text else None
    is_list = not is_text and element.find(".//li") is not None
    return Block(
        text,
        marked=marked and not is_list,
        points=is_list and _are_points(element, called),
        bold=element.tag == "p" and len(text) >= ENOUGH and is_sentence(text) and _is_bold(element, text),
        paragraph=element.tag == "p" and len(text) > LONG,
    )


def _are_points(element: html.HtmlElement, called: str | None) -> bool:
    """Is it a list that is called key points, or one of whole sentences, as stands before the text?"""
    items = list(islice(element.iter("li"), 10))
    if len(items) < 2 or element.find(".//a") is not None:
        return False
    texts = [words_of(item).strip() for item in items]
    return called == "points" or all(len(text) > ENOUGH and is_sentence(text) for text in texts)


def _is_link(element: html.HtmlElement, text: str) -> bool:
    """Is most of it links, as in a teaser of other articles?"""
    return sum(len(words_of(link, LONGEST)) for link in islice(element.iter("a"), 10)) > 0.6 * len(text)


def _is_bold(element: html.HtmlElement, text: str) -> bool:
    bold = (child for child in islice(element, 3) if child.tag in ("strong", "b"))
    return any(len(even(words_of(child, LONGEST))) > 0.9 * len(text) for child in bold)
