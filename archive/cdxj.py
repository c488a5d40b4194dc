"""CDXJ: one sorted line a capture, by which replay tools find it (pywb, "CDXJ index")."""

from __future__ import annotations

import json
import os
from pathlib import Path

import surt
from warcio.archiveiterator import ArchiveIterator

from archive.reading import response_headers
from archive.urls import url_key


def write_cdxj(warc: Path) -> Path:
    """Write ``<name>.cdxj`` beside a closed WARC file; it appears whole or not at all."""
    cdxj = warc.with_name(warc.name.removesuffix(".warc.gz") + ".cdxj")
    unfinished = cdxj.with_suffix(".tmp")
    with unfinished.open("w", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in sorted(_lines(warc)))
        file.flush()
        os.fsync(file.fileno())
    return unfinished.replace(cdxj)


def _lines(warc: Path) -> list[str]:
    lines = []
    with warc.open("rb") as file:
        records = ArchiveIterator(file)
        for record in records:
            if record.rec_type != "response":
                continue
            headers, about = response_headers(record), record.rec_headers
            url = about.get_header("WARC-Target-URI")
            fields = {
                "url": url,
                "mime": (headers.get_header("Content-Type") or "unk").partition(";")[0].strip(),
                "status": headers.get_statuscode(),
                "digest": about.get_header("WARC-Payload-Digest"),
                "length": str(records.get_record_length()),
                "offset": str(records.get_record_offset()),
                "filename": warc.name,
            }
            instant = "".join(filter(str.isdigit, about.get_header("WARC-Date")))[:14]
            lines.append(f"{_sort_key(url)} {instant} {json.dumps(fields, ensure_ascii=False)}")
    return lines


def _sort_key(url: str) -> str:
    try:
        key: str = surt.surt(url)
    except ValueError:
        return url_key(url)
    return key
