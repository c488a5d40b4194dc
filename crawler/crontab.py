"""The line of a crontab that runs what is due. Pure."""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

STEPS = (1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60)
"""Minutes between two runs: what an hour can be divided by, for a crontab starts anew each hour."""
MARK = "dragoman"


@dataclass(frozen=True, slots=True)
class Line:
    """A crontab's line: when, what, and the comment by which it is found again."""

    when: str
    command: str
    comment: str

    def __str__(self) -> str:
        return f"{self.when} {self.command} # {self.comment}"


def crontab_line(
    home: Path, python: str, folder: Path, every: int, hostname: str, given: dict[str, str], outlets: Sequence[str] = ()
) -> Line:
    """The line for one home. ``folder`` is where ``.env`` is looked for, ``given`` are the settings of the environment that go along.

    Its minute is drawn from the host's name and the home, and so the same each time: a hundred archives of one
    publisher do not all ask him at full hours. A run ends before the next begins.
    """
    minute = int(hashlib.sha256(f"{hostname}:{home}".encode()).hexdigest(), 16) % every
    minutes = ",".join(str(each) for each in range(minute, 60, every)) if every > 1 else "*"
    settings = " ".join(f"{name}={shlex.quote(value)}" for name, value in sorted(given.items()))
    words = [
        settings,
        shlex.quote(python),
        "-m dragoman crawl",
        *outlets,
        "--due",
        f"--for {every * 50}s",
        ">/dev/null",
    ]
    command = f"cd {shlex.quote(str(folder))} && {' '.join(word for word in words if word)}"
    return Line(f"{minutes} * * * *", command.replace("%", r"\%"), f"{MARK} {home}")
