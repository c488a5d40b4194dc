"""Where a crawl writes what it did: a file that is rotated, so that a year of cron fills no disk."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from archive.errors import SettingError

_MOST_BYTES = 10_000_000
_OLD_ONES = 9
_OURS = "dragoman.run"
"""The logger of what a run did, which is written whatever the level of the rest."""


def log_to(path: Path, level: str) -> None:
    """Have what this process logs from now on written to this file. Raises SettingError when it cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=_MOST_BYTES, backupCount=_OLD_ONES, encoding="utf-8")
    except OSError as reason:
        raise SettingError(f"DRAGOMAN_LOG_FILE={str(path)!r} cannot be written: {reason.strerror}") from reason
    least = logging.getLevelNamesMapping().get(level, logging.WARNING)
    handler.addFilter(lambda record: record.levelno >= least or record.name == _OURS)
    handler.setFormatter(logging.Formatter("%(asctime)s [%(process)d] %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)


def note(line: str) -> None:
    """Write what a run did."""
    logger = logging.getLogger(_OURS)
    logger.setLevel(logging.INFO)
    logger.info("%s", line)
