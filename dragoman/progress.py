"""How far a long command has come: a bar with rate and time left on a terminal, a plain line every so often elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_EVERY = 10.0
"""Seconds between two lines."""


@contextmanager
def moving(what: str, total: int, thing: str = "articles") -> Iterator[Callable[[int], None]]:
    """Tells it on standard error; call what is given with how many are done."""
    with (_bar if sys.stderr.isatty() else _lines)(what, total, thing) as watch:
        yield watch


@contextmanager
def told() -> Iterator[Callable[[str], None]]:
    """A line that says what is given, and moves, on a terminal; elsewhere the summary at the end is enough."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("starting")
        yield lambda line: progress.update(task, description=line)


@contextmanager
def _bar(what: str, total: int, thing: str) -> Iterator[Callable[[int], None]]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    begun = time.monotonic()
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as progress:
        task = progress.add_task(what, total=total, rate="")

        def watch(done: int) -> None:
            rate = f"{_rate(done, begun):,.0f} {thing}/s"
            progress.update(task, completed=done, total=max(total, done), rate=rate)

        yield watch


@contextmanager
def _lines(what: str, total: int, thing: str) -> Iterator[Callable[[int], None]]:
    begun = told = time.monotonic()
    done, last = 0, -1

    def tell() -> None:
        nonlocal last
        last, rate = done, _rate(done, begun)
        left = f", {_span((total - done) / rate)} left" if rate and done < total else ""
        print(f"{what}: {done:,} of {max(total, done):,} {thing}, {rate:,.0f}/s{left}", file=sys.stderr, flush=True)

    def watch(count: int) -> None:
        nonlocal done, told
        done = count
        if time.monotonic() - told >= _EVERY:
            told = time.monotonic()
            tell()

    yield watch
    if done != last:
        tell()


def _rate(done: int, begun: float) -> float:
    return done / max(time.monotonic() - begun, 1e-6)


def _span(seconds: float) -> str:
    """A time in the two greatest of its units.

    >>> _span(42), _span(90), _span(7260)
    ('42 s', '1 min 30 s', '2 h 1 min')
    """
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
