"""How far each outlet's history was walked, and the author that an announcement names."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("links", sa.Column("author", sa.Text))
    op.create_table(
        "cursors",
        sa.Column("outlet", sa.String, primary_key=True),
        sa.Column("url", sa.Text, primary_key=True),
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("since", sa.DateTime, nullable=False),
        sa.Column("done", sa.Boolean, nullable=False),
        sa.Column("moved_at", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("cursors")
    op.drop_column("links", "author")
