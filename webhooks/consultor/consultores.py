"""Consultores over HTTP (reference: consultores-v6, consultores-v6-resumo)."""

from typing import Annotated, Any

from aiohttp import web
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from core.consultor.consultores import ConsultorRepetido, create_consultor, edit_consultor, set_connection
from core.consultor.da_vez import Pedido
from core.consultor.idioma_reserva import language_code
from core.consultor.protocolos import numero_de
from core.live import as_timestamp
from core.telefones import digits_of
from storage.consultor.consultores import Consultor, consultor_by_id, list_consultores
from webhooks.auth import SERVICE
from webhooks.http.answers import ApiError, as_json
from webhooks.http.logs import LOG_DATA
from webhooks.http.parameters import body_of, boolean_in_query, id_in_path, number_in_query, page_of
from webhooks.service import Work

# What a filter of the list may ask for.
_FLAGS = ("status_ativo", "status_ativo_sequencial", "status_online")


def _languages(codes: list[str]) -> list[str]:
    return list(dict.fromkeys(map(language_code, codes)))


# What only the parser can tell is told to readers of /openapi.json by `format` and `pattern`.
Nome = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=255),
    Field(json_schema_extra={"pattern": r"\S"}),
]
Idioma = Annotated[str, Field(json_schema_extra={"format": "idioma"})]
Idiomas = Annotated[list[Idioma], Field(min_length=1, max_length=50), AfterValidator(_languages)]
Telefone = Annotated[str, AfterValidator(digits_of), Field(json_schema_extra={"format": "telefone"})]
_READ_ONLY = Field(json_schema_extra={"readOnly": True})
IdPipedrive = Annotated[int, Field(ge=1, lt=2**63)]


class NewConsultor(BaseModel):
    """The body of `POST /consultor`. `status_online` may stand there; whoever is made starts offline."""

    model_config = ConfigDict(strict=True, extra="forbid")

    nome: Nome
    idiomas: Idiomas
    status_ativo: bool = True
    status_ativo_sequencial: bool = True
    status_online: bool = False
    id_pipedrive: IdPipedrive | None = None
    telefone: Telefone | None = None


class ChangedConsultor(BaseModel):
    """The body of `PUT /consultor/{id}`: what it names is changed. `id` and `ultimo_atendimento` only as they are."""

    model_config = ConfigDict(strict=True, extra="forbid")

    id: Annotated[int | None, _READ_ONLY] = None
    nome: Nome = ""
    idiomas: Idiomas = []
    status_ativo: bool = True
    status_ativo_sequencial: bool = True
    status_online: bool = False
    ultimo_atendimento: Annotated[str | None, _READ_ONLY] = None
    id_pipedrive: IdPipedrive | None = None
    telefone: Telefone | None = None


class Connection(BaseModel):
    """The body of `PUT /consultor/{id}/connection`."""

    model_config = ConfigDict(strict=True, extra="forbid")

    status_online: bool


async def create(request: web.Request) -> web.Response:
    """`POST /consultor`: 201."""
    new = await body_of(request, NewConsultor)
    values = new.model_dump(exclude={"status_online"})
    consultor = await _write(request, lambda tx: create_consultor(tx, values))
    return as_json(as_shown(consultor), 201)


async def show(request: web.Request) -> web.Response:
    """`GET /consultor/{id}`, a deactivated one too."""
    return as_json(as_shown(await _stored(request)))


async def edit(request: web.Request) -> web.Response:
    """`PUT /consultor/{id}`: what the body does not name stays."""
    changed = await body_of(request, ChangedConsultor)
    values = changed.model_dump(exclude_unset=True)
    read_only = values.keys() & {"id", "ultimo_atendimento"}
    if read_only:
        shown = as_shown(await _stored(request))
        for name in sorted(read_only):
            if values.pop(name) != shown[name]:
                raise ApiError(422, f"{name}: cannot be changed")
    consultor_id, zone = id_in_path(request), request.app[SERVICE].zone
    return as_json(as_shown(await _write(request, lambda tx: edit_consultor(tx, consultor_id, values, zone))))


async def deactivate(request: web.Request) -> web.Response:
    """`DELETE /consultor/{id}`: they take no more turns, and keep their protocolos. Doing it again changes nothing."""
    consultor_id, zone = id_in_path(request), request.app[SERVICE].zone
    values = {"status_ativo": False}
    return as_json(as_shown(await _write(request, lambda tx: edit_consultor(tx, consultor_id, values, zone))))


async def connect(request: web.Request) -> web.Response:
    """`PUT /consultor/{id}/connection`: whether they are there; the presence of their person, when they are one's."""
    wanted = await body_of(request, Connection)
    consultor_id, zone = id_in_path(request), request.app[SERVICE].zone
    changed = await _write(request, lambda tx: set_connection(tx, consultor_id, wanted.status_online, zone))
    return as_json(as_shown(changed))


async def listed(request: web.Request) -> web.Response:
    """`GET /consultores`: those the filters leave, by id, and in `X-Total-Count` how many they are."""
    skip, limit = page_of(request)
    filters: dict[str, Any] = {name: boolean_in_query(request, name) for name in _FLAGS}
    filters["id_pipedrive"] = number_in_query(request, "id_pipedrive")
    filters["nome"] = request.query.get("nome")
    filters["idioma"] = _language_asked(request) if "idioma" in request.query else None
    filters = {name: value for name, value in filters.items() if value is not None}
    async with request.app[SERVICE].database.read() as connection:
        found, total = await list_consultores(connection, filters, skip, limit)
    return as_json([as_shown(one) for one in found], headers={"X-Total-Count": str(total)})


async def da_vez(request: web.Request) -> web.Response:
    """`GET /consultor/da-vez?idioma=`: whose turn it is, stamped, with a new protocolo."""
    pedido = Pedido(_language_asked(request), explicar=boolean_in_query(request, "explicar") or False)
    escolha = await request.app[SERVICE].da_vez(pedido)
    if escolha is None:
        raise not_found()
    assert escolha.protocolo_id is not None
    consultor, numero, motivo = escolha.consultor, numero_de(escolha.protocolo_id), escolha.motivo()
    told = {name: value for name, value in motivo.items() if value}
    request[LOG_DATA] = {"consultor_id": consultor.id, "numero_protocolo": numero, "motivo": told}
    answer: dict[str, Any] = {
        "consultor_id": consultor.id,
        "consultor_nome": consultor.nome,
        "consultor_idiomas": consultor.idiomas,
        "consultor_status_online": consultor.status_online,
        "consultor_atendimento_iso": as_timestamp(escolha.moment),
        "consultor_id_pipedrive": consultor.id_pipedrive,
        "protocolo": numero,
    }
    return as_json(answer | {"motivo": motivo} if pedido.explicar else answer)


def as_shown(consultor: Consultor) -> dict[str, Any]:
    """A consultor as the reference has them, and their `telefone` when they have one."""
    last = consultor.ultimo_atendimento
    shown: dict[str, Any] = {
        "id": consultor.id,
        "nome": consultor.nome,
        "idiomas": consultor.idiomas,
        "status_ativo": consultor.status_ativo,
        "status_ativo_sequencial": consultor.status_ativo_sequencial,
        "status_online": consultor.status_online,
        "ultimo_atendimento": None if last is None else as_timestamp(last),
        "id_pipedrive": consultor.id_pipedrive,
    }
    return shown if consultor.telefone is None else shown | {"telefone": consultor.telefone}


def not_found() -> ApiError:
    """There is no such consultor, or nobody whose turn it could be."""
    return ApiError(404, "Consultor não encontrado")


def _language_asked(request: web.Request) -> str:
    text = request.query.get("idioma")
    if text is None:
        raise ApiError(422, "idioma: needed")
    try:
        return language_code(text)
    except ValueError as error:
        raise ApiError(422, f"idioma: {error}") from None


async def _stored(request: web.Request) -> Consultor:
    async with request.app[SERVICE].database.read() as connection:
        consultor = await consultor_by_id(connection, id_in_path(request))
    if consultor is None:
        raise not_found()
    return consultor


async def _write(request: web.Request, work: Work) -> Consultor:
    try:
        consultor: Consultor | None = await request.app[SERVICE].run(work)
    except ConsultorRepetido as repeated:
        raise ApiError(409, f"telefone: consultor {repeated.consultor_id} has it") from None
    if consultor is None:
        raise not_found()
    return consultor
