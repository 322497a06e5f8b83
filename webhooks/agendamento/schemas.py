"""What schedules look like over HTTP, and in `/openapi.json`."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field

from core.agendamento.cron import EXPRESSION_LIMIT, next_runs
from storage.agendamento.agendamentos import Agendamento
from storage.agendamento.tipos import TipoAgendamento
from webhooks.http.queries import Flag, Paged
from webhooks.http.schemas import Nome, Timestamp

NomeCurto = Annotated[Nome, Field(max_length=120)]
Cron = Annotated[str, Field(min_length=1, max_length=EXPRESSION_LIMIT, json_schema_extra={"format": "cron"})]
Tipo = Annotated[TipoAgendamento, Field(strict=False)]
Parametros = Annotated[dict[str, Any], Field(json_schema_extra={"format": "parametros"})]

AGENDAMENTO = {
    "id": "1c9f2f57-3a2b-4b58-8f0e-9d8d0f7a5b22",
    "nome_agendamento": "Backup diário",
    "descricao": None,
    "cron_expressao": "0 2 * * *",
    "tipo_agendamento": "BACKUP_DIARIO_BD",
    "parametros_execucao": {"restaurar": True},
    "status_ativo": True,
    "proxima_execucao": "2026-11-30T05:00:00Z",
    "ultima_execucao": None,
}


class NewAgendamento(BaseModel):
    """The body of `POST /agendamentos`."""

    model_config = ConfigDict(strict=True, extra="forbid")

    nome_agendamento: NomeCurto
    cron_expressao: Cron
    tipo_agendamento: Tipo
    descricao: Annotated[str, Field(max_length=1000)] | None = None
    parametros_execucao: Parametros = {}
    status_ativo: bool = True


class ChangedAgendamento(BaseModel):
    """The body of `PUT /agendamentos/{id}`: what it names is changed."""

    model_config = ConfigDict(strict=True, extra="forbid")

    nome_agendamento: NomeCurto = ""
    cron_expressao: Cron = ""
    tipo_agendamento: Tipo = TipoAgendamento.BACKUP_DADOS
    descricao: Annotated[str, Field(max_length=1000)] | None = None
    parametros_execucao: Parametros = {}
    status_ativo: bool = True


class AgendamentoShown(BaseModel):
    """A schedule; `proxima_execucao` is null while it is paused."""

    id: UUID
    nome_agendamento: str
    descricao: str | None
    cron_expressao: str
    tipo_agendamento: TipoAgendamento
    parametros_execucao: dict[str, Any]
    status_ativo: bool
    proxima_execucao: Timestamp | None
    ultima_execucao: Timestamp | None

    @classmethod
    def of(cls, agendamento: Agendamento, ultima: datetime | None, now: datetime, zone: ZoneInfo) -> "AgendamentoShown":
        """As it is at this moment: the next run follows from the expression, and is kept nowhere."""
        nexts = next_runs(agendamento.cron_expressao, now, zone, 1) if agendamento.status_ativo else []
        return cls(
            id=agendamento.id,
            nome_agendamento=agendamento.nome_agendamento,
            descricao=agendamento.descricao,
            cron_expressao=agendamento.cron_expressao,
            tipo_agendamento=TipoAgendamento(agendamento.tipo_agendamento),
            parametros_execucao=agendamento.parametros_execucao,
            status_ativo=agendamento.status_ativo,
            proxima_execucao=nexts[0] if nexts else None,
            ultima_execucao=ultima,
        )


class ExecucaoPedida(BaseModel):
    """A run that begins now."""

    id: UUID
    agendamento_id: UUID
    status: str


class AgendamentosAsked(Paged):
    """Which schedules."""

    status_ativo: Flag | None = None
    tipo_agendamento: TipoAgendamento | None = None
