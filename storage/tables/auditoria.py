"""What people did that counts, each row chained to the one before it (docs/decisions/018-auditoria.md)."""

from sqlalchemy import Column, Index, Integer, Table, Text, Uuid

from storage.tables.base import metadata
from storage.types import BigId, Json, UtcDateTime

# Nothing is ever changed or removed here: triggers of the migration see to it. No foreign key: rows outlive people.
auditoria = Table(
    "auditoria",
    metadata,
    # Without gaps: what is missing shows.
    Column("numero", BigId, primary_key=True, autoincrement=False),
    Column("quando", UtcDateTime, nullable=False),
    # Nobody: the command line, or the clock.
    Column("usuario_id", Uuid),
    Column("canal", Text, nullable=False),
    Column("acao", Text, nullable=False),
    # What it was done to: `processo:UUID`.
    Column("alvo", Text),
    Column("motivo", Text),
    Column("detalhe", Json),
    Column("anterior", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index("ix_auditoria_usuario_id_numero", "usuario_id", "numero"),
    Index("ix_auditoria_acao_numero", "acao", "numero"),
    Index("ix_auditoria_quando", "quando"),
)

# One row: how far the chain is. Locked last of all in a transaction, so that writers come one after the other.
auditoria_cabeca = Table(
    "auditoria_cabeca",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("numero", BigId, nullable=False),
    Column("hash", Text, nullable=False),
)
