"""Lists of a month read an index alone; clientes are found by words inside their search text."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_OF_MONTH = "ix_processos_competencia_status"


def upgrade() -> None:
    op.drop_index(_OF_MONTH, "processos")
    op.create_index(_OF_MONTH, "processos", ["competencia", "status_processo", "id", "status_ativo"])
    if op.get_bind().dialect.name == "postgresql":
        # Part of every distribution; the owner of a database may create it (PostgreSQL 13 and newer).
        op.execute(sa.text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
    op.create_index(
        "ix_clientes_busca", "clientes", ["busca"], postgresql_using="gin", postgresql_ops={"busca": "gin_trgm_ops"}
    )


def downgrade() -> None:
    op.drop_index("ix_clientes_busca", "clientes")
    op.drop_index(_OF_MONTH, "processos")
    op.create_index(_OF_MONTH, "processos", ["competencia", "status_processo", "id"])
