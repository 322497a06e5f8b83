"""The log lines of execucoes that ended long ago, packed; and an index of what failed."""

import sqlalchemy as sa
from alembic import op

from storage.types import UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_FALHAS = sa.text("status_execucao IN ('FALHOU', 'TIMEOUT')")


def upgrade() -> None:
    op.create_table(
        "logs_compactados",
        sa.Column("execucao_id", sa.Uuid(), nullable=False),
        sa.Column("linhas", sa.Integer(), nullable=False),
        sa.Column("conteudo", sa.LargeBinary(), nullable=False),
        sa.Column("compactado_em", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["execucao_id"], ["execucoes.id"], name="fk_logs_compactados_execucao_id"),
        sa.PrimaryKeyConstraint("execucao_id", name="pk_logs_compactados"),
    )
    op.create_index("ix_execucoes_falhas", "execucoes", ["id"], sqlite_where=_FALHAS, postgresql_where=_FALHAS)


def downgrade() -> None:
    op.drop_index("ix_execucoes_falhas", "execucoes")
    op.drop_table("logs_compactados")
