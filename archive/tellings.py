"""The table of tellings: which alarms each way of telling believes to be on, so that each is told when it begins and when it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from archive.database import Tables, aware, utc
from archive.tables import tellings


@dataclass(frozen=True, slots=True)
class Telling:
    """An alarm as it was told."""

    outlet: str
    kind: str
    about: str
    severity: str
    seen: str
    mend: str
    told_at: datetime

    @property
    def key(self) -> tuple[str, str, str]:
        """What the alarm is known again by."""
        return self.outlet, self.kind, self.about


class Tellings(Tables):
    """The table of tellings. Every method is one transaction."""

    def on(self, way: str) -> list[Telling]:
        """The alarms that were told this way and have not ended for it."""
        wanted = select(tellings).where(tellings.c.way == way)
        with self._transaction() as connection:
            return [
                Telling(row.outlet, row.kind, row.about, row.severity, row.seen, row.mend, aware(row.told_at))
                for row in connection.execute(wanted.order_by(tellings.c.outlet, tellings.c.kind, tellings.c.about))
            ]

    def note(self, way: str, on: Sequence[Telling]) -> None:
        """Note that these, and no others, are on for all who are told this way."""
        rows = [
            {
                "way": way,
                "outlet": one.outlet,
                "kind": one.kind,
                "about": one.about,
                "severity": one.severity,
                "seen": one.seen,
                "mend": one.mend,
                "told_at": utc(one.told_at),
            }
            for one in on
        ]
        with self._transaction() as connection:
            connection.execute(delete(tellings).where(tellings.c.way == way))
            if rows:
                connection.execute(insert(tellings), rows)
