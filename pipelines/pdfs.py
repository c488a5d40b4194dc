"""A report that was published as a PDF: its title, its paragraphs, and what the file says of itself.

A PDF has no paragraphs, only glyphs on pages. pdfminer's layout analysis groups them into boxes; here what recurs at the
edges of pages is left out, words broken at a line's end are joined, and so are paragraphs that a page's end cuts.
"""

from __future__ import annotations

import io
import re
import resource
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from pdfminer.layout import LAParams, LTChar, LTTextContainer, LTTextLine
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.utils import decode_text

from archive.errors import NotAnArticle
from pipelines.reports import Report
from pipelines.text import even

_MOST_PAGES = 300
_SECONDS = 12.0
"""After which no further page is begun: a worker has 20 for all it does (PAGE_SECONDS)."""
_MEMORY = 600_000_000
"""Bytes that a file may make the reader take: 20 MB of it may unpack to a thousand times as much."""
_EDGE = 0.1
"""Of a page's height, above and below: where running titles and page numbers stand."""
_RECURS = 3
_HEADLINE = 1.2
"""Times the size of the text, from which on a line is set as a title."""
_LEADERS = re.compile(r"(?:\.\s?){4,}\s*\d*$|…{2,}\s*\d*$")
"""Dots that lead to a page's number in a table of contents."""
_NO_TITLE = re.compile(
    r"^(?:Microsoft |untitled|PowerPoint |Layout|Dokument\d)|\.(?:docx?|pdf|indd|qxp|rtf|pptx?)$", re.IGNORECASE
)
_BROKEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]\n(?=[^\W\d_A-ZÀ-Þ])|(?<=[^\W\d_]-)\n(?=[A-ZÀ-Þ])")
"""A word's hyphen at a line's end goes before a small letter and stays before a capital: negotia-tors, Franco-German."""
_ITEM = re.compile(r"\n(?=[•‣▪●■–]\s)")
_ENDS = re.compile(r"[.!?:;…。！？»”\"'’)\]]\d*$")
_UNSPACED = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\n(?=[\u3000-\u9fff\uff00-\uffef])")
_CREATED = re.compile(r"D?:?(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(Z|[+-]\d\d'?\d\d)?")
"""ISO 32000-1, 7.9.4, dates."""


@dataclass(frozen=True, slots=True)
class _Box:
    """A block of text on a page; ``size`` is of its largest glyphs, in points."""

    page: int
    text: str
    size: float
    is_at_edge: bool


def read_pdf(content: bytes) -> Report:
    """Read a PDF. Raises NotAnArticle with its reason where it cannot be read, or has no text."""
    try:
        with _bounded():
            document = PDFDocument(PDFParser(io.BytesIO(content)))
            boxes, is_whole = _boxes(document)
            info = _info(document)
    except PDFPasswordIncorrect as reason:
        raise NotAnArticle("pdf: it wants a password") from reason
    except MemoryError as reason:
        raise NotAnArticle("pdf: it unpacks to more than may be read") from reason
    except Exception as reason:  # whatever a hostile file does to its reader is the file's failure
        raise NotAnArticle(f"pdf: it cannot be read ({type(reason).__name__})") from reason
    boxes = _without_edges(boxes)
    title = _title(boxes, info.get("Title", ""))
    paragraphs = tuple(_paragraphs(boxes, title))
    if not paragraphs:
        raise NotAnArticle("empty: the PDF has no text; its pages are pictures, or blank")
    return Report(title, info.get("Author") or None, _created(info.get("CreationDate", "")), paragraphs, is_whole)


@contextmanager
def _bounded() -> Iterator[None]:
    """Let this process take so much more memory, and no more, while it reads: a MemoryError is the answer to a bomb."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    statm = Path("/proc/self/statm")
    if not statm.exists():
        yield
        return
    limit = int(statm.read_text().split()[0]) * resource.getpagesize() + _MEMORY
    if before[1] != resource.RLIM_INFINITY:
        limit = min(limit, before[1])
    resource.setrlimit(resource.RLIMIT_AS, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def _boxes(document: PDFDocument) -> tuple[list[_Box], bool]:
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager

    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=LAParams())
    interpreter = PDFPageInterpreter(resources, device)
    found: list[_Box] = []
    begun = time.monotonic()
    for number, page in enumerate(PDFPage.create_pages(document)):
        if number == _MOST_PAGES or time.monotonic() - begun > _SECONDS:
            return found, False
        interpreter.process_page(page)
        layout = device.get_result()
        low, high = layout.y0 + _EDGE * layout.height, layout.y1 - _EDGE * layout.height
        for box in layout:
            if isinstance(box, LTTextContainer):
                found += _parts(box, number, box.y1 < low or box.y0 > high)
    return found, True


def _parts(box: LTTextContainer[Any], page: int, is_at_edge: bool) -> Iterator[_Box]:
    """A box, parted where its letters' size changes: a heading is set close to what it heads."""
    lines = [(line.get_text(), _size(line)) for line in box if isinstance(line, LTTextLine)]
    for size, group in groupby(lines, key=lambda line: line[1]):
        text = "".join(text for text, _ in group)
        if text.strip():
            yield _Box(page, text.strip("\n"), size, is_at_edge)


def _size(line: LTTextLine) -> float:
    """The commonest size of a line's letters, in half points."""
    sizes = Counter(
        round(char.size * 2) / 2 for char in line if isinstance(char, LTChar) and not char.get_text().isspace()
    )
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _without_edges(boxes: list[_Box]) -> list[_Box]:
    """The boxes without running titles, and numbers of pages."""
    pages = {(box.page, _shape(box.text)) for box in boxes if box.is_at_edge}
    recurring = Counter(shape for _, shape in pages)
    return [
        box
        for box in boxes
        if not box.is_at_edge
        or not (recurring[_shape(box.text)] >= _RECURS or re.fullmatch(r"\W*[\divxlc]{1,7}\W*", box.text))
    ]


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.split())).lower()


def _title(boxes: list[_Box], said: str) -> str | None:
    """The title that the file states, where its first pages have it; or else what is set largest on the first page with text."""
    stated = even(said)
    opening = _letters(" ".join(box.text for box in boxes if box.page < 3))
    if len(stated) > 5 and not _NO_TITLE.search(stated) and _letters(stated) in opening:
        return stated
    sizes: Counter[float] = Counter()
    for box in boxes:
        sizes[box.size] += len(box.text)
    usual = sizes.most_common(1)[0][0] if sizes else 0
    first = [box for box in boxes if box.page == min((one.page for one in boxes), default=0)]
    largest = max((box.size for box in first if len(_letters(box.text)) > 5), default=0)
    if largest < usual * _HEADLINE:
        return None
    set_so = [even(box.text) for box in first if box.size == largest]
    return " ".join(set_so)[:300] or None


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _paragraphs(boxes: list[_Box], title: str | None) -> Iterator[str]:
    headline = _letters(title or "")
    pending = ""
    parts = (part for box in boxes for part in _ITEM.split(_UNSPACED.sub("", _BROKEN.sub("", box.text))))
    for text in map(even, parts):
        if not text or _LEADERS.search(text) or not _letters(text) or _letters(text) in headline:
            continue
        if pending and text[0].islower() and not _ENDS.search(pending):
            pending = f"{pending} {text}"
        else:
            if pending:
                yield pending
            pending = text
    if pending:
        yield pending


def _info(document: PDFDocument) -> dict[str, str]:
    """What the file says of itself, as text."""
    said = {}
    for entry in document.info[:5]:
        for name in ("Title", "Author", "CreationDate"):
            if isinstance(value := entry.get(name), bytes):
                said[name] = decode_text(value[:1_000])
    return said


def _created(stated: str) -> str | None:
    found = _CREATED.match(stated)
    if not found:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    if hour is None:
        return f"{year}-{month}-{day}"
    offset = "" if zone is None else "Z" if zone == "Z" else f"{zone[:3]}:{zone[-2:]}"
    return f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{offset}"
