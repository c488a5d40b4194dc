"""Who wrote it? People only, in the order of the byline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import html

from pipelines.agencies import _agencies, _plain
from pipelines.documents import Document, as_list, html_text
from pipelines.text import even

_BY = re.compile(
    r"^(?:(?:written|reported|posted|story)\s+by|by|von|par|por|di|door|av|af|autore?|auteur|author|автор|текст|作者|文|記者)\s*[:：]?\s+|^(?:作者|文/|記者)[:：]?",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*(?:,|;|/|\||·|•|、|，|&|\bund\b|\band\b|\bet\b|\by\b(?=\s[A-ZÀ-Þ])|\be\b(?=\s[A-ZÀ-Þ])|\bи\b)\s*"
)
_ROLE = re.compile(
    r"""
    \b(?: reporters? | editors? | correspondents? | staff | desk | newsroom | redaktion\w* | redacci[oó]n | r[ée]daction | redazione | redação
        | bureau | team | agenc\w+ | agentur | news | press | magazine | times | post | journal | online | media | tv | radio | admin
        | contributors? | columnist | analyst | writers? | guest | editorial | web | desk | the | author | autor | unknown | anonymous )\b
    | [@\d<>{}\[\]_=] | https?: | www\. | \.(?:com|org|net|de|fr)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_UNSPACED_ROLE = re.compile(r"(?:記者|编辑|編集|通信員|特派員|责任编辑|通讯员)$")
_AFTER = re.compile(r"\s*(?:\(|\[|–|—| - | in [A-Z]|, in | \| | für | for ).*$")
_LONGEST, _MOST_WORDS = 60, 5
_SELECTORS = (
    '//*[@itemprop="author"]//*[@itemprop="name"]',
    '//*[@itemprop="author"][not(.//*[@itemprop="name"])]',
    '//a[@rel="author"]',
    '//*[contains(concat(" ", normalize-space(@class), " "), " byline ")]//a',
    '//*[contains(@class, "author-name") or contains(@class, "author__name") or contains(@class, "byline-name") or contains(@class, "article-author")]',
    '//*[contains(@class, "byline") or contains(@class, "autor") or @class="author" or contains(@class, "post-author")]',
)


def authors_of(document: Document) -> tuple[str, ...]:
    """The people who signed the article; none when nobody did. JSON-LD is believed first, then meta, then the byline."""
    for voice in (_linked(document), _meta(document), _visible(document)):
        if people := tuple(dict.fromkeys(_people(voice, document.page.publisher.name))):
            return people
    return ()


def _linked(document: Document) -> Iterator[str]:
    for author in as_list(document.about.get("author")):
        yield from _names(author, document)


def _names(author: Any, document: Document) -> Iterator[str]:
    if isinstance(author, str):
        yield author
    elif isinstance(author, dict):
        if "Organization" in str(author.get("@type")):
            return
        name = author.get("name")
        if name is None and "@id" in author:
            name = next(
                (
                    thing.get("name")
                    for thing in document.linked
                    if thing.get("@id") == author["@id"] and thing.get("name")
                ),
                None,
            )
        yield from (part for part in as_list(name) if isinstance(part, str))


def _meta(document: Document) -> Iterator[str]:
    for name in (
        "author",
        "article:author",
        "parsely-author",
        "dc.creator",
        "dcterms.creator",
        "sailthru.author",
        "byl",
        "cxenseparse:author",
    ):
        if value := document.meta.get(name):
            yield value
            return


def _visible(document: Document) -> Iterator[str]:
    for selector in _SELECTORS:
        elements: list[html.HtmlElement] = document.tree.xpath(selector)
        texts = [even(element.text_content()) for element in elements[:6]]
        texts = [text for text in texts if text and len(text) <= 150]
        if texts:
            yield from texts
            return


def _people(texts: Iterable[str], outlet: str) -> Iterator[str]:
    for text in texts:
        line = _BY.sub("", even(html_text(text)))
        for part in _SPLIT.split(line):
            name = _UNSPACED_ROLE.sub("", _AFTER.sub("", _BY.sub("", part)).strip(" .:*•-–—\"'"))
            if _is_person(name, outlet):
                yield _cased(name)


def _is_person(name: str, outlet: str) -> bool:
    if not 2 <= len(name) <= _LONGEST or _ROLE.search(name) or _plain(name) in _agencies():
        return False
    if name.casefold() in outlet.casefold() or outlet.casefold() in name.casefold():
        return False
    if re.search(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", name):
        return len(name) <= 12
    words = name.split()
    return 2 <= len(words) <= _MOST_WORDS and (words[0][0].isupper() or not name.isascii())


def _cased(name: str) -> str:
    """A name in capitals as names are written."""
    return name.title() if name.isupper() and name.isascii() else name
