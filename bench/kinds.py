"""How often the kind of a document is right: ``python -m bench.kinds``, over the pages of the corpus that people labelled.

``kinds.jsonl`` beside it holds each page's URL and its kind, as read from its title, its opening and its JSON-LD.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from bench.corpus import missing
from bench.enrichment import derived

TRUTH = Path(__file__).parent / "kinds.jsonl"


def main() -> None:
    """Derive the labelled pages, and print precision and recall of each kind."""
    if lack := missing():
        print(lack, file=sys.stderr)
        sys.exit(2)
    truth = {row["url"]: row["kind"] for row in map(json.loads, TRUTH.read_text("utf-8").splitlines())}
    kinds = {url: article.kind for url, article in derived(set(truth)).items()}
    print_figures(Counter((kind, kinds.get(url, "nothing")) for url, kind in truth.items()))


def print_figures(pairs: Mapping[tuple[str, str], int]) -> None:
    """A line a kind: pages that have it, precision and recall; then those that are of one and were taken for another."""
    print(f"{'kind':12}{'pages':>6}{'precision':>11}{'recall':>8}")
    for kind in sorted({truth for truth, _ in pairs}):
        right = pairs.get((kind, kind), 0)
        said = sum(count for (_, found), count in pairs.items() if found == kind)
        there = sum(count for (truth, _), count in pairs.items() if truth == kind)
        print(f"{kind:12}{there:6}{right / said if said else 0.0:11.3f}{right / there:8.3f}")
    named = {pair: count for pair, count in pairs.items() if pair[1] not in ("unknown", "nothing")}
    right = sum(count for (truth, found), count in named.items() if truth == found)
    print(f"of {sum(named.values())} kinds that are named {right} are right")
    for (truth, found), count in sorted(pairs.items()):
        if truth != found:
            print(f"  {count} × {truth} taken for {found}")


if __name__ == "__main__":
    main()
