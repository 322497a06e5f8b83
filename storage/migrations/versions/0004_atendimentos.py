"""Atendimentos: the queue, the cards, the transcript."""

import sqlalchemy as sa
from alembic import op

from storage.types import BigId, Json, UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "respostas_rapidas",
        sa.Column("nome", sa.Text(), nullable=False),
        sa.Column("texto", sa.Text(), nullable=False),
        sa.Column("criada_por", sa.Uuid(), nullable=False),
        sa.Column("atualizada_em", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["criada_por"], ["usuarios.id"], name="fk_respostas_rapidas_criada_por"),
        sa.PrimaryKeyConstraint("nome", name="pk_respostas_rapidas"),
    )
    op.create_table(
        "atendimentos",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("protocolo_id", BigId, nullable=False),
        sa.Column("contato_id", BigId, nullable=False),
        sa.Column("idioma", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("consultor_id", BigId, nullable=True),
        sa.Column("destinado_a", BigId, nullable=True),
        sa.Column("prioridade", sa.Integer(), server_default="1", nullable=False),
        sa.Column("na_fila_desde", UtcDateTime(), nullable=False),
        sa.Column("passaram", sa.Integer(), server_default="0", nullable=False),
        sa.Column("posicao_dita", sa.Integer(), nullable=True),
        sa.Column("criado_em", UtcDateTime(), nullable=False),
        sa.Column("aceito_em", UtcDateTime(), nullable=True),
        sa.Column("consultor_sumiu_em", UtcDateTime(), nullable=True),
        sa.Column("janela_avisada_em", UtcDateTime(), nullable=True),
        sa.Column("topico_outbox_id", BigId, nullable=True),
        sa.Column("pipedrive_activity_id", BigId, nullable=True),
        sa.Column("encerrado_em", UtcDateTime(), nullable=True),
        sa.Column("encerrado_por", sa.Text(), nullable=True),
        sa.Column("avaliacao", sa.Integer(), nullable=True),
        sa.Column("comentario", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["consultor_id"], ["consultores.id"], name="fk_atendimentos_consultor_id"),
        sa.ForeignKeyConstraint(["contato_id"], ["contatos.id"], name="fk_atendimentos_contato_id"),
        sa.ForeignKeyConstraint(["destinado_a"], ["consultores.id"], name="fk_atendimentos_destinado_a"),
        sa.ForeignKeyConstraint(["protocolo_id"], ["protocolos.id"], name="fk_atendimentos_protocolo_id"),
        sa.PrimaryKeyConstraint("id", name="pk_atendimentos"),
        sa.UniqueConstraint("protocolo_id", name="uq_atendimentos_protocolo_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_atendimentos_abertos_por_consultor",
        "atendimentos",
        ["consultor_id"],
        unique=False,
        sqlite_where=sa.text("encerrado_em IS NULL"),
        postgresql_where=sa.text("encerrado_em IS NULL"),
    )
    op.create_index("ix_atendimentos_contato_id_id", "atendimentos", ["contato_id", "id"], unique=False)
    op.create_index(
        "ix_atendimentos_fila",
        "atendimentos",
        ["prioridade", "na_fila_desde", "id"],
        unique=False,
        sqlite_where=sa.text("status = 'NA_FILA'"),
        postgresql_where=sa.text("status = 'NA_FILA'"),
    )
    op.create_index(
        "uq_atendimentos_aberto_por_contato",
        "atendimentos",
        ["contato_id"],
        unique=True,
        sqlite_where=sa.text("encerrado_em IS NULL"),
        postgresql_where=sa.text("encerrado_em IS NULL"),
    )
    op.create_table(
        "mensagens",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("atendimento_id", BigId, nullable=False),
        sa.Column("autor", sa.Text(), nullable=False),
        sa.Column("consultor_id", BigId, nullable=True),
        sa.Column("tipo", sa.Text(), nullable=False),
        sa.Column("texto", sa.Text(), nullable=True),
        sa.Column("arquivo_id", sa.Uuid(), nullable=True),
        sa.Column("detalhe", Json(), nullable=True),
        sa.Column("responde_a", BigId, nullable=True),
        sa.Column("contato_id", BigId, nullable=True),
        sa.Column("inbound_id", sa.Text(), nullable=True),
        sa.Column("outbox_id", BigId, nullable=True),
        sa.Column("quando", UtcDateTime(), nullable=False),
        sa.Column("editada_em", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["arquivo_id"], ["arquivos.id"], name="fk_mensagens_arquivo_id"),
        sa.ForeignKeyConstraint(["atendimento_id"], ["atendimentos.id"], name="fk_mensagens_atendimento_id"),
        sa.ForeignKeyConstraint(["consultor_id"], ["consultores.id"], name="fk_mensagens_consultor_id"),
        sa.ForeignKeyConstraint(["contato_id"], ["contatos.id"], name="fk_mensagens_contato_id"),
        sa.PrimaryKeyConstraint("id", name="pk_mensagens"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_mensagens_atendimento_id_id", "mensagens", ["atendimento_id", "id"], unique=False)
    op.create_index("ix_mensagens_contato_id_inbound_id", "mensagens", ["contato_id", "inbound_id"], unique=False)
    op.create_index("ix_mensagens_outbox_id", "mensagens", ["outbox_id"], unique=False)
    op.create_table(
        "ofertas",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("atendimento_id", BigId, nullable=False),
        sa.Column("consultor_id", BigId, nullable=False),
        sa.Column("contato_id", BigId, nullable=False),
        sa.Column("message_id", BigId, nullable=True),
        sa.Column("oferecida_em", UtcDateTime(), nullable=False),
        sa.Column("expira_em", UtcDateTime(), nullable=False),
        sa.Column("respondida_em", UtcDateTime(), nullable=True),
        sa.Column("resposta", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["atendimento_id"], ["atendimentos.id"], name="fk_ofertas_atendimento_id"),
        sa.ForeignKeyConstraint(["consultor_id"], ["consultores.id"], name="fk_ofertas_consultor_id"),
        sa.ForeignKeyConstraint(["contato_id"], ["contatos.id"], name="fk_ofertas_contato_id"),
        sa.PrimaryKeyConstraint("id", name="pk_ofertas"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_ofertas_atendimento_id", "ofertas", ["atendimento_id"], unique=False)
    op.create_index("ix_ofertas_consultor_id", "ofertas", ["consultor_id"], unique=False)
    op.create_index(
        "uq_ofertas_aberta_por_atendimento",
        "ofertas",
        ["atendimento_id"],
        unique=True,
        sqlite_where=sa.text("respondida_em IS NULL"),
        postgresql_where=sa.text("respondida_em IS NULL"),
    )
    op.create_index(
        "uq_ofertas_aberta_por_consultor",
        "ofertas",
        ["consultor_id"],
        unique=True,
        sqlite_where=sa.text("respondida_em IS NULL"),
        postgresql_where=sa.text("respondida_em IS NULL"),
    )
    op.create_index(
        "ix_outbox_provider_id",
        "outbox",
        ["provider_id"],
        unique=False,
        sqlite_where=sa.text("provider_id IS NOT NULL"),
        postgresql_where=sa.text("provider_id IS NOT NULL"),
    )
    op.add_column("contatos", sa.Column("atendimento_id", BigId, nullable=True))
    op.add_column("contatos", sa.Column("pipedrive_person_id", BigId, nullable=True))


def downgrade() -> None:
    op.drop_index("ix_outbox_provider_id", "outbox")
    op.drop_column("contatos", "pipedrive_person_id")
    op.drop_column("contatos", "atendimento_id")
    op.drop_table("mensagens")
    op.drop_table("ofertas")
    op.drop_table("atendimentos")
    op.drop_table("respostas_rapidas")
