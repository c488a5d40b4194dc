"""One writer a home, one re-index, one push to the index at a time: locks that the operating system drops with the process, so none is
ever left behind."""

from __future__ import annotations

import fcntl
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from archive.errors import ArchiveError, IndexUnavailable, RunLocked
from archive.home import Home

_PATIENCE, _PAUSE = 600.0, 0.02
"""Seconds after which a push gives up waiting for its turn, and between two looks: a bulk request is seldom longer than one."""


@contextmanager
def hold(home: Home, name: str = "lock") -> Iterator[None]:
    """Hold the home, or one thing of it, while the ``with`` block runs. Raises RunLocked, naming the holder, when another run does."""
    file = _opened(home, name)
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RunLocked(
                f"{home.path} is held by {_holder(file)}; wait for it, or use another DRAGOMAN_HOME"
            ) from None
        os.ftruncate(file, 0)
        os.pwrite(file, json.dumps(_ourselves()).encode(), 0)
        yield
    finally:
        os.close(file)


@contextmanager
def turn(home: Home) -> Iterator[None]:
    """Wait until nobody else writes the home's index, and keep others waiting. Raises IndexUnavailable when that takes too long."""
    file = _opened(home, "index.lock")
    until = time.monotonic() + _PATIENCE
    try:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise IndexUnavailable("another run has been writing the index for ten minutes") from None
                time.sleep(_PAUSE)
        yield
    finally:
        os.close(file)


def _opened(home: Home, name: str) -> int:
    try:
        return os.open(home.path / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as reason:
        raise ArchiveError(f"the home {home.path} cannot be locked: {reason.strerror}") from reason


def _ourselves() -> dict[str, str | int]:
    command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]])
    return {"pid": os.getpid(), "command": command, "since": datetime.now(UTC).isoformat(timespec="seconds")}


def _holder(file: int) -> str:
    try:
        held = json.loads(os.pread(file, 1000, 0))
        return f"pid {held['pid']} ({held['command']}) since {held['since']}"
    except (ValueError, KeyError, TypeError):
        return "another run"
