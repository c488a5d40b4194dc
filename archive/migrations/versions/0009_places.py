"""Where the next page of a walk is, if the page before it named it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("cursors", sa.Column("place", sa.Text))


def downgrade() -> None:
    op.drop_column("cursors", "place")
