"""Learning an outlet's template from the archive, and applying what was learned to the articles that are there already.

After a crawl it is learned from the bodies that the store has: that costs no time, but nothing can be forgotten, because
lines that are known were left out of those bodies. ``dragoman outlets learn`` reads the captures again, without what is known.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from archive.article import Article
from archive.captures import CaptureRef
from archive.errors import ArchiveError
from archive.reading import read_capture
from archive.store import Store
from archive.templates import Template, TemplateLine
from archive.versions import instead_of
from pipelines.learned import FEWEST, added, has_any, learn
from pipelines.page import Knowledge, Page, page_of
from pipelines.rederive import rederive
from pipelines.workers import Workers

if TYPE_CHECKING:
    from pipelines.stories import Sketch

logger = logging.getLogger(__name__)

_NEWEST = 500
"""Articles of an outlet that are learned from, and gone over with what was learned: a few seconds' work."""
_OFTEN, _SELDOM = 5, 50
"""New articles after which an outlet is learned from again: a fifth of what it had, but no fewer and no more than these."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learned: from how many different articles, and how many articles it changed. No template: too few."""

    template: Template | None
    articles: int
    changed: int


def learn_from_captures(store: Store, outlet: str, workers: Workers, knowledge: Knowledge) -> Lesson:
    """Learn an outlet's template from its newest captures, read again. Raises ArchiveError when the home fails."""
    there = store.newest(outlet, _NEWEST)
    bare = Knowledge(knowledge.rules)
    bodies = {article.id: article.body for _, article, _ in _derived(store, there, workers, bare)}
    texts = [bodies[article.id].split("\n") for article in reversed(there) if article.id in bodies]
    known = knowledge.templates.get(outlet)
    articles, lines = learn(texts, known.lines if known else ())
    return _keep(store, outlet, articles, lines, there, workers, knowledge)


def learn_from_bodies(store: Store, outlet: str, workers: Workers, knowledge: Knowledge) -> Lesson:
    """Learn what is new of an outlet's template from its newest articles. Raises ArchiveError when the home fails."""
    there = store.newest(outlet, _NEWEST)
    known = knowledge.templates.get(outlet)
    articles, found = learn([article.body.split("\n") for article in reversed(there)])
    lines = added(known.lines if known else (), found)
    return _keep(store, outlet, articles, lines, there, workers, knowledge)


def learn_after_crawl(
    store: Store, outlets: Iterable[str], workers: Workers, knowledge: Knowledge, goes_on: Callable[[], bool]
) -> None:
    """Learn from those of these outlets that brought much that is new. What goes wrong is logged: it fails no crawl."""
    for outlet in outlets:
        if not goes_on():
            return
        try:
            there, unread = store.templates.unread(outlet)
            if there >= FEWEST and unread >= max(_OFTEN, min(_SELDOM, (there - unread) // 5)):
                learn_from_bodies(store, outlet, workers, knowledge)
        except Exception as reason:  # noqa: BLE001 - the articles are kept already; the next run learns again
            logger.warning("nothing was learned of %s: %s", outlet, reason)


def _keep(
    store: Store,
    outlet: str,
    articles: int,
    lines: tuple[TemplateLine, ...],
    there: Iterable[Article],
    workers: Workers,
    knowledge: Knowledge,
) -> Lesson:
    known = knowledge.templates.get(outlet)
    if articles < FEWEST:
        return Lesson(known, articles, 0)
    template = store.templates.keep(outlet, articles, lines, datetime.now(UTC))
    if known and template.version == known.version:
        return Lesson(template, articles, 0)
    was = known.lines if known else ()
    forgotten = {line.text for line in was} - {line.text for line in lines}
    touched = [one for one in there if forgotten or has_any(one.body.split("\n"), lines)]
    told = Knowledge(knowledge.rules, {outlet: template})
    changed = 0
    for before, after, sketch in _derived(store, touched, workers, told):
        if after.body != before.body:
            store.replace(instead_of(before, after), sketch)
            changed += 1
    return Lesson(template, articles, changed)


def _derived(
    store: Store, articles: Iterable[Article], workers: Workers, knowledge: Knowledge
) -> Iterator[tuple[Article, Article, Sketch]]:
    """Each article as the store has it, and as its capture gives it now with its sketch; those whose capture gives none are left out."""
    known = {article.url: article for article in articles}
    for result in rederive(map(knowledge.told, _pages(store, known.values())), workers):
        if result.article and result.sketch:
            yield known[result.page.url], result.article, result.sketch


def _pages(store: Store, articles: Iterable[Article]) -> Iterator[Page]:
    for article in articles:
        if source := article.capture:
            ref = CaptureRef(source.warc, source.offset, 0, source.digest)
            try:
                page = page_of(read_capture(store.home, ref), ref, article.outlet)
            except ArchiveError as reason:
                logger.warning("%s: %s", article.url, reason)
                continue
            yield replace(page, url=article.url)
