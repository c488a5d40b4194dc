"""Where on the page does the article stand? The element that most running text stands in, found in one cheap pass."""

from __future__ import annotations

from collections import defaultdict

from lxml import html

from pipelines.blocks import is_unseen
from pipelines.scripts import weight
from pipelines.structure import scaffold_of

_LONG = 80
"""Weight from which a text is taken for running text."""
_SHORT = 15
"""Characters that are not worth being asked where they stand."""
_MOST = 1_200
"""A single block speaks for its place with no more than this."""
_LEVELS = 4
_FARTHER = 0.75
"""What a block's text counts for in the element around, and again in the one around that."""
_TRIES = 8
"""Elements that turn out to be none of the article's, after which the page's body is taken."""
_ENOUGH = 240
"""Score from which another element is believed before one that says it is something else."""
_NEVER = frozenset({"comments", "cookies", "dialog", "footer", "hidden", "hover", "navigation"})
"""Scaffolding that may be longer than the article, and does not hold it while other running text is on the page."""
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
    """The element that most running text stands in, near text counted more than far; the body where there is none.

    What is not shown has no say; terms, comments and the like have none where there is other running text.
    """
    texts = _texts_of(body)
    named: html.HtmlElement | None = None
    for _ in range(_TRIES):
        scores = _scores_of(texts)
        best = max(scores, key=scores.__getitem__, default=body)
        if named is not None and scores.get(best, 0) < _ENOUGH:
            return named
        unseen, scaffold = _set_apart(best, body)
        out = scaffold if unseen is None else unseen
        if out is None:
            return best
        if unseen is None and named is None:
            named = best
        texts = _without(texts, out)
    return body if named is None else named


def _texts_of(body: html.HtmlElement) -> dict[html.HtmlElement, int]:
    """The elements that running text stands in, and its weight."""
    texts: dict[html.HtmlElement, int] = defaultdict(int)
    for element in body.iter("*"):
        text, tail = element.text, element.tail
        if text and len(text) > _SHORT and not text.isspace() and element.tag not in _PASSED_OVER:
            texts[_apart(element)] += weight(text.strip())
        if tail and len(tail) > _SHORT and not tail.isspace() and element is not body:
            holder = element.getparent()
            if holder is not None:
                texts[_apart(holder)] += weight(tail.strip())
    return {element: size for element, size in texts.items() if size >= _LONG}


def _scores_of(texts: dict[html.HtmlElement, int]) -> dict[html.HtmlElement, float]:
    scores: dict[html.HtmlElement, float] = defaultdict(float)
    for element, size in texts.items():
        share: float = min(size, _MOST)
        above = element.getparent() if element.tag not in ("div", "section", "article", "td", "body") else element
        for _ in range(_LEVELS):
            if above is None:
                break
            scores[above] += share
            share *= _FARTHER
            above = above.getparent()
    return scores


def _set_apart(
    element: html.HtmlElement, body: html.HtmlElement
) -> tuple[html.HtmlElement | None, html.HtmlElement | None]:
    """The outermost element around it, itself among them, that is not shown, and the outermost that never holds an article."""
    unseen = scaffold = None
    above: html.HtmlElement | None = element
    while above is not None and above is not body:
        if above.tag == "noscript":  # shown to some; a tag left open can put a whole page into it
            scaffold = above
        elif is_unseen(above):
            unseen = above
        elif scaffold_of(above.tag, above.get("class"), above.get("id")) in _NEVER:
            scaffold = above
        above = above.getparent()
    return unseen, scaffold


def _without(texts: dict[html.HtmlElement, int], out: html.HtmlElement) -> dict[html.HtmlElement, int]:
    within = set(out.iter("*"))
    return {element: size for element, size in texts.items() if element not in within}


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
        if element.tag not in _INLINE or (above := element.getparent()) is None:
            break
        element = above
    return element
