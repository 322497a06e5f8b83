"""Consultores over HTTP (reference: consultores-v6, consultores-v6-resumo)."""

from aiohttp import web

from core.auditoria.auditoria import API
from core.consultor.consultores import (
    ConsultorRepetido,
    TelefoneDeOutroPerfil,
    create_consultor,
    edit_consultor,
    set_connection,
)
from core.consultor.da_vez import Pedido
from core.consultor.protocolos import numero_de
from storage.consultor.consultores import Consultor, consultor_by_id, list_consultores
from webhooks.consultor.schemas import (
    CONSULTOR,
    DA_VEZ,
    NEW_CONSULTOR,
    ChangedConsultor,
    Connection,
    ConsultoresAsked,
    ConsultorShown,
    DaVezAsked,
    DaVezShown,
    NewConsultor,
)
from webhooks.given import DATABASE, RODIZIO, RUN, ZONE, Work
from webhooks.http.answers import ApiError
from webhooks.http.endpoints import Page, endpoint
from webhooks.http.logs import LOG_DATA
from webhooks.http.one_turn import transaction_of_this_call
from webhooks.http.operations import ID, TOTAL, Answer, Parameter, ok
from webhooks.http.parameters import id_in_path

_TAG = "consultores"
# What a filter of the list may ask for.
_ID = Parameter("id", ID, place="path")
_OF_A_CONSULTOR = (
    ("GET", "/consultor/{id}"),
    ("PUT", "/consultor/{id}"),
    ("DELETE", "/consultor/{id}"),
    ("PUT", "/consultor/{id}/connection"),
)
NO_CONSULTOR = {404: "there is no such consultor"}
_TAKEN_PHONE = {409: "another consultor has this `telefone`"}


@endpoint(
    _TAG,
    "Add a consultor, who starts offline",
    {201: Answer(ConsultorShown, "created", example=NEW_CONSULTOR, leads_to=_OF_A_CONSULTOR)},
    "With a `telefone` they are the usuario of that phone, made when new.",
    takes=NewConsultor,
    example={"nome": "João Silva", "idiomas": ["pt", "en"], "id_pipedrive": 456},
    refusals=_TAKEN_PHONE,
)
async def create(request: web.Request, new: NewConsultor) -> ConsultorShown:
    """`POST /consultor`: 201."""
    values = new.model_dump(exclude={"status_online"})
    return await _written(request, lambda tx: create_consultor(tx, values, API))


@endpoint(
    _TAG,
    "One consultor, a deactivated one too",
    ok(ConsultorShown, CONSULTOR),
    parameters=(_ID,),
    refusals=NO_CONSULTOR,
)
async def show(request: web.Request) -> ConsultorShown:
    """`GET /consultor/{id}`, a deactivated one too."""
    return await _stored(request)


@endpoint(
    _TAG,
    "Change a consultor",
    ok(ConsultorShown, CONSULTOR),
    "What the body does not name stays. `id` and `ultimo_atendimento` may stand there as they are.",
    parameters=(_ID,),
    takes=ChangedConsultor,
    example={"idiomas": ["pt", "es"], "status_ativo_sequencial": False},
    partial=True,
    refusals=NO_CONSULTOR | _TAKEN_PHONE,
)
async def edit(request: web.Request, changed: ChangedConsultor) -> ConsultorShown:
    """`PUT /consultor/{id}`: what the body does not name stays."""
    values = changed.model_dump(exclude_unset=True)
    read_only = values.keys() & {"id", "ultimo_atendimento"}
    if read_only:
        shown = (await _stored(request)).model_dump(mode="json")
        for name in sorted(read_only):
            if values.pop(name) != shown[name]:
                raise ApiError(422, f"{name}: cannot be changed")
    consultor_id, zone = id_in_path(request), request.app[ZONE]
    return await _written(request, lambda tx: edit_consultor(tx, consultor_id, values, zone, API))


@endpoint(
    _TAG,
    "Deactivate a consultor",
    ok(ConsultorShown, CONSULTOR | {"status_ativo": False}),
    "They take no more turns, and keep their protocolos. Doing it again changes nothing.",
    parameters=(_ID,),
    refusals=NO_CONSULTOR,
)
async def deactivate(request: web.Request) -> ConsultorShown:
    """`DELETE /consultor/{id}`: they take no more turns, and keep their protocolos. Doing it again changes nothing."""
    consultor_id, zone = id_in_path(request), request.app[ZONE]
    return await _written(request, lambda tx: edit_consultor(tx, consultor_id, {"status_ativo": False}, zone, API))


@endpoint(
    _TAG,
    "Tell whether a consultor is there",
    ok(ConsultorShown, CONSULTOR),
    "Of a consultor with a `telefone` this sets the presence of that person.",
    parameters=(_ID,),
    takes=Connection,
    example={"status_online": True},
    refusals=NO_CONSULTOR,
)
async def connect(request: web.Request, wanted: Connection) -> ConsultorShown:
    """`PUT /consultor/{id}/connection`: whether they are there; the presence of their person, when they are one's."""
    consultor_id, zone = id_in_path(request), request.app[ZONE]
    return await _written(request, lambda tx: set_connection(tx, consultor_id, wanted.status_online, zone))


@endpoint(
    _TAG,
    "Every consultor, by id",
    ok([ConsultorShown], [CONSULTOR], X_Total_Count=TOTAL),
    asks=ConsultoresAsked,
)
async def listed(request: web.Request, asked: ConsultoresAsked) -> Page:
    """`GET /consultores`: those the filters leave, by id, and in `X-Total-Count` how many they are."""
    async with request.app[DATABASE].read() as connection:
        found, total = await list_consultores(connection, asked.filters(), asked.skip, asked.limit)
    return Page([ConsultorShown.of(one) for one in found], total)


@endpoint(
    "distribuição",
    "Whose turn it is",
    ok(DaVezShown, DA_VEZ),
    "Among those who are active, in the rotation, online and speak the language: who has attended nobody yet, "
    "else who has waited longest. Their stamp and the protocolo are one transaction. "
    "Nobody there: no number is used up.",
    asks=DaVezAsked,
    refusals={404: "nobody can take it"},
)
async def da_vez(request: web.Request, asked: DaVezAsked) -> DaVezShown:
    """`GET /consultor/da-vez?idioma=`: whose turn it is, stamped, with a new protocolo."""
    pedido = Pedido(asked.idioma, explicar=asked.explicar)
    escolha = await request.app[RODIZIO].next(pedido, transaction_of_this_call())
    if escolha is None:
        raise not_found()
    assert escolha.protocolo_id is not None
    numero = numero_de(escolha.protocolo_id)
    told = {name: value for name, value in escolha.motivo().items() if value}
    request[LOG_DATA] = {"consultor_id": escolha.consultor.id, "numero_protocolo": numero, "motivo": told}
    return DaVezShown.of(escolha, numero)


def not_found() -> ApiError:
    """There is no such consultor, or nobody whose turn it could be."""
    return ApiError(404, "Consultor não encontrado")


async def _stored(request: web.Request) -> ConsultorShown:
    async with request.app[DATABASE].read() as connection:
        consultor = await consultor_by_id(connection, id_in_path(request))
    if consultor is None:
        raise not_found()
    return ConsultorShown.of(consultor)


async def _written(request: web.Request, work: Work) -> ConsultorShown:
    try:
        consultor: Consultor | None = await request.app[RUN](work)
    except ConsultorRepetido as repeated:
        raise ApiError(409, f"telefone: consultor {repeated.consultor_id} has it") from None
    except TelefoneDeOutroPerfil as other:
        raise ApiError(409, f"telefone: {other.nome} has it, who is {other.perfil} and does not attend") from None
    if consultor is None:
        raise not_found()
    return ConsultorShown.of(consultor)
