"""Stories: which articles share a text, and the bands by which they are found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "stories",
        sa.Column("article_id", sa.String, sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("story", sa.String, nullable=False),
        sa.Column("bands", sa.LargeBinary, nullable=False),
    )
    op.create_index("stories_by_story", "stories", ["story"])
    op.create_table(
        "story_bands",
        sa.Column("band", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("article", sa.BigInteger, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("story_bands")
    op.drop_table("stories")
