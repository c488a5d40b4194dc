"""The number of each change of an article, and how far long tasks have come."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_NOW = "CAST((julianday('now') - 2440587.5) * 86400000000.0 AS INTEGER)"
_NEXT = f"max({_NOW}, 1 + coalesce((SELECT max(revision) FROM articles), 0))"  # noqa: S608 - a constant of this module
"""Microseconds of the clock, or one more than the greatest: it grows with every change, and in a database that was made again, or put back
from a copy, it goes on above what an index has from before."""


def upgrade() -> None:
    op.add_column("articles", sa.Column("revision", sa.BigInteger))
    op.execute(f"UPDATE articles SET revision = {_NOW} + rowid")  # noqa: S608 - a constant of this module
    op.create_index("articles_by_revision", "articles", ["revision"])
    for name, when in (
        ("articles_put", "INSERT ON articles"),
        ("articles_changed", "UPDATE OF document ON articles WHEN NEW.document IS NOT OLD.document"),
    ):
        change = f"UPDATE articles SET revision = {_NEXT} WHERE id = NEW.id"  # noqa: S608 - a constant of this module
        op.execute(f"CREATE TRIGGER {name} AFTER {when} BEGIN {change}; END")
    op.create_table(
        "progress",
        sa.Column("task", sa.String, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("progress")
    op.execute("DROP TRIGGER articles_put")
    op.execute("DROP TRIGGER articles_changed")
    op.drop_index("articles_by_revision")
    op.drop_column("articles", "revision")
