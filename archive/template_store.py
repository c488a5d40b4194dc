"""The table of what was learned of outlets' templates, version by version."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from archive.database import Tables, aware, utc
from archive.tables import articles, templates
from archive.templates import Template, TemplateLine


class Templates(Tables):
    """The table of templates. Every method is one transaction; old versions stay."""

    def newest(self) -> dict[str, Template]:
        """The newest template of each outlet that has one, by the outlet's id."""
        with self._transaction() as connection:
            ordered = connection.execute(select(templates).order_by(templates.c.outlet, templates.c.version))
            return {row.outlet: _template(row) for row in ordered}

    def versions(self, outlet: str) -> list[Template]:
        """All versions of an outlet's template, in their order."""
        with self._transaction() as connection:
            return [_template(row) for row in connection.execute(_of(outlet))]

    def unread(self, outlet: str) -> tuple[int, int]:
        """How many articles the store has of an outlet, and how many of them came since it was learned from last."""
        with self._transaction() as connection:
            there = _count(connection, outlet)
            newest = _newest(connection, outlet)
        return there, there - (newest.read if newest else 0)

    def keep(self, outlet: str, learned_from: int, lines: tuple[TemplateLine, ...], now: datetime) -> Template:
        """Keep what was learned: a new version where the lines are others, fresh figures for the newest where not."""
        with self._transaction() as connection:
            newest = _newest(connection, outlet)
            known = _template(newest) if newest else None
            figures = {
                "articles": learned_from,
                "read": _count(connection, outlet),
                "lines": [line.model_dump() for line in lines],
            }
            if known and _saying(known.lines) == _saying(lines):
                mine = (templates.c.outlet == outlet) & (templates.c.version == known.version)
                connection.execute(update(templates).where(mine).values(figures))
                return known.model_copy(update={"articles": learned_from, "lines": lines})
            version = known.version + 1 if known else 1
            row = {"outlet": outlet, "version": version, "learned_at": utc(now), **figures}
            connection.execute(insert(templates).values(row))
            return Template(outlet=outlet, version=version, learned_at=now, articles=learned_from, lines=lines)


def _of(outlet: str) -> Select[Any]:
    return select(templates).where(templates.c.outlet == outlet).order_by(templates.c.version)


def _newest(connection: Connection, outlet: str) -> Row[Any] | None:
    return next(iter(connection.execute(_of(outlet)).all()[-1:]), None)


def _saying(lines: tuple[TemplateLine, ...]) -> set[tuple[str, str]]:
    return {(line.text, line.place) for line in lines}


def _count(connection: Connection, outlet: str) -> int:
    wanted = select(func.count()).select_from(articles).where(articles.c.outlet == outlet)
    return connection.execute(wanted).scalar_one()


def _template(row: Row[Any]) -> Template:
    return Template(
        outlet=row.outlet,
        version=row.version,
        learned_at=aware(row.learned_at),
        articles=row.articles,
        lines=tuple(TemplateLine(**line) for line in row.lines),
    )
