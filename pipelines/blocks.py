"""What blocks of text does a page show? One walk over its tree, in reading order, nothing judged yet.

A block is what a browser sets apart: a paragraph, a heading, a list item, a cell, or the text that stands loose
between such. What is not shown (scripts, hidden elements, ruby glosses) is not among them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree, html

from pipelines.markup import kinds_of
from pipelines.structure import SET_IN_LINE, scaffold_of
from pipelines.text import even

MOST_BLOCKS = 6_000
"""A page's blocks beyond these are not looked at: the longest live blog of our corpus has 3,900."""
_DEEPEST = 400
"""What is nested deeper is not looked at; browsers give up at 512."""
MOST_NAMES = 2_000
"""Different names of elements that are read on a page; the page with most in our corpus has 760."""
_NAMELESS = (None, None, None, None)
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


Part = tuple[str, Frame]
"""A text, and the frame that it is said in."""
Names = tuple[str | None, str | None, str | None, str | None]
"""An element's class, id, itemprop and role."""


class _Run:
    """The text since the last boundary."""

    __slots__ = ("frame", "links", "mail", "parts")

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.parts: list[Part] = []
        self.links = 0
        self.mail = False

    def blocks(self) -> list[Block]:
        """The run's blocks: one, or several where it has line breaks. What is set in line and no part of it comes apart."""
        said = [part for part in self.parts if not part[0].isspace()]
        if not said:
            return []
        scaffolds = {frame.scaffold for _, frame in said}
        if None not in scaffolds:
            return self._read(self.parts, said, said[0][1].scaffold)
        if scaffolds.isdisjoint(SET_IN_LINE):
            return self._read(self.parts, said, None)
        within = [part for part in self.parts if part[1].scaffold not in SET_IN_LINE]
        own = [part for part in said if part[1].scaffold not in SET_IN_LINE]
        set_in = [part for part in said if part[1].scaffold in SET_IN_LINE]
        return [*self._read(within, own, None), *self._read(set_in, set_in, set_in[0][1].scaffold)]

    def _read(self, parts: Sequence[Part], said: Sequence[Part], scaffold: str | None) -> list[Block]:
        """The blocks of these parts, of which ``said`` are those that are no white space."""
        texts = [even(part) for part in "".join([text for text, _ in parts]).split(_BREAK)]
        texts = [text for text in texts if text.strip(" |")]
        if not texts:
            return []
        whole = sum(map(len, texts))
        own = -1
        linked = strong = slanted = 0
        for text, frame in said:
            own &= frame.own
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
                said[0][1].in_link,
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
        if event == "start":
            if not walker.enter(element):
                walk.skip_subtree()
        else:
            walker.leave(element)
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
        self.known: dict[tuple[str, Names], tuple[int, str | None]] = {}
        self.run = _Run(frame)
        self.say(start.text, frame)

    def say(self, text: str | None, frame: Frame) -> None:
        if text:
            self.run.parts.append((text, frame))

    def flush(self, frame: Frame) -> None:
        """A boundary: what was said so far is a block, and what comes stands in ``frame``."""
        run = self.run
        if run.parts:
            self.found += run.blocks()
            self.run = _Run(frame)
        else:
            run.frame, run.links, run.mail = frame, 0, False

    def enter(self, element: html.HtmlElement) -> bool:
        """Note that an element begins. False when what is in it is not to be seen."""
        frames, tag, said = self.frames, element.tag, dict(element.items())
        above = frames[-1]
        if _is_hidden(tag, said) or len(frames) > _DEEPEST:
            frames.append(above)
            return False
        frame = self.frame(element, tag, said, above)
        if frame.scaffold and not self.inside:
            frames.append(above)
            return False
        frames.append(frame)
        if frame.apart is element:
            self.flush(frame)
            self.inside = self.inside or element is self.innermost
        elif tag == "br":
            self.say(_BREAK, above)
        elif tag in _CELLS and self.run.parts:
            self.say(_BETWEEN_CELLS, above)
        elif tag == "a":
            self.run.links += 1
            self.run.mail = self.run.mail or said.get("href", "").startswith("mailto:")
        if text := element.text:
            self.run.parts.append((text, frame))
        return True

    def leave(self, element: html.HtmlElement) -> None:
        """Note that an element ends; the text behind it belongs to what is around it."""
        frames = self.frames
        left = frames.pop()
        if left.apart is element and left.element is element:
            self.flush(_apart(frames[-1]))
            self.inside = self.inside and element is not self.innermost
        if tail := element.tail:
            self.run.parts.append((tail, frames[-1]))

    def frame(self, element: html.HtmlElement, tag: str, said: Mapping[str, str], above: Frame) -> Frame:
        names = (said.get("class"), said.get("id"), said.get("itemprop"), said.get("role")) if said else _NAMELESS
        sets_apart = tag in _APART
        if not sets_apart and tag not in _MARKING and not any(names):
            return above  # it says nothing that what it stands in does not
        own, scaffold = self.meaning(tag, names)
        if above.scaffold or element in self.article:
            scaffold = above.scaffold
        if tag == "tr" and _is_row(element):
            self.rows.add(element)
        if sets_apart and not (tag in _CELLS and above.element in self.rows):
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

    def meaning(self, tag: str, names: Names) -> tuple[int, str | None]:
        """The kinds that an element's names speak of, and the scaffolding that it says it is; past :data:`MOST_NAMES` of
        a page its tag alone has a say."""
        found = self.known.get((tag, names))
        if found is None:
            if len(self.known) >= MOST_NAMES:
                return 0, scaffold_of(tag, None, None)
            found = self.known[tag, names] = kinds_of(names), scaffold_of(tag, names[0], names[1])
        return found


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


def is_unseen(element: html.HtmlElement) -> bool:
    """Is an element, and all that is in it, not shown to a reader?"""
    return not isinstance(element.tag, str) or _is_hidden(element.tag, dict(element.items()))


def _is_hidden(tag: str, said: Mapping[str, str]) -> bool:
    """The same by a tag and its attributes."""
    if tag in _UNSEEN:
        return True
    if not said:
        return False
    if "hidden" in said or said.get("aria-hidden") == "true":
        return not _is_behind_paywall(tag, said)
    style = said.get("style")
    return style is not None and _HIDDEN.search(style) is not None and not _is_behind_paywall(tag, said)


def _is_behind_paywall(tag: str, said: Mapping[str, str]) -> bool:
    """Text of the article that the page hides from who has not paid: schema.org's example of paywalled content names it so."""
    return "paywall" in said.get("class", "") and tag in ("p", "div", "section")
