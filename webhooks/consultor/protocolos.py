"""Protocolos over HTTP (reference: consultores-v6, consultores-v6-resumo)."""

from aiohttp import web

from core.consultor.protocolos import give_protocolo, id_do_numero, numero_de
from storage.consultor.protocolos import list_protocolos, protocolo_by_id
from webhooks.consultor.consultores import NO_CONSULTOR, not_found
from webhooks.consultor.schemas import PROTOCOLO, ChangedProtocolo, NewProtocolo, ProtocolosAsked, ProtocoloShown
from webhooks.given import DATABASE, RODIZIO, RUN
from webhooks.http.answers import ApiError
from webhooks.http.endpoints import Page, endpoint
from webhooks.http.logs import LOG_DATA
from webhooks.http.one_turn import transaction_of_this_call
from webhooks.http.operations import TOTAL, Answer, Parameter, ok

_TAG = "protocolos"
# One that has been given out: of the form, and there.
_NUMBER = Parameter(
    "id", {"type": "string", "pattern": "^#?[0-9]{1,18}$"}, "the id, or the number as it is written", place="path"
)
_OF_A_PROTOCOLO = (("GET", "/protocolo/{id}"), ("PUT", "/protocolo/{id}"))


@endpoint(
    _TAG,
    "A new protocolo of a consultor",
    {201: Answer(ProtocoloShown, "created", example=PROTOCOLO, leads_to=_OF_A_PROTOCOLO)},
    takes=NewProtocolo,
    example={"consultor_id": 123},
    refusals=NO_CONSULTOR,
)
async def create(request: web.Request, wanted: NewProtocolo) -> ProtocoloShown:
    """`POST /protocolo`: a new number of that consultor."""
    return await _issued(request, wanted.consultor_id)


@endpoint(
    _TAG,
    "A new protocolo, of nobody yet",
    {200: Answer(ProtocoloShown, example=PROTOCOLO | {"consultor_id": None}, leads_to=_OF_A_PROTOCOLO)},
)
async def generate(request: web.Request) -> ProtocoloShown:
    """`GET /gerar-protocolo`: a new number, of nobody yet."""
    return await _issued(request, None)


@endpoint(
    _TAG,
    "Every protocolo, by id",
    ok([ProtocoloShown], [PROTOCOLO], X_Total_Count=TOTAL),
    asks=ProtocolosAsked,
)
async def listed(request: web.Request, asked: ProtocolosAsked) -> Page:
    """`GET /protocolos`, of one consultor when asked; in `X-Total-Count` how many there are."""
    async with request.app[DATABASE].read() as connection:
        found, total = await list_protocolos(connection, asked.consultor_id, asked.skip, asked.limit)
    return Page([ProtocoloShown.of(one) for one in found], total)


@endpoint(
    _TAG,
    "One protocolo",
    ok(ProtocoloShown, PROTOCOLO),
    parameters=(_NUMBER,),
    refusals={404: "this number was never given out"},
)
async def show(request: web.Request) -> ProtocoloShown:
    """`GET /protocolo/{id}`, by the id or by the number as it is written (`%2300042`)."""
    async with request.app[DATABASE].read() as connection:
        protocolo = await protocolo_by_id(connection, _id_in_path(request))
    if protocolo is None:
        raise _no_such_number()
    return ProtocoloShown.of(protocolo)


@endpoint(
    _TAG,
    "Give a protocolo to another consultor, or to nobody",
    ok(ProtocoloShown, PROTOCOLO),
    parameters=(_NUMBER,),
    takes=ChangedProtocolo,
    example={"consultor_id": 124},
    refusals={404: "there is no such protocolo, or no such consultor"},
)
async def edit(request: web.Request, changed: ChangedProtocolo) -> ProtocoloShown:
    """`PUT /protocolo/{id}`: give it to another consultor, or to nobody."""
    protocolo_id = _id_in_path(request)
    try:
        protocolo = await request.app[RUN](lambda tx: give_protocolo(tx, protocolo_id, changed.consultor_id))
    except LookupError:
        raise not_found() from None
    if protocolo is None:
        raise _no_such_number()
    return ProtocoloShown.of(protocolo)


async def _issued(request: web.Request, consultor_id: int | None) -> ProtocoloShown:
    protocolo = await request.app[RODIZIO].protocolo(consultor_id, transaction_of_this_call())
    if protocolo is None:
        raise not_found()
    request[LOG_DATA] = {"consultor_id": consultor_id, "numero_protocolo": numero_de(protocolo.id)}
    return ProtocoloShown.of(protocolo)


def _id_in_path(request: web.Request) -> int:
    protocolo_id = id_do_numero(request.match_info["id"])
    if protocolo_id is None:
        raise _no_such_number()
    return protocolo_id


def _no_such_number() -> ApiError:
    return ApiError(404, "Protocolo não encontrado")
