"""Gzip members of a file: where the last whole one ends. A WARC file has one member a record."""

from __future__ import annotations

import zlib
from pathlib import Path

_CHUNK = 1024 * 1024


def is_gzip(path: Path) -> bool:
    """Does the file start as gzip does?"""
    with path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


def whole_members(path: Path) -> int:
    """Bytes from the start of ``path`` to the end of its last whole gzip member."""
    whole = position = 0
    stream = zlib.decompressobj(31)
    with path.open("rb") as file:
        while rest := file.read(_CHUNK):
            while rest:
                before = len(rest)
                try:
                    stream.decompress(rest)
                except zlib.error:
                    return whole
                rest = stream.unused_data if stream.eof else b""
                position += before - len(rest)
                if stream.eof:
                    whole, stream = position, zlib.decompressobj(31)
    return whole
