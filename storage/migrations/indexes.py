"""Indexes of tables that are in use: a release of before goes on reading and writing while they are made.

A plain CREATE INDEX of PostgreSQL keeps every writer out until the migration's end, a plain DROP INDEX every reader,
and a turn that has read a table before it writes to it then stands in a deadlock with the migration. These take no such
lock, wait for the turns that are at work, commit what the migration did before them, and can be done again when they
ended half-way (an invalid index is left then): so they come first in a migration, and what it does once after them.
https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import op


def create_index(name: str, table: str, columns: list[Any], **options: Any) -> None:
    """As `op.create_index`."""
    if not _is_shared():
        op.create_index(name, table, columns, **options)
        return
    with _beside_others():
        op.drop_index(name, table, if_exists=True, postgresql_concurrently=True)
        op.create_index(name, table, columns, postgresql_concurrently=True, **options)


def replace_index(name: str, table: str, columns: list[Any], **options: Any) -> None:
    """Give an index other columns. There is one of that name at every moment."""
    if not _is_shared():
        op.drop_index(name, table)
        op.create_index(name, table, columns, **options)
        return
    create_index(f"{name}_2", table, columns, **options)
    with _beside_others():
        op.drop_index(name, table, if_exists=True, postgresql_concurrently=True)
        op.execute(f"ALTER INDEX {name}_2 RENAME TO {name}")


def _is_shared() -> bool:
    """SQLite has one process, which is the one that migrates."""
    return bool(op.get_bind().dialect.name == "postgresql")


@contextmanager
def _beside_others() -> Iterator[None]:
    with op.get_context().autocommit_block():
        # It waits for everybody who is at work now, a backup too, and keeps nobody waiting meanwhile.
        op.execute("SET lock_timeout = 0")
        try:
            yield
        finally:
            op.execute("RESET lock_timeout")
