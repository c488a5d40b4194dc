"""Which lines are the article's? Structure speaks first, then the judge of blocks, and trafilatura where both are at a loss."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
from lxml import html

from pipelines.blocks import Block, Frame, blocks_of
from pipelines.deriving import Dropped
from pipelines.documents import Document, body_of, html_text
from pipelines.enclosed import enclosed
from pipelines.features import COLUMNS, Matrix, Voices, features_of, plain
from pipelines.region import chain_of, container_of
from pipelines.scripts import weight
from pipelines.text import even
from pipelines.verdicts import KEPT, Values, verdicts_of

_LEVELS = 6
"""Elements around the article's own that are looked at: bodies in several containers, standfirsts in a header."""
_ALL_LINKS = 0.95
_HEADINGS = ("h1", "h2", "h3")
_ENOUGH = 150
"""Weight below which what was found is taken for a miss."""
_REPEATED = 25
"""Weight of a line that stands on a page but once, unless it is the template's."""
_TEMPLATE = 3
"""Copies of such a line that make all of them the template's."""
_BELOW = 6
"""Blocks below the article's last where its credits may stand."""
_NEARLY_ALL = 0.85
"""Share of the text that the judge keeps from which JSON-LD's body is taken for the article whole. Of 44 annotated pages that
carry one it had all paragraphs on 37, and on 36 less than 6% that is not the article's."""
_SAID_TOO, _SAID_NOT = 0.2, 0.93
"""Verdicts from which a block is kept that such a body has, and one that it lacks."""
_HEADING = 0.25
"""The same for a sub-heading between blocks that are kept."""
_STAMP = 12
"""Weight below which what stands between a sub-heading and its text is an entry's time, or a number."""
_SIZE, _IN_JSON_LD, _HAS_JSON_LD = (COLUMNS.index(name) for name in ("weight", "in json-ld", "has json-ld"))
_HEADINGS_AT = [COLUMNS.index(f"tag {tag}") for tag in ("h1", "h2", "h3", "h4")]
"""Sub-headings are seldom in JSON-LD's body, and say nothing by not being there."""
_TOO_MANY = 15_000
"""Elements of a page that nobody else is asked about: trafilatura takes a second for these, and more than twice that for twice as many."""
_TOLD = 25
"""Weight from which a block that is part of another reader's line is taken for what he read; a word of a menu is in any text."""
_MORE = 1.5
"""JSON-LD's body is taken where it is this much longer than what the page shows."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """The blocks that may be the article's, a row of features each, and the lines that structure has ruled out."""

    blocks: list[Block]
    features: Matrix | None
    ruled: list[Dropped]


@dataclass(frozen=True, slots=True)
class Fields:
    """What of the page is in a field of its own already."""

    title: str
    summary: str | None = None
    captions: AbstractSet[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Extraction:
    """The article's lines in order (a paragraph, heading, list item or table row each), and what was left out and why.

    ``near`` are lines that the judge left out and that stand among the article's or right below: credits are there.
    """

    lines: list[str]
    dropped: list[Dropped]
    near: list[str]


def extracted_lines(document: Document, fields: Fields) -> Extraction:
    """The article's lines; lines that are boilerplate by their words are among them still."""
    found = _judged(candidates_of(document, fields.title, fields.summary), fields)
    own = _size(found.lines)
    more = max(_ENOUGH, own * _MORE)
    linked = _linked_lines(document) if len(_linked_body(document)) > own * _MORE else []
    if _size(linked) >= more:
        return Extraction(linked, found.dropped, found.near)
    if own >= _ENOUGH:
        return found
    other = _second_opinion(document)
    return Extraction(other, found.dropped, found.near) if not own or _size(other) >= more else found


def lines_outside(document: Document, told: AbstractSet[str]) -> list[Dropped]:
    """The page's lines that stand outside the article's element, but for those that were told of already."""
    blocks = {block.text: block for block in blocks_of(body_of(document)) if block.text not in told}
    return [Dropped(text, f"structure/{block.scaffold or 'elsewhere'}") for text, block in blocks.items()]


def _size(lines: Sequence[str]) -> int:
    return sum(map(weight, lines))


def candidates_of(document: Document, title: str, summary: str | None) -> Candidates:
    """What there is to judge."""
    body = body_of(document)
    chain = chain_of(container_of(body), _LEVELS)
    blocks = blocks_of(list(chain)[-1], list(chain))
    ruled = [Dropped(block.text, f"structure/{block.scaffold}") for block in blocks if block.scaffold]
    menu = [block for block in blocks if not block.scaffold and _is_menu(block, chain)]
    ruled += [Dropped(block.text, "structure/links") for block in menu]
    out = set(map(id, menu))
    free = [block for block in blocks if not block.scaffold and id(block) not in out]
    voices = Voices(title, summary or "", plain(_linked_body(document)))
    return Candidates(free, features_of(free, chain, voices) if free else None, ruled)


def _is_menu(block: Block, chain: Mapping[html.HtmlElement, int]) -> bool:
    """Nothing but links, and outside the article's element: that needs no judge."""
    if block.linked < len(block.text) * _ALL_LINKS or block.frame.element.tag in _HEADINGS:
        return False
    frame: Frame | None = block.frame
    while frame is not None and frame.element not in chain:
        frame = frame.above
    return frame is None or chain[frame.element] > 0


def _judged(candidates: Candidates, fields: Fields) -> Extraction:
    if candidates.features is None:
        return Extraction([], candidates.ruled, [])
    sure, reasons = verdicts_of(candidates.features)
    out = (sure < _bar(candidates.features, sure)).tolist()
    among = enclosed(candidates.blocks, [not is_out for is_out in out])
    out = [is_out and not is_among for is_out, is_among in zip(out, among, strict=True)]
    copies = Counter(block.text for block, is_out in zip(candidates.blocks, out, strict=True) if not is_out)
    lines: list[str] = []
    dropped = list(candidates.ruled)
    seen: set[str] = set()
    title, summary = plain(fields.title), plain(fields.summary or "")
    for block, is_out, reason in zip(candidates.blocks, out, reasons, strict=True):
        text = block.text
        rule = f"layout/{reason}" if is_out else _again(block, copies[text], seen)
        if text in fields.captions:
            dropped.append(Dropped(text, "caption"))
        elif rule:
            dropped.append(Dropped(text, _field_of(plain(text), title, summary) or rule))
        else:
            lines.append(text)
            seen.add(text)
    return Extraction(lines, dropped, _near([block.text for block in candidates.blocks], out))


def _field_of(letters: str, title: str, summary: str) -> str | None:
    """The field that has a line already: the title and the standfirst are often printed twice."""
    if letters and (letters == title or (len(letters) >= _REPEATED and letters in title)):
        return "title"
    return "standfirst" if len(letters) >= _REPEATED and letters in summary else None


def _bar(features: Matrix, sure: Values) -> Values:
    """How sure the judge has to be of each block: surer of what JSON-LD's body lacks, where that body has nearly all he keeps;
    less sure of a sub-heading, once the text below it is the article's."""
    bar = np.full(len(sure), KEPT, np.float32)
    size, said = features[:, _SIZE], features[:, _IN_JSON_LD]
    heading = features[:, _HEADINGS_AT].any(axis=1)
    kept = sure >= KEPT
    follows = np.append(kept, [False, False])
    announces = follows[1:-1] | (follows[2:] & (np.append(size[1:], np.inf) < _STAMP))
    bar[heading & announces & (np.cumsum(kept) > 0)] = _HEADING
    worth = size * kept
    if features[0, _HAS_JSON_LD] and (worth * said).sum() >= max(_ENOUGH, _NEARLY_ALL * worth.sum()):
        bar[said == 1] = _SAID_TOO
        bar[(said == 0) & ~heading] = _SAID_NOT
    return bar


def _again(block: Block, copies: int, seen: AbstractSet[str]) -> str | None:
    """The template says things twice; a plain paragraph that says a thing again does so on purpose."""
    if (
        copies < 2
        or weight(block.text) < _REPEATED
        or (block.frame.element.tag == "p" and not block.frame.element.attrib)
    ):
        return None
    return "repeated" if copies >= _TEMPLATE or block.text in seen else None


def _near(texts: Sequence[str], out: Sequence[bool]) -> list[str]:
    kept = [at for at, is_out in enumerate(out) if not is_out]
    if not kept:
        return []
    last = kept[-1] + _BELOW
    return [text for at, (text, is_out) in enumerate(zip(texts, out, strict=True)) if is_out and kept[0] < at <= last]


def _linked_body(document: Document) -> str:
    body = document.about.get("articleBody")
    return body if isinstance(body, str) else ""


def _linked_lines(document: Document) -> list[str]:
    return _split(html_text(_linked_body(document).replace("</p>", "\n").replace("<br", "\n<br")))


def _second_opinion(document: Document) -> list[str]:
    """The page's blocks that trafilatura reads, too, where it is asked about the whole page; none of a page that would take it seconds.

    Blocks, not its own lines: those may join what the page sets apart.
    """
    blocks = [(block.text, plain(block.text)) for block in blocks_of(body_of(document)) if not block.scaffold]
    if not blocks or len(document.elements) > _TOO_MANY:
        return []
    import trafilatura
    from trafilatura.settings import Extractor

    options = Extractor(
        output_format="python", comments=False, tables=True, dedup=False, with_metadata=False, fast=True
    )
    found = trafilatura.bare_extraction(copy.deepcopy(document.tree), options=options)
    if found is None or isinstance(found, dict):
        return []
    read = [plain(line) for line in (found.text or "").split("\n")]
    whole, lines = "".join(read), set(read)
    return [
        text
        for text, letters in blocks
        if letters and (letters in lines or (weight(text) >= _TOLD and letters in whole))
    ]


def _split(text: str) -> list[str]:
    return [line for line in (even(part) for part in text.split("\n")) if line]
