"""What robots say while they work: lines of their logs, and the messages in chat that grow with them."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table, Text, UniqueConstraint, Uuid, text

from storage.tables.base import metadata
from storage.types import BigId, UtcDateTime

_OPEN = text("encerrado_em IS NULL")

# Of a sale's robot; those of an execucao are in `logs_execucao`.
logs_venda = Table(
    "logs_venda",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("venda_id", Uuid, ForeignKey("vendas.id"), nullable=False),
    Column("seq", BigId, nullable=False),
    Column("timestamp", UtcDateTime, nullable=False),
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
    Column("encerrado_em", UtcDateTime),
    UniqueConstraint("execucao_id", "contato_id"),
    Index("ix_andamentos_abertos", "mostrado_em", sqlite_where=_OPEN, postgresql_where=_OPEN),
    sqlite_autoincrement=True,
)
