"""Operadoras: looked for, made, changed, deactivated; a paused one is sent robots again."""

from typing import Any

from aiohttp import web

from core.auditoria.visto import MudouDepois
from core.direitos.direitos import QUEM, Direito, tem
from core.operadora.operadoras import NameTaken, alterar, criar, retomar
from core.processo.limites import FALHAS_SEGUIDAS, PAUSA
from core.processo.maquina import VIEWERS
from storage.operadora.operadoras import Operadora, list_operadoras, operadora_by_id
from storage.pages import Pagina
from webhooks.http.answers import ApiError
from webhooks.http.parameters import uuid_in_path
from webhooks.operadora.schemas import NewOperadora
from webhooks.painel.endereco import texts_of, uuid_of
from webhooks.painel.formatos import com
from webhooks.painel.formulario import Formulario, Lido
from webhooks.painel.moldura import go, page
from webhooks.painel.painel import PAINEL, Tela
from webhooks.painel.quem import autor_of
from webhooks.painel.sessao import SESSAO

PAGE = 50
PATH = "/painel/operadoras"
FORMULARIO = Formulario(
    NewOperadora,
    ("nome", "codigo", "possui_rpa", "url_portal", "classe_rpa"),
    marcas=frozenset({"possui_rpa"}),
    codigos={"codigo": "codigo"},
)
_ADMIN = QUEM[Direito.ADMINISTRAR]
_STATES = {"ativas": {"status_ativo": True}, "inativas": {"status_ativo": False}}


async def show_all(request: web.Request) -> web.StreamResponse:
    """`GET /painel/operadoras`."""
    chosen = texts_of(request, "busca", "situacao")
    filters: dict[str, Any] = {**_STATES.get(chosen["situacao"], {}), "busca": chosen["busca"]}
    if chosen["situacao"] == "pausadas":
        filters["pausada_em"] = request.app[PAINEL].clock()
    pagina = Pagina(PAGE, 0, uuid_of(request, "depois"))
    async with request.app[PAINEL].database.read() as connection:
        found, total = await list_operadoras(connection, pagina, **filters)
    return page(
        request,
        "operadoras/operadoras.html",
        operadoras=found,
        total=total,
        escolhido=chosen,
        proxima=com(PATH, {**chosen}, depois=found[-1].id) if len(found) == PAGE else None,
        filtrada=any(chosen.values()),
        pode_mudar=_may_change(request),
        pausa=PAUSA,
    )


async def show_new(request: web.Request) -> web.StreamResponse:
    """`GET /painel/operadoras/nova`."""
    return _form(request, None)


async def create(request: web.Request) -> web.StreamResponse:
    """`POST /painel/operadoras`."""
    lido, por = FORMULARIO.read(request), autor_of(request)
    if lido.dado is None:
        return _form(request, None, lido, 422)
    values = FORMULARIO.values(lido.dado)
    try:
        made: Operadora = await request.app[PAINEL].run(lambda tx: criar(tx, values, por))
    except NameTaken as taken:
        return _form(request, None, lido.wrong(**_taken(taken, values)), 409)
    return go(f"{PATH}/{made.id}", "operadora_criada")


async def show(request: web.Request) -> web.StreamResponse:
    """`GET /painel/operadoras/{id}`."""
    operadora = await _stored(request)
    return _form(request, operadora)


async def change(request: web.Request) -> web.StreamResponse:
    """`POST /painel/operadoras/{id}`: unless somebody else changed it since it was shown."""
    operadora, lido, por = await _stored(request), FORMULARIO.read(request), autor_of(request)
    if lido.dado is None:
        return _form(request, operadora, lido, 422)
    values = FORMULARIO.values(lido.dado)
    try:
        await request.app[PAINEL].run(lambda tx: alterar(tx, operadora.id, values, por, lido.visto))
    except NameTaken as taken:
        return _form(request, operadora, lido.wrong(**_taken(taken, values)), 409)
    except MudouDepois:
        return _form(request, await _stored(request), lido, 409, mudou=True)
    return go(f"{PATH}/{operadora.id}", "operadora_mudada")


async def deactivate(request: web.Request) -> web.StreamResponse:
    """`POST /painel/operadoras/{id}/desativar`."""
    return await _set_active(request, active=False)


async def activate(request: web.Request) -> web.StreamResponse:
    """`POST /painel/operadoras/{id}/reativar`."""
    return await _set_active(request, active=True)


async def resume(request: web.Request) -> web.StreamResponse:
    """`POST /painel/operadoras/{id}/retomar`."""
    operadora, por = await _stored(request), autor_of(request)
    resumed = await request.app[PAINEL].run(lambda tx: retomar(tx, operadora.id, por))
    return go(f"{PATH}/{operadora.id}", "operadora_retomada" if resumed else "nao_pausada")


async def _set_active(request: web.Request, *, active: bool) -> web.StreamResponse:
    operadora_id, por = uuid_in_path(request), autor_of(request)
    if await request.app[PAINEL].run(lambda tx: alterar(tx, operadora_id, {"status_ativo": active}, por)) is None:
        raise _gone()
    return go(f"{PATH}/{operadora_id}", "operadora_reativada" if active else "operadora_desativada")


def _taken(taken: NameTaken, values: dict[str, Any]) -> dict[str, str]:
    """At which fields another operadora is in the way."""
    return {name: "ocupado" for name in ("nome", "codigo") if getattr(taken.other, name) == values[name]}


def _form(
    request: web.Request,
    operadora: Operadora | None,
    lido: Lido[NewOperadora] | None = None,
    status: int = 200,
    *,
    mudou: bool = False,
) -> web.Response:
    return page(
        request,
        "operadoras/operadora.html",
        status,
        operadora=operadora,
        pode_mudar=_may_change(request),
        falhas=FALHAS_SEGUIDAS,
        pausa=PAUSA,
        **FORMULARIO.facts(operadora, lido, mudou=mudou, novo={"possui_rpa": True}),
    )


async def _stored(request: web.Request) -> Operadora:
    async with request.app[PAINEL].database.read() as connection:
        operadora = await operadora_by_id(connection, uuid_in_path(request))
    if operadora is None:
        raise _gone()
    return operadora


def _gone() -> ApiError:
    return ApiError(404, "there is no such operadora")


def _may_change(request: web.Request) -> bool:
    return tem(request[SESSAO].perfil_usuario, Direito.ADMINISTRAR)


TELAS = (
    Tela("GET", PATH, show_all, frozenset(VIEWERS), menu="operadoras"),
    Tela("GET", f"{PATH}/nova", show_new, _ADMIN),
    Tela("POST", PATH, create, _ADMIN),
    Tela("GET", f"{PATH}/{{id}}", show, frozenset(VIEWERS)),
    Tela("POST", f"{PATH}/{{id}}", change, _ADMIN),
    Tela("POST", f"{PATH}/{{id}}/desativar", deactivate, _ADMIN),
    Tela("POST", f"{PATH}/{{id}}/reativar", activate, _ADMIN),
    Tela("POST", f"{PATH}/{{id}}/retomar", resume, _ADMIN),
)
