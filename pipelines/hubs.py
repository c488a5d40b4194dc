"""What is not an article: lists of headlines, pages that answer 200 and hold nothing, what stands before an article."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from archive.errors import NotAnArticle
from pipelines.documents import Document
from pipelines.gates import refuse_what_is_gated
from pipelines.missing import redirected_away, refuse_what_is_missing, why_a_list_is_there
from pipelines.sites import is_site_name
from pipelines.text import even

_FEWEST = 80
"""Characters of the shortest text that is taken for an article; one character of an unspaced script counts as three."""
_LINKS = 0.35
"""A page is a list when this share of its lines are links: headlines, with a teaser or two between them."""

_FEWEST_LINES = 5
_HEADLINES = 4
"""Linked headlines that make a home page of a page that is called as its site is, or has no path."""


def refuse_what_is_no_article(document: Document, title: str, body: str) -> None:
    """Raises NotAnArticle with the reason. Sparing: a real article lost is worse than a hub kept."""
    refuse_what_is_missing(document, title, body)
    weight = len(body) + 2 * len(re.findall("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff]", body))
    refuse_what_is_gated(document, title, body)
    if weight < _FEWEST:
        raise NotAnArticle(redirected_away(document) or f"short: {len(body)} characters are no article")
    if _is_hub(document, title, body):
        raise NotAnArticle(why_a_list_is_there(document) or "hub: a list of links to articles")


def _is_hub(document: Document, title: str, body: str) -> bool:
    if document.about or document.meta.get("og:type", "").lower() == "article":
        return False
    at_the_door = urlsplit(document.page.url).path.strip("/") == "" or is_site_name(title, document)
    if at_the_door:
        headlines = document.tree.xpath("//h2[.//a] | //h3[.//a] | //a[.//h2 or .//h3]")
        if len(headlines) >= _HEADLINES:
            return True
    lines = body.split("\n")
    if len(lines) < _FEWEST_LINES:
        return False
    links = {even(link.text_content() if len(link) else link.text) for link in document.tagged("a")}
    return sum(line in links for line in lines) >= _LINKS * len(lines)
