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
from archive.errors import ArchiveError, NotAnArticle
from archive.links import Announced, Fetch, Outcome
from archive.reading import read_captures
from archive.store import Store
from archive.urls import url_key
from archive.warc import WarcWriter
from pipelines.missing import GONE_STATUSES, NOT_FOUND, joined, leads_home
from pipelines.page import Knowledge, Page, page_of
from pipelines.rederive import Rederived, rederive
from pipelines.renewing import outdated, renew
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
            if result.article and (known := outdated(store, result.article)):
                for again in rederive([knowledge.told(known)], workers):
                    if again.article and again.sketch:
                        renew(store, again.article, again.sketch)
            _keep(result, store, done)
            yield done
    yield done


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
            why, missed = _not_there(capture, ref, store)
            _settle(store, done, link.key, missed or Outcome.FAILED, why)


def _not_there(capture: Capture, ref: CaptureRef, store: Store) -> tuple[str, Outcome | None]:
    """Why a capture that is no page is none, and what that makes of the article that was at its address, if one was."""
    target = next((value for name, value in capture.headers if name.lower() == "location"), "")
    home = 300 <= capture.status < 400 and leads_home(capture.url, joined(capture.url, target))
    reason = f"http {capture.status}" + (" to the home page" if home else "")
    if capture.status not in GONE_STATUSES and not home:
        return reason, None
    return reason, store.miss(capture.url, capture.fetched_at, reason, ref.digest)


def _keep(result: Rederived, store: Store, done: Imported) -> None:
    key = url_key(result.page.url)
    if result.article:
        outcome, article = store.keep(result.article, result.sketch)
        _settle(store, done, key, outcome, None, article.id)
    else:
        outcome = Outcome.FAILED if result.failed else _missed(result, store) or Outcome.NOT_AN_ARTICLE
        _settle(store, done, key, outcome, result.reason)
        if result.failed:
            done.failures.append(f"{result.page.url}: {result.reason}")


def _missed(result: Rederived, store: Store) -> Outcome | None:
    page = result.page
    if not result.reason or not page.fetched_at or NotAnArticle(result.reason).kind != NOT_FOUND:
        return None
    return store.miss(page.url, page.fetched_at, result.reason, page.capture.digest if page.capture else None)


def _settle(
    store: Store, done: Imported, key: str, outcome: Outcome, reason: str | None, article: str | None = None
) -> None:
    done.outcomes[outcome] += 1
    store.settle(key, outcome, reason, article, _now())


def _now() -> datetime:
    return datetime.now(UTC)
