"""What blocks of text does a page show? One walk over its tree, in reading order, nothing judged yet.

A block is what a browser sets apart: a paragraph, a heading, a list item, a cell, or the text that stands loose
between such. What is not shown (scripts, hidden elements, ruby glosses) is not among them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree, html

from pipelines.markup import kinds_of
from pipelines.structure import SET_IN_LINE, scaffold_of
from pipelines.text import even

MOST_BLOCKS = 6_000
"""A page's blocks beyond these are not looked at: the longest live blog of our corpus has 3,900."""
_DEEPEST = 400
"""What is nested deeper is not looked at; browsers give up at 512."""
_APART = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_UNSEEN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "embed",
        "canvas",
        "audio",
        "video",
        "map",
        "select",
        "option",
        "datalist",
        "textarea",
        "button",
        "head",
        "math",
        "rt",
        "rp",
        "input",
        "meta",
        "link",
        "progress",
        "meter",
    ]
)
_MARKING = frozenset(["a", "b", "strong", "em", "i"])
_BREAK = "\v"
_BETWEEN_CELLS = " | "
_CELLS = ("td", "th")
_LONGEST_CELL, _MOST_IN_CELL, _MOST_CELLS = 150, 6, 40
"""Characters and elements of a cell, and cells of a row, that are still data; what has more lays out a page."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(slots=True)
class Frame:
    """An open element. ``apart`` is the nearest element that sets text apart, itself or above; ``own`` the kinds that its
    names and those of inline elements down to it speak of, ``around`` those of all that is above ``apart``."""

    element: html.HtmlElement
    apart: html.HtmlElement
    above: Frame | None
    own: int
    around: int
    tags: frozenset[str]
    in_link: bool
    in_bold: bool
    in_slant: bool
    scaffold: str | None


@dataclass(slots=True)
class Block:
    """A run of text that stands apart: ``linked``, ``strong`` and ``slanted`` count its characters in links, bold, italics.

    ``own`` are the kinds that all of its text's elements speak of, ``frame`` the element it stands in, ``led`` whether it
    opens with a link; ``scaffold`` names the scaffolding that all of it stands in.
    """

    text: str
    frame: Frame
    own: int
    linked: int
    links: int
    strong: int
    slanted: int
    mail: bool
    led: bool
    scaffold: str | None
    breaks: int = 0


class _Run:
    """The text since the last boundary."""

    __slots__ = ("frame", "links", "mail", "parts")

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.parts: list[tuple[str, Frame]] = []
        self.links = 0
        self.mail = False

    def blocks(self) -> list[Block]:
        """The run's blocks: one, or several where it has line breaks. What is set in line and no part of it comes apart."""
        said = [part for part in self.parts if not part[0].isspace()]
        if not said:
            return []
        bare = any(frame.scaffold is None for _, frame in said)
        if bare and any(frame.scaffold in SET_IN_LINE for _, frame in said):
            within = [part for part in self.parts if part[1].scaffold not in SET_IN_LINE]
            set_in = [part for part in said if part[1].scaffold in SET_IN_LINE]
            return [*self._read(within, None), *self._read(set_in, set_in[0][1].scaffold)]
        return self._read(self.parts, None if bare else said[0][1].scaffold)

    def _read(self, parts: Sequence[tuple[str, Frame]], scaffold: str | None) -> list[Block]:
        texts = [even(part) for part in "".join([text for text, _ in parts]).split(_BREAK)]
        texts = [text for text in texts if text.strip(" |")]
        if not texts:
            return []
        whole = sum(map(len, texts))
        own = -1
        linked = strong = slanted = 0
        led: bool | None = None
        for text, frame in parts:
            if text.isspace():
                continue
            own &= frame.own
            led = frame.in_link if led is None else led
            if frame.in_link or frame.in_bold or frame.in_slant:
                size = len(text.strip())
                linked += size if frame.in_link else 0
                strong += size if frame.in_bold else 0
                slanted += size if frame.in_slant else 0
        shares = [len(text) / whole for text in texts]
        return [
            Block(
                text,
                self.frame,
                own,
                int(linked * share),
                self.links,
                int(strong * share),
                int(slanted * share),
                self.mail,
                bool(led),
                scaffold,
                len(texts) - 1,
            )
            for text, share in zip(texts, shares, strict=True)
        ]


def blocks_of(start: html.HtmlElement, article: Sequence[html.HtmlElement] = ()) -> list[Block]:
    """The blocks below an element in reading order, at most :data:`MOST_BLOCKS`.

    ``article`` are the elements that the article is known to stand in, innermost first: no name of theirs makes them
    scaffolding. Scaffolding outside the innermost is passed over, that inside is among the blocks, and says so.
    """
    walk = etree.iterwalk(start, events=("start", "end"))
    walker = _Walker(start, article)
    for event, element in walk:
        if element is start:
            continue
        if event == "end":
            walker.leave(element)
        elif not walker.enter(element):
            walk.skip_subtree()
        if len(walker.found) >= MOST_BLOCKS:
            break
    walker.flush(walker.frames[0])
    return walker.found[:MOST_BLOCKS]


class _Walker:
    """Where the walk is (``frames``, the open elements, innermost last), and what it found on its way."""

    def __init__(self, start: html.HtmlElement, article: Sequence[html.HtmlElement]) -> None:
        frame = Frame(start, start, None, 0, 0, frozenset(), False, False, False, None)
        self.article, self.innermost = frozenset(article), article[0] if article else start
        self.inside = self.innermost is start
        self.frames = [frame]
        self.found: list[Block] = []
        self.rows: set[html.HtmlElement] = set()
        self.run = _Run(frame)
        self.say(start.text, frame)

    def say(self, text: str | None, frame: Frame) -> None:
        if text:
            self.run.parts.append((text, frame))

    def flush(self, frame: Frame) -> None:
        """A boundary: what was said so far is a block, and what comes stands in ``frame``."""
        if self.run.parts:
            self.found += self.run.blocks()
        self.run = _Run(frame)

    def enter(self, element: html.HtmlElement) -> bool:
        """Note that an element begins. False when what is in it is not to be seen."""
        above = self.frames[-1]
        frame = None if _is_unseen(element) or len(self.frames) > _DEEPEST else self.frame(element, above)
        if frame is None or (frame.scaffold and not self.inside):
            self.frames.append(above)
            return False
        self.frames.append(frame)
        if frame.apart is element:
            self.flush(frame)
            self.inside = self.inside or element is self.innermost
        elif element.tag == "br":
            self.say(_BREAK, above)
        elif element.tag in _CELLS and self.run.parts:
            self.say(_BETWEEN_CELLS, above)
        elif element.tag == "a":
            self.run.links += 1
            self.run.mail = self.run.mail or (element.get("href") or "").startswith("mailto:")
        self.say(element.text, frame)
        return True

    def leave(self, element: html.HtmlElement) -> None:
        """Note that an element ends; the text behind it belongs to what is around it."""
        left = self.frames.pop()
        if left.element is element and left.apart is element:
            self.flush(_apart(self.frames[-1]))
            self.inside = self.inside and element is not self.innermost
        self.say(element.tail, self.frames[-1])

    def frame(self, element: html.HtmlElement, above: Frame) -> Frame:
        tag = element.tag
        names = element.get("class"), element.get("id"), element.get("itemprop"), element.get("role")
        if tag not in _APART and tag not in _MARKING and not any(names):
            return above  # it says nothing that what it stands in does not
        own = kinds_of(names) if any(names) else 0
        scaffold = above.scaffold or (None if element in self.article else scaffold_of(tag, names[0], names[1]))
        if tag == "tr" and _is_row(element):
            self.rows.add(element)
        if tag in _APART and not (tag in _CELLS and above.element in self.rows):
            tags = above.tags if tag in above.tags else above.tags | {tag}
            around = above.around | above.own
            return Frame(
                element, element, above, own, around, tags, above.in_link, above.in_bold, above.in_slant, scaffold
            )
        return Frame(
            element,
            above.apart,
            above,
            own | above.own,
            above.around,
            above.tags,
            above.in_link or tag == "a",
            above.in_bold or tag in ("b", "strong"),
            above.in_slant or tag in ("em", "i"),
            scaffold,
        )


def _apart(frame: Frame) -> Frame:
    """The frame of the element that sets text apart here."""
    while frame.above is not None and frame.element is not frame.apart:
        frame = frame.above
    return frame


def _is_row(row: html.HtmlElement) -> bool:
    """Is this a row of data, to be read as one line, rather than of a table that lays out the page?"""
    cells = [cell for cell in row if cell.tag in _CELLS]
    return 1 < len(cells) <= _MOST_CELLS and all(
        len(cell) <= _MOST_IN_CELL
        and len(cell.text_content()) <= _LONGEST_CELL
        and not any(c.tag in _APART for c in cell)
        for cell in cells
    )


def _is_unseen(element: html.HtmlElement) -> bool:
    if not isinstance(element.tag, str) or element.tag in _UNSEEN:
        return True
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return not _is_behind_paywall(element)
    style = element.get("style")
    return style is not None and _HIDDEN.search(style) is not None and not _is_behind_paywall(element)


def _is_behind_paywall(element: html.HtmlElement) -> bool:
    """Text of the article that the page hides from who has not paid: schema.org's example of paywalled content names it so."""
    return "paywall" in (element.get("class") or "") and element.tag in ("p", "div", "section")
