"""Alembic's entry point: migrates the connection that `revision.upgrade` hands over, within its transaction."""

from alembic import context

from web.storage.database import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
