"""The corpus of real pages beside the project, its scorer, and its pages as every contestant gets them."""

from __future__ import annotations

import importlib.util
import pickle
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
WARC = CORPUS / "pages.warc.gz"
SCORER = CORPUS / "score.py"
TRUTH = CORPUS / "truth"


@dataclass(frozen=True, slots=True)
class Raw:
    """A page as it was served: all that a contestant is told. Of plain types, so that it travels into any environment."""

    url: str
    content: bytes
    content_type: str | None
    fetched_at: datetime | None


def missing() -> str | None:
    """What of the corpus is not there, in a line; None when all is."""
    for path in (WARC, SCORER, TRUTH):
        if not path.exists():
            return f"no {path.name} of the corpus; it is expected at {path}"
    return None


def scorer() -> ModuleType:
    """The corpus' own scorer, as a module."""
    spec = importlib.util.spec_from_file_location("score", SCORER)
    if spec is None or spec.loader is None:
        sys.exit(f"{SCORER} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def write_pages(path: Path) -> int:
    """Write the corpus' pages to a file, decoded once for all contestants; returns how many there are."""
    from archive.article import Publisher
    from archive.reading import read_captures
    from pipelines.page import page_of

    nobody = Publisher(id="", name="")
    captures = (page_of(capture, None, nobody) for capture in read_captures(WARC) if capture.status == 200)
    return _write(path, (Raw(page.url, page.content, page.content_type, page.fetched_at) for page in captures))


def read_pages(path: Path) -> Iterator[Raw]:
    """The pages of such a file, one at a time."""
    with path.open("rb") as file:
        while True:
            try:
                yield pickle.load(file)
            except EOFError:
                return


def _write(path: Path, pages: Iterable[Raw]) -> int:
    count = 0
    with path.open("wb") as file:
        for page in pages:
            pickle.dump(page, file)
            count += 1
    return count
