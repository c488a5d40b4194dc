"""Who wrote it? People only, in the order of the byline; what the page says of itself and what it prints are weighed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from archive.urls import host_of
from pipelines.bylinewords import begins_as_byline, credits_of_others, speaker
from pipelines.documents import Document, as_list, text_at
from pipelines.owners import full_name, owner_of
from pipelines.people import pen_name, people_in, plain_name, turned, written_out
from pipelines.signatures import (
    Page,
    Signature,
    edge_paragraphs,
    far_from_headline,
    labelled,
    near_headline,
    signed_page,
)
from pipelines.text import even

_META = (
    "author",
    "article:author",
    "article:byline",
    "parsely-author",
    "dc.creator",
    "dcterms.creator",
    "sailthru.author",
    "byl",
    "byline",
    "cxenseparse:author",
    "articleauthor",
    "article.author",
    "citation_author",  # a paper's authors (Google Scholar's inclusion guidelines)
)
_PAGE = re.compile(r"WebPage|HowTo\b|Recipe|CreativeWork\b")
"""What a page may be that is no article (schema.org)."""
_MOST, _MOST_THINGS, _LONGEST_TITLE = 40, 500, 400
_MOSTLY = 0.6
"""The share of a paragraph that names fill where it is a signature."""
_LOWER_BY = re.compile(r"(?:\d[\d./:, -]{7,18} )?(?:[a-zß-ÿ]+|[^\W\d_]+ (?:by|von|par|por))[\s|]")
"""How a byline opens, and a label such as "By region" does not."""


def authors_of(document: Document) -> tuple[str, ...]:
    """The people who signed the article; none when nobody did.

    JSON-LD is believed first, then meta, then the byline near the headline; a byline that names more people than they
    do, and theirs among them, is the fuller one. A single word is somebody's name only where authors sign.
    """
    sites = _sites(document)
    linked = _people(_linked(document), sites)
    stated = linked or next(filter(None, (_people(texts, sites) for texts in _meta(document))), ())
    page = signed_page(document)
    printed, words, is_announced = _printed(page, sites)
    if _is_fuller(printed, stated) or (is_announced and not linked):
        return printed[:_MOST]
    if people := stated or printed:
        return people[:_MOST]
    has_itemprop = b"itemprop" in document.page.content  # looked for before the whole tree is
    marked = (signature.text for signature in far_from_headline(page)) if has_itemprop else ()
    if people := _agreed(marked, sites) or _agreed(labelled(document, page), sites) or _at_the_edges(page, sites):
        return people[:_MOST]
    pages_own = tuple(_linked_people(document))
    if people := _people(pages_own, sites):
        return people[:_MOST]
    for word in (*pages_own, *words, *chain.from_iterable(_meta(document))):
        if name := pen_name(word, sites):
            return (full_name(name, document),)
    return _spoken(document, sites) or owner_of(document)


def _sites(document: Document) -> frozenset[str]:
    """What the page's outlet is called, plain."""
    host = host_of(document.page.url)
    names = [document.page.publisher.name, host, host.rpartition(".")[0]]
    names += [document.meta.get(name, "") for name in ("og:site_name", "application-name", "twitter:site")]
    names += [text_at(thing, "publisher") for thing in document.linked[:_MOST_THINGS]]
    if host.count(".") <= 2:
        names.append(host.split(".")[0])
    plain = frozenset(plain for name in names if len(plain := plain_name(name)) >= 3)
    persons = tuple(_persons(document, plain))
    return frozenset(name for name in plain if not any(person in name for person in persons))


def _persons(document: Document, sites: frozenset[str]) -> Iterator[str]:
    """Whom JSON-LD calls a person, and who has two names: if the site bears them, it is that person's, and no outlet."""
    for thing in document.linked[:_MOST_THINGS]:
        for value in (thing, *_flat(thing.get("author"))):
            if isinstance(value, dict) and value.get("@type") in ("Person", ["Person"]):
                name = text_at(value, "name")
                if any(plain_name(name) in site for site in sites) and people_in(name, frozenset()) == (name,):
                    yield plain_name(name)


def _people(texts: Iterable[str], sites: frozenset[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for text in texts for name in people_in(text, sites)))


def _is_fuller(printed: tuple[str, ...], stated: tuple[str, ...]) -> bool:
    return len(printed) > len(stated) and {plain_name(name) for name in stated} <= {
        plain_name(name) for name in printed
    }


def _printed(page: Page, sites: frozenset[str]) -> tuple[tuple[str, ...], list[str], bool]:
    """The people of the nearest block that names any, the marked texts seen on the way, and whether it said "by"."""
    words: list[str] = []
    is_signed_by_none = False
    for block in near_headline(page):
        if is_signed_by_none and not block[0].is_marked:
            continue  # under "By our News Desk" a name without a mark is somebody that it speaks of
        opening = block[0].text
        says_by = any(begins_as_byline(signature.text) for signature in block)
        if best := _signing(block, sites):
            return best, words, says_by and (block[0].is_marked or ":" in opening)
        is_signed_by_none |= says_by and block[0].is_marked and begins_as_byline(opening)
        words += [opening] if block[0].is_marked or block[0].is_account or _LOWER_BY.match(opening) else []
    return (), words, False


def _signing(block: list[Signature], sites: frozenset[str]) -> tuple[str, ...]:
    """The people of signatures that stand together, without those whom one of them credits with something else."""
    best: tuple[str, ...] = ()
    for signature in block:
        people = people_in(signature.text, sites)
        best = people if _is_fuller(people, best) else (*best, *(name for name in people if name not in best))
    others = "".join(credits_of_others(signature.text) for signature in block) if len(best) > 1 else ""
    return tuple(name for name in best if name not in others) or best


def _agreed(texts: Iterable[str], sites: frozenset[str]) -> tuple[str, ...]:
    """The people that every signature on the page names, where the headline has none beside it."""
    names = [people_in(text, sites) for text in texts]
    named = [people for people in names if people]
    return named[0] if len(set(named)) == 1 and 2 * len(named) >= len(names) else ()


def _at_the_edges(page: Page, sites: frozenset[str]) -> tuple[str, ...]:
    """The people that a first or last paragraph names and nothing beside them: "(Jane Doe)", "Von Jane Doe"."""
    paragraphs, body = edge_paragraphs(page)
    for paragraph in paragraphs:
        people = people_in(paragraph, sites)
        if people and sum(map(len, people)) >= _MOSTLY * len(paragraph) and not _are_written_small(people, body):
            return people
    return ()


def _are_written_small(people: tuple[str, ...], body: str) -> bool:
    """A sub-heading's words are written small in the text that it heads, a name's never."""
    words = [word for name in people for word in name.split() if word[0].isupper()]
    return any(re.search(rf"\b{re.escape(word.lower())}\b", body) for word in words)


def _spoken(document: Document, sites: frozenset[str]) -> tuple[str, ...]:
    """Who speaks, by the page's title: "Speech by President Jane Doe at the university"."""
    title = document.tree.findtext(".//title") or ""
    found = speaker().search(title, 0, _LONGEST_TITLE)
    return people_in(title[found.end() : _LONGEST_TITLE].split(",")[0], sites) if found else ()


def _linked(document: Document) -> Iterator[str]:
    """Whom JSON-LD names as the article's author; as its creator, which may be the outlet, where that names nobody."""
    for role in ("author", "creator"):
        for author in _flat(document.about.get(role)):
            yield turned(written_out(_name(author, document)))


def _linked_people(document: Document) -> Iterator[str]:
    """Whom it names as the article's or the page's author."""
    pages = [thing for thing in document.linked[:_MOST_THINGS] if _PAGE.search(str(thing.get("@type")))]
    for thing in (document.about, *pages):
        for author in _flat(thing.get("author")):
            yield written_out(_name(author, document))


def _flat(value: Any) -> list[Any]:
    return [inner for part in as_list(value)[:_MOST] for inner in as_list(part)[:_MOST]]


def _name(author: Any, document: Document) -> str:
    """What a JSON-LD author is called; nothing where it is an organisation."""
    if isinstance(author, str):
        return author
    if not isinstance(author, dict) or "Organization" in str(author.get("@type")):
        return ""
    if name := text_at(author, "name"):
        return name
    if author.get("familyName"):
        return even(f"{text_at(author, 'givenName')} {text_at(author, 'familyName')}")
    own = author.get("@id")
    same = (
        thing for thing in document.linked[:_MOST_THINGS] if own and thing.get("@id") == own and text_at(thing, "name")
    )
    return next((text_at(thing, "name") for thing in same if "Organization" not in str(thing.get("@type"))), "")


def _meta(document: Document) -> Iterator[list[str]]:
    """Whom meta elements name, one kind of element after the other: each may stand there several times."""
    for name in _META:
        if name in document.meta:
            texts = [document.meta[name]] if name == "author" else _contents(document, name)
            yield [turned(written_out(text)) for text in texts if not text.startswith(("http:", "https:", "@"))]
    for (
        number
    ) in "12":  # how WordPress names its author to a card's reader: a label in the page's language, and its value
        label, value = (document.meta.get(f"twitter:{part}{number}", "") for part in ("label", "data"))
        if label and value and begins_as_byline(f"{label} {value}"):
            yield [value]


def _contents(document: Document, name: str) -> list[str]:
    elements = (e for e in document.tagged("meta") if (e.get("property") or e.get("name") or "").lower() == name)
    return [even(element.get("content")) for _, element in zip(range(_MOST), elements, strict=False)]
