"""Schedules, and a row for each instant at which one was due."""

import sqlalchemy as sa
from alembic import op

from storage.types import Json, UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agendamentos",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("nome_agendamento", sa.Text(), nullable=False),
        sa.Column("descricao", sa.Text(), nullable=True),
        sa.Column("cron_expressao", sa.Text(), nullable=False),
        sa.Column("tipo_agendamento", sa.Text(), nullable=False),
        sa.Column("parametros_execucao", Json, nullable=False),
        sa.Column("status_ativo", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("em_vigor_desde", UtcDateTime(), nullable=False),
        sa.Column("falha_avisada", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("criado_por", sa.Uuid(), nullable=True),
        sa.Column("criado_em", UtcDateTime(), nullable=False),
        sa.Column("atualizado_em", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["criado_por"], ["usuarios.id"], name="fk_agendamentos_criado_por"),
        sa.PrimaryKeyConstraint("id", name="pk_agendamentos"),
        sa.UniqueConstraint("nome_agendamento", name="uq_agendamentos_nome_agendamento"),
    )
    op.create_table(
        "execucoes_agendamento",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agendamento_id", sa.Uuid(), nullable=False),
        sa.Column("devido_em", UtcDateTime(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("pedida_por", sa.Uuid(), nullable=True),
        sa.Column("puladas", sa.Integer(), server_default="0", nullable=False),
        sa.Column("criada_em", UtcDateTime(), nullable=False),
        sa.Column("iniciada_em", UtcDateTime(), nullable=True),
        sa.Column("terminada_em", UtcDateTime(), nullable=True),
        sa.Column("avisada_em", UtcDateTime(), nullable=True),
        sa.Column("resultado", Json, nullable=True),
        sa.Column("erro", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agendamento_id"], ["agendamentos.id"], name="fk_execucoes_agendamento_agendamento_id"
        ),
        sa.ForeignKeyConstraint(["pedida_por"], ["usuarios.id"], name="fk_execucoes_agendamento_pedida_por"),
        sa.PrimaryKeyConstraint("id", name="pk_execucoes_agendamento"),
        sa.UniqueConstraint("agendamento_id", "devido_em", name="uq_execucoes_agendamento_agendamento_id_devido_em"),
    )
    op.create_index(
        "ix_execucoes_agendamento_abertas",
        "execucoes_agendamento",
        ["criada_em"],
        unique=False,
        sqlite_where=sa.text("terminada_em IS NULL"),
        postgresql_where=sa.text("terminada_em IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("execucoes_agendamento")
    op.drop_table("agendamentos")
