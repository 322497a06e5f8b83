"""Clientes made, changed, deactivated: what tells an account apart is looked at as everywhere else."""

from uuid import UUID

from aiohttp import web

from core.auditoria.visto import MudouDepois
from core.cliente.clientes import SameAccount, criar
from core.direitos.direitos import QUEM, Direito
from core.palavras import folded
from storage.cliente.clientes import Cliente
from storage.operadora.operadoras import operadora_by_id, operadoras_by_codigo
from storage.transaction import Transaction
from webhooks.cliente.schemas import NewCliente
from webhooks.painel.cliente.clientes import CHANGE, FORMULARIO, PATH, REGISTRO, show_one
from webhooks.painel.moldura import go, page
from webhooks.painel.painel import PAINEL, Tela
from webhooks.painel.quem import autor_of
from webhooks.painel.registros.formulario import Formulario, Lido

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
    return go(f"{PATH}/{made.id}", "cliente_criado", desfaz=await REGISTRO.made(request, made.id, made))


async def change(request: web.Request) -> web.StreamResponse:
    """`POST /painel/clientes/{id}`: unless somebody else changed it since it was shown."""
    cliente, lido = await REGISTRO.stored(request), FORMULARIO.read(request)
    if lido.dado is None:
        return await show_one(request, cliente, lido=lido, status=422)
    # A CPF that stays is no new credential: a portal that refused it is not asked again.
    values = {name: new for name, new in FORMULARIO.values(lido.dado).items() if new != getattr(cliente, name)}
    try:
        desfaz = await REGISTRO.change(request, cliente.id, values, lido.visto)
    except SameAccount:
        return await show_one(request, cliente, lido=lido.wrong(filtro="mesma_conta"), status=409)
    except MudouDepois:
        return await show_one(request, await REGISTRO.stored(request), lido=lido, status=409, mudou=True)
    return go(f"{PATH}/{cliente.id}", "cliente_mudado", desfaz=desfaz)


async def deactivate(request: web.Request) -> web.StreamResponse:
    """`POST /painel/clientes/{id}/desativar`: it keeps its processos, and gets no more."""
    return await REGISTRO.set_active(request, _page_of(request), active=False)


async def activate(request: web.Request) -> web.StreamResponse:
    """`POST /painel/clientes/{id}/reativar`."""
    return await REGISTRO.set_active(request, _page_of(request), active=True)


def _page_of(request: web.Request) -> str:
    return f"{PATH}/{request.match_info['id']}"


async def _new(
    request: web.Request, lido: Lido[NewCliente] | None = None, status: int = 200, mesma: UUID | None = None
) -> web.Response:
    async with request.app[PAINEL].database.read() as connection:
        every = await operadoras_by_codigo(connection, [])
    return page(
        request,
        "cliente/novo.html",
        status,
        mesma=mesma,
        operadoras=sorted(((one.id, one.nome) for one in every if one.status_ativo), key=lambda one: folded(one[1])),
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
