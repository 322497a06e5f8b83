"""What robots say while they work: lines of their logs, and the messages in chat that grow with them."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table, Text, UniqueConstraint, Uuid, text

from storage.tables.base import metadata, open_only
from storage.types import BigId, Json, UtcDateTime

_OPEN = text("encerrado_em IS NULL")

# Of a sale's robot; those of an execucao are in `logs_execucao`.
logs_venda = Table(
    "logs_venda",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("venda_id", Uuid, ForeignKey("vendas.id"), nullable=False),
    Column("seq", BigId, nullable=False),
    Column("timestamp", UtcDateTime, nullable=False, index=True),
    Column("level", Text, nullable=False),
    Column("message", Text, nullable=False),
    UniqueConstraint("venda_id", "seq"),
    sqlite_autoincrement=True,
)

# The message of one conversation that grows with an execucao; with the next one, when that is another attempt.
andamentos = Table(
    "andamentos",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("execucao_id", Uuid, ForeignKey("execucoes.id"), nullable=False),
    Column("contato_id", BigId, ForeignKey("contatos.id"), nullable=False),
    Column("message_id", BigId, nullable=False),
    # Whether the channel can change a message; where it cannot, only start and end are said.
    Column("cresce", Boolean, nullable=False),
    # Something happened that the message does not show yet; when it was written last, and by which call.
    Column("pendente", Boolean, nullable=False),
    Column("mostrado_em", UtcDateTime, nullable=False),
    Column("chamada_id", BigId, nullable=False),
    Column("encerrado_em", UtcDateTime, index=True),
    UniqueConstraint("execucao_id", "contato_id"),
    Index("ix_andamentos_abertos", "mostrado_em", sqlite_where=_OPEN, postgresql_where=_OPEN),
    sqlite_autoincrement=True,
)

# What robots of invoices ask, and who was asked. What was answered is nowhere: it went to the robot, sealed on its way.
perguntas_execucao = Table(
    "perguntas_execucao",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("execucao_id", Uuid, ForeignKey("execucoes.id"), nullable=False),
    Column("pergunta_id", Text, nullable=False),
    Column("pergunta", Json, nullable=False),
    # The number of the event that asked it, when it had one.
    Column("seq", BigId),
    Column("feita_em", UtcDateTime, nullable=False),
    # Who is asked now, in which message, and until when; nobody yet, while it is new.
    Column("usuario_id", Uuid, ForeignKey("usuarios.id")),
    Column("contato_id", BigId, ForeignKey("contatos.id")),
    Column("message_id", BigId),
    Column("vence_em", UtcDateTime),
    # Everybody who was asked.
    Column("perguntados", Json, nullable=False),
    Column("desfecho", Text),
    Column("encerrada_em", UtcDateTime, index=True),
    # The robot has the answer.
    Column("entregue_em", UtcDateTime),
    Index("uq_perguntas_execucao_aberta", "execucao_id", **open_only("encerrada_em")),  # type: ignore[arg-type]
    Index("ix_perguntas_execucao_execucao_id", "execucao_id", "id"),
    sqlite_autoincrement=True,
)
