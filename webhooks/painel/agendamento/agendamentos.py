"""Agendamentos: each with its next runs and its last ones; run now, paused, resumed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from aiohttp import web

from core.agendamento.agendamentos import AgendamentoRepetido, executar_agora, ja_pedida, mudar
from core.agendamento.cron import next_runs
from core.agendamento.vencidos import late_agendamentos
from core.auditoria.visto import Visto
from core.direitos.direitos import QUEM, Direito
from storage.agendamento.agendamentos import Agendamento, agendamento_by_id, list_agendamentos
from storage.agendamento.execucoes import newest_execucoes
from storage.transaction import Transaction
from webhooks.http.parameters import as_uuid
from webhooks.painel.guarda import FORM
from webhooks.painel.moldura import go, page
from webhooks.painel.painel import PAINEL, Tela
from webhooks.painel.quem import autor_of
from webhooks.painel.registros.registro import Registro
from webhooks.painel.sessao import SESSAO

NEXT, LAST = 5, 5
PATH = "/painel/agendamentos"


_ADMIN = QUEM[Direito.AGENDAR]


async def _change(
    request: web.Request, tx: Transaction, key: UUID, values: Mapping[str, Any], visto: Visto | None
) -> Agendamento | None:
    return await mudar(tx, key, dict(values), autor_of(request), visto)


REGISTRO = Registro("agendamento", "o", _ADMIN, as_uuid, agendamento_by_id, _change, (AgendamentoRepetido,))


@dataclass(frozen=True, slots=True)
class Mostrado:
    """A schedule, the next instants it is due at, and its last runs, the newest first."""

    agendamento: Agendamento
    quando: str
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
                painel.em_palavras(one.cron_expressao, request[SESSAO].idioma),
                next_runs(one.cron_expressao, now, zone, NEXT) if one.status_ativo else [],
                await newest_execucoes(connection, one.id, LAST),
                one.id in late,
            )
            for one in found
        ]
    return page(request, "agendamento/agendamentos.html", agendamentos=shown)


async def run_now(request: web.Request) -> web.StreamResponse:
    """`POST /painel/agendamentos/{id}/executar`: paused or not; once for each time that the page was shown."""
    agendamento, por = await REGISTRO.stored(request), autor_of(request)
    shown = _moment(str(request[FORM].get("mostrado", "")))

    async def work(tx: Transaction) -> bool:
        if shown is not None and await ja_pedida(tx, agendamento.id, shown) is not None:
            return False
        return await executar_agora(tx, agendamento.id, por) is not None

    begun: bool = await request.app[PAINEL].run(work)
    return go(PATH, "agendamento_comecou" if begun else "agendamento_ja_pedido")


def _moment(text: str) -> datetime | None:
    """None for a page of before, whose form does not say when it was shown."""
    try:
        return datetime.fromtimestamp(float(text), UTC)
    except (ValueError, OverflowError, OSError):
        return None


async def pause(request: web.Request) -> web.StreamResponse:
    """`POST /painel/agendamentos/{id}/pausar`."""
    return await _set_active(request, active=False)


async def resume(request: web.Request) -> web.StreamResponse:
    """`POST /painel/agendamentos/{id}/retomar`: in force from now on."""
    return await _set_active(request, active=True)


async def _set_active(request: web.Request, *, active: bool) -> web.StreamResponse:
    desfaz = await REGISTRO.change(request, (await REGISTRO.stored(request)).id, {"status_ativo": active})
    return go(PATH, "agendamento_retomado" if active else "agendamento_pausado", desfaz=desfaz)


TELAS = (
    Tela("GET", PATH, show, _ADMIN, menu="agendamentos"),
    Tela("POST", f"{PATH}/{{id}}/executar", run_now, _ADMIN),
    Tela("POST", f"{PATH}/{{id}}/pausar", pause, _ADMIN),
    Tela("POST", f"{PATH}/{{id}}/retomar", resume, _ADMIN),
)
VOLTAS = {"agendamento": REGISTRO.volta}
