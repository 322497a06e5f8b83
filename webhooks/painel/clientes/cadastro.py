"""Clientes made, changed, deactivated: what tells an account apart is looked at as everywhere else."""

from uuid import UUID

from aiohttp import web

from core.auditoria.visto import MudouDepois
from core.cliente.clientes import SameAccount, alterar, criar
from core.direitos.direitos import QUEM, Direito
from storage.cliente.clientes import Cliente
from storage.operadora.operadoras import list_operadoras, operadora_by_id
from storage.pages import Pagina
from storage.transaction import Transaction
from webhooks.cliente.schemas import NewCliente
from webhooks.http.answers import ApiError
from webhooks.painel.clientes.clientes import CHANGE, FORMULARIO, OPERADORAS, PATH, show_one, stored
from webhooks.painel.formulario import Formulario, Lido
from webhooks.painel.moldura import go, page
from webhooks.painel.painel import PAINEL, Tela
from webhooks.painel.quem import autor_of

NOVO = Formulario(
    NewCliente,
    ("operadora_id", *FORMULARIO.campos, "login_portal", "senha_portal"),
    segredos=frozenset({"senha_portal"}),
    codigos={**FORMULARIO.codigos, "operadora_id": "escolha"},
    obrigatorios=FORMULARIO.obrigatorios | {"operadora_id"},
)


async def show_new(request: web.Request) -> web.StreamResponse:
    """`GET /painel/clientes/novo`."""
    return await _new(request)


async def create(request: web.Request) -> web.StreamResponse:
    """`POST /painel/clientes`."""
    lido, por = NOVO.read(request), autor_of(request)
    if lido.dado is None:
        return await _new(request, lido, 422)
    values = NOVO.values(lido.dado)

    async def work(tx: Transaction) -> Cliente | None:
        known = await operadora_by_id(tx.connection, values["operadora_id"])
        return None if known is None else await criar(tx, values, por)

    try:
        made: Cliente | None = await request.app[PAINEL].run(work)
    except SameAccount as same:
        return await _new(request, lido.wrong(filtro="mesma_conta"), 409, mesma=same.cliente_id)
    if made is None:
        return await _new(request, lido.wrong(operadora_id="escolha"), 422)
    return go(f"{PATH}/{made.id}", "cliente_criado")


async def change(request: web.Request) -> web.StreamResponse:
    """`POST /painel/clientes/{id}`: unless somebody else changed it since it was shown."""
    cliente, lido, por = await stored(request), FORMULARIO.read(request), autor_of(request)
    if lido.dado is None:
        return await show_one(request, cliente, lido=lido, status=422)
    # A CPF that stays is no new credential: a portal that refused it is not asked again.
    values = {name: new for name, new in FORMULARIO.values(lido.dado).items() if new != getattr(cliente, name)}
    try:
        await request.app[PAINEL].run(lambda tx: alterar(tx, cliente.id, values, por, lido.visto))
    except SameAccount:
        return await show_one(request, cliente, lido=lido.wrong(filtro="mesma_conta"), status=409)
    except MudouDepois:
        return await show_one(request, await stored(request), lido=lido, status=409, mudou=True)
    return go(f"{PATH}/{cliente.id}", "cliente_mudado")


async def deactivate(request: web.Request) -> web.StreamResponse:
    """`POST /painel/clientes/{id}/desativar`: it keeps its processos, and gets no more."""
    return await _set_active(request, active=False)


async def activate(request: web.Request) -> web.StreamResponse:
    """`POST /painel/clientes/{id}/reativar`."""
    return await _set_active(request, active=True)


async def _set_active(request: web.Request, *, active: bool) -> web.StreamResponse:
    cliente, por = await stored(request), autor_of(request)
    if await request.app[PAINEL].run(lambda tx: alterar(tx, cliente.id, {"status_ativo": active}, por)) is None:
        raise ApiError(404, "there is no such cliente")
    return go(f"{PATH}/{cliente.id}", "cliente_reativado" if active else "cliente_desativado")


async def _new(
    request: web.Request, lido: Lido[NewCliente] | None = None, status: int = 200, mesma: UUID | None = None
) -> web.Response:
    async with request.app[PAINEL].database.read() as connection:
        found, _ = await list_operadoras(connection, Pagina(OPERADORAS), status_ativo=True)
    return page(
        request,
        "clientes/novo.html",
        status,
        mesma=mesma,
        operadoras=sorted(((one.id, one.nome) for one in found), key=lambda one: one[1]),
        **NOVO.facts(None, lido),
    )


_ADMIN = QUEM[Direito.RETIRAR]
TELAS = (
    Tela("GET", f"{PATH}/novo", show_new, CHANGE),
    Tela("POST", PATH, create, CHANGE),
    Tela("POST", f"{PATH}/{{id}}", change, CHANGE),
    Tela("POST", f"{PATH}/{{id}}/desativar", deactivate, _ADMIN),
    Tela("POST", f"{PATH}/{{id}}/reativar", activate, _ADMIN),
)
