"""Which lines are the article's? Trafilatura's answer, with the page's own scaffolding taken down before."""

from __future__ import annotations

import copy
import re

import trafilatura
from lxml import html
from trafilatura.settings import Extractor

from pipelines.documents import Document
from pipelines.text import even

_SCAFFOLDING = re.compile(
    r"""
    (?:^|[\s_-])(?:
      newsletters? | subscri(?:be|ption)(?:s|-box|-form)? | sign-?up | mc_embed\w* | mailchimp | paywall\w* | regwall | piano\w*
    | share(?:daddy|-?(?:bar|buttons?|tools|links?))? | social(?:-?(?:share|bar|links|icons|media|buttons?))? | sharing | addtoany\w*
    | related(?:-?(?:posts?|articles?|content|stories|links|news))? | jp-relatedposts | yarpp\w* | recommend(?:ed|ations)? | read-?(?:more|next|also)
    | cookies?(?:-?(?:bar|banner|notice|consent|law))? | gdpr | consent | onetrust\w*
    | comments?(?:-?(?:list|area|form|section))? | disqus\w* | fb-comments | respond
    | breadcrumbs? | author-?(?:bio|box|card|info) | about-?(?:the-)?author | post-?tags | tag-?(?:list|cloud) | taboola | outbrain
    | advert(?:isement|ising)? | ad-?(?:slot|container|wrapper|banner) | promo(?:tion|box)? | sponsored | wp-caption-text | skip-link
    )(?=$|[\s_-])
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Class names and ids of what stands around articles on the web: words that content management systems share."""
_NEVER_TEXT = (
    "form",
    "nav",
    "figcaption",
    "footer",
    "aside",
    "noscript",
    "dialog",
    "button",
    "select",
    "iframe",
    "template",
)
_ENOUGH = 150
"""Characters below which an extraction is taken for a miss."""
_MOST_OF_PAGE = 0.5
"""An element with more than this share of the page's paragraphs is the article, whatever its class says."""


def extracted_lines(document: Document) -> list[str]:
    """The article's lines in order, boilerplate still among them: a paragraph, heading or list item each.

    Where the scaffolding held the article itself, the page is read again with it standing; where even that has no
    text, what JSON-LD gives as the article's body is taken.
    """
    without = copy.deepcopy(document.tree)
    _take_down(without)
    for lines in (_lines(without), _lines(copy.deepcopy(document.tree)), _linked_body(document)):
        if sum(map(len, lines)) >= _ENOUGH:
            return lines
    return max((_lines(copy.deepcopy(document.tree)), _linked_body(document)), key=lambda lines: sum(map(len, lines)))


def _lines(tree: html.HtmlElement) -> list[str]:
    options = Extractor(output_format="python", comments=False, tables=True, dedup=False, with_metadata=False)
    found = trafilatura.bare_extraction(tree, options=options)
    text = found.text if found is not None and not isinstance(found, dict) else None
    return _split(text or "")


def _linked_body(document: Document) -> list[str]:
    return _split(str(document.about.get("articleBody") or ""))


def _split(text: str) -> list[str]:
    return [line for line in (even(_BULLET.sub("", part)) for part in text.split("\n")) if line]


_BULLET = re.compile(r"^\s*[-•*]\s+")


def _take_down(tree: html.HtmlElement) -> None:
    paragraphs = _paragraphs(tree)
    for element in list(tree.iter()):
        if (
            not isinstance(element.tag, str)
            or element.getparent() is None
            or element.tag in ("html", "body", "article", "main")
        ):
            continue
        if (element.tag in _NEVER_TEXT or _is_hidden(element) or _names(element)) and (
            not paragraphs or _paragraphs(element) <= _MOST_OF_PAGE * paragraphs
        ):
            element.drop_tree()


def _names(element: html.HtmlElement) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return len(names) > 1 and _SCAFFOLDING.search(names) is not None


def _is_hidden(element: html.HtmlElement) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or element.get("aria-hidden") == "true" or "display:none" in style


def _paragraphs(element: html.HtmlElement) -> int:
    """Characters in an element's paragraphs, so that a long one counts for more than many short ones."""
    return sum(len(p.text or "") + sum(len(child.tail or "") for child in p) for p in element.iter("p"))
