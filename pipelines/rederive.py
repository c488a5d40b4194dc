"""Articles again from stored captures: bounded, parallel, in order.

This is no spider: items yielded from a spider's ``start()`` are not bounded, 584 of them were seen in flight.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from pebble import ProcessExpired

from archive.article import Article
from archive.errors import NotAnArticle
from pipelines.deriving import Derivation, Dropped, derivation_of
from pipelines.page import Page
from pipelines.workers import Workers

if TYPE_CHECKING:
    from pipelines.stories import Sketch

_PAGES_A_WORKER = 4
"""Pages in flight for each worker: enough that none waits for the reader, few enough that memory stays flat."""


@dataclass(frozen=True, slots=True)
class Rederived:
    """What became of one page: an article, or the reason why there is none.

    ``failed`` tells a page that broke or was cut off from one that simply is not an article.
    """

    page: Page
    article: Article | None
    dropped: tuple[Dropped, ...] = ()
    reason: str | None = None
    failed: bool = False
    sketch: Sketch | None = None


def rederive(
    pages: Iterable[Page], workers: Workers, read: Callable[[Page], Derivation] = derivation_of
) -> Iterator[Rederived]:
    """Derive these pages in worker processes, by ``read``; results come in the pages' order."""
    source = iter(pages)
    flight: deque[tuple[Page, Future[Derivation]]] = deque()
    while True:
        for page in islice(source, _PAGES_A_WORKER * workers.processes - len(flight)):
            flight.append((page, workers.submit(read, page)))
        if not flight:
            return
        yield _result(*flight.popleft(), seconds=workers.seconds)


def _result(page: Page, future: Future[Derivation], seconds: float) -> Rederived:
    try:
        derived = future.result()
        return Rederived(page, derived.article, derived.dropped, sketch=derived.sketch)
    except NotAnArticle as reason:
        return Rederived(page, None, reason=str(reason))
    except (TimeoutError, ProcessExpired):
        return Rederived(page, None, reason=f"not derived within {seconds:g} s", failed=True)
    except Exception as reason:  # noqa: BLE001 - a page that breaks an extractor must cost that page only
        return Rederived(page, None, reason=f"not derived: {type(reason).__name__}", failed=True)
