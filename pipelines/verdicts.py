"""Is a block the article's? A judge of a few hundred small decision trees, trained on annotated pages.

The trees are data (``data/verdicts.npz``, made by ``tools/train_verdicts.py`` with LightGBM), read here with numpy alone: a
crawl needs no learning library. What a verdict rests on can be told: each step down a tree moves the verdict by
what the feature asked there is worth (Saabas, "Interpreting random forests", 2014), and the kind of feature that spoke most
against a block names the rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from pipelines.features import COLUMNS, Matrix

Values = np.ndarray[tuple[int], np.dtype[np.float32]]

FILE = Path(__file__).parent / "data" / "verdicts.npz"
_AT_ONCE = 500
"""Rows judged together, so that a page of thousands of blocks takes no more memory than one of hundreds."""
KEPT = 0.55
"""The verdict from which a block is the article's, of 1: where, over publishers that the judge was not trained on, most
pages came out with no foreign line and no paragraph lost."""


@dataclass(frozen=True, slots=True)
class Trees:
    """Perfect binary trees of one depth, a row a tree: the column asked at each node, the value up to which the way
    goes left, and what each node (leaves last) is worth. ``kind`` is the reason that each column stands for."""

    column: np.ndarray[Any, np.dtype[np.int64]]
    limit: np.ndarray[Any, np.dtype[np.float32]]
    worth: np.ndarray[Any, np.dtype[np.float32]]
    kind: np.ndarray[Any, np.dtype[np.int64]]
    depth: int

    @property
    def inner(self) -> int:
        """Nodes of a tree that ask."""
        return int(self.limit.shape[1])


@cache
def trees() -> Trees:
    """The judge as shipped. Raises ValueError when it was trained on other features than are computed now."""
    with np.load(FILE, allow_pickle=False) as stored:
        if list(stored["columns"]) != COLUMNS:
            raise ValueError(f"{FILE.name} was trained on other features; run tools/train_verdicts.py")
        worth = stored["worth"].astype(np.float32)
        depth = int(worth.shape[1] + 1).bit_length() - 2
        return Trees(stored["column"].astype(np.int64), stored["limit"].astype(np.float32), worth, _kinds(), depth)


def verdicts_of(features: Matrix) -> tuple[Values, list[str]]:
    """How sure it is, from 0 to 1, that each row's block is the article's; and what spoke most against it: the kind of
    feature whose questions took most of its verdict away."""
    sure, reasons = [], []
    for start in range(0, len(features), _AT_ONCE):
        some = _verdicts_of(features[start : start + _AT_ONCE], trees())
        sure.append(some[0])
        reasons += some[1]
    return np.concatenate(sure), reasons


def _verdicts_of(features: Matrix, judge: Trees) -> tuple[Values, list[str]]:
    rows, columns = features.shape
    values = features.ravel()
    row_at = (np.arange(rows) * columns)[:, None]
    tree_at = np.arange(len(judge.worth)) * judge.inner
    worth_at = np.arange(len(judge.worth)) * judge.worth.shape[1]
    node = np.zeros((rows, len(judge.worth)), np.int64)
    was = judge.worth.take(worth_at)[None, :]
    against = np.zeros(rows * len(_REASONS))
    reason_at = (np.arange(rows) * len(_REASONS))[:, None]
    for _ in range(judge.depth):
        at = tree_at + node
        asked = judge.column.take(at)
        node = 2 * node + 1 + (values.take(row_at + asked) > judge.limit.take(at))
        now = judge.worth.take(worth_at + node)
        kinds = reason_at + judge.kind.take(asked)
        against += np.bincount(kinds.ravel(), (now - was).ravel(), minlength=len(against))
        was = now
    total = was.sum(axis=1, dtype=np.float64)
    sure: Values = (1 / (1 + np.exp(-total))).astype(np.float32)
    return sure, [_REASONS[worst] for worst in against.reshape(rows, -1).argmin(axis=1)]


_REASONS = ("length", "links", "look", "place", "company", "names", "wording", "voices")
"""Its own length · its links · its punctuation, capitals, type · where it stands · the blocks like it and around it · what its
elements are called · what it speaks of · what title, standfirst and JSON-LD say."""
_OF_COLUMN = {
    "length": ("size", "weight", "words", "commas", "stops"),
    "links": ("linked", "links", "led", "mail"),
    "place": ("level", "depth", "at", "between", "from first", "to last", "running", "within of total", "inside", "branch at", "core of total", "core of within"),
    "voices": ("title words", "is title", "is summary", "in json-ld", "has json-ld"),
}  # fmt: skip
_OF_PREFIX = {
    "company": ("signature", "parent", "branch", "loose", "after", "same", "size ", "linked ", "sibling", "scaffold", "copies"),
    "names": ("tag", "in ", "own", "inner", "around"),
    "wording": ("says", "opens"),
}  # fmt: skip


def _kinds() -> np.ndarray[Any, np.dtype[np.int64]]:
    found = []
    for column in COLUMNS:
        exact = next((kind for kind, names in _OF_COLUMN.items() if column in names), None)
        prefix = next((kind for kind, starts in _OF_PREFIX.items() if column.startswith(starts)), "look")
        found.append(_REASONS.index(exact or prefix))
    return np.array(found, np.int64)
