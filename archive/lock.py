"""One writer a home: a lock that the operating system drops with the process, so none is ever left behind."""

from __future__ import annotations

import fcntl
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from archive.errors import ArchiveError, RunLocked
from archive.home import Home


@contextmanager
def hold(home: Home) -> Iterator[None]:
    """Hold the home while the ``with`` block runs. Raises RunLocked, naming the holder, when another run does."""
    try:
        file = os.open(home.lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as reason:
        raise ArchiveError(f"the home {home.path} cannot be locked: {reason.strerror}") from reason
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


def _ourselves() -> dict[str, str | int]:
    command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]])
    return {"pid": os.getpid(), "command": command, "since": datetime.now(UTC).isoformat(timespec="seconds")}


def _holder(file: int) -> str:
    try:
        held = json.loads(os.pread(file, 1000, 0))
        return f"pid {held['pid']} ({held['command']}) since {held['since']}"
    except (ValueError, KeyError, TypeError):
        return "another run"
