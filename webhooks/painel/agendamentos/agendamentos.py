"""Agendamentos: each with its next runs and its last ones; run now, paused, resumed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from aiohttp import web

from core.agendamento.agendamentos import executar_agora, mudar
from core.agendamento.cron import next_runs
from core.agendamento.vencidos import late_agendamentos
from core.direitos.direitos import QUEM, Direito
from storage.agendamento.agendamentos import Agendamento, list_agendamentos
from storage.agendamento.execucoes import newest_execucoes
from webhooks.http.answers import ApiError
from webhooks.painel.moldura import go, page
from webhooks.painel.painel import PAINEL, Tela
from webhooks.painel.quem import autor_of

NEXT, LAST = 5, 5
_PATH = "/painel/agendamentos"


@dataclass(frozen=True, slots=True)
class Mostrado:
    """A schedule, the next instants it is due at, and its last runs, the newest first."""

    agendamento: Agendamento
    proximas: list[datetime]
    ultimas: list[Any]
    atrasado: bool


async def show(request: web.Request) -> web.StreamResponse:
    """`GET /painel/agendamentos`."""
    painel = request.app[PAINEL]
    now, zone = painel.clock(), painel.zone
    async with painel.database.read() as connection:
        found, _ = await list_agendamentos(connection, {})
        late = {one.id for one in await late_agendamentos(connection, now, zone)}
        shown = [
            Mostrado(
                one,
                next_runs(one.cron_expressao, now, zone, NEXT) if one.status_ativo else [],
                await newest_execucoes(connection, one.id, LAST),
                one.id in late,
            )
            for one in found
        ]
    return page(request, "agendamentos/agendamentos.html", agendamentos=shown)


async def run_now(request: web.Request) -> web.StreamResponse:
    """`POST /painel/agendamentos/{id}/executar`: paused or not."""
    agendamento_id, por = _id(request), autor_of(request)
    if await request.app[PAINEL].run(lambda tx: executar_agora(tx, agendamento_id, por)) is None:
        raise _gone()
    return go(_PATH, "agendamento_comecou")


async def pause(request: web.Request) -> web.StreamResponse:
    """`POST /painel/agendamentos/{id}/pausar`."""
    return await _set_active(request, active=False)


async def resume(request: web.Request) -> web.StreamResponse:
    """`POST /painel/agendamentos/{id}/retomar`: in force from now on."""
    return await _set_active(request, active=True)


async def _set_active(request: web.Request, *, active: bool) -> web.StreamResponse:
    agendamento_id, por = _id(request), autor_of(request)
    changed = await request.app[PAINEL].run(lambda tx: mudar(tx, agendamento_id, {"status_ativo": active}, por))
    if changed is None:
        raise _gone()
    return go(_PATH, "agendamento_retomado" if active else "agendamento_pausado")


def _id(request: web.Request) -> UUID:
    try:
        return UUID(request.match_info["id"])
    except ValueError:
        raise _gone() from None


def _gone() -> ApiError:
    return ApiError(404, "there is no such agendamento")


_ADMIN = QUEM[Direito.AGENDAR]
TELAS = (
    Tela("GET", _PATH, show, _ADMIN, menu="agendamentos"),
    Tela("POST", f"{_PATH}/{{id}}/executar", run_now, _ADMIN),
    Tela("POST", f"{_PATH}/{{id}}/pausar", pause, _ADMIN),
    Tela("POST", f"{_PATH}/{{id}}/retomar", resume, _ADMIN),
)
