"""Content-encodings undone, bounded: a few kilobytes must not become gigabytes."""

from __future__ import annotations

import io
import zlib
from typing import Protocol

import brotli
from backports import zstd

from archive.errors import ArchiveError

MOST_DECODED = 64 * 1024 * 1024
"""Bytes a decoded entity may have."""
_CHUNK = 64 * 1024


class _Reader(Protocol):
    def read(self, size: int, /) -> bytes: ...


def decoded(body: bytes, content_encoding: str | None, limit: int = MOST_DECODED) -> bytes:
    """The entity without its content-encodings; of a broken or too long one, what could be read up to ``limit`` bytes.

    Raises ArchiveError for an encoding that is not gzip, deflate, br or zstd.
    """
    for name in reversed([part.strip().lower() for part in (content_encoding or "").split(",")]):
        if name in ("", "identity", "none"):
            continue
        body = _all(_reader(body, name), limit)
    return body


def _reader(body: bytes, name: str) -> _Reader:
    match name:
        case "gzip" | "x-gzip":
            return _Inflating(body, 47) if body[:2] == b"\x1f\x8b" else io.BytesIO(body)
        case "deflate":
            # Some servers send raw deflate where RFC 9110 wants a zlib wrapper; its first byte tells.
            return _Inflating(body, 15 if body[:1] == b"\x78" else -15)
        case "br":
            return _Unbrotli(body)
        case "zstd":
            return zstd.ZstdFile(io.BytesIO(body))
        case _:
            raise ArchiveError(f"the content-encoding {name[:40]!r} is not known; gzip, deflate, br and zstd are")


def _all(reader: _Reader, limit: int) -> bytes:
    read = bytearray()
    try:
        while len(read) < limit and (chunk := reader.read(min(_CHUNK, limit - len(read)))):
            read += chunk
    except (EOFError, zlib.error, brotli.error, zstd.ZstdError):
        pass  # what was readable before the break is what there is
    return bytes(read[:limit])


class _Inflating:
    """Reads gzip (of several members) or deflate bit by bit."""

    def __init__(self, body: bytes, wbits: int) -> None:
        self._rest, self._wbits, self._stream = body, wbits, zlib.decompressobj(wbits)

    def read(self, size: int, /) -> bytes:
        while self._rest:
            chunk = self._stream.decompress(self._rest, size)
            self._rest = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail
            if self._stream.eof:
                self._stream = zlib.decompressobj(self._wbits)
                if self._rest[:2] != b"\x1f\x8b":
                    self._rest = b""
            if chunk:
                return chunk
        return b""


class _Unbrotli:
    """Reads brotli bit by bit."""

    def __init__(self, body: bytes) -> None:
        self._body, self._stream = body, brotli.Decompressor()

    def read(self, size: int, /) -> bytes:
        body, self._body = self._body, b""
        chunk: bytes = self._stream.process(body, output_buffer_limit=size)
        return chunk
