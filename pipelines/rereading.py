"""Articles again from their captures, each in its own place: what a better extractor makes of what is archived.

The capture of each article as it stands is read; its earlier versions stay as they were read. A crawl may go on meanwhile: what it
changes while a page is read again stays as the crawl made it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from importlib.metadata import version

from archive.captures import CaptureRef
from archive.errors import ArchiveError
from archive.reading import read_capture
from archive.revisions import Kept, Wanted
from archive.store import Store
from archive.versions import instead_of
from pipelines.page import Knowledge, Page, page_of
from pipelines.rederive import Rederived, rederive
from pipelines.workers import Workers

_TASK = "extract"
_REMEMBERED = 20
"""Articles between two notes of how far it has come."""


@dataclass(slots=True)
class Reread:
    """What has been done so far. ``articles`` is the sum of ``changed``, ``unchanged``, ``kept`` and failures.

    ``kept`` stay as they are: there is no capture of theirs, or it holds no article now, ``reasons`` say so.
    """

    articles: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0
    reasons: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


def to_reread(store: Store, wanted: Wanted) -> int:
    """How many of the wanted articles ``reread`` would read now."""
    return store.revisions.count(wanted, _reached(store, wanted))


def reread(store: Store, wanted: Wanted, workers: Workers, knowledge: Knowledge) -> Iterator[Reread]:
    """Read the wanted articles' captures again; yields the counts after each article.

    Broken off, the next call goes on with the first that was not done, until ``all_reread``. Raises ArchiveError when the home fails.
    """
    done, flight = Reread(), dict[str, Kept]()
    pages = map(knowledge.told, _pages(store, wanted, done, flight))
    for number, result in enumerate(rederive(pages, workers), start=1):
        known = flight.pop(result.page.url)
        _put(store, known, result, done)
        if number % _REMEMBERED == 0 or not flight:
            store.revisions.reached(_TASK, _named(wanted), known.article.id)
        yield done
    yield done


def all_reread(store: Store, wanted: Wanted) -> None:
    """What was read again is indexed: the next call begins with the first article again."""
    store.revisions.forget(_TASK, [_named(wanted)])


def _pages(store: Store, wanted: Wanted, done: Reread, flight: dict[str, Kept]) -> Iterator[Page]:
    for batch in store.revisions.some(wanted, _reached(store, wanted)):
        for known in batch:
            article, source = known.article, known.article.capture
            if source is None:
                _keep(done, f"{article.url}: it has no capture")
                continue
            ref = CaptureRef(source.warc, source.offset, 0, source.digest)
            try:
                page = page_of(read_capture(store.home, ref), ref, article.outlet)
            except ArchiveError as reason:
                done.articles += 1
                done.failures.append(f"{article.url}: {reason}")
                continue
            flight[article.url] = known
            yield replace(page, url=article.url)


def _put(store: Store, known: Kept, result: Rederived, done: Reread) -> None:
    if result.article is None or result.sketch is None:
        if not result.failed:
            _keep(done, f"{result.page.url}: {result.reason}")
            return
        done.failures.append(f"{result.page.url}: {result.reason}")
    elif (again := instead_of(known.article, result.article)) == known.article:
        done.unchanged += 1
    elif store.replace(again, result.sketch, known.revision):
        done.changed += 1
    else:
        done.unchanged += 1
    done.articles += 1


def _keep(done: Reread, reason: str) -> None:
    done.articles += 1
    done.kept += 1
    done.reasons.append(reason)


def _reached(store: Store, wanted: Wanted) -> str:
    return store.revisions.tasks(_TASK).get(_named(wanted), "")


def _named(wanted: Wanted) -> str:
    return f"{version('dragoman')} since={wanted.since} outlet={wanted.outlet} language={wanted.language}"
