"""What the panel's figures and lists read of a large operation stands in indexes."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.indexes import create_index, replace_index

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_MONTH = "ix_processos_competencia_status"
_BEFORE = ["competencia", "status_processo", "id", "status_ativo"]
_REFUSED = sa.text("credencial_recusada_em IS NOT NULL")


def upgrade() -> None:
    replace_index(_MONTH, "processos", [*_BEFORE, "cliente_id", "valor_centavos", "data_vencimento"])
    create_index("ix_processos_competencia_atualizado_em", "processos", ["competencia", "atualizado_em"])
    create_index(
        "ix_processos_inativos",
        "processos",
        ["id"],
        sqlite_where=sa.text("status_ativo = 0"),
        postgresql_where=sa.text("NOT status_ativo"),
    )
    create_index("ix_clientes_recusados", "clientes", ["id"], sqlite_where=_REFUSED, postgresql_where=_REFUSED)
    create_index("ix_execucoes_status_execucao_id", "execucoes", ["status_execucao", "id"])


def downgrade() -> None:
    op.drop_index("ix_execucoes_status_execucao_id", "execucoes")
    op.drop_index("ix_clientes_recusados", "clientes")
    op.drop_index("ix_processos_inativos", "processos")
    op.drop_index("ix_processos_competencia_atualizado_em", "processos")
    op.drop_index(_MONTH, "processos")
    op.create_index(_MONTH, "processos", _BEFORE)
