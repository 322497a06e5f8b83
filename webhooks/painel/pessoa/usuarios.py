"""Usuarios: found by name or phone, registered, changed, deactivated; whose rights change loses them at once."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from aiohttp import web
from sqlalchemy import Row

from core.auditoria.visto import Visto
from core.direitos.direitos import QUEM, Direito
from core.pessoa.procura import called
from core.pessoa.usuarios import Ocupado, OutroTelefone, SemAdministrador, alterar, criar
from storage.contatos.contatos import channels_of
from storage.pessoa.perfil import Perfil
from storage.pessoa.usuarios import by_name, usuario_by_id
from storage.transaction import Transaction
from webhooks.http.parameters import as_uuid
from webhooks.painel.endereco import FILTROS, state_of, texts_of, uuid_of, word_of
from webhooks.painel.moldura import page
from webhooks.painel.painel import PAINEL, Tela
from webhooks.painel.quem import autor_of
from webhooks.painel.registros.cadastro import PAGE, Cadastro, one_page
from webhooks.painel.registros.formulario import Formulario, Lido
from webhooks.painel.registros.registro import Registro
from webhooks.pessoa.schemas import NewUsuario

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
    "usuario",
    "o",
    _ADMIN,
    as_uuid,
    usuario_by_id,
    _change,
    (Ocupado, OutroTelefone, SemAdministrador),
    "nao_sem_administrador",
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
    shown, proxima = one_page(found, PATH, chosen)
    return page(
        request,
        "pessoa/usuarios.html",
        usuarios=shown,
        perfis=list(Perfil),
        escolhido=chosen,
        proxima=proxima,
        filtrada=any(chosen.values()),
    )


async def _create(request: web.Request, tx: Transaction, values: Mapping[str, Any]) -> Row[Any]:
    return await criar(tx, values, autor_of(request))


def _refused(refused: Exception, _values: Mapping[str, Any]) -> dict[str, str]:
    """Whose phone or e-mail it is already, or what nobody would be left to do."""
    if isinstance(refused, Ocupado):
        return {refused.campo: "ocupado"}
    if isinstance(refused, OutroTelefone):
        return {"telefone": "outro_telefone"}
    return {"perfil_usuario": "sem_administrador"}


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
        "pessoa/usuario.html",
        status,
        usuario=usuario,
        canais=canais,
        perfis=list(Perfil),
        **FORMULARIO.facts(usuario, lido, mudou=mudou),
        **told,
    )


CADASTRO = Cadastro(REGISTRO, FORMULARIO, PATH, _create, _refused, show_form)
TELAS = (
    Tela("GET", PATH, show_all, _ADMIN, menu="usuarios", nomes=FILTROS | {"perfil"}),
    *CADASTRO.telas("novo", _ADMIN),
)
VOLTAS = {"usuario": REGISTRO.volta}
