"""What speaks for a block being the article's, and what against: numbers, a row a block, for the judge in verdicts.py."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter
from typing import Any

import numpy as np
from lxml import html

from pipelines.blocks import Block, Frame
from pipelines.markup import KINDS
from pipelines.scripts import weight
from pipelines.wording import HINTS, hints_of

Matrix = np.ndarray[tuple[int, int], np.dtype[np.float32]]
Flags = np.ndarray[tuple[int, int], np.dtype[np.int64]]
Numbers = np.ndarray[tuple[int], np.dtype[Any]]
Column = Numbers | Sequence[float]
"""A feature of all blocks."""

_WORDS = re.compile(r"[^\W\d_]+")
_LETTERS = re.compile(r"[^\W_]+")
_SMALL = bytes(range(256)).lower()
_SIGNS = bytes(sign for sign in range(128) if not chr(sign).isalnum())
_TERMINAL = (".", "!", "?", "…", "。", "！", "？", "»", "”", '"', "।", "؟", "」", ")", "’", "“", "۔")
_COLONS = (":", "：")
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
_SUB_HEADINGS = ("h2", "h3", "h4", "h5")
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
_FIRST = itemgetter(0)


@dataclass(frozen=True, slots=True)
class Voices:
    """What the rest of the page says of the article: its title and standfirst, and as plain letters the body that
    JSON-LD carries; empty where it says nothing."""

    title: str = ""
    summary: str = ""
    linked_body: str = ""


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a block stands: how far out of the container, on which branch, how deep; and by ``keys`` whose company it
    keeps: of those named as it is, of its parent, of its branch, and of those with its tag as far out."""

    level: int
    branch: html.HtmlElement
    depth: int
    inner: int
    keys: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Page:
    """All blocks side by side, a number a block of what is counted, so that numpy compares them and not Python.

    ``share`` is that of links in a block, ``core`` how much it speaks for being running text, ``before`` how much of that
    stands before it in the container; ``total`` is all of that, ``within`` what is in the container.
    """

    blocks: Sequence[Block]
    texts: Sequence[str]
    tags: Sequence[str]
    spots: Sequence[_Spot]
    size: Numbers
    weight: Numbers
    share: Numbers
    level: Numbers
    core: Numbers
    before: Numbers
    total: float
    within: float


def plain(text: str) -> str:
    """Letters and digits alone, small, so that texts can be compared."""
    if text.isascii():  # the same in a fifth of the time
        return text.encode().translate(_SMALL, _SIGNS).decode()
    return "".join(_LETTERS.findall(text)).lower()


def features_of(blocks: Sequence[Block], chain: Mapping[html.HtmlElement, int], voices: Voices) -> Matrix:
    """A row of features for each block; the columns are :data:`COLUMNS`."""
    page = _page_of(blocks, [_spot(block, chain) for block in blocks])
    words = [_WORDS.findall(text[:_READ]) for text in page.texts]
    small = [list(map(str.lower, some)) if len(some) < _MOST_WORDS else [] for some in words]
    spoken = [some if len(text) <= _LONGEST_LINE else [] for some, text in zip(small, page.texts, strict=True)]
    copies = Counter(page.texts)
    columns: list[Column] = [
        *_of_texts(page, words),
        *_of_voices(page, small, words, voices),
        [copies[text] for text in page.texts],
        page.core / page.total,
        page.core / page.within,
        page.before / page.within,
        *_where(page),
        *_company(page),
        *_of_neighbours(page),
    ]
    rows: Matrix = np.empty((len(blocks), len(COLUMNS)), np.float32)
    rows[:, : len(columns)] = np.array(columns, np.float64).T
    rows[:, len(columns) :] = _flags(page, spoken).T
    return rows


def _page_of(blocks: Sequence[Block], spots: Sequence[_Spot]) -> _Page:
    texts = [block.text for block in blocks]
    tags = [block.frame.element.tag for block in blocks]
    size, heavy = np.array(list(map(len, texts))), np.array(list(map(weight, texts)))
    share = np.array([block.linked for block in blocks]) / size
    level = np.array([spot.level for spot in spots])
    free = np.array([block.scaffold is None for block in blocks])
    core = np.where((heavy >= _LONG) & (share < 0.5) & free, heavy * (1 - share), 0.0)
    within = np.append(0.0, np.where(level == 0, core, 0.0).cumsum())  # a block's share is that of those before it
    total = float(core.cumsum()[-1])
    return _Page(
        blocks,
        texts,
        tags,
        spots,
        size,
        heavy,
        share,
        level,
        core,
        within[:-1],
        total or 1.0,
        float(within[-1]) or 1.0,
    )


def _of_texts(page: _Page, words: Sequence[list[str]]) -> list[Column]:
    blocks, texts, size = page.blocks, page.texts, page.size
    count = np.array(list(map(len, words)))
    read = [text[:_READ] for text in texts]
    length = np.minimum(size, _READ)
    letters = np.array([len(_DIGITS.sub("", text)) for text in read])
    capitals = np.array([sum(map(str.isupper, map(_FIRST, some))) for some in words])
    return [
        np.minimum(size, 2000),
        page.weight,
        count,
        page.share,
        [block.links for block in blocks],
        np.array([block.strong for block in blocks]) / size,
        np.array([block.slanted for block in blocks]) / size,
        [block.breaks for block in blocks],
        [text.endswith(_TERMINAL) for text in texts],
        [text.endswith(_COLONS) for text in texts],
        [text[0].isupper() for text in texts],
        [not text[0].isalnum() for text in texts],
        capitals / np.maximum(1, count),
        [text.isupper() for text in texts],
        1 - letters / length,
        [text.count(",") + text.count("、") + text.count("，") for text in read],
        [text.count(". ") + text.count("。") + text.count("। ") for text in read],
        [text.endswith(("?", "？")) for text in texts],
        ["|" in text for text in read],
        ["@" in text for text in read],
        ["http" in text or "www." in text for text in read],
        ["©" in text for text in read],
        ["#" in text for text in read],
        [
            may and _TIMED.search(text) is not None
            for text, may in zip(read, ((letters < length) & (size <= 300)).tolist(), strict=True)
        ],
        [block.mail for block in blocks],
        [block.led for block in blocks],
    ]


def _of_voices(page: _Page, small: Sequence[list[str]], words: Sequence[list[str]], voices: Voices) -> list[Column]:
    """What a block says that the page's voices say, too."""
    title = {word.lower() for word in _WORDS.findall(voices.title[:400]) if len(word) > 3}
    ends = [(plain(text[:70])[:50], plain(text[-70:])[-50:]) for text in page.texts]
    return [
        [
            len(title.intersection(some)) / len(every) if title and every and len(every) < 60 else 0.0
            for some, every in zip(small, words, strict=True)
        ],
        _said(ends, plain(voices.title)),
        _said(ends, plain(voices.summary)),
        _said(ends, voices.linked_body),
        [len(voices.linked_body) > 300] * len(page.texts),
    ]


_TEXT = [
    "size", "weight", "words", "linked", "links", "strong", "slanted", "breaks", "terminal", "colon", "upper", "symbol", "capitals", "shout", "digits", "commas", "stops", "question",
    "bar", "handle", "address", "owned", "tagged", "timed", "mail", "led", "title words", "is title", "is summary", "in json-ld", "has json-ld",
]  # fmt: skip


def _where(page: _Page) -> list[Column]:
    count = len(page.blocks)
    at, inside = np.arange(count), np.flatnonzero((page.level == 0) & (page.core != 0))
    first, last = (inside[0], inside[-1]) if len(inside) else (0, count - 1)
    between = (at - first) / max(1, last - first)
    branch_at: dict[html.HtmlElement, float] = {}
    for spot, where in zip(page.spots, between, strict=True):
        branch_at.setdefault(spot.branch, where)
    return [
        page.level,
        [spot.depth for spot in page.spots],
        at / count,
        between,
        (at - first).clip(-30, 30),
        (last - at).clip(-30, 30),
        [page.within / page.total] * count,
        [len(inside)] * count,
        [branch_at[spot.branch] for spot in page.spots],
    ]


_WHERE = ["level", "depth", "at", "between", "from first", "to last", "within of total", "inside", "branch at"]


def _company(page: _Page) -> list[Column]:
    """What the blocks come to that share a key, for each of a block's keys."""
    places: dict[Any, int] = {}
    key = np.array([[places.setdefault(key, len(places)) for key in spot.keys] for spot in page.spots])
    kinds = key.shape[1]
    linked = np.array([block.linked for block in page.blocks])
    count = np.bincount(key.ravel())
    core, size, links = (np.bincount(key.ravel(), np.repeat(one, kinds)) for one in (page.core, page.size, linked))
    columns = (core / page.within, count, size / count, links / np.maximum(1.0, size))
    return [column[key[:, kind]] for kind in range(kinds) for column in columns]


def _of_neighbours(page: _Page) -> list[Column]:
    """A block's two neighbours, and what it has in common with them; nothing beyond the page's first and last."""
    tags, above = page.tags, [block.frame.above for block in page.blocks]
    colon = [text.endswith(_COLONS) for text in page.texts]
    heading = [tag in _SUB_HEADINGS for tag in tags]
    scaffold = [block.scaffold is not None for block in page.blocks]
    same = [one == two for one, two in pairwise(tags)]
    sibling = [one is two for one, two in pairwise(above)]
    size, share = page.size.tolist(), page.share.tolist()
    return [
        [False, *colon[:-1]],
        [False, *heading[:-1]],
        [False, *same],
        [*same, False],
        [0, *size[:-1]],
        [*size[1:], 0],
        [0, *share[:-1]],
        [*share[1:], 0],
        [False, *sibling],
        [*sibling, False],
        [False, *scaffold[:-1]],
        [*scaffold[1:], False],
    ]


_NEIGHBOURS = [
    "after colon", "after heading", "same before", "same after", "size before", "size after", "linked before", "linked after", "sibling before", "sibling after",
    "scaffold before", "scaffold after",
]  # fmt: skip


def _flags(page: _Page, spoken: Sequence[list[str]]) -> Flags:
    """Tags, kinds and hints: a row a feature, all taken from their bits at once."""
    blocks = page.blocks
    bits = np.array(
        [
            [_TAG_BITS.get(tag, 0) for tag in page.tags],
            [_around(block.frame.tags) for block in blocks],
            [block.own for block in blocks],
            [spot.inner for spot in page.spots],
            [block.frame.around for block in blocks],
            [hints_of(words) for words in spoken],
            [hints_of(words[:_OPENING]) for words in spoken],
        ],
        np.int64,
    )
    found: Flags = bits[_OF] >> _BIT[:, None] & 1
    return found


_FLAGS = (len(_TAGS), len(_AROUND), len(KINDS), len(KINDS), len(KINDS), len(HINTS), len(HINTS))
_OF = np.repeat(np.arange(len(_FLAGS)), _FLAGS)
_BIT = np.concatenate([np.arange(count) for count in _FLAGS])
"""Of each flag, whose bit it is, and which."""


@lru_cache(1_000)
def _around(tags: frozenset[str]) -> int:
    return sum(1 << at for at, tag in enumerate(_AROUND) if tag in tags)


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


def _said(ends: Sequence[tuple[str, str]], voice: str) -> Column:
    """How much of each block a voice says too: its beginning, its end."""
    if not voice:
        return [0.0] * len(ends)
    return [((head in voice) + (tail in voice)) / 2 if head else 0.0 for head, tail in ends]


COLUMNS: list[str] = [
    *_TEXT, "copies", "core of total", "core of within", "running", *_WHERE,
    *(f"{whom} {what}" for whom in ("signature", "parent", "branch", "loose") for what in ("core", "count", "size", "linked")),
    *_NEIGHBOURS, *(f"tag {tag}" for tag in _TAGS), *(f"in {tag}" for tag in _AROUND),
    *(f"own {kind}" for kind in KINDS), *(f"inner {kind}" for kind in KINDS), *(f"around {kind}" for kind in KINDS),
    *(f"says {hint}" for hint in HINTS), *(f"opens {hint}" for hint in HINTS),
]  # fmt: skip
