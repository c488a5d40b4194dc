"""Is a page gone? Decided by when it was found missing, and by when it was last there. Pure.

One answer says little: sites that are being mended or moved answer 404 to everything for an hour. So a page is gone when it
was found missing twice, with hours between, and was not there since; or when another page stands in its place and says so in words.
It may come back, and then it never was.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

APART = timedelta(hours=6)
"""Time between two looks that find a page missing, from which it is gone: longer than a mend takes, and a crawl a day suffices."""

SAYS_SO = "not found: the page says so, and answers 200"
"""The reason of an absence that is sure at once: a soft 404 is a page that somebody wrote, and no server's trouble."""


def gone_since(
    missed: Iterable[datetime], seen_at: datetime | None, sure: Collection[datetime] = ()
) -> datetime | None:
    """Since when the page is known to be gone: the first time that it was missed after it was last seen. ``sure`` are those
    among ``missed`` that one look is enough for.

    >>> from datetime import UTC
    >>> noon, night = datetime(2026, 5, 1, 12, tzinfo=UTC), datetime(2026, 5, 1, 23, tzinfo=UTC)
    >>> gone_since([noon, night], None) == noon, gone_since([noon], None), gone_since([noon, night], night)
    (True, None, None)
    """
    since = missed_since(missed, seen_at)
    is_gone = since and (since[-1] - since[0] >= APART or any(at in sure for at in since))
    return since[0] if is_gone else None


def missed_since(missed: Iterable[datetime], seen_at: datetime | None) -> list[datetime]:
    """When it was missed after it was last seen, in order."""
    return sorted(at for at in missed if seen_at is None or at > seen_at)
