"""The archive as a crawl uses it: awaited, from one thread, several captures to one fsync.

Captures that arrive while the disk is busy are written together by the next write, so the cost of an fsync is shared
by as many exchanges as are under way, and each is acknowledged only after its own bytes are on the disk.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ParamSpec, Self, TypeVar

from archive.captures import Capture, CaptureRef
from archive.home import Home
from archive.links import Fetch
from archive.store import Store, open_store
from archive.warc import WarcWriter, recover

_SWITCH = 0.0005
"""Seconds after which a thread that computes lets another one on. With Python's 5 ms the archive's thread waits that long for the reactor's
after each row that it has read."""
P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class _Asked:
    """A capture on its way to the disk, and who waits for it."""

    capture: Capture
    outlet: str | None
    kind: str
    done: asyncio.Future[CaptureRef]


class Keeper:
    """One home's WARC writer and tables, both used from one thread alone."""

    def __init__(self, home: Home, writer: WarcWriter, store: Store, run: int) -> None:
        self.home = home
        self.store = store
        self.run = run
        self._writer = writer
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="archive")
        self._asked: list[_Asked] = []
        self._writing: asyncio.Task[None] | None = None

    @classmethod
    @contextmanager
    def open(cls, home: Home, command: str) -> Iterator[Self]:
        """Open a home for a run: what a crash left torn is mended first. Raises ArchiveError."""
        recover(home)
        with open_store(home) as store, WarcWriter(home) as writer:
            sys.setswitchinterval(_SWITCH)
            keeper = cls(home, writer, store, store.begin_run(command))
            try:
                yield keeper
            finally:
                keeper._thread.shutdown()

    async def keep(self, capture: Capture, outlet: str | None, kind: str) -> CaptureRef:
        """Archive an exchange and note the fetch. It is on the disk when this returns. Raises ArchiveError."""
        done: asyncio.Future[CaptureRef] = asyncio.get_running_loop().create_future()
        self._asked.append(_Asked(capture, outlet, kind, done))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        return await done

    async def keep_failure(self, url: str, at: datetime, cause: str, outlet: str | None, kind: str) -> None:
        """Archive that nothing came back, and why. Raises ArchiveError."""
        await self.call(self._writer.append_failure, url, at, cause)
        await self.call(self.store.record_fetches, [Fetch(self.run, url, outlet, kind, at, cause=cause)])

    async def call(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Call something in the archive's thread."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, lambda: function(*args, **kwargs))

    def finish(self, stats: Mapping[str, Any]) -> None:
        """Note that the run has ended, and how. Raises ArchiveError."""
        self._thread.submit(self.store.finish_run, self.run, stats).result()

    async def _write_all(self) -> None:
        while self._asked:
            batch, self._asked = self._asked, []
            try:
                refs = await self.call(self._write, batch)
            except Exception as reason:  # noqa: BLE001 - whoever waits must hear of it, whatever it is
                for asked in batch:
                    asked.done.set_exception(reason)
            else:
                for asked, ref in zip(batch, refs, strict=True):
                    asked.done.set_result(ref)

    def _write(self, batch: list[_Asked]) -> list[CaptureRef]:
        refs = self._writer.append([asked.capture for asked in batch])
        fetched = [Fetch.of(self.run, a.capture, ref, a.outlet, a.kind) for a, ref in zip(batch, refs, strict=True)]
        self.store.record_fetches(fetched)
        return refs
