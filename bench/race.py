"""Extractors side by side: each in a process of its own, by turns, so that the machine's moods meet all of them alike."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from bench.corpus import ROOT
from bench.extractors import PEERS

_CHUNK = 50
"""Pages of one turn."""
_MOST_SECONDS = 300
"""A turn that takes longer than this has met something that no alarm interrupts: the process is ended."""
_PEERS_PYTHON = ROOT / ".venv-peers" / "bin" / "python"


@dataclass(slots=True)
class Run:
    """What one extractor did: its articles, its processor time, and of how many pages; ``failures`` by their reason."""

    name: str
    articles: list[dict[str, Any]] = field(default_factory=list)
    seconds: float = 0.0
    pages: int = 0
    failures: Counter[str] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        """Pages a second on one core."""
        return self.pages / self.seconds if self.seconds else 0.0

    def add(self, answer: dict[str, Any]) -> None:
        """Count one page's answer in."""
        self.pages += 1
        self.seconds += answer["seconds"]
        if answer["article"]:
            self.articles.append(answer["article"])
        if answer["reason"]:
            self.failures[answer["reason"]] += 1


def race(names: Sequence[str], pages: Path, count: int, folder: Path) -> list[Run]:
    """Let these extractors do the pages, a chunk each by turns; who begins changes with each chunk."""
    runs = [Run(name) for name in names]
    processes = [_start(name, pages, folder / f"{name}.stderr") for name in names]
    lanes = list(zip(runs, processes, strict=True))
    for begun in range(0, count, _CHUNK):
        first = begun // _CHUNK % len(lanes)
        for run, process in lanes[first:] + lanes[:first]:
            _turn(run, process, min(_CHUNK, count - begun))
    for process in processes:
        process.communicate()
    return runs


def _start(name: str, pages: Path, errors: Path) -> subprocess.Popen[str]:
    python = str(_PEERS_PYTHON) if name in PEERS else sys.executable
    with errors.open("w") as file:
        process = subprocess.Popen(
            [python, "-m", "bench.contestant", name, str(pages)],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": "0"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=file,
            encoding="utf-8",
        )
    if _of(process.stdout).readline().strip() != "ready":
        sys.exit(f"{name} does not start: {errors.read_text().strip().rpartition(chr(10))[2]}")
    return process


def _turn(run: Run, process: subprocess.Popen[str], pages: int) -> None:
    if process.poll() is not None:
        return
    guard = threading.Timer(_MOST_SECONDS, process.kill)
    guard.start()
    try:
        print(pages, file=_of(process.stdin), flush=True)
        for _ in range(pages):
            line = _of(process.stdout).readline()
            if not line.endswith("\n"):
                process.wait()
                run.failures[f"its process ended after {run.pages} pages"] += 1
                return
            run.add(json.loads(line))
    finally:
        guard.cancel()


def _of(pipe: IO[str] | None) -> IO[str]:
    if pipe is None:
        raise ValueError("the process has no such pipe")
    return pipe
