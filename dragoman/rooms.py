"""Opens rooms with the settings' values: the index, the store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.home import Home
    from archive.store import Store
    from crawler.catalogue import Catalogue
    from pipelines.page import Knowledge
    from search.index import Index


@contextmanager
def the_index() -> Iterator[Index]:
    """The index that is configured: Elasticsearch when it has a URL, the embedded one in the home otherwise."""
    from archive.home import open_home
    from crawler import settings
    from search.opening import connection_from, open_index

    index = open_index(open_home(settings.HOME).index, connection_from(vars(settings)))
    try:
        yield index
    finally:
        index.close()


@contextmanager
def the_store() -> Iterator[tuple[Home, Store]]:
    """The home, and its tables."""
    from archive.home import open_home
    from archive.store import open_store
    from crawler import settings

    home = open_home(settings.HOME)
    with open_store(home) as store:
        yield home, store


def the_knowledge(catalogue: Catalogue, store: Store | None) -> Knowledge:
    """What is known of outlets' pages: the rules in their files unless they are off, and what was learned, if anything was."""
    from crawler import settings
    from pipelines.page import Knowledge

    return Knowledge(catalogue.rules if settings.OUTLET_RULES else {}, store.templates.newest() if store else {})
