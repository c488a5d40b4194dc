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
Places = np.ndarray[tuple[int, int], np.dtype[np.int64]]
Worths = np.ndarray[tuple[int, int], np.dtype[np.float32]]

FILE = Path(__file__).parent / "data" / "verdicts.npz"
_AT_ONCE = 500
"""Rows judged together, so that a page of thousands of blocks takes no more memory than one of hundreds."""
KEPT = 0.55
"""The verdict from which a block is the article's, of 1: where, over publishers that the judge was not trained on, most
pages came out with no foreign line and no paragraph lost."""


@dataclass(frozen=True, slots=True)
class Trees:
    """Perfect binary trees of one depth, a row a tree: the column asked at each node, the value up to which the way
    goes left, and what each leaf is worth. ``against`` is, by leaf and reason, what the questions on the way to it were worth."""

    column: Places
    limit: Worths
    worth: Worths
    against: Worths
    depth: int


@cache
def trees() -> Trees:
    """The judge as shipped. Raises ValueError when it was trained on other features than are computed now."""
    with np.load(FILE, allow_pickle=False) as stored:
        if list(stored["columns"]) != COLUMNS:
            raise ValueError(f"{FILE.name} was trained on other features; run tools/train_verdicts.py")
        column, limit, worth = stored["column"].astype(np.int64), stored["limit"], stored["worth"].astype(np.float32)
    inner = limit.shape[1]
    return Trees(
        column, limit.astype(np.float32), worth[:, inner:], _against(column, worth), (inner + 1).bit_length() - 1
    )


def _against(column: Places, worth: Worths) -> Worths:
    """What the questions on the way to each leaf move a verdict by, a row a leaf of all trees, summed by their reasons."""
    count, nodes = worth.shape
    moved = np.zeros((count, nodes, len(_REASONS)))
    kinds = _kinds()
    for node in range(1, nodes):
        above = (node - 1) // 2
        moved[:, node] = moved[:, above]
        moved[np.arange(count), node, kinds[column[:, above]]] += worth[:, node] - worth[:, above]
    return moved[:, nodes // 2 :].reshape(-1, len(_REASONS)).astype(np.float32)


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
    leaf = _leaves(features, judge)
    total = judge.worth.take(leaf).sum(axis=1, dtype=np.float64)
    sure: Values = (1 / (1 + np.exp(-total))).astype(np.float32)
    # A sum over the trees: as a product with ones it takes a seventh of the time of .sum(axis=1).
    against = np.ones((1, leaf.shape[1]), np.float32) @ judge.against.take(leaf, axis=0)
    return sure, [_REASONS[worst] for worst in against[:, 0].argmin(axis=1)]


def _leaves(features: Matrix, judge: Trees) -> Places:
    """The leaf that each row comes to in each tree, by its place among those of all trees."""
    rows, columns = features.shape
    values = features.ravel()
    row_at = (np.arange(rows) * columns)[:, None]
    count, inner = judge.limit.shape
    tree_at = np.arange(count) * inner
    node = np.zeros((rows, count), np.int64)
    for _ in range(judge.depth):
        at = tree_at + node
        node = 2 * node + 1 + (values.take(row_at + judge.column.take(at)) > judge.limit.take(at))
    return node - inner + np.arange(count) * (inner + 1)


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
