"""Consultores: who is there and whose turn comes when; made, changed, deactivated, said to be there or not."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncConnection

from core.auditoria.visto import Visto
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
from storage.presenca.presenca import presencas_of
from storage.transaction import Transaction
from webhooks.consultor.schemas import NewConsultor
from webhooks.http.parameters import as_stored_number
from webhooks.painel.desfazer import MUDOU, Ida, Volta, remember
from webhooks.painel.endereco import FILTROS, number_of, state_of, texts_of
from webhooks.painel.moldura import go, page
from webhooks.painel.painel import PAINEL, Tela
from webhooks.painel.quem import autor_of
from webhooks.painel.registros.cadastro import PAGE, Cadastro, one_page
from webhooks.painel.registros.formulario import Formulario, Lido
from webhooks.painel.registros.registro import Registro
from webhooks.painel.sessao import SESSAO

IN_TURN = 200
PATH = "/painel/consultores"
_ADMIN = QUEM[Direito.ADMINISTRAR]


def _number(text: str) -> int:
    if not text.isascii() or not text.isdecimal():
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


async def _change(
    request: web.Request, tx: Transaction, key: int, values: Mapping[str, Any], visto: Visto | None
) -> Consultor | None:
    return await edit_consultor(tx, key, values, request.app[PAINEL].zone, autor_of(request), visto)


REGISTRO = Registro(
    "consultor", "o", _ADMIN, as_stored_number, consultor_by_id, _change, (ConsultorRepetido, TelefoneDeOutroPerfil)
)


async def show_all(request: web.Request) -> web.StreamResponse:
    """`GET /painel/consultores`."""
    chosen = texts_of(request, "busca", "situacao")
    filters: dict[str, Any] = state_of(request, _STATES)
    if chosen["busca"]:
        filters["nome"] = chosen["busca"]
    async with request.app[PAINEL].database.read() as connection:
        found, total = await list_consultores(connection, filters, 0, PAGE + 1, number_of(request, "depois"))
        shown, proxima = one_page(found, PATH, chosen)
        turns = await _turns(connection, shown)
        estados = await _estados(connection, shown)
    return page(
        request,
        "consultor/consultores.html",
        consultores=shown,
        vez=turns,
        estados=estados,
        total=total,
        escolhido=chosen,
        proxima=proxima,
        filtrada=any(chosen.values()),
        pode_mudar=_may_change(request),
    )


async def _estados(connection: AsyncConnection, consultores: Sequence[Consultor]) -> dict[UUID | None, str]:
    """What those who are somebody of ours last chose, or were said to be."""
    found = await presencas_of(connection, [one.usuario_id for one in consultores if one.usuario_id is not None])
    return {usuario_id: presenca.status for usuario_id, presenca in found.items()}


async def turn_on(request: web.Request) -> web.StreamResponse:
    """`POST /painel/consultores/{id}/online`: the presence of their person, when they are one's."""
    return await _connect(request, online=True)


async def turn_off(request: web.Request) -> web.StreamResponse:
    """`POST /painel/consultores/{id}/offline`."""
    return await _connect(request, online=False)


async def _connect(request: web.Request, *, online: bool) -> web.StreamResponse:
    consultor = await REGISTRO.stored(request)
    desfaz = await _set_connection(request, consultor, online=online)
    return go(f"{PATH}/{consultor.id}", "consultor_online" if online else "consultor_offline", desfaz=desfaz)


async def _set_connection(request: web.Request, consultor: Consultor, *, online: bool) -> str:
    zone = request.app[PAINEL].zone
    changed: Consultor | None = await request.app[PAINEL].run(lambda tx: set_connection(tx, consultor.id, online, zone))
    if changed is None or changed.status_online == consultor.status_online:
        return ""
    return await remember(request, "presenca", id=consultor.id, online=not online)


async def _undo_connection(request: web.Request, fatos: Mapping[str, Any]) -> Ida:
    """Back to what they were, unless they have chosen something themselves since."""
    async with request.app[PAINEL].database.read() as connection:
        consultor = await consultor_by_id(connection, int(fatos["id"]))
    if consultor is None or consultor.status_online == fatos["online"]:
        return Ida(MUDOU)
    again = await _set_connection(request, consultor, online=fatos["online"])
    return Ida("consultor_online" if fatos["online"] else "consultor_offline", again)


async def _create(request: web.Request, tx: Transaction, values: Mapping[str, Any]) -> Consultor:
    return await create_consultor(tx, values, autor_of(request))


def _refused(refused: Exception, _values: Mapping[str, Any]) -> dict[str, str]:
    """Whose phone it is already, or what its owner does."""
    return {"telefone": "ocupado" if isinstance(refused, ConsultorRepetido) else "nao_atende"}


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


async def _form(
    request: web.Request,
    consultor: Consultor | None,
    lido: Lido[NewConsultor] | None = None,
    status: int = 200,
    *,
    mudou: bool = False,
) -> web.Response:
    async with request.app[PAINEL].database.read() as connection:
        estados = await _estados(connection, [consultor] if consultor is not None else [])
    return page(
        request,
        "consultor/consultor.html",
        status,
        consultor=consultor,
        estado=estados.get(consultor.usuario_id) if consultor is not None else None,
        pode_mudar=_may_change(request),
        **FORMULARIO.facts(consultor, lido, mudou=mudou, novo={"idiomas": "pt", "status_ativo_sequencial": True}),
    )


def _may_change(request: web.Request) -> bool:
    return tem(request[SESSAO].perfil_usuario, Direito.ADMINISTRAR)


CADASTRO = Cadastro(REGISTRO, FORMULARIO, PATH, _create, _refused, _form)
TELAS = (
    Tela("GET", PATH, show_all, ATENDENTES, menu="consultores", nomes=FILTROS),
    *CADASTRO.telas("novo", ATENDENTES),
    Tela("POST", f"{PATH}/{{id}}/online", turn_on, _ADMIN),
    Tela("POST", f"{PATH}/{{id}}/offline", turn_off, _ADMIN),
)
VOLTAS = {"consultor": REGISTRO.volta, "presenca": Volta(_ADMIN, _undo_connection)}
