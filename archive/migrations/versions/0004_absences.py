"""When pages were seen last, and when they were found missing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("articles", sa.Column("seen_at", sa.DateTime))
    op.create_table(
        "absences",
        sa.Column("article_id", sa.String, primary_key=True),
        sa.Column("at", sa.DateTime, primary_key=True),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("digest", sa.String),
    )
    op.create_index("absences_by_digest", "absences", ["digest"])


def downgrade() -> None:
    op.drop_table("absences")
    op.drop_column("articles", "seen_at")
