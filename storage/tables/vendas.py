"""The sale and the pool of BackOffice logins."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, Uuid, text

from storage.tables.base import metadata, open_only
from storage.types import BigId, Json, UtcDateTime

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
    Index("uq_vendas_aberta_por_usuario", "usuario_id", **open_only("encerrada_em")),  # type: ignore[arg-type]
    Index("ix_vendas_usuario_id_criada_em", "usuario_id", "criada_em"),
    Index(
        "ix_vendas_abertas",
        "atualizada_em",
        sqlite_where=text("encerrada_em IS NULL"),
        postgresql_where=text("encerrada_em IS NULL"),
    ),
    # The panel lists them, and finds one by its order number.
    Index("ix_vendas_criada_em_id", "criada_em", "id"),
    Index("ix_vendas_numero_pedido", "numero_pedido"),
)

# What happened in a sale, in its order. What was asked has no long numbers, what was answered stands nowhere.
passos_venda = Table(
    "passos_venda",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("venda_id", Uuid, ForeignKey("vendas.id"), nullable=False),
    Column("passo", Text, nullable=False),
    Column("quando", UtcDateTime, nullable=False, index=True),
    # Whose doing it was, and by which channel; the robot's where both are empty.
    Column("usuario_id", Uuid, ForeignKey("usuarios.id")),
    Column("canal", Text),
    Column("detalhe", Json),
    Index("ix_passos_venda_venda_id_id", "venda_id", "id"),
    sqlite_autoincrement=True,
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
    Column("liberado_em", UtcDateTime, index=True),
    Column("motivo_liberacao", Text),
    Index("uq_pap_bo_em_uso_aberto_por_bo", "bo_usuario_id", **open_only("liberado_em")),  # type: ignore[arg-type]
    Index("uq_pap_bo_em_uso_aberto_por_vendedor", "vendedor_id", **open_only("liberado_em")),  # type: ignore[arg-type]
)

pap_bo_fila = Table(
    "pap_bo_fila",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("venda_id", Uuid, ForeignKey("vendas.id"), nullable=False, unique=True),
    Column("entrou_em", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)
