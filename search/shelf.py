"""Where the embedded index's generations lie: a folder each, and a file ``current`` that names the live one.

``current`` is replaced by renaming, so a reader always finds a whole index. Readers need no lock.
"""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from archive.errors import IndexUnavailable

_NAME = re.compile(r"\d{8}T\d{12}")
_UNFINISHED = ".new"
"""What a folder's name ends in until there is a whole index in it, and while it is removed."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder of all generations."""

    folder: Path

    def live(self) -> str | None:
        """The live generation's name; None when there is none. Raises IndexUnavailable.

        One that is gone between the two looks has been replaced: then the name is another one.
        """
        while (name := self._named()) and not (self.folder / name).is_dir():
            if name == self._named():
                return None
        return name

    def _named(self) -> str | None:
        try:
            name = (self.folder / "current").read_text("utf-8").strip()
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as reason:
            raise IndexUnavailable(f"the index in {self.folder} cannot be read: {reason}") from reason
        return name if _NAME.fullmatch(name) else None

    def names(self) -> list[str]:
        """All generations, the oldest first."""
        there = self.folder.iterdir() if self.folder.is_dir() else ()
        return sorted(one.name for one in there if _NAME.fullmatch(one.name) and one.is_dir())

    def fresh_name(self) -> str:
        """A name for a generation that is made now."""
        return f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"

    def make_live(self, name: str) -> None:
        """Name another generation as the live one. Raises IndexUnavailable."""
        unfinished = self.folder / f"current.{os.getpid()}"
        try:
            unfinished.write_text(name, "utf-8")
            unfinished.replace(self.folder / "current")
        except OSError as reason:
            raise IndexUnavailable(f"the index in {self.folder} cannot be written: {reason.strerror}") from reason

    def unfinished(self, name: str) -> Path:
        """A new folder in which a generation may be made. Raises OSError."""
        folder = self.folder / (name + _UNFINISHED)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def finished(self, name: str) -> None:
        """There is a whole index in that folder now. Raises OSError."""
        (self.folder / (name + _UNFINISHED)).rename(self.folder / name)

    def remove(self, name: str) -> None:
        """Remove a generation; whoever is reading it reads on."""
        going = self.folder / (name + _UNFINISHED)
        shutil.rmtree(going, ignore_errors=True)
        try:
            (self.folder / name).rename(going)
        except FileNotFoundError:
            return
        except OSError as reason:
            raise IndexUnavailable(f"{self.folder / name} cannot be removed: {reason.strerror}") from reason
        shutil.rmtree(going, ignore_errors=True)
