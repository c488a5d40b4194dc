"""Every error a caller can handle, and the exit code the front door gives it.

::

    DragomanError
    ├── UserError          2   a mistake in what was asked: one line saying what, where, and the mend
    │   ├── SettingError       in a setting or a ``.env`` file
    │   ├── OutletError        in an outlet's YAML file
    │   └── QueryError         in a search query, with its place
    ├── ArchiveError       3   the home cannot be read or written (missing, read-only, full, torn)
    ├── IndexUnavailable   4   the search index cannot be reached; articles wait in the backlog
    │   └── KibanaUnavailable  Kibana cannot be reached, refuses us, or does not take our objects
    ├── RunLocked         75   another run holds the home (EX_TEMPFAIL: cron stays quiet)
    └── NotAnArticle       -   a page that holds no article: counted and dropped, never ends a run

Each takes one message, so that it survives pickling out of a worker process: an exception
whose constructor wants two arguments breaks the whole pool when it is raised in a worker.
"""

from __future__ import annotations

from typing import ClassVar


class DragomanError(Exception):
    """The root of our errors. Its text is one line that a user can act upon."""

    exit_code: ClassVar[int] = 1


class UserError(DragomanError):
    """A mistake in what was asked of us."""

    exit_code = 2


class SettingError(UserError):
    """A setting has a value that cannot be used."""


class OutletError(UserError):
    """An outlet's file is wrong, or no outlet has the id that was asked for."""


class QueryError(UserError):
    """A search query cannot be read; the message points at the place."""


class ArchiveError(DragomanError):
    """The archive cannot be read or written."""

    exit_code = 3


class IndexUnavailable(DragomanError):
    """The index cannot be reached or refuses us; what it lacks waits in the backlog."""

    exit_code = 4


class KibanaUnavailable(IndexUnavailable):
    """Kibana cannot be reached, refuses us, or does not take our objects."""


class RunLocked(DragomanError):
    """Another run holds this home."""

    exit_code = 75


class NotAnArticle(DragomanError):
    """A page holds no article. Its message is the reason, starting with the kind it is counted under.

    >>> NotAnArticle("empty: the page has no text").kind
    'empty'
    """

    @property
    def kind(self) -> str:
        """The word before the colon, under which such pages are counted."""
        return str(self).partition(":")[0]
