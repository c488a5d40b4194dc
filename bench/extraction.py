"""``make bench-extraction``: how good and how fast our derivation is beside other extractors, on the corpus, in one run.

    python -m bench.extraction [PEER …]

A line each for a figure of the corpus' scorer and for speed: ours, the same with all outlet files switched off, trafilatura's
default, the peers; and the aim, where there is one, and whether our figure holds it.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.corpus import TRUTH, missing, scorer, write_pages
from bench.extractors import NO_OUTLETS, OURS, PEERS, TRAFILATURA
from bench.race import Run, race

AIMS = {
    ("aeb", "F1"): 0.980,
    ("aeb", "whole"): 0.93,
    ("aeb", "perfect"): 0.70,
    ("fundus", "F1"): 0.985,
    ("fundus", "whole"): 0.96,
    ("fundus", "perfect"): 0.72,
    ("fundus", "summary"): 0.98,
    ("fundus", "title"): 0.92,
    ("trafilatura", "title"): 0.85,
    ("postlight", "title"): 0.92,
    ("fundus", "date"): 0.985,
    ("htmldate", "date"): 0.94,
    ("trafilatura", "date"): 0.93,
    ("fundus", "authors"): 0.92,
    ("trafilatura", "authors"): 0.75,
    ("postlight", "authors"): 0.75,
}
AIMS_OF_ALL_SETS = {"none": 0.9, "language": 0.99}
FASTER = 2.0
"""Times trafilatura's pages a second."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of all extractors, in their order; None where the scorer has none. ``pages`` is what it was taken over."""

    kind: str
    column: str
    pages: int
    figures: tuple[float | None, ...]
    aim: float | None

    @property
    def holds(self) -> bool:
        """Is our figure, as it is printed, what it should be?"""
        return self.aim is None or round(self.figures[0] or 0.0, 3) >= self.aim


def main() -> None:
    """Measure, and print the table."""
    peers = sys.argv[1:]
    if unknown := [name for name in peers if name not in PEERS]:
        sys.exit(f"no peer {unknown[0]!r}; there are {', '.join(PEERS)}")
    if lack := missing():
        print(lack, file=sys.stderr)
        sys.exit(2)
    with tempfile.TemporaryDirectory() as folder:
        pages = Path(folder) / "pages"
        runs = race([OURS, NO_OUTLETS, TRAFILATURA, *peers], pages, write_pages(pages), Path(folder))
    print_table(runs, [*quality(runs), *speed(runs)])


def quality(runs: Sequence[Run]) -> list[Row]:
    """The scorer's figures of each set of truth."""
    score = scorer()
    articles = [{article["url"].replace(" ", "%20"): article for article in run.articles} for run in runs]
    rows = []
    for kind in score.SETS:
        truths = score.json_lines(TRUTH / f"{kind}.jsonl")
        urls = [truth["url"].replace(" ", "%20") for truth in truths]
        scored = [
            [score.score_page(kind, truth, found.get(url, {})) for truth, url in zip(truths, urls, strict=True)]
            for found in articles
        ]
        shares = tuple(sum(url in found for url in urls) / len(urls) for found in articles)
        rows.append(Row(kind, "found", len(urls), shares, None))
        for column in score.COLUMNS:
            measure = score.body_f1 if column == "F1" else lambda pages, column=column: score.mean(pages, column)
            figures = tuple(measure(pages) for pages in scored)
            if figures[0] is not None:
                aim = AIMS.get((kind, column)) or AIMS_OF_ALL_SETS.get(column)
                spoken_of = {"F1": ("F1", "counts", "snippets")}.get(column, (column,))
                count = sum(any(page.get(name) is not None for name in spoken_of) for page in scored[0])
                rows.append(Row(kind, column, count, figures, aim))
    return rows


def speed(runs: Sequence[Run]) -> list[Row]:
    """Pages a second on one core, and how many times trafilatura's that is."""
    yardstick = next(run.rate for run in runs if run.name == TRAFILATURA)
    return [
        Row("speed", "pages/s", runs[0].pages, tuple(run.rate for run in runs), None),
        Row("speed", "times", runs[0].pages, tuple(run.rate / yardstick for run in runs), FASTER),
    ]


def print_table(runs: Sequence[Run], rows: Sequence[Row]) -> None:
    """Print the figures, then which pages gave nothing and why, where another is ahead of us, and how many aims hold."""
    print(f"{'set':12}{'column':10}{'pages':>6}" + "".join(f"{run.name:>17}" for run in runs) + "   aim")
    for row in rows:
        cells = "".join(f"{'-':>17}" if figure is None else f"{figure:17.3f}" for figure in row.figures)
        verdict = f"   >= {row.aim:.3f} {'holds' if row.holds else 'MISSED'}" if row.aim else ""
        print(f"{row.kind:12}{row.column:10}{row.pages:6}{cells}{verdict}")
    print()
    for run in runs:
        if run.failures:
            most = ", ".join(f"{count} × {reason}" for reason, count in run.failures.most_common(3))
            print(f"{run.name}: nothing from {sum(run.failures.values())} pages: {most}")
    print(f"another is ahead of ours in: {', '.join(behind(runs, rows)) or 'nothing'}")
    aims = [row for row in rows if row.aim]
    print(f"{sum(row.holds for row in aims)} of {len(aims)} aims hold")


def behind(runs: Sequence[Run], rows: Sequence[Row]) -> list[str]:
    """The figures in which another tool is ahead of ours, each with the best of the others."""
    found = []
    for row in rows:
        figure, name = max(
            (figure or 0.0, run.name)
            for figure, run in zip(row.figures, runs, strict=True)
            if run.name not in (OURS, NO_OUTLETS)
        )
        if row.column not in ("found", "pages/s") and round(figure, 3) > round(row.figures[0] or 0.0, 3):
            found.append(f"{row.kind} {row.column} ({name} {figure:.3f})")
    return found


if __name__ == "__main__":
    main()
