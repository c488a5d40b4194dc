"""What speaks for a block being the article's, and what against: numbers, a row a block, for the judge in verdicts.py."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from lxml import html

from pipelines.blocks import Block, Frame
from pipelines.markup import KINDS
from pipelines.scripts import weight
from pipelines.wording import HINTS, hints_of

Matrix = np.ndarray[tuple[int, int], np.dtype[np.float32]]

_WORDS = re.compile(r"[^\W\d_]+")
_LETTERS = re.compile(r"[^\W_]+")
_TERMINAL = (".", "!", "?", "…", "。", "！", "？", "»", "”", '"', "।", "؟", "」", ")", "’", "“", "۔")
_TIMED = re.compile(r"\d{1,2}[:.h]\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d\b|\d{4}年|\b(?:19|20)\d\d\b")
_TAGS = (
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "li",
    "div",
    "td",
    "blockquote",
    "section",
    "dd",
    "header",
    "pre",
    "body",
    "article",
)
_AROUND = (
    "article",
    "main",
    "header",
    "figure",
    "table",
    "ul",
    "ol",
    "blockquote",
    "section",
    "details",
    "dl",
    "td",
    "li",
)
_TAG_BITS = {tag: 1 << at for at, tag in enumerate(_TAGS)}
_LONG = 80
_DIGITS = re.compile(r"\d+")
_LONGEST_LINE = 500
"""Characters of a line that can be a prompt, a credit or a teaser, so that its words are weighed one by one."""
_READ = 400
"""Characters of a block that are read for its words: what a long paragraph goes on to say tells no more of what it is."""
_MOST_WORDS = 200
_OPENING = 3
"""Words that a prompt, a credit or a teaser opens with."""
_OUTSIDE = 12


@dataclass(frozen=True, slots=True)
class Voices:
    """What the rest of the page says of the article: its title and standfirst, and as plain letters the body that
    JSON-LD carries; empty where it says nothing."""

    title: str = ""
    summary: str = ""
    linked_body: str = ""


@dataclass(slots=True)
class _Sums:
    core: float = 0.0
    count: int = 0
    size: float = 0.0
    linked: float = 0.0


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a block stands: how far out of the container, on which branch, how deep; and by ``keys`` whose company it
    keeps: of those named as it is, of its parent, of its branch, and of those with its tag as far out."""

    level: int
    branch: html.HtmlElement
    depth: int
    inner: int
    keys: tuple[Any, ...]


def plain(text: str) -> str:
    """Letters and digits alone, small, so that texts can be compared."""
    return "".join(_LETTERS.findall(text)).lower()


def features_of(blocks: Sequence[Block], chain: Mapping[html.HtmlElement, int], voices: Voices) -> Matrix:
    """A row of features for each block; the columns are :data:`COLUMNS`."""
    cores = [_core(block) for block in blocks]
    spots = [_spot(block, chain) for block in blocks]
    ground = _Ground(blocks, cores, spots)
    title = {word.lower() for word in _WORDS.findall(voices.title[:400]) if len(word) > 3}
    said = (plain(voices.title), plain(voices.summary), voices.linked_body)
    copies = Counter(block.text for block in blocks)
    rows: list[list[float]] = []
    spoken: list[list[str]] = []
    running = 0.0
    for at, (block, core, spot) in enumerate(zip(blocks, cores, spots, strict=True)):
        words = _WORDS.findall(block.text if len(block.text) <= _READ else block.text[:_READ])
        small = [word.lower() for word in words] if len(words) < _MOST_WORDS else []
        spoken.append(small if len(block.text) <= _LONGEST_LINE else [])
        rows.append(
            [
                *_of_text(block, words, small, title, said),
                copies[block.text],
                core / ground.total,
                core / ground.within,
                running / ground.within,
                *ground.where(at, spot),
                *ground.company(spot),
                *_of_neighbours(blocks, at),
            ]
        )
        running += core if spot.level == 0 else 0.0
    return np.hstack([np.array(rows, dtype=np.float32), _flags(blocks, spots, spoken)])


class _Ground:
    """The lie of the land: what all blocks together come to."""

    def __init__(self, blocks: Sequence[Block], cores: Sequence[float], spots: Sequence[_Spot]) -> None:
        inside = [at for at, spot in enumerate(spots) if spot.level == 0 and cores[at]]
        self.total = sum(cores) or 1.0
        self.within = sum(cores[at] for at in inside) or 1.0
        self.count, self.inside = len(blocks), len(inside)
        self.first, self.last = (inside[0], inside[-1]) if inside else (0, self.count - 1)
        self.span = max(1, self.last - self.first)
        self.sums: dict[Any, _Sums] = defaultdict(_Sums)
        for block, core, spot in zip(blocks, cores, spots, strict=True):
            for key in spot.keys:
                one = self.sums[key]
                one.core += core
                one.count += 1
                one.size += len(block.text)
                one.linked += block.linked
        self.branch_at: dict[html.HtmlElement, float] = {}
        for at, spot in enumerate(spots):
            self.branch_at.setdefault(spot.branch, (at - self.first) / self.span)

    def company(self, spot: _Spot) -> list[float]:
        found: list[float] = []
        for key in spot.keys:
            one = self.sums[key]
            found += (one.core / self.within, one.count, one.size / one.count, one.linked / max(1.0, one.size))
        return found

    def where(self, at: int, spot: _Spot) -> list[float]:
        return [
            spot.level,
            spot.depth,
            at / self.count,
            (at - self.first) / self.span,
            max(-30, min(30, at - self.first)),
            max(-30, min(30, self.last - at)),
            self.within / self.total,
            self.inside,
            self.branch_at[spot.branch],
        ]


_WHERE = ["level", "depth", "at", "between", "from first", "to last", "within of total", "inside", "branch at"]


def _of_text(
    block: Block, words: list[str], small: list[str], title: set[str], said: tuple[str, str, str]
) -> list[float]:
    text, size = block.text, len(block.text)
    read = text if size <= _READ else text[:_READ]
    head, tail = plain(read[:70])[:50], plain(text[-70:])[-50:]
    digits = len(_DIGITS.sub("", read))
    return [
        min(size, 2000),
        weight(text),
        len(words),
        block.linked / size,
        block.links,
        block.strong / size,
        block.slanted / size,
        block.breaks,
        text.endswith(_TERMINAL),
        text.endswith((":", "：")),
        text[0].isupper(),
        not text[0].isalnum(),
        len([word for word in words if word[0].isupper()]) / max(1, len(words)),
        text.isupper(),
        1 - digits / len(read),
        read.count(",") + read.count("、") + read.count("，"),
        read.count(". ") + read.count("。") + read.count("। "),
        text.endswith(("?", "？")),
        "|" in read,
        "@" in read,
        "http" in read or "www." in read,
        "©" in read,
        "#" in read,
        size <= 300 and _TIMED.search(read) is not None,
        block.mail,
        block.led,
        len(title.intersection(small)) / len(words) if title and words and len(words) < 60 else 0.0,
        _said(head, tail, said[0]),
        _said(head, tail, said[1]),
        _said(head, tail, said[2]),
        len(said[2]) > 300,
    ]


_TEXT = [
    "size", "weight", "words", "linked", "links", "strong", "slanted", "breaks", "terminal", "colon", "upper", "symbol", "capitals", "shout", "digits", "commas", "stops", "question",
    "bar", "handle", "address", "owned", "tagged", "timed", "mail", "led", "title words", "is title", "is summary", "in json-ld", "has json-ld",
]  # fmt: skip


def _of_neighbours(blocks: Sequence[Block], at: int) -> list[float]:
    tag = blocks[at].frame.element.tag
    before, after = blocks[at - 1] if at else None, blocks[at + 1] if at + 1 < len(blocks) else None
    return [
        before is not None and before.text.endswith((":", "：")),
        before is not None and before.frame.element.tag in ("h2", "h3", "h4", "h5"),
        before is not None and before.frame.element.tag == tag,
        after is not None and after.frame.element.tag == tag,
        0 if before is None else len(before.text),
        0 if after is None else len(after.text),
        0 if before is None else before.linked / len(before.text),
        0 if after is None else after.linked / len(after.text),
        before is not None and before.frame.above is blocks[at].frame.above,
        after is not None and after.frame.above is blocks[at].frame.above,
        before is not None and before.scaffold is not None,
        after is not None and after.scaffold is not None,
    ]


_NEIGHBOURS = [
    "after colon", "after heading", "same before", "same after", "size before", "size after", "linked before", "linked after", "sibling before", "sibling after",
    "scaffold before", "scaffold after",
]  # fmt: skip


def _flags(blocks: Sequence[Block], spots: Sequence[_Spot], spoken: Sequence[list[str]]) -> Matrix:
    """Tags, kinds and hints, a column each."""
    return np.hstack(
        [
            _bits([_TAG_BITS.get(block.frame.element.tag, 0) for block in blocks], len(_TAGS)),
            _bits([_around(block.frame.tags) for block in blocks], len(_AROUND)),
            _bits([block.own for block in blocks], len(KINDS)),
            _bits([spot.inner for spot in spots], len(KINDS)),
            _bits([block.frame.around for block in blocks], len(KINDS)),
            _bits([hints_of(words) for words in spoken], len(HINTS)),
            _bits([hints_of(words[:_OPENING]) for words in spoken], len(HINTS)),
        ]
    )


@lru_cache(1_000)
def _around(tags: frozenset[str]) -> int:
    return sum(1 << at for at, tag in enumerate(_AROUND) if tag in tags)


def _bits(values: Sequence[int], count: int) -> Matrix:
    found: Matrix = ((np.array(values, dtype=np.int64)[:, None] >> np.arange(count)) & 1).astype(np.float32)
    return found


def _core(block: Block) -> float:
    """How much a block speaks for being running text."""
    share = block.linked / len(block.text)
    size = weight(block.text)
    return size * (1 - share) if size >= _LONG and share < 0.5 and block.scaffold is None else 0.0


def _spot(block: Block, chain: Mapping[html.HtmlElement, int]) -> _Spot:
    frame = block.frame
    branch, depth, inner, level = frame.element, 0, 0, _OUTSIDE
    now: Frame | None = frame
    while now is not None:
        if now.element in chain:
            level = chain[now.element]
            break
        if depth:
            inner |= now.own
        branch, depth = now.element, depth + 1
        now = now.above
    parent = frame.above.apart if frame.above is not None else frame.element
    tag = frame.element.tag
    keys = ((tag, frame.element.get("class"), block.own), ("parent", parent), ("branch", branch), (tag, level))
    return _Spot(level, branch, depth, inner, keys)


def _said(head: str, tail: str, voice: str) -> float:
    """How much of a block a voice says too: its beginning, its end."""
    if not voice or not head:
        return 0.0
    return (float(head in voice) + float(tail in voice)) / 2


COLUMNS: list[str] = [
    *_TEXT, "copies", "core of total", "core of within", "running", *_WHERE,
    *(f"{whom} {what}" for whom in ("signature", "parent", "branch", "loose") for what in ("core", "count", "size", "linked")),
    *_NEIGHBOURS, *(f"tag {tag}" for tag in _TAGS), *(f"in {tag}" for tag in _AROUND),
    *(f"own {kind}" for kind in KINDS), *(f"inner {kind}" for kind in KINDS), *(f"around {kind}" for kind in KINDS),
    *(f"says {hint}" for hint in HINTS), *(f"opens {hint}" for hint in HINTS),
]  # fmt: skip
