"""When each source is asked and each page looked at again, by what a server can tell that nothing changed, and hosts that wait."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("links", sa.Column("due_at", sa.DateTime))
    op.create_index("links_by_due", "links", ["outlet", "due_at"])
    # Pages that are known already are looked at a month after they were settled: spread as they came, and not all at once.
    op.execute(
        "UPDATE links SET due_at = datetime(settled_at, '+30 days') || '.000000' WHERE article_id IS NOT NULL AND outcome <> 'duplicate'"
    )
    op.create_table(
        "sources",
        sa.Column("url", sa.Text, primary_key=True),
        sa.Column("outlet", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("parent", sa.Text),
        sa.Column("interval", sa.Integer),
        sa.Column("seen_share", sa.Float),
        sa.Column("polled_at", sa.DateTime),
        sa.Column("due_at", sa.DateTime),
    )
    op.create_index("sources_by_outlet", "sources", ["outlet"])
    op.create_table(
        "validators",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("fetched_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "hosts",
        sa.Column("host", sa.String, primary_key=True),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("trips", sa.Integer, nullable=False),
        sa.Column("not_before", sa.DateTime, nullable=False),
    )
    op.create_table(
        "site_files",
        sa.Column("url", sa.Text, primary_key=True),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("fetched_at", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    for table in ("site_files", "hosts", "validators", "sources"):
        op.drop_table(table)
    op.drop_index("links_by_due", "links")
    op.drop_column("links", "due_at")
