"""What does the article say of itself in a few sentences? Its standfirst: printed below the headline, or else its description."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import html

from pipelines.documents import Document, html_text, text_at
from pipelines.headings import headings_of, is_aside, words_of
from pipelines.sites import key
from pipelines.text import even

_STANDFIRST = re.compile(
    r"sub-?_?(?:title|head(?:er|line|ing)?|line)\b|standfirst|\bdec?k\b|_dek\b|(?<![a-z])lead(?:-?in|-?text)?(?![a-z])|leadText|leadIn|lede\b"
    r"|teaser|excerpt|(?<![a-z])intro(?:duction|text)?(?![a-z])|einleitung|vorspann|preface|summary|abstract|strapline|speakable"
    r"|epigraph|chap[oô]\b|sumario|entradilla|bajada|copete|sottotitolo|occhiello|ingress|manchet|linha-?fina|(?<![a-z])spot(?![a-z])"
    r"|bullet-?points?|key-?(?:points|facts|takeaways)|takeaways",
    re.IGNORECASE,
)
"""Class names and ids of a standfirst or of the key points below it, in the words of several languages' editors."""
_OTHER = re.compile(
    r"caption|credit|author|byline|comment|related|recommend|newsletter|share|social|video|promo|advert|breadcrumb|\bmenu|\bnav\b|\btoc\b|more-|list-item|card",
    re.IGNORECASE,
)
_NOT_IN = ("figure", "figcaption", "nav", "aside", "footer", "form", "button", "template", "dialog")
_BLOCKS = ("p", "div", "h2", "h3", "h4", "ul", "ol", "section", "span")
_MOST_NODES = 400
"""Elements after the headline among which the standfirst is looked for."""
_MOST_PARAGRAPHS = 4
"""Unmarked paragraphs after which the text itself has begun."""
_SHORTEST, _LONGEST = 20, 1_500
_LONG = 80
"""Characters of a paragraph of the text, which no teaser, date or byline has."""
_CUT = re.compile(r"\s*(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*(?:Read (?:on|more))?$|\s*Read on$")
_SENTENCE = re.compile(r"[.!?…。！？।؟\"'“”»]\s*$")


def summary_of(document: Document) -> str | None:
    """The standfirst as the page prints it, key points and all; without one its description, whole where the page prints more of it."""
    blocks = list(_blocks(document))
    if printed := _marked(blocks):
        return printed
    descriptions = _descriptions(document)
    paragraphs = [text for element, text in blocks if element.tag in ("p", "h2", "h3", "h4", "div") and len(text) <= _LONGEST]
    for description in descriptions:
        if whole := _as_printed(description, paragraphs):
            return whole
    if bold := next((text for element, text in blocks if _is_bold(element, text)), None):
        return bold
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
    texts = [even(html_text(text[: 4 * _LONGEST]))[:_LONGEST] for text in said if text]
    title = key(document.meta.get("og:title", ""))
    return list(dict.fromkeys(text for text in texts if len(text) > _SHORTEST and key(text) != title))


def _blocks(document: Document) -> Iterator[tuple[html.HtmlElement, str]]:
    """The blocks with text after the headline, until the text has well begun. What is in one of them is not given again."""
    paragraphs, skipped = 0, None
    for element in islice(_following(_anchor(document)), _MOST_NODES):
        if skipped is not None and skipped in element.iterancestors():
            continue
        skipped = None
        if element.tag in _NOT_IN:
            skipped = element
            continue
        if element.tag not in _BLOCKS:
            continue
        marked = _is_marked(element)
        if not marked and element.tag not in ("p", "h2", "h3", "h4") and any(child.tag in _BLOCKS for child in islice(element, 40)):
            continue
        text = even(words_of(element, _LONGEST))
        if len(text) < _SHORTEST:
            continue
        if marked or element.tag != "span":
            skipped = element
            yield element, text
        paragraphs += element.tag == "p" and not marked and len(text) > _LONG
        if paragraphs >= _MOST_PARAGRAPHS:
            return


def _anchor(document: Document) -> html.HtmlElement:
    h1s = [heading for heading in headings_of(document) if heading.level == 1]
    good = next((heading for heading in h1s if not is_aside(heading)), None)
    if good is not None:
        return good.element
    return h1s[0].element if h1s else next(document.tree.iter("article", "main", "body"), document.tree)


def _following(anchor: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """All elements after this one, in order; those in it where it is no heading."""
    if anchor.tag != "h1":
        yield from anchor.iter()
    for above in (anchor, *anchor.iterancestors()):
        for sibling in above.itersiblings():
            yield from sibling.iter()


def _is_marked(element: html.HtmlElement) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('data-testid') or ''}"
    if element.get("itemprop") == "description":
        return True
    return len(names) > 2 and _STANDFIRST.search(names) is not None and not _OTHER.search(names)


def _marked(blocks: list[tuple[html.HtmlElement, str]]) -> str | None:
    """The blocks that markup calls the standfirst: the first and those beside it, and the key points."""
    marked = [(element, text) for element, text in blocks if _is_marked(element) and len(text) <= _LONGEST]
    if not marked:
        return None
    first = marked[0][0]
    texts = [
        text
        for element, text in marked
        if element is first or element.getparent() is first.getparent() or element.find(".//li") is not None
    ]
    return " ".join(dict.fromkeys(texts))


def _as_printed(description: str, paragraphs: list[str]) -> str | None:
    """The paragraph that a description is the beginning of, when it is printed."""
    start = _CUT.sub("", description)
    start = start[: max(40, len(start) - 12)].casefold()
    return next((text for text in paragraphs if len(start) >= 40 and start in text[: len(start) + 60].casefold()), None)


def _is_bold(element: html.HtmlElement, text: str) -> bool:
    """Is it a paragraph all in bold, and a sentence? Many print the standfirst so."""
    if element.tag != "p" or len(text) < _LONG // 2 or len(text) > _LONGEST or not _SENTENCE.search(text):
        return False
    return any(child.tag in ("strong", "b") and len(even(words_of(child, _LONGEST))) > 0.9 * len(text) for child in islice(element, 3))
