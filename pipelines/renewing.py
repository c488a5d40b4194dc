"""Is what changed the page, or how we read it? A known text that another extractor read is read again before it is compared.

Otherwise each better extractor, and each new version of an outlet's template, would make new versions and silent edits of
pages that nobody touched.
"""

from __future__ import annotations

import logging
from dataclasses import replace

from archive.article import Article
from archive.captures import CaptureRef
from archive.errors import ArchiveError
from archive.reading import read_capture
from archive.store import Store
from archive.stories import Sketch
from archive.versions import instead_of, says_the_same
from pipelines.page import Page, page_of

logger = logging.getLogger(__name__)


def outdated(store: Store, new: Article) -> Page | None:
    """The page that the known article was derived from, where its text is another and was read by another extractor."""
    known = store.article(new.url)
    if known is None or known.capture is None or known.extractor == new.extractor or says_the_same(known, new):
        return None
    ref = CaptureRef(known.capture.warc, known.capture.offset, 0, known.capture.digest)
    try:
        page = page_of(read_capture(store.home, ref), ref, known.outlet)
    except ArchiveError as reason:
        logger.warning("%s: %s", known.url, reason)
        return None
    return replace(page, url=known.url)


def renew(store: Store, again: Article, sketch: Sketch) -> None:
    """Put what was derived again in the known article's place."""
    known = store.article(again.url)
    if known is not None and known.body != again.body:
        store.replace(instead_of(known, again), sketch)
