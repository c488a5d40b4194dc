"""What stands among an article's paragraphs is the article's, too: lists, tables of data, and their headings.

The judge weighs each line by itself, and an item of three words looks like one of a menu's. Between two paragraphs of an
article, as their sibling and without links, it is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from lxml import html

from pipelines.blocks import Block, Frame
from pipelines.scripts import weight

_LISTS = frozenset({"ul", "ol", "dl", "table"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_ANNOUNCING = (":", "：")
_LINKED = 0.3
"""The share of a list's characters in links from which it is a list of links."""
_PARAGRAPH = 60
"""Weight from which a kept block counts as a paragraph."""
_LEVELS = 12


def enclosed(blocks: Sequence[Block], kept: Sequence[bool]) -> list[bool]:
    """Of each block that is not kept: is it an item of a list, a row of data, or the heading of such, among kept paragraphs?"""
    found = [False] * len(blocks)
    spans = _spans(blocks, kept)
    for root, places in _lists(blocks, kept, spans):
        first, last = places[0], places[-1]
        if not (_is_between(root, first, last, spans) or (kept[first - 1] and _announces(blocks[first - 1]))):
            continue
        if sum(blocks[at].linked for at in places) > _LINKED * sum(len(blocks[at].text) for at in places):
            continue
        heads = first > 0 and blocks[first - 1].frame.element.tag in _HEADINGS and not blocks[first - 1].linked
        for at in [first - 1, *places] if heads else places:
            found[at] = not kept[at]
    return found


def _spans(blocks: Sequence[Block], kept: Sequence[bool]) -> dict[html.HtmlElement, tuple[int, int]]:
    """The elements that kept paragraphs stand in, with the places of the first and the last."""
    spans: dict[html.HtmlElement, tuple[int, int]] = {}
    for at, block in enumerate(blocks):
        if kept[at] and weight(block.text) >= _PARAGRAPH:
            own = block.frame.apart
            for holder in (_holder(own), own) if own.tag != "p" else (_holder(own),):
                spans[holder] = (spans.get(holder, (at, at))[0], at)
    return spans


def _lists(
    blocks: Sequence[Block], kept: Sequence[bool], spans: Mapping[html.HtmlElement, object]
) -> Iterator[tuple[html.HtmlElement, list[int]]]:
    """The lists and tables that stand where kept paragraphs do, with the places of their blocks, if any is not kept."""
    roots = [_root(block, spans) if _LISTS & block.frame.tags else None for block in blocks]
    for root, group in groupby(range(len(blocks)), key=roots.__getitem__):
        places = list(group)
        if root is not None and not all(kept[at] for at in places):
            yield root, places


def _root(block: Block, spans: Mapping[html.HtmlElement, object]) -> html.HtmlElement | None:
    frame: Frame | None = block.frame
    for _ in range(_LEVELS):
        if frame is None:
            return None
        if frame.element.tag in _LISTS and _holder(frame.element) in spans:
            return frame.element
        frame = frame.above
    return None


def _holder(element: html.HtmlElement) -> html.HtmlElement:
    """The element that it stands in beside others: what wraps it alone is passed over."""
    for _ in range(_LEVELS):
        above = element.getparent()
        if above is None:
            return element
        if len(above) > 1:
            return above
        element = above
    return element


def _is_between(
    root: html.HtmlElement, first: int, last: int, spans: Mapping[html.HtmlElement, tuple[int, int]]
) -> bool:
    begins, ends = spans[_holder(root)]
    return begins < first and last < ends


def _announces(block: Block) -> bool:
    return block.text.endswith(_ANNOUNCING) and weight(block.text) >= _PARAGRAPH
