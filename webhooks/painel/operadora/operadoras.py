"""Operadoras: looked for, made, changed, deactivated; a paused one is sent robots again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from aiohttp import web

from core.auditoria.visto import Visto
from core.direitos.direitos import QUEM, Direito, tem
from core.operadora.operadoras import NameTaken, alterar, criar, pausar, retomar
from core.processo.limites import FALHAS_SEGUIDAS, PAUSA
from core.processo.maquina import VIEWERS
from storage.operadora.operadoras import Operadora, list_operadoras, operadora_by_id
from storage.pages import Pagina
from storage.transaction import Transaction
from webhooks.http.parameters import as_uuid
from webhooks.operadora.schemas import NewOperadora
from webhooks.painel.desfazer import MUDOU, Ida, Volta, remember
from webhooks.painel.endereco import FILTROS, state_of, texts_of, uuid_of
from webhooks.painel.moldura import go, page
from webhooks.painel.painel import PAINEL, Tela
from webhooks.painel.quem import autor_of
from webhooks.painel.registros.cadastro import PAGE, Cadastro, one_page
from webhooks.painel.registros.formulario import Formulario, Lido
from webhooks.painel.registros.registro import Registro
from webhooks.painel.sessao import SESSAO

PATH = "/painel/operadoras"
FORMULARIO = Formulario(
    NewOperadora,
    ("nome", "codigo", "possui_rpa", "url_portal", "classe_rpa"),
    marcas=frozenset({"possui_rpa"}),
    codigos={"codigo": "codigo", "url_portal": "endereco"},
)
_ADMIN = QUEM[Direito.ADMINISTRAR]
_STATES: dict[str, dict[str, Any]] = {
    "ativas": {"status_ativo": True},
    "inativas": {"status_ativo": False},
    "pausadas": {},
}


async def _change(
    request: web.Request, tx: Transaction, key: UUID, values: Mapping[str, Any], visto: Visto | None
) -> Operadora | None:
    return await alterar(tx, key, values, autor_of(request), visto)


REGISTRO = Registro("operadora", "a", _ADMIN, as_uuid, operadora_by_id, _change, (NameTaken,))


async def show_all(request: web.Request) -> web.StreamResponse:
    """`GET /painel/operadoras`."""
    chosen = texts_of(request, "busca", "situacao")
    filters: dict[str, Any] = {**state_of(request, _STATES), "busca": chosen["busca"]}
    if chosen["situacao"] == "pausadas":
        filters["pausada_em"] = request.app[PAINEL].clock()
    pagina = Pagina(PAGE + 1, 0, uuid_of(request, "depois"))
    async with request.app[PAINEL].database.read() as connection:
        found, total = await list_operadoras(connection, pagina, **filters)
    shown, proxima = one_page(found, PATH, chosen)
    return page(
        request,
        "operadora/operadoras.html",
        operadoras=shown,
        total=total,
        escolhido=chosen,
        proxima=proxima,
        filtrada=any(chosen.values()),
        pode_mudar=_may_change(request),
        pausa=PAUSA,
    )


async def resume(request: web.Request) -> web.StreamResponse:
    """`POST /painel/operadoras/{id}/retomar`."""
    operadora, por = await REGISTRO.stored(request), autor_of(request)
    if not await request.app[PAINEL].run(lambda tx: retomar(tx, operadora.id, por)):
        return go(f"{PATH}/{operadora.id}", "nao_pausada")
    ate = operadora.pausada_ate.isoformat() if operadora.pausada_ate is not None else ""
    desfaz = await remember(request, "retomada", id=str(operadora.id), ate=ate)
    return go(f"{PATH}/{operadora.id}", "operadora_retomada", desfaz=desfaz)


async def _pause_again(request: web.Request, fatos: Mapping[str, Any]) -> Ida:
    """Until when it would have been; over by now, or paused anew by its failures, it stays as it is."""
    operadora_id, ate, por = UUID(fatos["id"]), datetime.fromisoformat(fatos["ate"]), autor_of(request)
    paused = await request.app[PAINEL].run(lambda tx: pausar(tx, operadora_id, ate, por))
    return Ida("operadora_pausada" if paused else MUDOU)


async def _create(request: web.Request, tx: Transaction, values: Mapping[str, Any]) -> Operadora:
    return await criar(tx, values, autor_of(request))


def _taken(refused: Exception, values: Mapping[str, Any]) -> dict[str, str]:
    """At which fields another operadora is in the way."""
    assert isinstance(refused, NameTaken)
    return {name: "ocupado" for name in ("nome", "codigo") if getattr(refused.other, name) == values[name]}


async def _form(
    request: web.Request,
    operadora: Operadora | None,
    lido: Lido[NewOperadora] | None = None,
    status: int = 200,
    *,
    mudou: bool = False,
) -> web.Response:
    return page(
        request,
        "operadora/operadora.html",
        status,
        operadora=operadora,
        pode_mudar=_may_change(request),
        falhas=FALHAS_SEGUIDAS,
        pausa=PAUSA,
        **FORMULARIO.facts(operadora, lido, mudou=mudou, novo={"possui_rpa": True}),
    )


def _may_change(request: web.Request) -> bool:
    return tem(request[SESSAO].perfil_usuario, Direito.ADMINISTRAR)


CADASTRO = Cadastro(REGISTRO, FORMULARIO, PATH, _create, _taken, _form)
TELAS = (
    Tela("GET", PATH, show_all, frozenset(VIEWERS), menu="operadoras", nomes=FILTROS),
    *CADASTRO.telas("nova", VIEWERS),
    Tela("POST", f"{PATH}/{{id}}/retomar", resume, _ADMIN),
)
VOLTAS = {"operadora": REGISTRO.volta, "retomada": Volta(_ADMIN, _pause_again)}
