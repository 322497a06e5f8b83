"""Clientes: searched, looked at, their portal's login changed, its password shown to an administrator who says why."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from aiohttp import web

from core.auditoria.visto import Visto
from core.cliente.clientes import SameAccount, alterar, search_words
from core.cliente.senhas import SemMotivo, revelar
from core.direitos.direitos import QUEM, Direito
from core.processo.maquina import RIGHTS, VIEWERS, Acao
from storage.cliente.clientes import Cliente, cliente_by_id, list_clientes
from storage.operadora.operadoras import operadora_by_id, operadoras_by_codigo
from storage.pages import Pagina
from storage.pessoa.perfil import Perfil
from storage.secrets import SecretUnreadable
from storage.transaction import Transaction
from webhooks.cliente.schemas import ChangedCliente
from webhooks.http.answers import ApiError
from webhooks.http.parameters import as_uuid
from webhooks.painel.endereco import FILTROS, state_of, texts_of, uuid_of
from webhooks.painel.guarda import FORM
from webhooks.painel.moldura import go, page
from webhooks.painel.painel import PAINEL, Tela
from webhooks.painel.quem import autor_of
from webhooks.painel.registros.cadastro import PAGE, one_page
from webhooks.painel.registros.formulario import Formulario, Lido
from webhooks.painel.registros.registro import Registro
from webhooks.painel.sessao import SESSAO

PATH = "/painel/clientes"
# Of a login, and of a password.
LONGEST = 200
CHANGE = frozenset(RIGHTS[Acao.CRIAR])
_ADMIN = QUEM[Direito.VER_SENHAS]
FORMULARIO = Formulario(
    ChangedCliente,
    ("razao_social", "cnpj", "unidade", "servico", "filtro", "nome_sat", "dados_sat", "site_emissao", "cpf"),
    codigos={"cnpj": "cnpj", "cpf": "cpf"},
    obrigatorios=frozenset({"razao_social", "cnpj"}),
)
_STATES = {"ativos": {"status_ativo": True}, "inativos": {"status_ativo": False}}


async def _change(
    request: web.Request, tx: Transaction, key: UUID, values: Mapping[str, Any], visto: Visto | None
) -> Cliente | None:
    return await alterar(tx, key, values, autor_of(request), visto)


REGISTRO = Registro("cliente", "o", CHANGE, as_uuid, cliente_by_id, _change, (SameAccount,))


async def show_all(request: web.Request) -> web.StreamResponse:
    """`GET /painel/clientes`."""
    chosen = texts_of(request, "busca", "operadora", "situacao")
    filters: dict[str, object] = dict(state_of(request, _STATES))
    if (operadora_id := uuid_of(request, "operadora")) is not None:
        filters["operadora_id"] = operadora_id
    pagina = Pagina(PAGE + 1, 0, uuid_of(request, "depois"))
    async with request.app[PAINEL].database.read() as connection:
        found, total = await list_clientes(connection, pagina, search_words(chosen["busca"]), **filters)
        operadoras = await operadoras_by_codigo(connection, [])
    shown, proxima = one_page(found, PATH, chosen)
    return page(
        request,
        "cliente/clientes.html",
        clientes=shown,
        total=total,
        operadoras={one.id: one.nome for one in operadoras},
        escolhido=chosen,
        proxima=proxima,
        filtrada=any(chosen.values()),
        pode_mudar=Perfil(request[SESSAO].perfil_usuario) in CHANGE,
    )


async def show(request: web.Request) -> web.StreamResponse:
    """`GET /painel/clientes/{id}`."""
    return await show_one(request, await REGISTRO.stored(request))


async def change_access(request: web.Request) -> web.StreamResponse:
    """`POST /painel/clientes/{id}/acesso`: the login, and a new password; an empty password stays as it is."""
    cliente, form = await REGISTRO.stored(request), request[FORM]
    login, senha = str(form.get("login", "")).strip(), str(form.get("senha", ""))
    if len(login) > LONGEST or len(senha) > LONGEST:
        raise ApiError(422, "login, senha: too long")
    values = {"login_portal": login or None} | ({"senha_portal": senha} if senha else {})
    desfaz = await REGISTRO.change(request, cliente.id, values)
    # A password that was overwritten is kept nowhere.
    return go(f"{PATH}/{cliente.id}", "acesso_mudado", desfaz="" if senha else desfaz)


async def reveal(request: web.Request) -> web.StreamResponse:
    """`POST /painel/clientes/{id}/senha`: shown in this answer alone, which nobody keeps."""
    cliente, autor = await REGISTRO.stored(request), autor_of(request)
    motivo = str(request[FORM].get("motivo", ""))
    try:
        senha = await request.app[PAINEL].run(lambda tx: revelar(tx, cliente.id, motivo, autor))
    except SemMotivo:
        return await show_one(request, cliente, falta_motivo=True)
    except SecretUnreadable:
        return await show_one(request, cliente, ilegivel=True)
    return await show_one(request, cliente, senha=senha)


async def show_one(
    request: web.Request,
    cliente: Cliente,
    *,
    senha: str | None = None,
    falta_motivo: bool = False,
    ilegivel: bool = False,
    lido: Lido[ChangedCliente] | None = None,
    status: int = 200,
    mudou: bool = False,
) -> web.Response:
    """The page of one cliente; `lido`: what was typed into its form, and is not kept."""
    async with request.app[PAINEL].database.read() as connection:
        operadora = await operadora_by_id(connection, cliente.operadora_id)
    perfil = Perfil(request[SESSAO].perfil_usuario)
    return page(
        request,
        "cliente/cliente.html",
        422 if falta_motivo else status,
        cliente=cliente,
        pode_desativar=perfil in _ADMIN,
        operadora="" if operadora is None else operadora.nome,
        pode_mudar=perfil in CHANGE,
        pode_revelar=perfil in _ADMIN,
        senha=senha,
        falta_motivo=falta_motivo,
        ilegivel=ilegivel,
        **FORMULARIO.facts(cliente, lido, mudou=mudou),
    )


TELAS = (
    Tela("GET", PATH, show_all, frozenset(VIEWERS), menu="clientes", nomes=FILTROS | {"operadora"}),
    Tela("GET", f"{PATH}/{{id}}", show, frozenset(VIEWERS)),
    Tela("POST", f"{PATH}/{{id}}/acesso", change_access, CHANGE),
    Tela("POST", f"{PATH}/{{id}}/senha", reveal, _ADMIN),
)
VOLTAS = {"cliente": REGISTRO.volta}
