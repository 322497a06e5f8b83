"""Clientes over HTTP."""

from typing import Any

from aiohttp import web

from core.cliente.clientes import SameAccount, alterar, criar
from storage.cliente.clientes import cliente_by_id, list_clientes
from storage.operadora.operadoras import operadora_by_codigo, operadora_by_id
from storage.transaction import Transaction
from webhooks.auth import autor_of
from webhooks.cliente.schemas import CLIENTE, ChangedCliente, ClientesAsked, ClienteShown, NewCliente
from webhooks.given import DATABASE, RUN, Work
from webhooks.http.answers import ApiError
from webhooks.http.endpoints import Page, endpoint
from webhooks.http.operations import ID_IN_PATH, TOTAL, Answer, ok
from webhooks.http.parameters import uuid_in_path

_TAG = "clientes"
_OF_ONE = tuple((method, "/clientes/{id}") for method in ("GET", "PUT", "DELETE"))
_NONE = {404: "there is no such cliente"}
_TAKEN = {409: "another cliente is this account: CNPJ, operadora, unidade, servico, filtro"}


@endpoint(
    _TAG,
    "Add a cliente",
    {201: Answer(ClienteShown, "created", example=CLIENTE, leads_to=_OF_ONE)},
    takes=NewCliente,
    example={"razao_social": "Padaria Pão Quente Ltda", "cnpj": "11222333000181", "operadora": "VIVO"},
    refusals=_TAKEN | {404: "there is no such operadora"},
)
async def create(request: web.Request, new: NewCliente) -> ClienteShown:
    """`POST /clientes`: 201."""
    values, por = new.model_dump(exclude={"operadora"}), autor_of(request)

    async def work(tx: Transaction) -> Any:
        if new.operadora is not None:
            operadora = await operadora_by_codigo(tx.connection, new.operadora)
        else:
            operadora = await operadora_by_id(tx.connection, values["operadora_id"])
        if operadora is None:
            raise ApiError(404, "Operadora não encontrada")
        return await criar(tx, values | {"operadora_id": operadora.id}, por)

    return await _written(request, work)


@endpoint(
    _TAG,
    "Clientes, the newest first",
    ok([ClienteShown], [CLIENTE], X_Total_Count=TOTAL),
    asks=ClientesAsked,
)
async def listed(request: web.Request, asked: ClientesAsked) -> Page:
    """`GET /clientes`."""
    async with request.app[DATABASE].read() as connection:
        found, total = await list_clientes(connection, asked.pagina, asked.busca, **asked.filters())
    return Page([ClienteShown.of(one) for one in found], total)


@endpoint(_TAG, "One cliente", ok(ClienteShown, CLIENTE), parameters=(ID_IN_PATH,), refusals=_NONE)
async def show(request: web.Request) -> ClienteShown:
    """`GET /clientes/{id}`, a deactivated one too."""
    async with request.app[DATABASE].read() as connection:
        cliente = await cliente_by_id(connection, uuid_in_path(request))
    if cliente is None:
        raise not_found()
    return ClienteShown.of(cliente)


@endpoint(
    _TAG,
    "Change a cliente",
    ok(ClienteShown, CLIENTE),
    "What the body does not name stays. A new login or password lets robots try again.",
    parameters=(ID_IN_PATH,),
    takes=ChangedCliente,
    example={"senha_portal": "outra-senha"},
    partial=True,
    refusals=_NONE | _TAKEN,
)
async def edit(request: web.Request, changed: ChangedCliente) -> ClienteShown:
    """`PUT /clientes/{id}`: what the body does not name stays."""
    return await _changed(request, changed.model_dump(exclude_unset=True))


@endpoint(
    _TAG,
    "Deactivate a cliente",
    ok(ClienteShown, CLIENTE | {"status_ativo": False}),
    "No processos are made for it any more. Doing it again changes nothing.",
    parameters=(ID_IN_PATH,),
    refusals=_NONE,
)
async def deactivate(request: web.Request) -> ClienteShown:
    """`DELETE /clientes/{id}`: it keeps its processos."""
    return await _changed(request, {"status_ativo": False})


def not_found() -> ApiError:
    """There is no such cliente."""
    return ApiError(404, "Cliente não encontrado")


async def _changed(request: web.Request, values: dict[str, Any]) -> ClienteShown:
    cliente_id, por = uuid_in_path(request), autor_of(request)
    return await _written(request, lambda tx: alterar(tx, cliente_id, values, por))


async def _written(request: web.Request, work: Work) -> ClienteShown:
    try:
        cliente = await request.app[RUN](work)
    except SameAccount as same:
        raise ApiError(409, f"cliente {same.cliente_id} is this account") from None
    if cliente is None:
        raise not_found()
    return ClienteShown.of(cliente)
