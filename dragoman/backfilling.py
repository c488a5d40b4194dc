"""How far back a back-fill goes, as it is said on the command line."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import typer

_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def begin_of_history(since: str | None, backfill: bool, due: bool) -> datetime | None:
    """The day back to which a back-fill goes; None where none is wanted. Raises BadParameter with the mend."""
    if not backfill:
        if since:
            raise typer.BadParameter("it says how far --backfill goes; add --backfill", param_hint="--since")
        return None
    if due:
        raise typer.BadParameter(
            "a back-fill is of what is old, --due of what is new; leave one out", param_hint="--backfill"
        )
    if not since:
        raise typer.BadParameter("back to when? add --since 2015", param_hint="--backfill")
    begin = _day(since)
    if begin is None:
        raise typer.BadParameter(f"{since!r} is no date; write 2015, 2015-06 or 2015-06-30", param_hint="--since")
    if begin > datetime.now(UTC):
        raise typer.BadParameter(f"{since} is yet to come", param_hint="--since")
    return begin


def _day(since: str) -> datetime | None:
    found = _DAY.fullmatch(since)
    try:
        return datetime(int(found[1]), int(found[2] or 1), int(found[3] or 1), tzinfo=UTC) if found else None
    except ValueError:
        return None
