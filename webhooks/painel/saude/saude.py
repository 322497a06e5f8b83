"""Saúde: what answers, what waits, what failed for good and is done again, whether the audit holds."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import web

from core.agendamento.vencidos import late_agendamentos
from core.auditoria.auditoria import Autor
from core.direitos.direitos import QUEM, Direito
from core.reprocesso.causas import falha_de
from core.reprocesso.reprocesso import pendencias, refazer
from storage.auditoria.cadeia import Conferencia, check_chain
from storage.outbox.claims import depth
from storage.reprocesso.desistidos import tropecos_since
from storage.transaction import Transaction
from webhooks.operations.readiness import READINESS
from webhooks.painel.guarda import FORM
from webhooks.painel.moldura import go, page
from webhooks.painel.painel import PAINEL, Tela
from webhooks.painel.sessao import SESSAO

_PATH = "/painel/saude"
_EVERYTHING = "todas"
SHOWN = 100
_LAST_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Espera:
    """Calls that wait to be made, and since when the oldest does."""

    envios: int
    desde: datetime | None


async def show(request: web.Request) -> web.StreamResponse:
    """`GET /painel/saude`; with `?auditoria=1` the whole chain is read, which may take a minute; with `?doctor=1` all
    that the service needs is asked, which takes seconds where something does not answer."""
    painel = request.app[PAINEL]
    achados = await painel.examinar() if request.query.get("doctor") == "1" else None
    conferida: Conferencia | None = None
    async with painel.database.read() as connection:
        waiting = await depth(connection)
        falhas = await pendencias(connection, SHOWN)
        tropecos = await tropecos_since(connection, painel.clock() - _LAST_DAY)
        atrasados = await late_agendamentos(connection, painel.clock(), painel.zone)
        if request.query.get("auditoria") == "1":
            conferida = await check_chain(connection)
    return page(
        request,
        "saude/saude.html",
        motores=await request.app[READINESS].engines(),
        espera=Espera(waiting.calls, waiting.oldest),
        tropecos=tropecos,
        falhas=[(uma, falha_de(uma.erro)) for uma in falhas],
        atrasados=atrasados,
        conferida=conferida,
        achados=achados,
    )


async def do_again(request: web.Request) -> web.StreamResponse:
    """`POST /painel/saude/refazer`: one of them, or all."""
    which, sessao = str(request[FORM].get("id", "")), request[SESSAO]
    autor = Autor("painel", sessao.usuario_id)

    async def work(tx: Transaction) -> int:
        return len((await refazer(tx, None if which == _EVERYTHING else [which], autor)).feitas)

    done = await request.app[PAINEL].run(work)
    return go(_PATH, "refazendo" if done else "nada_a_refazer")


_ADMIN = QUEM[Direito.AUDITAR]
TELAS = (
    Tela("GET", _PATH, show, _ADMIN, menu="saude", nomes=frozenset({"doctor", "auditoria"})),
    Tela("POST", f"{_PATH}/refazer", do_again, _ADMIN),
)
