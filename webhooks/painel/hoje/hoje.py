"""Hoje: what waits for me, the month so far, and what is going on at this moment. Each sees what their perfil may."""

from datetime import datetime, timedelta
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncConnection

from core.agendamento.cron import next_runs
from core.agendamento.vencidos import late_agendamentos
from core.direitos.direitos import Direito, tem
from core.presenca.presenca import ATENDENTES
from core.processo.maquina import RIGHTS, VIEWERS, Acao
from core.venda.pool import pool_status
from storage.agendamento.agendamentos import Agendamento, active_agendamentos
from storage.agendamento.execucoes import last_ended
from storage.agendamento.tipos import TipoAgendamento
from storage.cliente.clientes import count_held
from storage.pages import Pagina
from storage.pessoa.perfil import Perfil
from storage.processo.figures import Soma, failures_since, somas_do_mes
from storage.processo.panorama import abertas
from storage.processo.pendentes import pendentes
from storage.processo.processos import Processo, list_processos
from storage.processo.status import StatusProcesso
from storage.venda.lista import FiltroVendas, list_vendas
from storage.venda.pool import posses_at
from webhooks.painel.hoje.equipe import equipe
from webhooks.painel.moldura import beginning_of, page, today
from webhooks.painel.painel import PAINEL, Painel, Tela
from webhooks.painel.processo.filtros import EM_RISCO, competencia_of, mes_of
from webhooks.painel.sessao import SESSAO
from webhooks.painel.venda.vendas import QUEM as SEE_VENDAS

_SHOWN, _HELD = 6, 8
_LAST_DAY = timedelta(days=1)
# Without a backup that was restored and counted for so long, something is wrong.
_BACKUP_LATE = timedelta(hours=26)
_BACKUPS = frozenset({TipoAgendamento.BACKUP_DADOS, TipoAgendamento.BACKUP_DIARIO_BD})


async def show(request: web.Request) -> web.StreamResponse:
    """`GET /painel`."""
    painel, perfil = request.app[PAINEL], Perfil(request[SESSAO].perfil_usuario)
    now = painel.clock()
    facts: dict[str, Any] = {"faturas": None, "pool": None, "equipe": None, "vendas": None, "sistema": None}
    async with painel.database.read() as connection:
        if perfil in VIEWERS:
            facts["faturas"] = await _faturas(request, connection, perfil, now)
        if perfil in ATENDENTES:
            facts["equipe"] = await equipe(connection, painel, now)
        if perfil in SEE_VENDAS:
            facts["vendas"] = await _vendas(request, connection, perfil)
        if tem(perfil, Direito.VER_ACESSOS):
            facts["pool"] = await pool_status(connection, now)
            facts["posses"] = await posses_at(connection, now, _HELD)
        if tem(perfil, Direito.AUDITAR):
            facts["sistema"] = await _sistema(connection, painel, now)
    return page(request, "hoje/hoje.html", **facts)


async def _faturas(request: web.Request, connection: AsyncConnection, perfil: Perfil, now: datetime) -> dict[str, Any]:
    """The month, what waits for this person, robots, and what failed since yesterday."""
    hoje = today(request)
    mes = mes_of(hoje)
    competencia = competencia_of(mes)
    approves = perfil in RIGHTS[Acao.APROVAR]
    esperam, a_aprovar = await pendentes(connection, hoje, _SHOWN) if approves else ([], 0)
    a_enviar, total_a_enviar = await _a_enviar(connection) if perfil in RIGHTS[Acao.ENVIAR] else ([], 0)
    robos, total_abertas = await abertas(connection, Pagina(_SHOWN))
    failed = await failures_since(connection, now - _LAST_DAY)
    somas = await somas_do_mes(connection, competencia, hoje, hoje + EM_RISCO + timedelta(days=1))
    falhas: dict[str, int] = {}
    for (_tipo, codigo), n in failed.items():
        falhas[codigo] = falhas.get(codigo, 0) + n
    return {
        "mes": mes,
        "soma": _together(list(somas.values())),
        "contagens": {status: one.total for status, one in somas.items()},
        "aprova": approves,
        "esperam": [one.processo for one in esperam],
        "a_aprovar": a_aprovar,
        "a_enviar": a_enviar,
        "total_a_enviar": total_a_enviar,
        "retidos": await count_held(connection),
        "robos": robos,
        "abertas": total_abertas,
        "falhas": sorted(falhas.items(), key=lambda one: -one[1]),
        "falhas_total": sum(falhas.values()),
    }


def _together(somas: list[Soma]) -> Soma:
    return Soma(**{name: sum(getattr(one, name) for one in somas) for name in Soma.__dataclass_fields__})


async def _vendas(request: web.Request, connection: AsyncConnection, perfil: Perfil) -> dict[str, Any]:
    """The sales of today: everybody's to administrators, to a seller their own."""
    of_whom = None if tem(perfil, Direito.VER_TODAS_AS_VENDAS) else request[SESSAO].usuario_id
    filtro = FiltroVendas(usuario_id=of_whom, desde=beginning_of(request, today(request)))
    linhas, total = await list_vendas(connection, filtro, _SHOWN)
    return {"linhas": linhas, "total": total, "de_todos": of_whom is None}


async def _a_enviar(connection: AsyncConnection) -> tuple[list[Processo], int]:
    waiting: dict[str, Any] = {"status_ativo": True, "status_processo": StatusProcesso.AGUARDANDO_ENVIO_SAT}
    return await list_processos(connection, Pagina(_SHOWN), **waiting)


async def _sistema(connection: AsyncConnection, painel: Painel, now: datetime) -> dict[str, Any]:
    """Schedules, the next first, those that did not run, and the last backup that was restored and counted."""
    active = await active_agendamentos(connection)
    runs: list[tuple[datetime, Agendamento]] = [
        (when, one) for one in active for when in next_runs(one.cron_expressao, now, painel.zone, 1)
    ]
    ended = await last_ended(connection)
    proven = [ended[one.id] for one in active if one.tipo_agendamento in _BACKUPS and one.id in ended]
    newest = max(proven, default=None)
    return {
        "proximas": sorted(runs, key=lambda run: run[0])[:_SHOWN],
        "atrasadas": await late_agendamentos(connection, now, painel.zone),
        "backup": newest,
        "backup_tarde": newest is None or now - newest > _BACKUP_LATE,
    }


TELAS = (Tela("GET", "/painel", show, menu="hoje"),)
