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

_FILE = Path(__file__).parent / "data" / "verdicts.npz"
KEPT = 0.6
"""The verdict from which a block is the article's, of 1: where, over publishers that the judge was not trained on, most
pages came out with no foreign line and no paragraph lost."""


@dataclass(frozen=True, slots=True)
class Trees:
    """Perfect binary trees of one depth, a row a tree: the column asked at each node, the value up to which the way
    goes left, and what each node (leaves last) is worth."""

    column: np.ndarray[Any, np.dtype[np.int64]]
    limit: np.ndarray[Any, np.dtype[np.float32]]
    worth: np.ndarray[Any, np.dtype[np.float32]]
    depth: int


@cache
def trees() -> Trees:
    """The judge as shipped. Raises ValueError when it was trained on other features than are computed now."""
    with np.load(_FILE, allow_pickle=False) as stored:
        if list(stored["columns"]) != COLUMNS:
            raise ValueError(f"{_FILE.name} was trained on other features; run tools/train_verdicts.py")
        worth = stored["worth"].astype(np.float32)
        depth = int(worth.shape[1] + 1).bit_length() - 2
        return Trees(stored["column"].astype(np.int64), stored["limit"].astype(np.float32), worth, depth)


def verdicts_of(features: Matrix) -> Values:
    """How sure it is, from 0 to 1, that each row's block is the article's."""
    judge = trees()
    every = np.arange(len(judge.worth))
    node = np.zeros((len(features), len(every)), np.int64)
    rows = np.arange(len(features))[:, None]
    for _ in range(judge.depth):
        asked = judge.column[every, node]
        node = 2 * node + 1 + (features[rows, asked] > judge.limit[every, node])
    total = judge.worth[every, node].sum(axis=1, dtype=np.float32)
    found: Values = (1 / (1 + np.exp(-total))).astype(np.float32)
    return found


def reasons_of(features: Matrix) -> list[str]:
    """What spoke most against each row's block: the kind of feature whose questions took most of its verdict away."""
    judge = trees()
    kinds = _kinds()
    spoke = np.zeros((len(features), len(_REASONS)), np.float32)
    every = np.arange(len(judge.worth))
    rows = np.arange(len(features))
    node = np.zeros((len(features), len(every)), np.int64)
    for _ in range(judge.depth):
        asked = judge.column[every, node]
        below = 2 * node + 1 + (features[rows[:, None], asked] > judge.limit[every, node])
        np.add.at(spoke, (rows[:, None], kinds[asked]), judge.worth[every, below] - judge.worth[every, node])
        node = below
    return [_REASONS[at] for at in spoke.argmin(axis=1)]


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


@cache
def _kinds() -> np.ndarray[Any, np.dtype[np.int64]]:
    found = []
    for column in COLUMNS:
        exact = next((kind for kind, names in _OF_COLUMN.items() if column in names), None)
        prefix = next((kind for kind, starts in _OF_PREFIX.items() if column.startswith(starts)), "look")
        found.append(_REASONS.index(exact or prefix))
    return np.array(found, np.int64)
