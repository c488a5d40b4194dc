"""Where is the article's headline on its page? Who signs it, its date and its standfirst are looked for around that place."""

from __future__ import annotations

from itertools import islice

from lxml import html

from pipelines.documents import Document, html_text, text_at
from pipelines.headings import LONGEST, is_out_of_place
from pipelines.people import plain_name

_SHORTEST = 8
"""Characters of a heading that is known by its words: shorter ones are sections' and sites' names."""
_MOST = 40


def headline_element(document: Document) -> html.HtmlElement | None:
    """The heading that the page's titles repeat, an h1 before others, or else its first h1; None where it has neither.

    A site's name is often an h1, and part of each title: an h1 that stands where logos do gives way to one in its place.
    """
    firsts = list(islice((h1 for h1 in document.tagged("h1") if _text(h1)), _MOST))
    found = _repeated(document, firsts)
    if found is not None and found.tag == "h1" and is_out_of_place(found):
        return next((h1 for h1 in firsts if not is_out_of_place(h1)), found)
    return found


def _repeated(document: Document, firsts: list[html.HtmlElement]) -> html.HtmlElement | None:
    titles = [
        document.meta.get("og:title", ""),
        text_at(document.about, "headline"),
        next((element.text or "" for element in document.tagged("title")), ""),
    ]
    wanted = [plain_name(html_text(title[:LONGEST])) for title in titles if title]
    for headings in (firsts, document.tagged("h2", "h3")[:_MOST]):
        for heading in headings:
            text = _text(heading)
            if len(text) > _SHORTEST and any(_alike(text, title) for title in wanted):
                return heading
    return firsts[0] if firsts else None


def _text(heading: html.HtmlElement) -> str:
    return plain_name(heading.text_content()[:LONGEST])


def _alike(heading: str, title: str) -> bool:
    """Is one the other, with a name or a subject before or behind it?"""
    return (heading in title and 2 * len(heading) > len(title)) or (title in heading and 2 * len(title) > len(heading))
