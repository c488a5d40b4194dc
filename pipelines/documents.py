"""A page's document: its bytes decoded and parsed once, and what it says of itself (JSON-LD, meta) beside the tree."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import Any

from lxml import etree, html
from w3lib.encoding import html_to_unicode

from archive.errors import NotAnArticle
from pipelines.page import Page
from pipelines.reports import PDF, Report, markup_of
from pipelines.text import even

MOST_BYTES = 10_000_000
"""A longer page is cut here: the longest article in our corpus has 2.6 MB of HTML."""
_MOST_ELEMENTS = 60_000
"""What comes after these is cut off: the page with most elements in our corpus has 4,300."""
_MOST_ATTRIBUTES = 300
_LONG_TAG = 1_500
"""Characters of a tag that may have so many: libxml2 compares each attribute with all others of its element."""
_TAG = re.compile(rb"([a-zA-Z][^\s/>]*)[\s/]([^>]*)")
_ATTRIBUTE = re.compile(rb"[^\s/=]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s]+))?")
_IN_HEAD = frozenset(["title", "meta", "link", "script", "style", "base", "noscript", "template"])
"""HTML Standard, "metadata content"."""
_LONG_NUMBER = re.compile(r"&#[0-9]{9,}")
"""No character's; Python refuses to read a number of more than 4,300 digits."""
_NO_CHARSETS = ("undefined", "punycode", "unicode_escape", "raw_unicode_escape")
"""Encodings of Python's that decode, and that no page is written in (https://encoding.spec.whatwg.org)."""
_MOST_JSON_LD = 500_000
_DEEPEST = 30
_MADE = "text/html; charset=utf-8"
_ARTICLE_TYPES = re.compile(r"(?:\w*Article|BlogPosting|Report\w*|LiveBlogPosting|OpinionNews\w*|Review\w*)$")
_OPENED = re.compile(r"<!--|(?://\s*)?<!\[CDATA\[")
_CLOSING = re.compile(r"(?:-->|(?://\s*)?\]\]>)$")
_CLOSED = ("-->", "]]>")
"""Comments and sections around JSON-LD, from the time when browsers showed scripts that they did not know."""
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")

_ONE_CLASS = etree.ElementDefaultClassLookup(element=html.HtmlElement)
"""All elements are of one class: lxml.html would ask Python for the class of each, at every walk."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed page. ``tree`` is changed by nobody: who wants to change it copies it.

    ``meta`` has the first content of each meta element by its name or property, lower case.
    ``linked`` are the objects of its JSON-LD, ``about`` the one that describes the article, or an empty one.
    ``elements`` is every element of the tree: held, because lxml makes each anew at every walk that finds it let go;
    ``places`` are those of each tag's among them. ``report`` is what was read where the page is a PDF; its tree is made of that.
    """

    page: Page
    tree: html.HtmlElement
    meta: dict[str, str]
    linked: tuple[Json, ...]
    about: Json = field(default_factory=dict)
    elements: tuple[html.HtmlElement, ...] = ()
    places: Mapping[str, Sequence[int]] = field(default_factory=dict)
    report: Report | None = None

    def tagged(self, *tags: str) -> Sequence[html.HtmlElement]:
        """The elements with one of these tags, in the page's order."""
        found = [self.places[tag] for tag in tags if tag in self.places]
        places = found[0] if len(found) == 1 else sorted(chain.from_iterable(found))
        return [self.elements[place] for place in places]


def document_of(page: Page) -> Document:
    """Decode and parse a page. Raises NotAnArticle when its content is neither HTML nor a PDF, or nothing."""
    report = _report(page)
    tree = _tree(replace(page, content=markup_of(report).encode(), content_type=_MADE) if report else page)
    elements = _bounded(tree)
    places: dict[str, list[int]] = defaultdict(list)
    for place, element in enumerate(elements):
        places[element.tag].append(place)
    linked = tuple(_linked(elements[place] for place in places.get("script", ())))
    return Document(
        page=page,
        tree=tree,
        meta=_meta(elements[place] for place in places.get("meta", ())),
        linked=linked,
        about=next((thing for thing in linked if _is_article(thing)), {}),
        elements=elements,
        places=places,
        report=report,
    )


def _report(page: Page) -> Report | None:
    if not page.content.startswith(PDF):
        return None
    from pipelines.pdfs import read_pdf  # its reader takes 0.2 s to import, and few pages are PDFs

    return read_pdf(page.content)


def body_of(document: Document) -> html.HtmlElement:
    """The body element; the root where there is none."""
    body: html.HtmlElement | None = document.tree.find("body")
    return document.tree if body is None else body


def _tree(page: Page) -> html.HtmlElement:
    content = page.content[:MOST_BYTES]
    if not content or content.isspace():
        raise NotAnArticle("empty: the page has no content")
    if content[:5] == b"\x89PNG\r" or content[:2] in (b"PK", b"\xff\xd8"):
        raise NotAnArticle("not html: its first bytes are of another format")
    text = _decoded(page.content_type, content)
    # UTF-8 is libxml2's own encoding, and nobody here asks for its table of ids: to spare it both takes a tenth off.
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, huge_tree=False
    )
    parser.set_element_class_lookup(_ONE_CLASS)
    try:
        text = _DECLARATION.sub("", text.replace("\0", "") if b"\0" in content else text, count=1)
        tree = html.document_fromstring(_without_crowds(text.encode("utf-8", "replace")), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as reason:
        raise NotAnArticle("empty: no element could be read") from reason
    _begin_body(tree)
    return tree


def _begin_body(tree: html.HtmlElement) -> None:
    """Where a page leaves its body's tags out, as HTML allows, the body begins with the first element that no head can have.

    libxml2 does so for the elements that it knows, and leaves article, main and header in the head.
    """
    head = tree.find("head")
    first = (
        next((at for at, element in enumerate(head) if element.tag not in _IN_HEAD), None) if head is not None else None
    )
    if first is None:
        return
    begun, body = head[first:], tree.find("body")
    if body is None:
        body = etree.SubElement(tree, "body")
    elif body.text:
        begun[-1].tail = (begun[-1].tail or "") + body.text
        body.text = None
    body[:0] = begun


def _without_crowds(page: bytes) -> bytes:
    """A page whose tags have lost their attributes where they are too many."""
    if not any(map(_is_crowded, _long_pieces(page))):
        return page
    return b"<".join(_TAG.sub(rb"\1", piece, count=1) if _is_crowded(piece) else piece for piece in page.split(b"<"))


def _long_pieces(page: bytes) -> Iterator[bytes]:
    """The pieces between brackets that are long; those that are not are passed over, many at a time."""
    at = 0
    while len(page) - at > _LONG_TAG:
        following = page.rfind(b"<", at, at + _LONG_TAG + 1)
        if following < 0:
            end = page.find(b"<", at)
            following = end if end >= 0 else len(page)
            yield page[at:following]
        at = following + 1


def _is_crowded(piece: bytes) -> bool:
    tag = _TAG.match(piece)
    return tag is not None and len(tag[2]) > _LONG_TAG and len(_ATTRIBUTE.findall(tag[2])) > _MOST_ATTRIBUTES


def _bounded(tree: html.HtmlElement) -> tuple[html.HtmlElement, ...]:
    """The elements of a tree, from which what comes after the last of them is taken away."""
    elements = tuple(islice(tree.iter("*"), _MOST_ELEMENTS))
    if len(elements) < _MOST_ELEMENTS:
        return elements
    element = elements[-1]
    del element[:]
    for above in element.iterancestors():
        element.tail = None
        del above[above.index(element) + 1 :]
        element = above
    return elements


def _decoded(content_type: str | None, content: bytes) -> str:
    """Its text, in the encoding that it declares, unless that is one of Python's own that are none of the web's."""
    try:
        encoding, text = html_to_unicode(content_type, content, auto_detect_fun=_detected)
    except (LookupError, UnicodeError):  # hex, rot13, idna
        encoding, text = "undefined", ""
    if encoding.replace("-", "_") in _NO_CHARSETS:
        return content.decode(_detected(content) or "utf-8", "replace")
    return text


def _detected(content: bytes) -> str | None:
    """The encoding of a page that declares none."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        best = from_bytes(content[:50_000]).best()
        return best.encoding if best else "cp1252"
    return "utf-8"


def _meta(elements: Iterable[html.HtmlElement]) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in elements:
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = even(element.get("content") or element.get("value"))
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _linked(scripts: Iterable[html.HtmlElement]) -> Iterator[Json]:
    for script in scripts:
        if "ld+json" not in (script.get("type") or ""):
            continue
        text = (script.text or "").strip()[:_MOST_JSON_LD]
        if opened := _OPENED.match(text):
            text = text[opened.end() :]
        if text.endswith(_CLOSED):
            text = _CLOSING.sub("", text)
        try:
            yield from _things(json.loads(text, strict=False), 0)
        except (ValueError, RecursionError):
            continue  # broken JSON-LD is common; the page's other voices answer


def _things(value: Any, depth: int) -> Iterator[Json]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for part in value:
            yield from _things(part, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _things(value.get(name), depth + 1)


def _is_article(thing: Json) -> bool:
    return any(_ARTICLE_TYPES.fullmatch(str(kind).rpartition("/")[2]) for kind in as_list(thing.get("@type")))


def as_list(value: Any) -> list[Any]:
    """A JSON-LD value, of which there may be none, one, or a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def text_at(thing: Json, name: str) -> str:
    """A JSON-LD value as text: a string, or an object's name."""
    for value in as_list(thing.get(name)):
        said = (value.get("name") or value.get("@value")) if isinstance(value, dict) else value
        if isinstance(said, str) and even(said):
            return even(html_text(said))
    return ""


def html_text(value: str) -> str:
    """Text from a value that may carry entities or tags."""
    import html as entities

    for _ in range(2 if "&" in value else 0):
        value = entities.unescape(_LONG_NUMBER.sub("\ufffd", value))
    return re.sub(r"<[a-zA-Z/][^<>]*>", " ", value) if "<" in value else value
