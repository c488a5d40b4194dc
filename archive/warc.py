"""Captures on disk as WARC 1.1 (ISO 28500:2017): whole records, durable before they are acknowledged.

Each file is written by one process as ``<name>.warc.gz.open``. Response and request go out in one ``write`` followed
by one ``fdatasync``; when the file is full or the run ends it is renamed, made read-only, and its CDXJ written beside
it. After a crash :func:`recover` cuts what was torn and closes the file in the same way.

Entity bytes are exactly those sent, content-encoding kept. Header lines are Scrapy's: their names' case is normalised.
"""

from __future__ import annotations

import fcntl
import gzip
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from w3lib.url import safe_url_string
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.captures import Capture, CaptureRef, Headers, Original
from archive.cdxj import write_cdxj
from archive.errors import ArchiveError
from archive.home import Home
from archive.members import whole_members

_FULL = 1_000_000_000
"""Bytes after which a file is closed: the size that archives' tools are at ease with (WARC 1.1, annex C)."""
_LEVEL = 6
"""Of compression. The highest, which warcio takes, needs twice the time for one byte in two hundred."""
_REASONS = {200: "OK", 301: "Moved Permanently", 302: "Found", 304: "Not Modified", 403: "Forbidden", 404: "Not Found"}
_FRAMING = frozenset({"transfer-encoding", "connection", "keep-alive", "content-length"})
"""Headers of the transfer, not of the entity: the body is kept without chunks, and its length is written anew."""


_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


class WarcWriter:
    """Appends captures to one file at a time. Use as a context manager, one a home at a time."""

    def __init__(self, home: Home, full: int = _FULL) -> None:
        self.home = home
        self.full = full
        self._file: int | None = None
        self._name = ""
        self._size = 0
        self._serial = 0

    def append(self, captures: Sequence[Capture]) -> list[CaptureRef]:
        """Write these captures and return where each lies, once all are on the disk.

        Raises ArchiveError, and leaves the file as it was, when they cannot be written.
        """
        file = self._opened()
        written, refs = bytearray(), []
        for capture in captures:
            response, request = _records(capture)
            digest, packed = _packed(response)
            refs.append(CaptureRef(f"{self._name}.warc.gz", self._size + len(written), len(packed), digest))
            written += packed + _packed(request)[1]
        self._write(file, bytes(written))
        if self._size >= self.full:
            self.close()
        return refs

    def append_failure(self, url: str, at: datetime, cause: str) -> None:
        """Write that nothing came back from ``url``, and why, as a metadata record. Raises ArchiveError."""
        fields = f"fetchFailure: {cause}\r\n".encode()
        record = _writer().create_warc_record(
            url,
            "metadata",
            BytesIO(fields),
            length=len(fields),
            warc_content_type="application/warc-fields",
            warc_headers_dict={"WARC-Date": _instant(at)},
        )
        self._write(self._opened(), _packed(record)[1])

    def close(self) -> None:
        """Close the current file for good. The next capture opens another."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
            finish(self.home.warc / f"{self._name}.warc.gz.open")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _opened(self) -> int:
        if self._file is None:
            self._serial += 1
            self._name = f"dragoman-{datetime.now(UTC):%Y%m%d%H%M%S%f}-{self._serial:05}"
            try:
                path = self.home.warc / f"{self._name}.warc.gz.open"
                self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_CLOEXEC, 0o644)
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _sync_folder(self.home.warc)
            except OSError as reason:
                raise ArchiveError(f"no WARC file can be opened in {self.home.warc}: {reason.strerror}") from reason
            self._size = 0
            self._write(self._file, _warcinfo(f"{self._name}.warc.gz"))
        return self._file

    def _write(self, file: int, content: bytes) -> None:
        try:
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(file, rest) :]
            os.fdatasync(file)
        except OSError as reason:
            os.ftruncate(file, self._size)
            raise ArchiveError(f"a capture cannot be written to {self.home.warc}: {reason.strerror}") from reason
        self._size += len(content)


def recover(home: Home) -> list[str]:
    """Close the files that a crash left open; what was torn off is kept as ``.torn``. Returns a line on each."""
    lines = []
    try:
        for path in sorted(home.warc.glob("*.warc.gz.open")):
            whole, size = whole_members(path), path.stat().st_size
            if whole < size:
                with path.open("r+b") as file:
                    file.seek(whole)
                    path.with_suffix(".torn").write_bytes(file.read())
                    file.truncate(whole)
                    os.fsync(file.fileno())
            finish(path)
            lines.append(f"{path.stem}: closed after a crash, {size - whole} torn bytes set apart")
    except OSError as reason:
        raise ArchiveError(f"{home.warc} cannot be recovered: {reason.strerror}") from reason
    return lines


def finish(path: Path) -> None:
    """Close ``<name>.warc.gz.open``: durable under its name, read-only, its CDXJ beside it."""
    final = path.with_suffix("")
    try:
        path.rename(final)
        final.chmod(0o444)
        _sync_folder(final.parent)
        write_cdxj(final)
    except OSError as reason:
        raise ArchiveError(f"{path.name} cannot be closed: {reason.strerror}") from reason


def _records(capture: Capture) -> tuple[Any, Any]:
    writer = _writer()
    about = {"WARC-Date": _instant(capture.fetched_at)}
    if capture.ip:
        about["WARC-IP-Address"] = capture.ip
    if capture.truncated:
        about["WARC-Truncated"] = capture.truncated
    kept: list[tuple[str, str]] = [(name, value) for name, value in capture.headers if name.lower() not in _FRAMING]
    kept.append(("Content-Length", str(len(capture.body))))
    status = f"{capture.status} {_REASONS.get(capture.status, '')}".strip()
    kind = "response"
    if capture.unchanged_since:
        kind, about = "revisit", about | _not_modified(capture.unchanged_since)
    response = writer.create_warc_record(
        capture.url,
        kind,
        BytesIO(capture.body),
        length=len(capture.body),
        http_headers=StatusAndHeaders(status, kept, protocol="HTTP/1.1"),
        warc_headers_dict=about,
    )
    request = writer.create_warc_record(
        capture.url,
        "request",
        BytesIO(),
        length=0,
        http_headers=StatusAndHeaders(_request_line(capture), _with_host(capture), is_http_request=True),
        warc_headers_dict={
            "WARC-Date": about["WARC-Date"],
            "WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID"),
        },
    )
    return response, request


def _not_modified(original: Original) -> dict[str, str]:
    """What makes a record of a 304 a revisit (WARC 1.1, 6.7.3)."""
    return {
        "WARC-Profile": _NOT_MODIFIED,
        "WARC-Refers-To-Target-URI": original.url,
        "WARC-Refers-To-Date": _instant(original.fetched_at),
    }


def _request_line(capture: Capture) -> str:
    parts = urlsplit(safe_url_string(capture.url))
    return f"{capture.method} {parts.path or '/'}{f'?{parts.query}' if parts.query else ''} HTTP/1.1"


def _with_host(capture: Capture) -> Headers:
    if any(name.lower() == "host" for name, _ in capture.request_headers):
        return capture.request_headers
    return (("Host", urlsplit(safe_url_string(capture.url)).netloc), *capture.request_headers)


def _warcinfo(name: str) -> bytes:
    from importlib.metadata import version

    fields = {
        "software": f"dragoman/{version('dragoman')} warcio/{version('warcio')}",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "robots": "obey",
    }
    return _packed(_writer().create_warcinfo_record(name, fields))[1]


def _writer() -> WARCWriter:
    return WARCWriter(BytesIO(), gzip=True, warc_version="WARC/1.1")


def _packed(record: Any) -> tuple[str, bytes]:
    """A record's payload digest, and the record as one gzip member."""
    buffer = BytesIO()
    WARCWriter(buffer, gzip=False, warc_version="WARC/1.1").write_record(record)
    member = gzip.compress(buffer.getvalue(), _LEVEL, mtime=0)
    return record.rec_headers.get_header("WARC-Payload-Digest") or "", member


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _sync_folder(folder: Path) -> None:
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
