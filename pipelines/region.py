"""Where on the page does the article stand? The element that most running text stands in, found in one cheap pass."""

from __future__ import annotations

from collections import defaultdict

from lxml import html

from pipelines.scripts import weight

_LONG = 80
"""Weight from which a text is taken for running text."""
_SHORT = 15
"""Characters that are not worth being asked where they stand."""
_MOST = 1_200
"""A single block speaks for its place with no more than this."""
_LEVELS = 4
_FARTHER = 0.75
"""What a block's text counts for in the element around, and again in the one around that."""
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "br",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "wbr",
        "ruby",
        "rb",
    ]
)
_PASSED_OVER = frozenset(
    ["script", "style", "noscript", "template", "a", "button", "option", "select", "textarea", "svg", "iframe", "title"]
)


def container_of(body: html.HtmlElement) -> html.HtmlElement:
    """The element that most running text stands in, near text counted more than far; the body where there is none."""
    texts: dict[html.HtmlElement, int] = defaultdict(int)
    for element in body.iter("*"):
        text, tail = element.text, element.tail
        if text and len(text) > _SHORT and element.tag not in _PASSED_OVER:
            texts[_apart(element)] += weight(text.strip())
        if tail and len(tail) > _SHORT and element is not body:
            holder = element.getparent()
            if holder is not None:
                texts[_apart(holder)] += weight(tail.strip())
    scores: dict[html.HtmlElement, float] = defaultdict(float)
    for element, size in texts.items():
        if size < _LONG:
            continue
        share: float = min(size, _MOST)
        above = element.getparent() if element.tag not in ("div", "section", "article", "td", "body") else element
        for _ in range(_LEVELS):
            if above is None:
                break
            scores[above] += share
            share *= _FARTHER
            above = above.getparent()
    return max(scores, key=scores.__getitem__) if scores else body


def chain_of(container: html.HtmlElement, levels: int) -> dict[html.HtmlElement, int]:
    """The container and the elements around it, at most ``levels`` of them, each with how far out it stands."""
    chain: dict[html.HtmlElement, int] = {}
    element: html.HtmlElement | None = container
    while element is not None and len(chain) <= levels and (element.tag != "html" or element is container):
        chain[element] = len(chain)
        element = element.getparent()
    return chain


def _apart(element: html.HtmlElement) -> html.HtmlElement:
    """The nearest element that is more than a run of text."""
    for _ in range(20):
        above = element.getparent()
        if element.tag not in _INLINE or above is None:
            break
        element = above
    return element
