"""Operadoras over HTTP."""

from typing import Any

from aiohttp import web

from core.operadora.operadoras import NameTaken, alterar, criar
from storage.operadora.operadoras import list_operadoras, operadora_by_id
from webhooks.auth import autor_of
from webhooks.given import DATABASE, RUN, Work
from webhooks.http.answers import ApiError
from webhooks.http.endpoints import Page, endpoint
from webhooks.http.operations import ID_IN_PATH, TOTAL, Answer, ok
from webhooks.http.parameters import uuid_in_path
from webhooks.operadora.schemas import OPERADORA, ChangedOperadora, NewOperadora, OperadorasAsked, OperadoraShown

_TAG = "operadoras"
_OF_ONE = tuple((method, "/operadoras/{id}") for method in ("GET", "PUT", "DELETE"))
_TAKEN = {409: "another operadora has this `nome` or `codigo`"}
_NONE = {404: "there is no such operadora"}


@endpoint(
    _TAG,
    "Add an operadora",
    {201: Answer(OperadoraShown, "created", example=OPERADORA, leads_to=_OF_ONE)},
    takes=NewOperadora,
    example={"nome": "Vivo", "codigo": "VIVO", "possui_rpa": True},
    refusals=_TAKEN,
)
async def create(request: web.Request, new: NewOperadora) -> OperadoraShown:
    """`POST /operadoras`: 201."""
    return await _written(request, lambda tx: criar(tx, new.model_dump(), autor_of(request)))


@endpoint(
    _TAG,
    "Operadoras, the newest first",
    ok([OperadoraShown], [OPERADORA], X_Total_Count=TOTAL),
    asks=OperadorasAsked,
)
async def listed(request: web.Request, asked: OperadorasAsked) -> Page:
    """`GET /operadoras`."""
    async with request.app[DATABASE].read() as connection:
        found, total = await list_operadoras(connection, asked.pagina, **asked.filters())
    return Page([OperadoraShown.of(one) for one in found], total)


@endpoint(_TAG, "One operadora", ok(OperadoraShown, OPERADORA), parameters=(ID_IN_PATH,), refusals=_NONE)
async def show(request: web.Request) -> OperadoraShown:
    """`GET /operadoras/{id}`, a deactivated one too."""
    async with request.app[DATABASE].read() as connection:
        operadora = await operadora_by_id(connection, uuid_in_path(request))
    if operadora is None:
        raise _not_found()
    return OperadoraShown.of(operadora)


@endpoint(
    _TAG,
    "Change an operadora",
    ok(OperadoraShown, OPERADORA),
    "What the body does not name stays.",
    parameters=(ID_IN_PATH,),
    takes=ChangedOperadora,
    example={"possui_rpa": False},
    partial=True,
    refusals=_NONE | _TAKEN,
)
async def edit(request: web.Request, changed: ChangedOperadora) -> OperadoraShown:
    """`PUT /operadoras/{id}`: what the body does not name stays."""
    return await _changed(request, changed.model_dump(exclude_unset=True))


@endpoint(
    _TAG,
    "Deactivate an operadora",
    ok(OperadoraShown, OPERADORA | {"status_ativo": False}),
    "No robot is sent for it any more. Doing it again changes nothing.",
    parameters=(ID_IN_PATH,),
    refusals=_NONE,
)
async def deactivate(request: web.Request) -> OperadoraShown:
    """`DELETE /operadoras/{id}`: it stays where it is named, and no robot is sent for it any more."""
    return await _changed(request, {"status_ativo": False})


async def _changed(request: web.Request, values: dict[str, Any]) -> OperadoraShown:
    operadora_id, por = uuid_in_path(request), autor_of(request)
    return await _written(request, lambda tx: alterar(tx, operadora_id, values, por))


async def _written(request: web.Request, work: Work) -> OperadoraShown:
    try:
        operadora = await request.app[RUN](work)
    except NameTaken as taken:
        raise ApiError(409, f"operadora {taken.other.id} ({taken.other.codigo}) has this nome or codigo") from None
    if operadora is None:
        raise _not_found()
    return OperadoraShown.of(operadora)


def _not_found() -> ApiError:
    return ApiError(404, "Operadora não encontrada")
