"""Alembic's environment: runs on the connection that storage/schema.py gives it."""

from alembic import context

from storage.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    # SQLite changes a table by copying it.
    render_as_batch=True,
    transactional_ddl=True,
    # PostgreSQL: each committed by itself, so that no table stays locked for the sake of the next one.
    transaction_per_migration=connection.dialect.name == "postgresql",
)
with context.begin_transaction():
    context.run_migrations()
