"""Lists of a month read an index alone; clientes are found by words inside their search text."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.indexes import create_index, replace_index

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_OF_MONTH = "ix_processos_competencia_status"


def upgrade() -> None:
    replace_index(_OF_MONTH, "processos", ["competencia", "status_processo", "id", "status_ativo"])
    if op.get_bind().dialect.name == "postgresql" and not _has_trigrams():
        # Words are then looked for row by row: slower, and nothing else.
        return
    create_index(
        "ix_clientes_busca", "clientes", ["busca"], postgresql_using="gin", postgresql_ops={"busca": "gin_trgm_ops"}
    )


def _has_trigrams() -> bool:
    """Whether there is pg_trgm, made now where that may be done: it comes with PostgreSQL, not with every right."""
    known = "SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm')"
    may = (
        "SELECT has_database_privilege(current_database(), 'CREATE')"
        " AND EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm')"
    )
    if op.get_bind().scalar(sa.text(known)):
        return True
    if op.get_bind().scalar(sa.text(may)):
        op.execute(sa.text("CREATE EXTENSION pg_trgm"))
        return True
    return False


def downgrade() -> None:
    op.drop_index("ix_clientes_busca", "clientes", if_exists=True)
    op.drop_index(_OF_MONTH, "processos")
    op.create_index(_OF_MONTH, "processos", ["competencia", "status_processo", "id"])
