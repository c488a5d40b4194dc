"""The judge: trees read from a file, which have to fit the features that are computed now."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipelines import verdicts
from pipelines.features import COLUMNS
from pipelines.verdicts import trees, verdicts_of


def a_judge(folder: Path, columns: list[str]) -> Path:
    """One tree of depth 2: linked above a half is worth -2; else weight above 100 is worth 3, and the rest 1."""
    path = folder / "verdicts.npz"
    linked, weight = COLUMNS.index("linked"), COLUMNS.index("weight")
    np.savez(
        path,
        columns=np.array(columns),
        column=np.array([[linked, weight, 0]], np.int16),
        limit=np.array([[0.5, 100, np.inf]], np.float32),
        worth=np.array([[0, 2, -2, 1, 3, -2, -2]], np.float16),
    )
    return path


@pytest.fixture
def judged_by(monkeypatch: pytest.MonkeyPatch) -> object:
    def judged_by(path: Path) -> None:
        monkeypatch.setattr(verdicts, "FILE", path)
        trees.cache_clear()

    yield judged_by
    monkeypatch.undo()
    trees.cache_clear()


def test_the_judge_that_is_shipped_fits_the_features() -> None:
    assert trees().column.max() < len(COLUMNS)


def test_a_judge_of_other_features_is_refused(tmp_path: Path, judged_by: object) -> None:
    judged_by(a_judge(tmp_path, ["something", "else"]))
    with pytest.raises(ValueError, match="train_verdicts"):
        trees()


def test_a_row_goes_down_the_tree_and_what_took_most_away_is_the_reason(tmp_path: Path, judged_by: object) -> None:
    judged_by(a_judge(tmp_path, COLUMNS))
    rows = np.zeros((3, len(COLUMNS)), np.float32)
    rows[0, COLUMNS.index("linked")] = 0.9
    rows[1, COLUMNS.index("weight")] = 300
    rows[2, COLUMNS.index("weight")] = 20
    sure, reasons = verdicts_of(rows)
    assert sure == pytest.approx([1 / (1 + np.exp(2)), 1 / (1 + np.exp(-3)), 1 / (1 + np.exp(-1))], abs=1e-3)
    assert reasons[0] == "links"
    assert reasons[2] == "length"
