"""What became of each link, each time: what was known so far is its first entry."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "outcomes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("outcome", sa.String, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_index("outcomes_by_key", "outcomes", ["key"])
    op.create_index("outcomes_by_day", "outcomes", ["at"])
    op.execute(
        "INSERT INTO outcomes (key, outcome, reason, at) "
        "SELECT key, outcome, reason, settled_at FROM links WHERE settled_at IS NOT NULL AND outcome IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_table("outcomes")
