"""Stored captures through the same pipelines: copied into our archive, derived, kept. Any WARC file, any host.

An import may be broken off and run again: what was copied is not copied twice, what was kept stays as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from archive.article import Publisher
from archive.captures import Capture, CaptureRef
from archive.encodings import decoded
from archive.errors import ArchiveError
from archive.links import Announced, Fetch, Outcome
from archive.reading import read_captures
from archive.store import Store
from archive.urls import url_key
from archive.warc import WarcWriter
from pipelines.page import Knowledge, Page
from pipelines.rederive import Rederived, rederive
from pipelines.workers import Workers

_AT_ONCE = 32
"""Captures to one fsync."""
PublisherOf = Callable[[str], Publisher]


@dataclass(slots=True)
class Imported:
    """What an import has done so far. ``outcomes`` count captures, and add up to ``captures``."""

    captures: int = 0
    copied: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


def import_captures(
    paths: Iterable[Path],
    writer: WarcWriter,
    store: Store,
    run: int,
    workers: Workers,
    publisher_of: PublisherOf,
    knowledge: Knowledge,
) -> Iterator[Imported]:
    """Import these WARC files; yields the counts after each capture. Raises ArchiveError when our own home fails."""
    done = Imported()
    for path in paths:
        pages = _pages(_copied(_whole(path, done), path, writer, store, run, done), store, publisher_of, done)
        for result in rederive(map(knowledge.told, pages), workers):
            _keep(result, store, done)
            yield done
    yield done


def page_of(capture: Capture, ref: CaptureRef | None, publisher: Publisher) -> Page:
    """A capture as a page. Raises ArchiveError for an unknown content-encoding."""
    headers = {name.lower(): value for name, value in capture.headers}
    return Page(
        url=capture.url,
        content=decoded(capture.body, headers.get("content-encoding")),
        publisher=publisher,
        content_type=headers.get("content-type"),
        fetched_at=capture.fetched_at,
        capture=ref,
    )


def _whole(path: Path, done: Imported) -> Iterator[Capture]:
    """The captures of a file up to where it is torn; that it is torn is a failure, and no reason to lose the rest."""
    try:
        yield from read_captures(path)
    except ArchiveError as reason:
        done.failures.append(str(reason))


def _copied(
    captures: Iterator[Capture], path: Path, writer: WarcWriter, store: Store, run: int, done: Imported
) -> Iterator[tuple[Capture, CaptureRef]]:
    while batch := list(islice(captures, _AT_ONCE)):
        refs = [store.capture_of(capture.url, capture.fetched_at) for capture in batch]
        unknown = [capture for capture, ref in zip(batch, refs, strict=True) if ref is None]
        fresh = iter(writer.append(unknown) if unknown else [])
        fetched, pairs = [], []
        for capture, known in zip(batch, refs, strict=True):
            ref = known or next(fresh)
            pairs.append((capture, ref))
            if known is None:
                fetched.append(Fetch.of(run, capture, ref, None, f"import of {path.name}"))
        store.record_fetches(fetched)
        done.copied += len(unknown)
        yield from pairs


def _pages(
    copied: Iterator[tuple[Capture, CaptureRef]], store: Store, publisher_of: PublisherOf, done: Imported
) -> Iterator[Page]:
    for capture, ref in copied:
        done.captures += 1
        publisher = publisher_of(capture.url)
        link = Announced(url_key(capture.url), capture.url, publisher.id, found_in=ref.warc)
        store.announce([link], _now())
        try:
            page = page_of(capture, ref, publisher)
        except ArchiveError as reason:
            _settle(store, done, link.key, Outcome.FAILED, str(reason))
            done.failures.append(f"{capture.url}: {reason}")
            continue
        if capture.status == 200:
            yield page
        else:
            _settle(store, done, link.key, Outcome.FAILED, f"http {capture.status}")


def _keep(result: Rederived, store: Store, done: Imported) -> None:
    key = url_key(result.page.url)
    if result.article:
        outcome, article = store.keep(result.article, result.sketch)
        _settle(store, done, key, outcome, None, article.id)
    else:
        _settle(store, done, key, Outcome.FAILED if result.failed else Outcome.NOT_AN_ARTICLE, result.reason)
        if result.failed:
            done.failures.append(f"{result.page.url}: {result.reason}")


def _settle(
    store: Store, done: Imported, key: str, outcome: Outcome, reason: str | None, article: str | None = None
) -> None:
    done.outcomes[outcome] += 1
    store.settle(key, outcome, reason, article, _now())


def _now() -> datetime:
    return datetime.now(UTC)
