"""Protocolos over HTTP (reference: consultores-v6, consultores-v6-resumo)."""

from typing import Annotated, Any

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field

from core.consultor.protocolos import give_protocolo, id_do_numero, numero_de
from core.live import as_timestamp
from storage.consultor.protocolos import Protocolo, list_protocolos, protocolo_by_id
from webhooks.auth import SERVICE
from webhooks.consultor.consultores import not_found
from webhooks.http.answers import ApiError, as_json
from webhooks.http.logs import LOG_DATA
from webhooks.http.parameters import body_of, number_in_query, page_of

ConsultorId = Annotated[int, Field(ge=0, lt=2**63)]


class NewProtocolo(BaseModel):
    """The body of `POST /protocolo`."""

    model_config = ConfigDict(strict=True, extra="forbid")

    consultor_id: ConsultorId


class ChangedProtocolo(BaseModel):
    """The body of `PUT /protocolo/{id}`: whose it is now; null for nobody's."""

    model_config = ConfigDict(strict=True, extra="forbid")

    consultor_id: ConsultorId | None


async def create(request: web.Request) -> web.Response:
    """`POST /protocolo`: a new number of that consultor."""
    wanted = await body_of(request, NewProtocolo)
    return as_json(await _issued(request, wanted.consultor_id), 201)


async def generate(request: web.Request) -> web.Response:
    """`GET /gerar-protocolo`: a new number, of nobody yet."""
    return as_json(await _issued(request, None))


async def listed(request: web.Request) -> web.Response:
    """`GET /protocolos`, of one consultor when asked; in `X-Total-Count` how many there are."""
    skip, limit = page_of(request)
    consultor_id = number_in_query(request, "consultor_id")
    async with request.app[SERVICE].database.read() as connection:
        found, total = await list_protocolos(connection, consultor_id, skip, limit)
    return as_json([as_shown(one) for one in found], headers={"X-Total-Count": str(total)})


async def show(request: web.Request) -> web.Response:
    """`GET /protocolo/{id}`, by the id or by the number as it is written (`%2300042`)."""
    async with request.app[SERVICE].database.read() as connection:
        protocolo = await protocolo_by_id(connection, _id_in_path(request))
    if protocolo is None:
        raise _no_such_number()
    return as_json(as_shown(protocolo))


async def edit(request: web.Request) -> web.Response:
    """`PUT /protocolo/{id}`: give it to another consultor, or to nobody."""
    changed, protocolo_id = await body_of(request, ChangedProtocolo), _id_in_path(request)
    try:
        protocolo = await request.app[SERVICE].run(lambda tx: give_protocolo(tx, protocolo_id, changed.consultor_id))
    except LookupError:
        raise not_found() from None
    if protocolo is None:
        raise _no_such_number()
    return as_json(as_shown(protocolo))


def as_shown(protocolo: Protocolo) -> dict[str, Any]:
    """A protocolo as the reference has it."""
    return {
        "id": protocolo.id,
        "numero": numero_de(protocolo.id),
        "consultor_id": protocolo.consultor_id,
        "created_at": as_timestamp(protocolo.created_at),
    }


async def _issued(request: web.Request, consultor_id: int | None) -> dict[str, Any]:
    protocolo = await request.app[SERVICE].novo_protocolo(consultor_id)
    if protocolo is None:
        raise not_found()
    request[LOG_DATA] = {"consultor_id": consultor_id, "numero_protocolo": numero_de(protocolo.id)}
    return as_shown(protocolo)


def _id_in_path(request: web.Request) -> int:
    protocolo_id = id_do_numero(request.match_info["id"])
    if protocolo_id is None:
        raise _no_such_number()
    return protocolo_id


def _no_such_number() -> ApiError:
    return ApiError(404, "Protocolo não encontrado")
