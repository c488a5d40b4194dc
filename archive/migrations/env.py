"""Alembic's way in: it is handed the connection on which to work."""

from __future__ import annotations

from alembic import context

from archive.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
