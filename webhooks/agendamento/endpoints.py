"""Schedules over HTTP, for administrators (contract, section 8)."""

from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import UUID

from aiohttp import web

from core.agendamento.agendamentos import AgendamentoRepetido, criar, executar_agora, mudar
from core.agendamento.cron import CronCode, InvalidCron
from core.agendamento.nomeados import NinguemAssim
from core.agendamento.parametros import ParametroInvalido
from core.auditoria.auditoria import Autor
from storage.agendamento.agendamentos import Agendamento, agendamento_by_id, list_agendamentos, lock_agendamento
from storage.agendamento.execucoes import last_ended
from storage.agendamento.tipos import StatusExecucao
from storage.transaction import Transaction
from webhooks.agendamento.schemas import (
    AGENDAMENTO,
    AgendamentosAsked,
    AgendamentoShown,
    ChangedAgendamento,
    ExecucaoPedida,
    NewAgendamento,
)
from webhooks.auth import autor_of
from webhooks.given import CLOCK, DATABASE, RUN, ZONE
from webhooks.http.answers import ApiError
from webhooks.http.endpoints import Page, endpoint
from webhooks.http.operations import TOTAL, Answer, Parameter, ok
from webhooks.http.parameters import uuid_in_path

T = TypeVar("T")

_TAG = "agendamentos"
_ID = Parameter("id", {"type": "string", "format": "uuid"}, place="path")
_GONE = {404: "there is no such agendamento"}
_REPEATED = {409: "another agendamento has this name"}
_UNKNOWN = {404: "there is no such operadora or person"}
_PAUSED = {409: "it is paused: resume it first, with PUT and status_ativo"}
_RUN = {"id": AGENDAMENTO["id"], "agendamento_id": AGENDAMENTO["id"], "status": "PENDENTE"}


@endpoint(
    _TAG,
    "Every schedule, by name",
    ok([AgendamentoShown], [AGENDAMENTO], X_Total_Count=TOTAL),
    asks=AgendamentosAsked,
)
async def listed(request: web.Request, asked: AgendamentosAsked) -> Page:
    """`GET /agendamentos`."""
    async with request.app[DATABASE].read() as connection:
        found, total = await list_agendamentos(connection, asked.filters(), asked.skip, asked.limit)
        ended = await last_ended(connection)
    now, zone = request.app[CLOCK](), request.app[ZONE]
    return Page([AgendamentoShown.of(one, ended.get(one.id), now, zone) for one in found], total)


@endpoint(
    _TAG,
    "Make a schedule",
    {201: Answer(AgendamentoShown, "created", example=AGENDAMENTO)},
    "`cron_expressao` in the business time zone. `parametros_execucao` by type: `operadoras`, `mes`, `janela_minutos`, "
    "`assunto`, `periodo`, `para`, `dias`, `restaurar`. `operadoras` by code or name, `para` by perfil or phone.",
    takes=NewAgendamento,
    example={
        "nome_agendamento": "Backup diário",
        "cron_expressao": "0 2 * * *",
        "tipo_agendamento": "BACKUP_DIARIO_BD",
        "parametros_execucao": {},
        "status_ativo": True,
    },
    refusals=_REPEATED | _UNKNOWN,
)
async def create(request: web.Request, new: NewAgendamento) -> AgendamentoShown:
    """`POST /agendamentos`: 201 with `proxima_execucao`."""
    por = autor_of(request)
    made = await _written(request, lambda tx: criar(tx, new.model_dump(), por))
    return await _shown(request, made)


@endpoint(_TAG, "One schedule", ok(AgendamentoShown, AGENDAMENTO), parameters=(_ID,), refusals=_GONE)
async def show(request: web.Request) -> AgendamentoShown:
    """`GET /agendamentos/{id}`."""
    async with request.app[DATABASE].read() as connection:
        found = await agendamento_by_id(connection, uuid_in_path(request))
    return await _shown(request, found)


@endpoint(
    _TAG,
    "Change a schedule",
    ok(AgendamentoShown, AGENDAMENTO),
    "What the body does not name stays. A new expression is in force from now on.",
    parameters=(_ID,),
    takes=ChangedAgendamento,
    example={"cron_expressao": "0 3 * * *"},
    partial=True,
    refusals={404: "there is no such agendamento, operadora or person"} | _REPEATED,
)
async def edit(request: web.Request, changed: ChangedAgendamento) -> AgendamentoShown:
    """`PUT /agendamentos/{id}`."""
    por, values = autor_of(request), changed.model_dump(exclude_unset=True)
    agendamento_id = uuid_in_path(request)
    return await _shown(request, await _written(request, lambda tx: mudar(tx, agendamento_id, values, por)))


@endpoint(
    _TAG,
    "Pause a schedule",
    ok(AgendamentoShown, AGENDAMENTO | {"status_ativo": False, "proxima_execucao": None}),
    "It keeps its runs, and `PUT` with `status_ativo` resumes it. Doing it again changes nothing.",
    parameters=(_ID,),
    refusals=_GONE,
)
async def deactivate(request: web.Request) -> AgendamentoShown:
    """`DELETE /agendamentos/{id}`."""
    por, agendamento_id = autor_of(request), uuid_in_path(request)
    changed = await _written(request, lambda tx: mudar(tx, agendamento_id, {"status_ativo": False}, por))
    return await _shown(request, changed)


@endpoint(
    _TAG,
    "Run a schedule now",
    {202: Answer(ExecucaoPedida, "begun", example=_RUN)},
    "Whoever asked hears in chat how it ended. A paused one is resumed first; people in chat and panel, who see that it"
    " is paused, may run it all the same.",
    parameters=(_ID,),
    refusals=_GONE | _PAUSED,
)
async def run_now(request: web.Request) -> ExecucaoPedida:
    """`POST /agendamentos/{id}/executar`: 202."""
    por, agendamento_id = autor_of(request), uuid_in_path(request)
    execucao_id = await request.app[RUN](lambda tx: _run(tx, agendamento_id, por))
    if execucao_id is None:
        raise ApiError(404, _GONE[404])
    return ExecucaoPedida(id=execucao_id, agendamento_id=agendamento_id, status=StatusExecucao.PENDENTE.value)


async def _run(tx: Transaction, agendamento_id: UUID, por: Autor) -> UUID | None:
    found = await lock_agendamento(tx, agendamento_id)
    if found is not None and not found.status_ativo:
        raise ApiError(409, _PAUSED[409])
    return await executar_agora(tx, agendamento_id, por)


async def _written(request: web.Request, work: Callable[[Transaction], Awaitable[T]]) -> T:
    try:
        result: T = await request.app[RUN](work)
    except InvalidCron as error:
        raise ApiError(422, f"cron_expressao: {_why(error)}") from None
    except NinguemAssim as error:
        raise ApiError(404, f"parametros_execucao.{error}") from None
    except ParametroInvalido as error:
        raise ApiError(422, f"parametros_execucao.{error}") from None
    except AgendamentoRepetido:
        raise ApiError(409, _REPEATED[409]) from None
    return result


def _why(error: InvalidCron) -> str:
    where = error.campo.value.replace("_", " ") if error.campo is not None else ""
    return {
        CronCode.TOO_LONG: f"{error.valor} characters are too many",
        CronCode.FIELD_COUNT: f"five fields are needed (minuto hora dia mes dia_semana), not {error.valor}",
        CronCode.FIELD: f"{error.valor!r} is no {where}",
        CronCode.NEVER: f"no month has a {where} {error.valor!r} as it says: it would never run",
    }[error.code]


async def _shown(request: web.Request, agendamento: Agendamento | None) -> AgendamentoShown:
    if agendamento is None:
        raise ApiError(404, _GONE[404])
    async with request.app[DATABASE].read() as connection:
        ended = await last_ended(connection)
    return AgendamentoShown.of(agendamento, ended.get(agendamento.id), request.app[CLOCK](), request.app[ZONE])
