"""Where an archive lives: one folder, with all that is kept in it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from archive.errors import ArchiveError


@dataclass(frozen=True, slots=True)
class Home:
    """The folders and files of one archive."""

    path: Path

    @property
    def warc(self) -> Path:
        """Captures: WARC files, and a CDXJ beside each."""
        return self.path / "warc"

    @property
    def database(self) -> Path:
        """The tables: links, fetches, articles, versions, backlog, runs."""
        return self.path / "dragoman.sqlite"

    @property
    def index(self) -> Path:
        """The embedded index's generations."""
        return self.path / "index"


def open_home(path: Path) -> Home:
    """The home at ``path``, made if it is not there. Raises ArchiveError when it cannot be written."""
    home = Home(path)
    try:
        home.warc.mkdir(parents=True, exist_ok=True)
        home.index.mkdir(exist_ok=True)
    except OSError as reason:
        raise ArchiveError(
            f"the home {path} cannot be used: {reason.strerror}; set DRAGOMAN_HOME to a folder of yours"
        ) from reason
    if not os.access(home.warc, os.W_OK) or not os.access(path, os.W_OK):
        raise ArchiveError(f"the home {path} is read-only; make it writable or set DRAGOMAN_HOME to another folder")
    return home
