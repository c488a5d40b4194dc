"""Captures read back: one by its reference, or all of a WARC file, ours or anybody's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParser

from archive.captures import Capture, CaptureRef
from archive.errors import ArchiveError
from archive.home import Home
from archive.members import is_gzip, whole_members

MOST_BYTES = 64 * 1024 * 1024
"""A record with a longer entity is read up to here and marked as truncated."""

_RESPONSE_HEADERS = StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1"])


def read_capture(home: Home, ref: CaptureRef) -> Capture:
    """The capture at this place. Raises ArchiveError when it is not there or not whole."""
    if Path(ref.warc).name != ref.warc:
        raise ArchiveError(f"{ref.warc!r} is not the name of a WARC file")
    path = home.warc / ref.warc
    if not path.exists():
        path = path.with_suffix(".gz.open")  # the run that wrote it is still under way
    try:
        with path.open("rb") as file:
            file.seek(ref.offset)
            return next(_captures(file, path))
    except (OSError, StopIteration) as reason:
        raise ArchiveError(f"no capture at {ref.offset} of {path}") from reason


def read_captures(path: Path) -> Iterator[Capture]:
    """Every HTTP response in a WARC file, gzipped or not, of version 1.0 or 1.1.

    Raises ArchiveError where the file is torn or is no WARC, after what is whole before that place.
    """
    try:
        with path.open("rb") as file:
            yield from _captures(file, path)
            if is_gzip(path) and (whole := whole_members(path)) < path.stat().st_size:
                raise ArchiveError(f"{path} is torn or damaged after byte {whole}")  # warcio does not notice
    except OSError as reason:
        raise ArchiveError(f"{path} cannot be read: {reason.strerror or reason}") from reason


def _captures(file: BinaryIO, path: Path) -> Iterator[Capture]:
    records = ArchiveIterator(file)
    read = 0
    try:
        for record in records:
            read += 1
            if record.rec_type == "response" and _is_http(record):
                yield _capture(record, (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>"), path)
    except ArchiveLoadFailed as reason:
        raise ArchiveError(
            f"{path} is torn or no WARC file near byte {records.offset}, after {read} records"
        ) from reason
    except (EOFError, ValueError) as reason:
        raise ArchiveError(f"{path} cannot be read beyond byte {records.offset}: {reason}") from reason


def response_headers(record: Any) -> Any:
    """The HTTP headers of a response record; warcio parses those of http URLs only."""
    return record.http_headers or _RESPONSE_HEADERS.parse(record.raw_stream)


def _is_http(record: Any) -> bool:
    """Does the record hold an HTTP response? Its type tells, not its URL: other writers' URLs may be mangled."""
    return (record.rec_headers.get_header("Content-Type") or "").startswith("application/http")


def _capture(record: Any, url: str, path: Path) -> Capture:
    headers = response_headers(record)
    stream = record.raw_stream
    if "chunked" in (headers.get_header("Transfer-Encoding") or "").lower():
        stream = ChunkedDataReader(stream, decomp_type=None)
    body = _bounded(stream)
    _exhaust(record.raw_stream)
    if record.raw_stream.limit > 0:
        raise ArchiveError(f"{path} ends inside the record of {url}")
    truncated = record.rec_headers.get_header("WARC-Truncated") or ("length" if len(body) >= MOST_BYTES else None)
    return Capture(
        url=url,
        fetched_at=_instant(record.rec_headers.get_header("WARC-Date")),
        status=_status(headers.get_statuscode()),
        headers=tuple((name, value) for name, value in headers.headers if name.lower() != "transfer-encoding"),
        body=body,
        ip=record.rec_headers.get_header("WARC-IP-Address"),
        truncated=truncated,
    )


def _bounded(stream: Any) -> bytes:
    body = bytearray()
    while len(body) < MOST_BYTES and (chunk := stream.read(min(1 << 20, MOST_BYTES - len(body)))):
        body += chunk
    return bytes(body)


def _exhaust(stream: Any) -> None:
    while stream.read(1 << 20):
        pass


def _instant(text: str | None) -> datetime:
    try:
        instant = datetime.fromisoformat(text or "")
    except ValueError as reason:
        raise ArchiveError(f"WARC-Date {text!r} is no instant") from reason
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _status(text: str) -> int:
    return int(text) if text.isdigit() else 0
