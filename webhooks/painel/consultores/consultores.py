"""Consultores: who is there and whose turn comes when; made, changed, deactivated, said to be there or not."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncConnection

from core.auditoria.visto import MudouDepois
from core.consultor.consultores import (
    ConsultorRepetido,
    TelefoneDeOutroPerfil,
    create_consultor,
    edit_consultor,
    set_connection,
)
from core.consultor.importacao import idiomas
from core.direitos.direitos import QUEM, Direito, tem
from storage.consultor.consultores import Consultor, consultor_by_id, in_turns, list_consultores
from storage.pessoa.perfil import ATENDENTES
from storage.transaction import Transaction
from webhooks.consultor.schemas import NewConsultor
from webhooks.http.answers import ApiError
from webhooks.http.parameters import id_in_path
from webhooks.painel.endereco import texts_of
from webhooks.painel.formatos import com
from webhooks.painel.formulario import Formulario, Lido
from webhooks.painel.moldura import go, page
from webhooks.painel.painel import PAINEL, Tela
from webhooks.painel.quem import autor_of
from webhooks.painel.sessao import SESSAO

PAGE, IN_TURN = 50, 200
PATH = "/painel/consultores"
_ADMIN = QUEM[Direito.ADMINISTRAR]


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise ValueError(text[:20])
    return int(text)


FORMULARIO = Formulario(
    NewConsultor,
    ("nome", "idiomas", "telefone", "id_pipedrive", "status_ativo_sequencial"),
    marcas=frozenset({"status_ativo_sequencial"}),
    feitos={"idiomas": idiomas, "id_pipedrive": _number},
    codigos={"idiomas": "idiomas", "telefone": "telefone", "id_pipedrive": "numero"},
)
_STATES = {
    "online": {"status_online": True},
    "offline": {"status_online": False, "status_ativo": True},
    "inativos": {"status_ativo": False},
}


async def show_all(request: web.Request) -> web.StreamResponse:
    """`GET /painel/consultores`."""
    chosen = texts_of(request, "busca", "situacao")
    filters: dict[str, Any] = dict(_STATES.get(chosen["situacao"], {}))
    if chosen["busca"]:
        filters["nome"] = chosen["busca"]
    async with request.app[PAINEL].database.read() as connection:
        found, total = await list_consultores(connection, filters, 0, PAGE, _after(request))
        turns = await _turns(connection, found)
    return page(
        request,
        "consultores/consultores.html",
        consultores=found,
        vez=turns,
        total=total,
        escolhido=chosen,
        proxima=com(PATH, {**chosen}, depois=found[-1].id) if len(found) == PAGE else None,
        filtrada=any(chosen.values()),
        pode_mudar=_may_change(request),
    )


async def show_new(request: web.Request) -> web.StreamResponse:
    """`GET /painel/consultores/novo`."""
    return _form(request, None)


async def create(request: web.Request) -> web.StreamResponse:
    """`POST /painel/consultores`."""
    lido, por = FORMULARIO.read(request), autor_of(request)
    if lido.dado is None:
        return _form(request, None, lido, 422)
    values = FORMULARIO.values(lido.dado)
    made, lido = await _written(request, lido, lambda tx: create_consultor(tx, values, por))
    return _form(request, None, lido, 409) if made is None else go(f"{PATH}/{made.id}", "consultor_criado")


async def show(request: web.Request) -> web.StreamResponse:
    """`GET /painel/consultores/{id}`."""
    consultor = await _stored(request)
    return _form(request, consultor)


async def change(request: web.Request) -> web.StreamResponse:
    """`POST /painel/consultores/{id}`: unless somebody else changed them since they were shown."""
    consultor, lido, por = await _stored(request), FORMULARIO.read(request), autor_of(request)
    if lido.dado is None:
        return _form(request, consultor, lido, 422)
    values, zone, visto = FORMULARIO.values(lido.dado), request.app[PAINEL].zone, lido.visto
    try:
        changed, lido = await _written(
            request, lido, lambda tx: edit_consultor(tx, consultor.id, values, zone, por, visto)
        )
    except MudouDepois:
        return _form(request, await _stored(request), lido, 409, mudou=True)
    if changed is None:
        return _form(request, consultor, lido, 409)
    return go(f"{PATH}/{consultor.id}", "consultor_mudado")


async def deactivate(request: web.Request) -> web.StreamResponse:
    """`POST /painel/consultores/{id}/desativar`: they take no more turns, and keep their protocolos."""
    return await _edit(request, {"status_ativo": False}, "consultor_desativado")


async def activate(request: web.Request) -> web.StreamResponse:
    """`POST /painel/consultores/{id}/reativar`."""
    return await _edit(request, {"status_ativo": True}, "consultor_reativado")


async def turn_on(request: web.Request) -> web.StreamResponse:
    """`POST /painel/consultores/{id}/online`: the presence of their person, when they are one's."""
    return await _connect(request, online=True)


async def turn_off(request: web.Request) -> web.StreamResponse:
    """`POST /painel/consultores/{id}/offline`."""
    return await _connect(request, online=False)


async def _edit(request: web.Request, values: dict[str, Any], feito: str) -> web.StreamResponse:
    consultor, zone, por = await _stored(request), request.app[PAINEL].zone, autor_of(request)
    await request.app[PAINEL].run(lambda tx: edit_consultor(tx, consultor.id, values, zone, por))
    return go(f"{PATH}/{consultor.id}", feito)


async def _connect(request: web.Request, *, online: bool) -> web.StreamResponse:
    consultor, zone = await _stored(request), request.app[PAINEL].zone
    await request.app[PAINEL].run(lambda tx: set_connection(tx, consultor.id, online, zone))
    return go(f"{PATH}/{consultor.id}", "consultor_online" if online else "consultor_offline")


async def _written(
    request: web.Request, lido: Lido[NewConsultor], work: Callable[[Transaction], Awaitable[Consultor | None]]
) -> tuple[Consultor | None, Lido[NewConsultor]]:
    try:
        return await request.app[PAINEL].run(work), lido
    except ConsultorRepetido:
        return None, lido.wrong(telefone="ocupado")
    except TelefoneDeOutroPerfil:
        return None, lido.wrong(telefone="nao_atende")


async def _turns(connection: AsyncConnection, consultores: Sequence[Consultor]) -> dict[int, list[tuple[str, int]]]:
    """The place of each in the turn of each of their languages, from 1."""
    languages = sorted({one for consultor in consultores if consultor.takes_turns for one in consultor.idiomas})
    if not languages:
        return {}
    places: dict[int, list[tuple[str, int]]] = {}
    for language, turn in sorted((await in_turns(connection, languages, IN_TURN)).items()):
        for place, consultor in enumerate(turn, 1):
            places.setdefault(consultor.id, []).append((language, place))
    return places


def _form(
    request: web.Request,
    consultor: Consultor | None,
    lido: Lido[NewConsultor] | None = None,
    status: int = 200,
    *,
    mudou: bool = False,
) -> web.Response:
    return page(
        request,
        "consultores/consultor.html",
        status,
        consultor=consultor,
        pode_mudar=_may_change(request),
        **FORMULARIO.facts(consultor, lido, mudou=mudou, novo={"idiomas": "pt", "status_ativo_sequencial": True}),
    )


async def _stored(request: web.Request) -> Consultor:
    async with request.app[PAINEL].database.read() as connection:
        consultor = await consultor_by_id(connection, id_in_path(request))
    if consultor is None:
        raise ApiError(404, "there is no such consultor")
    return consultor


def _after(request: web.Request) -> int | None:
    text = request.query.get("depois", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _may_change(request: web.Request) -> bool:
    return tem(request[SESSAO].perfil_usuario, Direito.ADMINISTRAR)


TELAS = (
    Tela("GET", PATH, show_all, ATENDENTES, menu="consultores"),
    Tela("GET", f"{PATH}/novo", show_new, _ADMIN),
    Tela("POST", PATH, create, _ADMIN),
    Tela("GET", f"{PATH}/{{id}}", show, ATENDENTES),
    *(
        Tela("POST", f"{PATH}/{{id}}{name}", handler, _ADMIN)
        for name, handler in (
            ("", change),
            ("/desativar", deactivate),
            ("/reativar", activate),
            ("/online", turn_on),
            ("/offline", turn_off),
        )
    ),
)
