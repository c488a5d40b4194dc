"""Train the judge of blocks on annotated pages, and write it as data.

    uv run --group train python tools/train_verdicts.py ../shared/corpus [--hold-out N]

Reads a corpus folder (pages.warc.gz and truth/*.jsonl, as in ../shared), makes each page's blocks and features with
the project's own code, and writes pipelines/data/verdicts.npz. With ``--hold-out N`` nothing is written: N times, a part of the
publishers is left out of training, and how their pages come out of the whole chain is printed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from archive.article import Publisher
from archive.errors import NotAnArticle
from archive.reading import read_captures
from pipelines import verdicts
from pipelines.derive import derive
from pipelines.documents import document_of
from pipelines.enclosed import enclosed
from pipelines.extraction import Candidates, candidates_of
from pipelines.features import COLUMNS
from pipelines.page import Page, page_of
from pipelines.summaries import summary_of
from pipelines.titles import title_of

DEPTH = 6
ROUNDS = 200
PARAMETERS = {
    "objective": "binary",
    "learning_rate": 0.07,
    "num_leaves": 31,
    "max_depth": DEPTH,
    "min_data_in_leaf": 20,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 2,
    "extra_trees": True,  # thresholds at random: a fifth less is learned by heart of these publishers' pages
    "verbose": -1,
    "seed": 7,
    "deterministic": True,
    "num_threads": 2,
}
_WHOLE = {"aeb": 1.0, "fundus": 1.0, "mozilla": 0.3, "newspaper4k": 0.3}
"""Truths that hold whole bodies, and what a block of theirs weighs: the last two are the output of tools."""
_DOES_NOT_MATTER = 0.05
"""Weight of a block that neither helps nor harms: the title or standfirst again, or fewer than three words."""
_FALSE_SNIPPET = 0.7


@dataclass
class Example:
    """A page's rows, with what each is (1 the article's, 0 not) and what it weighs (0: nobody knows)."""

    page: Page
    publisher: str
    candidates: Candidates
    truths: dict[str, Any]
    labels: np.ndarray
    weights: np.ndarray


def main() -> None:
    """Read, train, and write or report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--hold-out", type=int, default=0)
    arguments = parser.parse_args()
    sys.path.insert(0, str(arguments.corpus))
    examples = read(arguments.corpus)
    print(f"{len(examples)} pages, {sum(len(e.labels) for e in examples)} blocks")
    if arguments.hold_out:
        hold_out(examples, arguments.hold_out)
    else:
        write(train(examples), verdicts.FILE)
        print(f"{verdicts.FILE}: {verdicts.FILE.stat().st_size} bytes")


def read(corpus: Path) -> list[Example]:
    """The corpus' pages that some truth speaks of, as examples."""
    import score

    truths: dict[str, dict[str, Any]] = {}
    for kind in score.SETS:
        for row in score.json_lines(corpus / "truth" / f"{kind}.jsonl"):
            truths.setdefault(row["url"].replace(" ", "%20"), {})[kind] = row
    found = []
    for capture in read_captures(corpus / "pages.warc.gz"):
        known = truths.get(capture.url.replace(" ", "%20"))
        if known is None or capture.status != 200:
            continue
        try:
            host = capture.url.split("/")[2]
            page = page_of(capture, None, Publisher(id=host, name=host))
            document = document_of(page)
        except NotAnArticle:
            continue
        candidates = candidates_of(document, title_of(document), summary_of(document))
        if candidates.blocks:
            labels, weights = labelled([block.text for block in candidates.blocks], known)
            among = np.array(enclosed(candidates.blocks, (labels > 0.5).tolist()))
            weights[among & (labels < 0.5)] *= _DOES_NOT_MATTER  # some truths hold paragraphs only
            publisher = next((row["publisher"] for row in known.values() if row.get("publisher")), capture.url)
            found.append(Example(page, publisher, candidates, known, labels, weights))
    return found


def labelled(texts: list[str], known: dict[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """What each block is, by the best truth of its page."""
    import score

    labels, weights = np.zeros(len(texts)), np.zeros(len(texts))
    for kind, weight in _WHOLE.items():
        row = known.get(kind)
        if not row or not row.get("text"):
            continue
        paragraphs = row.get("paragraphs") or row["text"].split("\n")
        wanted = score.grams("\n".join(paragraphs))
        tolerated = score.grams(f"{row['text']}\n{row.get('title') or ''}\n{' '.join(row.get('summary') or [])}")
        lines = {score.plain(line) for line in row["text"].split("\n")}
        for at, text in enumerate(texts):
            short = len(score.tokens(text)) < 3
            labels[at] = score.plain(text) in lines if short else score.covered(text, wanted)
            indifferent = short or (not labels[at] and score.covered(text, tolerated))
            weights[at] = weight * (_DOES_NOT_MATTER if indifferent else 1.0)
        return labels, weights * (20 / max(5, labels.sum())) ** 0.3  # long pages should not outshout short ones
    if row := known.get("trafilatura"):
        right, wrong = ([score.plain(s) for s in row[side]] for side in ("with", "without"))
        for at, text in enumerate(map(score.plain, texts)):
            if any(snippet in text for snippet in right):
                labels[at], weights[at] = 1, 1
            elif any(snippet in text for snippet in wrong):
                weights[at] = _FALSE_SNIPPET
    return labels, weights


def train(examples: list[Example]) -> lightgbm.Booster:
    """Fit the trees."""
    rows = np.vstack([example.candidates.features for example in examples])
    labels = np.concatenate([example.labels for example in examples])
    weights = np.concatenate([example.weights for example in examples])
    known = weights > 0
    return lightgbm.train(PARAMETERS, lightgbm.Dataset(rows[known], labels[known], weight=weights[known]), ROUNDS)


def hold_out(examples: list[Example], parts: int) -> None:
    """Print how whole pages come out of publishers that the judge has not seen, phrases and all."""
    import score

    scores: dict[str, list[dict[str, Any]]] = {"aeb": [], "fundus": []}
    with tempfile.TemporaryDirectory() as folder:
        for part in range(parts):
            verdicts.FILE = Path(folder) / f"{part}.npz"
            verdicts.trees.cache_clear()
            write(train([e for e in examples if _part(e, parts) != part]), verdicts.FILE)
            for example in examples:
                if _part(example, parts) == part and scores.keys() & example.truths.keys():
                    told = _derived(example.page)
                    for kind in scores.keys() & example.truths.keys():
                        scores[kind].append(score.score_page(kind, example.truths[kind], told))
    for kind, pages in scores.items():
        means = {column: round(score.mean(pages, column), 3) for column in ("spotless", "whole", "perfect")}
        print(kind, len(pages), f"F1 {score.body_f1(pages):.4f}", means)


def _part(example: Example, parts: int) -> int:
    return zlib.crc32(example.publisher.encode()) % parts


def _derived(page: Page) -> dict[str, Any]:
    try:
        return derive(page).model_dump(mode="json")
    except NotAnArticle:
        return {}


def write(judge: lightgbm.Booster, path: Path) -> None:
    """Write the trees as perfect ones of one depth: a leaf above the bottom is worth the same all the way down."""
    stored = judge.dump_model()["tree_info"]
    nodes = 2 ** (DEPTH + 1) - 1
    column = np.zeros((len(stored), nodes), np.int16)
    limit = np.full((len(stored), nodes), np.inf, np.float32)
    worth = np.zeros((len(stored), nodes), np.float32)
    for at, tree in enumerate(stored):
        fill(tree["tree_structure"], 0, column[at], limit[at], worth[at])
    inner = 2**DEPTH - 1
    np.savez_compressed(
        path,
        columns=np.array(COLUMNS),
        column=column[:, :inner],
        limit=limit[:, :inner],
        worth=worth.astype(np.float16),
    )


def fill(node: dict[str, Any], place: int, column: np.ndarray, limit: np.ndarray, worth: np.ndarray) -> None:
    """Put a node, and all below it, at its place of a perfect tree."""
    leaf = "leaf_value" in node
    worth[place] = node["leaf_value"] if leaf else node["internal_value"]
    left, right = 2 * place + 1, 2 * place + 2
    if right >= len(worth):
        return
    if not leaf:
        column[place], limit[place] = (
            node["split_feature"],
            np.nextafter(np.float32(node["threshold"]), np.float32(np.inf)),
        )
    fill(node if leaf else node["left_child"], left, column, limit, worth)
    fill(node if leaf else node["right_child"], right, column, limit, worth)


if __name__ == "__main__":
    main()
