"""Log lines of sales' robots, and the messages in chat that grow with a download."""

import sqlalchemy as sa
from alembic import op

from storage.types import BigId, UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_OPEN = sa.text("encerrado_em IS NULL")
_FAILED = sa.text("detalhes_erro IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "logs_venda",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("venda_id", sa.Uuid(), nullable=False),
        sa.Column("seq", BigId, nullable=False),
        sa.Column("timestamp", UtcDateTime(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["venda_id"], ["vendas.id"], name="fk_logs_venda_venda_id"),
        sa.PrimaryKeyConstraint("id", name="pk_logs_venda"),
        sa.UniqueConstraint("venda_id", "seq", name="uq_logs_venda_venda_id_seq"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "andamentos",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("execucao_id", sa.Uuid(), nullable=False),
        sa.Column("contato_id", BigId, nullable=False),
        sa.Column("message_id", BigId, nullable=False),
        sa.Column("cresce", sa.Boolean(), nullable=False),
        sa.Column("pendente", sa.Boolean(), nullable=False),
        sa.Column("mostrado_em", UtcDateTime(), nullable=False),
        sa.Column("chamada_id", BigId, nullable=False),
        sa.Column("encerrado_em", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["contato_id"], ["contatos.id"], name="fk_andamentos_contato_id"),
        sa.ForeignKeyConstraint(["execucao_id"], ["execucoes.id"], name="fk_andamentos_execucao_id"),
        sa.PrimaryKeyConstraint("id", name="pk_andamentos"),
        sa.UniqueConstraint("execucao_id", "contato_id", name="uq_andamentos_execucao_id_contato_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_andamentos_abertos", "andamentos", ["mostrado_em"], sqlite_where=_OPEN, postgresql_where=_OPEN)
    op.create_index("ix_execucoes_com_erro", "execucoes", ["data_fim"], sqlite_where=_FAILED, postgresql_where=_FAILED)


def downgrade() -> None:
    op.drop_index("ix_execucoes_com_erro", "execucoes")
    op.drop_table("andamentos")
    op.drop_table("logs_venda")
