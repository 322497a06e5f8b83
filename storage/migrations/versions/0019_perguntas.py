"""What robots of invoices ask, and who was asked."""

import sqlalchemy as sa
from alembic import op

from storage.types import BigId, Json, UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_OPEN = sa.text("encerrada_em IS NULL")


def upgrade() -> None:
    op.create_table(
        "perguntas_execucao",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("execucao_id", sa.Uuid(), nullable=False),
        sa.Column("pergunta_id", sa.Text(), nullable=False),
        sa.Column("pergunta", Json(), nullable=False),
        sa.Column("seq", BigId, nullable=True),
        sa.Column("feita_em", UtcDateTime(), nullable=False),
        sa.Column("usuario_id", sa.Uuid(), nullable=True),
        sa.Column("contato_id", BigId, nullable=True),
        sa.Column("message_id", BigId, nullable=True),
        sa.Column("vence_em", UtcDateTime(), nullable=True),
        sa.Column("perguntados", Json(), nullable=False),
        sa.Column("desfecho", sa.Text(), nullable=True),
        sa.Column("encerrada_em", UtcDateTime(), nullable=True),
        sa.Column("entregue_em", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["contato_id"], ["contatos.id"], name="fk_perguntas_execucao_contato_id"),
        sa.ForeignKeyConstraint(["execucao_id"], ["execucoes.id"], name="fk_perguntas_execucao_execucao_id"),
        sa.ForeignKeyConstraint(["usuario_id"], ["usuarios.id"], name="fk_perguntas_execucao_usuario_id"),
        sa.PrimaryKeyConstraint("id", name="pk_perguntas_execucao"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_perguntas_execucao_aberta",
        "perguntas_execucao",
        ["execucao_id"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.create_index("ix_perguntas_execucao_execucao_id", "perguntas_execucao", ["execucao_id", "id"], unique=False)


def downgrade() -> None:
    op.drop_table("perguntas_execucao")
