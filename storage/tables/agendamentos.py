"""Schedules, and a row for each instant at which one was due."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    false,
    text,
    true,
)

from storage.tables.base import metadata
from storage.types import Json, UtcDateTime

_OPEN = text("terminada_em IS NULL")

agendamentos = Table(
    "agendamentos",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("nome_agendamento", Text, nullable=False, unique=True),
    Column("descricao", Text),
    Column("cron_expressao", Text, nullable=False),
    Column("tipo_agendamento", Text, nullable=False),
    Column("parametros_execucao", Json, nullable=False),
    Column("status_ativo", Boolean, nullable=False, server_default=true()),
    # Made, changed or resumed: what it was due at before that is not made up.
    Column("em_vigor_desde", UtcDateTime, nullable=False),
    # The administrators heard that it fails, and will not hear it again before it has worked.
    Column("falha_avisada", Boolean, nullable=False, server_default=false()),
    Column("criado_por", Uuid, ForeignKey("usuarios.id")),
    Column("criado_em", UtcDateTime, nullable=False),
    Column("atualizado_em", UtcDateTime, nullable=False),
)

execucoes_agendamento = Table(
    "execucoes_agendamento",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("agendamento_id", Uuid, ForeignKey("agendamentos.id"), nullable=False),
    # The instant of the schedule; for one that somebody asked for, the moment they did.
    Column("devido_em", UtcDateTime, nullable=False),
    Column("status", Text, nullable=False),
    # Who asked for it now; NULL for those that were due.
    Column("pedida_por", Uuid, ForeignKey("usuarios.id")),
    # Earlier missed instants that it stands for.
    Column("puladas", Integer, nullable=False, server_default="0"),
    Column("criada_em", UtcDateTime, nullable=False),
    Column("iniciada_em", UtcDateTime),
    Column("terminada_em", UtcDateTime, index=True),
    # The administrators heard that nobody has begun with it.
    Column("avisada_em", UtcDateTime),
    Column("resultado", Json),
    Column("erro", Text),
    UniqueConstraint("agendamento_id", "devido_em"),
    Index("ix_execucoes_agendamento_abertas", "criada_em", sqlite_where=_OPEN, postgresql_where=_OPEN),
)
