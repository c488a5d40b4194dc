"""Worker processes for work that would block the crawl: deriving articles, reading large sitemaps.

A worker that takes too long, or dies, costs the page it was at: Pebble ends that process and starts another.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
from collections.abc import Callable
from concurrent.futures import Future
from multiprocessing.forkserver import ensure_running
from types import TracebackType
from typing import Any, Self, TypeVar

from pebble import ProcessPool

R = TypeVar("R")

_TASKS_A_WORKER = 2_000
"""A worker is replaced after this many pages, so that what libraries leak cannot grow."""


class Workers:
    """A pool of processes, each call bounded in time.

    Calls raise what the function raised, ``TimeoutError`` past ``seconds``, or ``pebble.ProcessExpired`` when the
    worker died.
    """

    def __init__(self, processes: int, seconds: float) -> None:
        self.processes = processes
        self.seconds = seconds
        processes_of = multiprocessing.get_context("forkserver")
        processes_of.set_forkserver_preload(["pipelines.preloaded"])
        ensure_running()  # at once: what it loads takes as long as reading the first pages
        self._pool = ProcessPool(
            max_workers=processes,
            max_tasks=_TASKS_A_WORKER,
            initializer=_leave_interrupts_to_the_parent,
            context=processes_of,
        )

    def submit(self, function: Callable[..., R], *args: Any) -> Future[R]:
        """Begin a call. Its time counts from when a worker takes it up."""
        future: Future[R] = self._pool.schedule(function, args=args, timeout=self.seconds)
        return future

    async def call(self, function: Callable[..., R], *args: Any) -> R:
        """Call and wait, without blocking the event loop."""
        return await asyncio.wrap_future(self.submit(function, *args))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._pool.close()  # type: ignore[no-untyped-call]
        else:
            self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


def _leave_interrupts_to_the_parent() -> None:
    """Ctrl-C reaches every process of the terminal; the parent decides what it means for work under way."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
