"""Files of rows that people sent to the bot: what was looked at, what was confirmed, and how far the import is."""

from sqlalchemy import Column, ForeignKey, Integer, Table, Text, Uuid

from storage.tables.base import metadata
from storage.types import BigId, UtcDateTime

importacoes = Table(
    "importacoes",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    # The file goes when it is imported (it may hold passwords), and with its sender; what came of it stays.
    Column("arquivo_id", Uuid, nullable=False),
    Column("contato_id", BigId, ForeignKey("contatos.id"), nullable=False),
    Column("usuario_id", Uuid, ForeignKey("usuarios.id"), nullable=False),
    Column("o_que", Text, nullable=False),
    # Of the bytes that were looked at: nothing else is imported.
    Column("sha256", Text, nullable=False),
    Column("estado", Text, nullable=False),
    # Rows of the file, as they were counted when it was looked at.
    Column("total", Integer, nullable=False),
    # Pieces of it that are in the database; each is counted with the rows it brought.
    Column("pecas", Integer, nullable=False, server_default="0"),
    Column("criados", Integer, nullable=False, server_default="0"),
    Column("alterados", Integer, nullable=False, server_default="0"),
    Column("sem_mudanca", Integer, nullable=False, server_default="0"),
    Column("recusadas", Integer, nullable=False, server_default="0"),
    # The message that grows.
    Column("message_id", BigId),
    Column("criada_em", UtcDateTime, nullable=False, index=True),
    Column("confirmada_em", UtcDateTime),
    Column("terminada_em", UtcDateTime),
    sqlite_autoincrement=True,
)
