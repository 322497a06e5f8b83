"""Consultores in turn, and the protocolos they are given."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table, Text, Uuid, false, true

from storage.tables.base import metadata
from storage.types import BigId, Json, UtcDateTime

consultores = Table(
    "consultores",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("nome", Text, nullable=False),
    # Language codes, as in ["pt", "en"].
    Column("idiomas", Json, nullable=False),
    Column("telefone", Text, unique=True),
    # The person of that phone: their presence is this consultor's `status_online`.
    Column("usuario_id", Uuid, ForeignKey("usuarios.id"), unique=True),
    Column("id_pipedrive", BigId),
    Column("status_ativo", Boolean, nullable=False, server_default=true()),
    # Whether they take part in the rotation.
    Column("status_ativo_sequencial", Boolean, nullable=False, server_default=true()),
    Column("status_online", Boolean, nullable=False, server_default=false()),
    Column("ultimo_atendimento", UtcDateTime),
    Column("criado_em", UtcDateTime, nullable=False),
    Column("atualizado_em", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)

# Whose turn it is, by language: a row for each language of every consultor who is active, in the rotation and online.
rodizio = Table(
    "rodizio",
    metadata,
    Column("consultor_id", BigId, ForeignKey("consultores.id"), primary_key=True, autoincrement=False),
    Column("idioma", Text, primary_key=True),
    # The last attendance; 1970 for somebody who never had one.
    Column("desde", UtcDateTime, nullable=False),
    Index("ix_rodizio_idioma_desde_consultor_id", "idioma", "desde", "consultor_id"),
)

protocolos = Table(
    "protocolos",
    metadata,
    # The number itself: `#00001` is the row with id 1.
    Column("id", BigId, primary_key=True, autoincrement=False),
    Column("consultor_id", BigId, ForeignKey("consultores.id")),
    Column("created_at", UtcDateTime, nullable=False),
    Index("ix_protocolos_consultor_id_id", "consultor_id", "id"),
)

# One row: the last number given out. Whoever holds its lock gives out the next ones, and nobody else meanwhile.
protocolo_contador = Table(
    "protocolo_contador",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=False),
    Column("ultimo", BigId, nullable=False),
)
