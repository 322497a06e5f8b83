"""The first tables: people, conversations, sales, the pool, and the outbox."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import CreateSequence, DropSequence

from storage.types import BigId, Json, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Outbox ids, a block at a time; SQLite counts from its newest row instead.
OUTBOX_IDS = sa.Sequence("outbox_ids", start=16, increment=16)


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(CreateSequence(OUTBOX_IDS))
    op.create_table(
        "early_callbacks",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("job_id", sa.Text(), nullable=False),
        sa.Column("payload", Json(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_early_callbacks"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_early_callbacks_job_id", "early_callbacks", ["job_id"], unique=False)
    op.create_table(
        "events",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "event_id", name="pk_events"),
    )
    op.create_index("ix_events_received_at", "events", ["received_at"], unique=False)
    op.create_table(
        "failed_events",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("payload", Json(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.Column("dead_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("channel", "event_id", name="pk_failed_events"),
    )
    op.create_table(
        "message_statuses",
        sa.Column("provider_id", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("error_code", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("provider_id", name="pk_message_statuses"),
    )
    op.create_table(
        "ocorrencias",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("quando", UtcDateTime(), nullable=False),
        sa.Column("tipo", sa.Text(), nullable=False),
        sa.Column("referencia", sa.Text(), nullable=True),
        sa.Column("detalhe", Json(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_ocorrencias"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_ocorrencias_tipo_referencia", "ocorrencias", ["tipo", "referencia"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", BigId, autoincrement=False, nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("params", Json(), nullable=False),
        sa.Column("contato_id", BigId, nullable=True),
        sa.Column("request_id", sa.Text(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("provider_id", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
    )
    op.create_index("ix_outbox_done_at", "outbox", ["done_at"], unique=False)
    op.create_index(
        "ix_outbox_pending",
        "outbox",
        ["lane", "id"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_table(
        "usuarios",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("nome_completo", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("telefone", sa.Text(), nullable=False),
        sa.Column("tel_whatsapp", sa.Text(), nullable=True),
        sa.Column("perfil_usuario", sa.Text(), nullable=False),
        sa.Column("matricula_pap", sa.Text(), nullable=True),
        sa.Column("senha_pap", sa.Text(), nullable=True),
        sa.Column("autorizar_venda_sem_auditoria", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("status_ativo", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("login_recusado_em", UtcDateTime(), nullable=True),
        sa.Column("criado_em", UtcDateTime(), nullable=False),
        sa.Column("atualizado_em", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_usuarios"),
        sa.UniqueConstraint("email", name="uq_usuarios_email"),
        sa.UniqueConstraint("telefone", name="uq_usuarios_telefone"),
    )
    op.create_index("ix_usuarios_tel_whatsapp", "usuarios", ["tel_whatsapp"], unique=False)
    op.create_table(
        "contatos",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("scoped_id", sa.Text(), nullable=True),
        sa.Column("is_group", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("telefone", sa.Text(), nullable=True),
        sa.Column("nome", sa.Text(), nullable=True),
        sa.Column("idioma", sa.Text(), server_default="pt_BR", nullable=False),
        sa.Column("usuario_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("state_data", Json(), nullable=True),
        sa.Column("choices", Json(), nullable=True),
        sa.Column("last_inbound_id", sa.Text(), nullable=True),
        sa.Column("last_inbound_at", UtcDateTime(), nullable=True),
        sa.Column("unreachable_at", UtcDateTime(), nullable=True),
        sa.Column("criado_em", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["usuario_id"], ["usuarios.id"], name="fk_contatos_usuario_id"),
        sa.PrimaryKeyConstraint("id", name="pk_contatos"),
        sa.UniqueConstraint("channel", "external_id", name="uq_contatos_channel_external_id"),
        sa.UniqueConstraint("channel", "scoped_id", name="uq_contatos_channel_scoped_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_contatos_usuario_id", "contatos", ["usuario_id"], unique=False)
    op.create_table(
        "convites",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("usuario_id", sa.Uuid(), nullable=False),
        sa.Column("expira_em", UtcDateTime(), nullable=False),
        sa.Column("usado_em", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["usuario_id"], ["usuarios.id"], name="fk_convites_usuario_id"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_convites"),
    )
    op.create_table(
        "arquivos",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contato_id", BigId, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("provider_file_id", sa.Text(), nullable=False),
        sa.Column("object_key", sa.Text(), nullable=True),
        sa.Column("nome", sa.Text(), nullable=True),
        sa.Column("mime_type", sa.Text(), nullable=True),
        sa.Column("tamanho", sa.Integer(), nullable=True),
        sa.Column("legenda", sa.Text(), nullable=True),
        sa.Column("erro", sa.Text(), nullable=True),
        sa.Column("recebido_em", UtcDateTime(), nullable=False),
        sa.Column("guardado_em", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["contato_id"], ["contatos.id"], name="fk_arquivos_contato_id"),
        sa.PrimaryKeyConstraint("id", name="pk_arquivos"),
    )
    op.create_table(
        "vendas",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("usuario_id", sa.Uuid(), nullable=False),
        sa.Column("contato_id", BigId, nullable=False),
        sa.Column("status_venda", sa.Text(), nullable=False),
        sa.Column("bo_usuario_id", sa.Uuid(), nullable=True),
        sa.Column("epoch", BigId, nullable=True),
        sa.Column("job_id", sa.Text(), nullable=True),
        sa.Column("pergunta", Json(), nullable=True),
        sa.Column("perguntas_feitas", sa.Integer(), server_default="0", nullable=False),
        sa.Column("respondida", sa.Text(), nullable=True),
        sa.Column("progresso", Json(), nullable=True),
        sa.Column("progresso_message_id", BigId, nullable=True),
        sa.Column("numero_pedido", sa.Text(), nullable=True),
        sa.Column("resultado", Json(), nullable=True),
        sa.Column("erro", Json(), nullable=True),
        sa.Column("criada_em", UtcDateTime(), nullable=False),
        sa.Column("atualizada_em", UtcDateTime(), nullable=False),
        sa.Column("polled_at", UtcDateTime(), nullable=True),
        sa.Column("encerrada_em", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["bo_usuario_id"], ["usuarios.id"], name="fk_vendas_bo_usuario_id"),
        sa.ForeignKeyConstraint(["contato_id"], ["contatos.id"], name="fk_vendas_contato_id"),
        sa.ForeignKeyConstraint(["usuario_id"], ["usuarios.id"], name="fk_vendas_usuario_id"),
        sa.PrimaryKeyConstraint("id", name="pk_vendas"),
        sa.UniqueConstraint("job_id", name="uq_vendas_job_id"),
    )
    op.create_index(
        "ix_vendas_abertas",
        "vendas",
        ["atualizada_em"],
        unique=False,
        sqlite_where=sa.text("encerrada_em IS NULL"),
        postgresql_where=sa.text("encerrada_em IS NULL"),
    )
    op.create_index("ix_vendas_usuario_id_criada_em", "vendas", ["usuario_id", "criada_em"], unique=False)
    op.create_index(
        "uq_vendas_aberta_por_usuario",
        "vendas",
        ["usuario_id"],
        unique=True,
        sqlite_where=sa.text("encerrada_em IS NULL"),
        postgresql_where=sa.text("encerrada_em IS NULL"),
    )
    op.create_table(
        "pap_bo_em_uso",
        sa.Column("epoch", BigId, autoincrement=False, nullable=False),
        sa.Column("bo_usuario_id", sa.Uuid(), nullable=False),
        sa.Column("vendedor_id", sa.Uuid(), nullable=False),
        sa.Column("telefone", sa.Text(), nullable=False),
        sa.Column("venda_id", sa.Uuid(), nullable=False),
        sa.Column("desde", UtcDateTime(), nullable=False),
        sa.Column("expira_em", UtcDateTime(), nullable=False),
        sa.Column("liberado_em", UtcDateTime(), nullable=True),
        sa.Column("motivo_liberacao", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["bo_usuario_id"], ["usuarios.id"], name="fk_pap_bo_em_uso_bo_usuario_id"),
        sa.ForeignKeyConstraint(["venda_id"], ["vendas.id"], name="fk_pap_bo_em_uso_venda_id"),
        sa.ForeignKeyConstraint(["vendedor_id"], ["usuarios.id"], name="fk_pap_bo_em_uso_vendedor_id"),
        sa.PrimaryKeyConstraint("epoch", name="pk_pap_bo_em_uso"),
    )
    op.create_index(
        "uq_pap_bo_em_uso_aberto_por_bo",
        "pap_bo_em_uso",
        ["bo_usuario_id"],
        unique=True,
        sqlite_where=sa.text("liberado_em IS NULL"),
        postgresql_where=sa.text("liberado_em IS NULL"),
    )
    op.create_index(
        "uq_pap_bo_em_uso_aberto_por_vendedor",
        "pap_bo_em_uso",
        ["vendedor_id"],
        unique=True,
        sqlite_where=sa.text("liberado_em IS NULL"),
        postgresql_where=sa.text("liberado_em IS NULL"),
    )
    op.create_table(
        "pap_bo_fila",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("venda_id", sa.Uuid(), nullable=False),
        sa.Column("entrou_em", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["venda_id"], ["vendas.id"], name="fk_pap_bo_fila_venda_id"),
        sa.PrimaryKeyConstraint("id", name="pk_pap_bo_fila"),
        sa.UniqueConstraint("venda_id", name="uq_pap_bo_fila_venda_id"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("pap_bo_fila")
    op.drop_table("pap_bo_em_uso")
    op.drop_table("vendas")
    op.drop_table("arquivos")
    op.drop_table("convites")
    op.drop_table("contatos")
    op.drop_table("usuarios")
    op.drop_table("outbox")
    op.drop_table("ocorrencias")
    op.drop_table("message_statuses")
    op.drop_table("failed_events")
    op.drop_table("events")
    op.drop_table("early_callbacks")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(DropSequence(OUTBOX_IDS))
