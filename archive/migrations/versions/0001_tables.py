"""The first tables: runs, links, fetches, articles, versions, backlog."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("command", sa.String, nullable=False),
        sa.Column("started_at", sa.DateTime, nullable=False),
        sa.Column("finished_at", sa.DateTime),
        sa.Column("stats", sa.JSON),
    )
    op.create_table(
        "links",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("outlet", sa.String, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("announced_at", sa.DateTime),
        sa.Column("found_in", sa.Text),
        sa.Column("first_seen_at", sa.DateTime, nullable=False),
        sa.Column("outcome", sa.String),
        sa.Column("reason", sa.Text),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("settled_at", sa.DateTime),
        sa.Column("article_id", sa.String),
    )
    op.create_index("links_by_outlet", "links", ["outlet", "outcome", "first_seen_at"])
    op.create_table(
        "fetches",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("run", sa.Integer, sa.ForeignKey("runs.id")),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("outlet", sa.String),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("cause", sa.Text),
        sa.Column("fetched_at", sa.DateTime, nullable=False),
        sa.Column("warc", sa.String),
        sa.Column("offset", sa.Integer),
        sa.Column("length", sa.Integer),
        sa.Column("digest", sa.String),
    )
    op.create_index("fetches_by_url", "fetches", ["url", "fetched_at"])
    op.create_table(
        "articles",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("outlet", sa.String, nullable=False),
        sa.Column("published_at", sa.DateTime),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_index("articles_by_outlet", "articles", ["outlet"])
    op.create_table(
        "versions",
        sa.Column("article_id", sa.String, sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("content_hash", sa.String, nullable=False),
        sa.Column("fetched_at", sa.DateTime),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_table(
        "backlog",
        sa.Column("article_id", sa.String, sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("queued_at", sa.DateTime, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text),
    )


def downgrade() -> None:
    for table in ("backlog", "versions", "articles", "fetches", "links", "runs"):
        op.drop_table(table)
