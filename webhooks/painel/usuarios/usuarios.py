"""Usuarios: found by name or phone, registered, changed, deactivated; whose rights change loses them at once."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from aiohttp import web
from sqlalchemy import Row

from core.auditoria.visto import MudouDepois, Visto
from core.direitos.direitos import QUEM, Direito
from core.pessoa.procura import called
from core.pessoa.usuarios import Ocupado, OutroTelefone, SemAdministrador, alterar, criar
from storage.contatos.contatos import channels_of
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import by_name, usuario_by_id
from storage.transaction import Transaction
from webhooks.http.parameters import as_uuid, uuid_in_path
from webhooks.painel.endereco import FILTROS, state_of, texts_of, uuid_of, word_of
from webhooks.painel.formatos import com
from webhooks.painel.moldura import go, page
from webhooks.painel.painel import PAINEL, Tela
from webhooks.painel.quem import autor_of
from webhooks.painel.registros.formulario import Formulario, Lido
from webhooks.painel.registros.registro import Registro
from webhooks.pessoa.schemas import NewUsuario

PAGE = 50
PATH = "/painel/usuarios"
FORMULARIO = Formulario(
    NewUsuario,
    (
        "nome_completo",
        "telefone",
        "perfil_usuario",
        "tel_whatsapp",
        "email",
        "matricula_pap",
        "senha_pap",
        "autorizar_venda_sem_auditoria",
    ),
    marcas=frozenset({"autorizar_venda_sem_auditoria"}),
    segredos=frozenset({"senha_pap"}),
    codigos={
        "telefone": "telefone",
        "tel_whatsapp": "telefone",
        "email": "email",
        "perfil_usuario": "escolha",
    },
)
_STATES = {"ativos": {"status_ativo": True}, "inativos": {"status_ativo": False}}


_ADMIN = QUEM[Direito.ADMINISTRAR]


async def _change(
    request: web.Request, tx: Transaction, key: UUID, values: Mapping[str, Any], visto: Visto | None
) -> Row[Any] | None:
    return await alterar(tx, key, values, autor_of(request), visto)


REGISTRO: Registro[Row[Any]] = Registro(
    "usuario", "o", _ADMIN, as_uuid, usuario_by_id, _change, (Ocupado, OutroTelefone, SemAdministrador)
)


async def show_all(request: web.Request) -> web.StreamResponse:
    """`GET /painel/usuarios`."""
    chosen = texts_of(request, "busca", "perfil", "situacao")
    filters: dict[str, Any] = state_of(request, _STATES)
    if perfil := word_of(request, "perfil", Perfil):
        filters["perfil_usuario"] = perfil
    async with request.app[PAINEL].database.read() as connection:
        some = await called(connection, chosen["busca"]) if chosen["busca"] else None
        found = await by_name(connection, filters, some, uuid_of(request, "depois"), PAGE + 1)
    shown = found[:PAGE]
    return page(
        request,
        "usuarios/usuarios.html",
        usuarios=shown,
        perfis=list(Perfil),
        escolhido=chosen,
        proxima=com(PATH, {**chosen}, depois=shown[-1].id) if len(found) > PAGE else None,
        filtrada=any(chosen.values()),
    )


async def show_new(request: web.Request) -> web.StreamResponse:
    """`GET /painel/usuarios/novo`."""
    return await show_form(request, None)


async def create(request: web.Request) -> web.StreamResponse:
    """`POST /painel/usuarios`."""
    lido, por = FORMULARIO.read(request), autor_of(request)
    if lido.dado is None:
        return await show_form(request, None, lido, 422)
    values = FORMULARIO.values(lido.dado)
    try:
        made: Row[Any] = await request.app[PAINEL].run(lambda tx: criar(tx, values, por))
    except Ocupado as taken:
        return await show_form(request, None, lido.wrong(**{taken.campo: "ocupado"}), 409)
    return go(f"{PATH}/{made.id}", "usuario_criado", desfaz=await REGISTRO.made(request, made.id, made))


async def show(request: web.Request) -> web.StreamResponse:
    """`GET /painel/usuarios/{id}`."""
    usuario = await REGISTRO.stored(request)
    return await show_form(request, usuario)


async def change(request: web.Request) -> web.StreamResponse:
    """`POST /painel/usuarios/{id}`: unless somebody else changed them since they were shown."""
    usuario, lido, desfaz = await REGISTRO.stored(request), FORMULARIO.read(request), ""
    if lido.dado is None:
        return await show_form(request, usuario, lido, 422)
    values = FORMULARIO.values(lido.dado)
    try:
        desfaz = await REGISTRO.change(request, usuario.id, values, lido.visto)
    except Ocupado as taken:
        lido = lido.wrong(**{taken.campo: "ocupado"})
    except OutroTelefone:
        lido = lido.wrong(telefone="outro_telefone")
    except SemAdministrador:
        lido = lido.wrong(perfil_usuario="sem_administrador")
    except MudouDepois:
        return await show_form(request, await REGISTRO.stored(request), lido, 409, mudou=True)
    if lido.erros:
        return await show_form(request, usuario, lido, 409)
    # A password that was overwritten is kept nowhere.
    return go(f"{PATH}/{usuario.id}", "usuario_mudado", desfaz="" if "senha_pap" in values else desfaz)


async def deactivate(request: web.Request) -> web.StreamResponse:
    """`POST /painel/usuarios/{id}/desativar`: sessions, tokens and taps are over at once."""
    return await _set_active(request, active=False)


async def activate(request: web.Request) -> web.StreamResponse:
    """`POST /painel/usuarios/{id}/reativar`."""
    return await _set_active(request, active=True)


async def _set_active(request: web.Request, *, active: bool) -> web.StreamResponse:
    page_of_one = f"{PATH}/{uuid_in_path(request)}"
    try:
        return await REGISTRO.set_active(request, page_of_one, active=active)
    except SemAdministrador:
        return go(page_of_one, "nao_sem_administrador")


async def show_form(
    request: web.Request,
    usuario: Row[Any] | None,
    lido: Lido[NewUsuario] | None = None,
    status: int = 200,
    *,
    mudou: bool = False,
    **facts: Any,
) -> web.Response:
    """The page of one person, or of somebody new."""
    canais: list[Row[Any]] = []
    if usuario is not None:
        async with request.app[PAINEL].database.read() as connection:
            canais = await channels_of(connection, usuario.id)
    told = {"convite": None, "ate": None, "qr": None, "telegram": request.app[PAINEL].telegram_username} | facts
    return page(
        request,
        "usuarios/usuario.html",
        status,
        usuario=usuario,
        canais=canais,
        perfis=list(Perfil),
        **FORMULARIO.facts(usuario, lido, mudou=mudou),
        **told,
    )


TELAS = (
    Tela("GET", PATH, show_all, _ADMIN, menu="usuarios", nomes=FILTROS | {"perfil"}),
    Tela("GET", f"{PATH}/novo", show_new, _ADMIN),
    Tela("POST", PATH, create, _ADMIN),
    Tela("GET", f"{PATH}/{{id}}", show, _ADMIN),
    Tela("POST", f"{PATH}/{{id}}", change, _ADMIN),
    Tela("POST", f"{PATH}/{{id}}/desativar", deactivate, _ADMIN),
    Tela("POST", f"{PATH}/{{id}}/reativar", activate, _ADMIN),
)
VOLTAS = {"usuario": REGISTRO.volta}
