"""Clientes: searched, looked at, their portal's login changed, its password shown to an administrator who says why."""

from uuid import UUID

from aiohttp import web

from core.cliente.clientes import alterar, search_words
from core.cliente.senhas import SemMotivo, revelar
from core.processo.maquina import RIGHTS, VIEWERS, Acao
from storage.cliente.clientes import Cliente, cliente_by_id, list_clientes
from storage.operadora.operadoras import list_operadoras, operadora_by_id
from storage.pages import Pagina
from storage.pessoa.perfil import Perfil
from storage.secrets import SecretUnreadable
from webhooks.http.answers import ApiError
from webhooks.painel.formatos import com
from webhooks.painel.guarda import FORM
from webhooks.painel.moldura import go, page
from webhooks.painel.painel import PAINEL, Tela
from webhooks.painel.quem import autor_of
from webhooks.painel.sessao import SESSAO

PAGE = 50
OPERADORAS = 100
_PATH = "/painel/clientes"
_LOGIN_LIMIT, _SENHA_LIMIT = 200, 200


async def show_all(request: web.Request) -> web.StreamResponse:
    """`GET /painel/clientes`."""
    chosen = {name: request.query.get(name, "").strip()[:200] for name in ("busca", "operadora", "situacao")}
    filters: dict[str, object] = {}
    if (operadora_id := _uuid(chosen["operadora"])) is not None:
        filters["operadora_id"] = operadora_id
    if chosen["situacao"] in ("ativos", "inativos"):
        filters["status_ativo"] = chosen["situacao"] == "ativos"
    pagina = Pagina(PAGE, 0, _uuid(request.query.get("depois", "")))
    async with request.app[PAINEL].database.read() as connection:
        found, total = await list_clientes(connection, pagina, search_words(chosen["busca"]), **filters)
        operadoras, _ = await list_operadoras(connection, Pagina(OPERADORAS))
    older = com(_PATH, {**chosen}, depois=found[-1].id) if len(found) == PAGE else None
    return page(
        request,
        "clientes/clientes.html",
        clientes=found,
        total=total,
        operadoras={one.id: one.nome for one in operadoras},
        escolhido=chosen,
        proxima=older,
        filtrada=any(chosen.values()),
    )


async def show(request: web.Request) -> web.StreamResponse:
    """`GET /painel/clientes/{id}`."""
    return await _one(request, await _stored(request))


async def change_access(request: web.Request) -> web.StreamResponse:
    """`POST /painel/clientes/{id}/acesso`: the login, and a new password; an empty password stays as it is."""
    cliente, form = await _stored(request), request[FORM]
    values = {"login_portal": str(form.get("login", "")).strip()[:_LOGIN_LIMIT] or None}
    if senha := str(form.get("senha", ""))[:_SENHA_LIMIT]:
        values["senha_portal"] = senha
    await request.app[PAINEL].run(lambda tx: alterar(tx, cliente.id, values, autor_of(request)))
    return go(f"{_PATH}/{cliente.id}", "acesso_mudado")


async def reveal(request: web.Request) -> web.StreamResponse:
    """`POST /painel/clientes/{id}/senha`: shown in this answer alone, which nobody keeps."""
    cliente, autor = await _stored(request), autor_of(request)
    motivo = str(request[FORM].get("motivo", ""))
    try:
        senha = await request.app[PAINEL].run(lambda tx: revelar(tx, cliente.id, motivo, autor))
    except SemMotivo:
        return await _one(request, cliente, falta_motivo=True)
    except SecretUnreadable:
        return await _one(request, cliente, ilegivel=True)
    return await _one(request, cliente, senha=senha)


async def _one(
    request: web.Request,
    cliente: Cliente,
    *,
    senha: str | None = None,
    falta_motivo: bool = False,
    ilegivel: bool = False,
) -> web.Response:
    async with request.app[PAINEL].database.read() as connection:
        operadora = await operadora_by_id(connection, cliente.operadora_id)
    perfil = Perfil(request[SESSAO].perfil_usuario)
    return page(
        request,
        "clientes/cliente.html",
        422 if falta_motivo else 200,
        cliente=cliente,
        operadora="" if operadora is None else operadora.nome,
        pode_mudar=perfil in _CHANGE,
        pode_revelar=perfil in _REVEAL,
        senha=senha,
        falta_motivo=falta_motivo,
        ilegivel=ilegivel,
    )


async def _stored(request: web.Request) -> Cliente:
    cliente_id = _uuid(request.match_info["id"])
    async with request.app[PAINEL].database.read() as connection:
        cliente = None if cliente_id is None else await cliente_by_id(connection, cliente_id)
    if cliente is None:
        raise ApiError(404, "there is no such cliente")
    return cliente


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


_CHANGE = frozenset(RIGHTS[Acao.CRIAR])
_REVEAL = frozenset({Perfil.ADMINISTRADOR})
TELAS = (
    Tela("GET", _PATH, show_all, frozenset(VIEWERS), menu="clientes"),
    Tela("GET", f"{_PATH}/{{id}}", show, frozenset(VIEWERS)),
    Tela("POST", f"{_PATH}/{{id}}/acesso", change_access, _CHANGE),
    Tela("POST", f"{_PATH}/{{id}}/senha", reveal, _REVEAL),
)
