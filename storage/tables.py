"""Every table. Business columns carry the names of the reference systems; technical ones are English."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Sequence,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    false,
    text,
    true,
)

from storage.types import BigId, Json, UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _open_only(column: str) -> dict[str, object]:
    """A partial unique index: at most one row per key while `column` is still empty."""
    where = text(f"{column} IS NULL")
    return {"unique": True, "sqlite_where": where, "postgresql_where": where}


usuarios = Table(
    "usuarios",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("nome_completo", Text, nullable=False),
    Column("email", Text, unique=True),
    Column("telefone", Text, nullable=False, unique=True),
    Column("tel_whatsapp", Text, index=True),
    Column("perfil_usuario", Text, nullable=False),
    Column("matricula_pap", Text),
    # Sealed by storage/secrets.py, bound to this row.
    Column("senha_pap", Text),
    Column("autorizar_venda_sem_auditoria", Boolean, nullable=False, server_default=false()),
    Column("status_ativo", Boolean, nullable=False, server_default=true()),
    # A BackOffice login the portal refused waits here for an administrator.
    Column("login_recusado_em", UtcDateTime),
    Column("criado_em", UtcDateTime, nullable=False),
    Column("atualizado_em", UtcDateTime, nullable=False),
)

contatos = Table(
    "contatos",
    metadata,
    # The integer that dialogs see as chat and user id, on every channel.
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("channel", Text, nullable=False),
    # What the channel wants to be given when we write to this person. Opaque.
    Column("external_id", Text, nullable=False),
    # WhatsApp's business-scoped id, when it told us one.
    Column("scoped_id", Text),
    Column("is_group", Boolean, nullable=False, server_default=false()),
    Column("telefone", Text),
    Column("nome", Text),
    Column("idioma", Text, nullable=False, server_default="pt_BR"),
    Column("usuario_id", Uuid, ForeignKey("usuarios.id")),
    # Conversation state, kept in the same transaction as everything else of a turn.
    Column("state", Text),
    Column("state_data", Json),
    # The choices last shown, so that typing a number or a label works as the tap does.
    Column("choices", Json),
    Column("last_inbound_id", Text),
    Column("last_inbound_at", UtcDateTime),
    Column("unreachable_at", UtcDateTime),
    Column("criado_em", UtcDateTime, nullable=False),
    UniqueConstraint("channel", "external_id"),
    UniqueConstraint("channel", "scoped_id"),
    Index("ix_contatos_usuario_id", "usuario_id"),
    Index("ix_contatos_telefone", "telefone"),
    sqlite_autoincrement=True,
)

convites = Table(
    "convites",
    metadata,
    # SHA-256 of the token: the token itself is only in the link.
    Column("token_hash", Text, primary_key=True),
    Column("usuario_id", Uuid, ForeignKey("usuarios.id"), nullable=False),
    Column("expira_em", UtcDateTime, nullable=False),
    Column("usado_em", UtcDateTime),
)

vendas = Table(
    "vendas",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("usuario_id", Uuid, ForeignKey("usuarios.id"), nullable=False),
    Column("contato_id", BigId, ForeignKey("contatos.id"), nullable=False),
    Column("status_venda", Text, nullable=False),
    Column("bo_usuario_id", Uuid, ForeignKey("usuarios.id")),
    # The lease this sale runs under; an event that comes under an older one changes nothing.
    Column("epoch", BigId),
    Column("job_id", Text, unique=True),
    # The robot's open question, as it sent it, and how many it has asked.
    Column("pergunta", Json),
    Column("perguntas_feitas", Integer, nullable=False, server_default="0"),
    # The pergunta_id answered last, so that a late poll does not ask it again.
    Column("respondida", Text),
    Column("progresso", Json),
    # The message that grows as the robot works.
    Column("progresso_message_id", BigId),
    Column("numero_pedido", Text),
    Column("resultado", Json),
    Column("erro", Json),
    Column("criada_em", UtcDateTime, nullable=False),
    Column("atualizada_em", UtcDateTime, nullable=False),
    Column("polled_at", UtcDateTime),
    Column("encerrada_em", UtcDateTime),
    Index("uq_vendas_aberta_por_usuario", "usuario_id", **_open_only("encerrada_em")),  # type: ignore[arg-type]
    Index("ix_vendas_usuario_id_criada_em", "usuario_id", "criada_em"),
    Index(
        "ix_vendas_abertas",
        "atualizada_em",
        sqlite_where=text("encerrada_em IS NULL"),
        postgresql_where=text("encerrada_em IS NULL"),
    ),
)

pap_bo_em_uso = Table(
    "pap_bo_em_uso",
    metadata,
    # Grows with every lease of any login: the epoch of the lease.
    Column("epoch", BigId, primary_key=True, autoincrement=False),
    Column("bo_usuario_id", Uuid, ForeignKey("usuarios.id"), nullable=False),
    Column("vendedor_id", Uuid, ForeignKey("usuarios.id"), nullable=False),
    Column("telefone", Text, nullable=False),
    Column("venda_id", Uuid, ForeignKey("vendas.id"), nullable=False),
    Column("desde", UtcDateTime, nullable=False),
    Column("expira_em", UtcDateTime, nullable=False),
    Column("liberado_em", UtcDateTime),
    Column("motivo_liberacao", Text),
    Index("uq_pap_bo_em_uso_aberto_por_bo", "bo_usuario_id", **_open_only("liberado_em")),  # type: ignore[arg-type]
    Index("uq_pap_bo_em_uso_aberto_por_vendedor", "vendedor_id", **_open_only("liberado_em")),  # type: ignore[arg-type]
)

pap_bo_fila = Table(
    "pap_bo_fila",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("venda_id", Uuid, ForeignKey("vendas.id"), nullable=False, unique=True),
    Column("entrou_em", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)

arquivos = Table(
    "arquivos",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("contato_id", BigId, ForeignKey("contatos.id"), nullable=False),
    Column("channel", Text, nullable=False),
    # The channel's id of the file, and ours in the object store once it is fetched.
    Column("provider_file_id", Text, nullable=False),
    Column("object_key", Text),
    Column("nome", Text),
    Column("mime_type", Text),
    Column("tamanho", Integer),
    Column("legenda", Text),
    Column("erro", Text),
    Column("recebido_em", UtcDateTime, nullable=False),
    Column("guardado_em", UtcDateTime),
)

agent_presence = Table(
    "agent_presence",
    metadata,
    Column("usuario_id", Uuid, ForeignKey("usuarios.id"), primary_key=True),
    # What the person chose. Whether they can be reached is known by their signs of life, in Redis.
    Column("status", Text, nullable=False),
    Column("status_message", Text),
    Column("via", Text, nullable=False),
    # When the clock brings them back online.
    Column("returns_at", UtcDateTime),
    # Since when "are you still there?" waits for an answer.
    Column("asked_at", UtcDateTime),
    # The last heartbeat before they went silent; while they send any, it is in Redis.
    Column("last_heartbeat", UtcDateTime),
    # What the others were last told that they are, and since when they are that.
    Column("announced", Text, nullable=False),
    Column("status_changed_at", UtcDateTime, nullable=False),
    Index("ix_agent_presence_returns_at", "returns_at"),
    Index("ix_agent_presence_asked_at", "asked_at"),
)

presence_changes = Table(
    "presence_changes",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("usuario_id", Uuid, ForeignKey("usuarios.id"), nullable=False),
    Column("status", Text, nullable=False),
    Column("status_message", Text),
    Column("via", Text, nullable=False),
    Column("quando", UtcDateTime, nullable=False),
    Index("ix_presence_changes_usuario_id_quando", "usuario_id", "quando"),
    sqlite_autoincrement=True,
)

# What went wrong in an orderly way and somebody may want to look up: late releases, conflicting callbacks, forged taps.
ocorrencias = Table(
    "ocorrencias",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("quando", UtcDateTime, nullable=False),
    Column("tipo", Text, nullable=False),
    Column("referencia", Text),
    Column("detalhe", Json),
    Index("ix_ocorrencias_tipo_referencia", "tipo", "referencia"),
    sqlite_autoincrement=True,
)

# --- the turn and the outbox -------------------------------------------------------------------------------------

events = Table(
    "events",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("event_id", Text, primary_key=True),
    Column("received_at", UtcDateTime, nullable=False, index=True),
)

failed_events = Table(
    "failed_events",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("event_id", Text, primary_key=True),
    Column("attempts", Integer, nullable=False),
    Column("payload", Json),
    Column("error", Text, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    # Given up on after the third failure; replayed by hand.
    Column("dead_at", UtcDateTime),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=False),
    Column("lane", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("method", Text, nullable=False),
    Column("params", Json, nullable=False),
    Column("contato_id", BigId),
    Column("request_id", Text),
    Column("created_at", UtcDateTime, nullable=False),
    # Nobody touches the row before this moment, but the process that wrote it.
    Column("due_at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("done_at", UtcDateTime),
    Column("error", Text),
    # The provider's id of the message that came of it.
    Column("provider_id", Text),
    Index(
        "ix_outbox_pending",
        "lane",
        "id",
        sqlite_where=text("done_at IS NULL"),
        postgresql_where=text("done_at IS NULL"),
    ),
    Index("ix_outbox_done_at", "done_at"),
)

# On PostgreSQL a turn takes its outbox ids from here, a block at a time; see storage/outbox.py.
OUTBOX_ID_BLOCK = 16
outbox_ids = Sequence("outbox_ids", metadata=metadata, increment=OUTBOX_ID_BLOCK, start=OUTBOX_ID_BLOCK)

message_statuses = Table(
    "message_statuses",
    metadata,
    Column("provider_id", Text, primary_key=True),
    Column("status", Text, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("error_code", Integer),
    Column("at", UtcDateTime, nullable=False),
)

early_callbacks = Table(
    "early_callbacks",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("job_id", Text, nullable=False, index=True),
    Column("payload", Json, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)
