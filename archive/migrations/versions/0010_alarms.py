"""What alarms were told by which way, how sources fare when they are read, and the fetches of a run found by it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "tellings",
        sa.Column("way", sa.String, primary_key=True),
        sa.Column("outlet", sa.String, primary_key=True),
        sa.Column("kind", sa.String, primary_key=True),
        sa.Column("about", sa.Text, primary_key=True),
        sa.Column("severity", sa.String, nullable=False),
        sa.Column("seen", sa.Text, nullable=False),
        sa.Column("mend", sa.Text, nullable=False),
        sa.Column("told_at", sa.DateTime, nullable=False),
    )
    op.add_column("sources", sa.Column("read_at", sa.DateTime))
    op.add_column("sources", sa.Column("failures", sa.Integer, nullable=False, server_default="0"))
    op.add_column("sources", sa.Column("cause", sa.Text))
    op.execute(
        "UPDATE sources SET read_at = "
        "(SELECT max(fetched_at) FROM fetches WHERE fetches.url = sources.url AND status IN (200, 304))"
    )
    op.create_index("fetches_by_run", "fetches", ["run", "outlet"])


def downgrade() -> None:
    op.drop_index("fetches_by_run", "fetches")
    for column in ("read_at", "failures", "cause"):
        op.drop_column("sources", column)
    op.drop_table("tellings")
