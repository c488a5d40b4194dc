"""Keeps the index of runs up with the archive, where there is an Elasticsearch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.article import Publisher
    from archive.store import Store


def push_new_runs(store: Store, folders: Sequence[str] | None = None) -> None:
    """Push the runs that the index of runs lacks; ``folders`` have the outlets' files. Raises IndexUnavailable."""
    from crawler import settings
    from search.opening import connection_from

    if connection := connection_from(vars(settings)):
        from search import runs

        runs.push_new_runs(store.runs, connection, _publishers(folders))


def push_all_runs(store: Store) -> None:
    """Push every run again. Raises IndexUnavailable."""
    from crawler import settings
    from search.opening import connection_from

    if connection := connection_from(vars(settings)):
        from search import runs

        runs.push_all_runs(store.runs, connection, _publishers(None))


def _publishers(folders: Sequence[str] | None) -> Callable[[str], Publisher]:
    """Who publishes, by the id of an outlet; of one that has no file any more, the id alone is known."""
    from archive.article import Publisher
    from crawler.catalogue import load_outlets
    from crawler.settings import OUTLETS_FOLDERS

    known = {outlet.id: outlet.publisher for outlet in load_outlets(folders or OUTLETS_FOLDERS)}
    return lambda outlet: known.get(outlet) or Publisher(id=outlet, name=outlet)
