"""Processos over HTTP: lists, creation, corrections, history and files."""

from aiohttp import web

from core.processo.faturas import corrigir
from core.processo.processos import ativar, criar
from core.processo.resultado import Resultado, Saida
from storage.processo.documentos import documentos_of
from storage.processo.historico import passos_from
from storage.processo.processos import Processo, list_processos, processo_by_id
from storage.transaction import Transaction
from webhooks.given import DATABASE, PROCESSO_LIMITS
from webhooks.http.answers import ApiError
from webhooks.http.endpoints import Page, endpoint
from webhooks.http.operations import ID_IN_PATH, TOTAL, Answer, ok
from webhooks.http.parameters import uuid_in_path
from webhooks.http.queries import Paged
from webhooks.processo.refusals import done, refused, who
from webhooks.processo.schemas import (
    DOCUMENTO,
    PASSO,
    PROCESSO,
    ChangedProcesso,
    DocumentoShown,
    NewProcesso,
    PassoShown,
    ProcessosAsked,
    ProcessoShown,
)

_TAG = "processos"
_OF_ONE = tuple((method, "/processos/{id}") for method in ("GET", "PUT", "DELETE"))
NONE = {404: "there is no such processo"}


@endpoint(
    _TAG,
    "Add the processo of a cliente and month",
    {201: Answer(ProcessoShown, "created", example=PROCESSO, leads_to=_OF_ONE)},
    takes=NewProcesso,
    example={"cliente_id": PROCESSO["cliente_id"], "mes_ano": "11/2026"},
    refusals={404: "there is no such cliente", 409: "that month exists already"},
)
async def create(request: web.Request, new: NewProcesso) -> ProcessoShown:
    """`POST /processos`: 201."""
    resultado = await done(request, lambda tx: criar(tx, new.cliente_id, new.mes_ano, who(request)))
    return _shown(resultado)


@endpoint(
    _TAG,
    "Processos, the newest first",
    ok([ProcessoShown], [PROCESSO], X_Total_Count=TOTAL),
    asks=ProcessosAsked,
)
async def listed(request: web.Request, asked: ProcessosAsked) -> Page:
    """`GET /processos`."""
    async with request.app[DATABASE].read() as connection:
        found, total = await list_processos(connection, asked.pagina, asked.busca, **asked.filters())
    return Page([ProcessoShown.of(one) for one in found], total)


@endpoint(_TAG, "One processo", ok(ProcessoShown, PROCESSO), parameters=(ID_IN_PATH,), refusals=NONE)
async def show(request: web.Request) -> ProcessoShown:
    """`GET /processos/{id}` and `GET /processos/visualizar/{id}`."""
    return ProcessoShown.of(await stored(request))


@endpoint(
    _TAG,
    "Correct or reactivate a processo",
    ok(ProcessoShown, PROCESSO),
    "What the body does not name stays. Value and due date can be corrected while it waits for its approval;"
    " approvals given before do not count any more.",
    parameters=(ID_IN_PATH,),
    takes=ChangedProcesso,
    example={"valor_fatura": "1234.56", "data_vencimento": "2026-11-30"},
    partial=True,
    refusals=NONE | {409: "it does not wait for its approval"},
)
async def edit(request: web.Request, changed: ChangedProcesso) -> ProcessoShown:
    """`PUT /processos/{id}`: what the body does not name stays."""
    values, quem = changed.model_dump(exclude_unset=True), who(request)
    processo_id, limits = uuid_in_path(request), request.app[PROCESSO_LIMITS]

    async def work(tx: Transaction) -> Resultado:
        processo = await processo_by_id(tx.connection, processo_id)
        if processo is None:
            return Resultado(Saida.NAO_EXISTE)
        resultado = Resultado(Saida.FEITO, processo)
        if values.keys() & {"valor_fatura", "data_vencimento"}:
            valor = values.get("valor_fatura", processo.valor_centavos)
            due = values.get("data_vencimento", processo.data_vencimento)
            resultado = await corrigir(tx, processo_id, quem, limits, valor_centavos=valor, data_vencimento=due)
        if "status_ativo" in values and resultado.is_done:
            resultado = await ativar(tx, processo_id, quem, ativo=values["status_ativo"])
        if not resultado.is_done:
            # Raised here, so that a change made before it does not stay alone.
            raise refused(resultado)
        return resultado

    return _shown(await done(request, work))


@endpoint(
    _TAG,
    "Deactivate a processo",
    ok(ProcessoShown, PROCESSO | {"status_ativo": False}),
    "It leaves the lists and stays where it stands. Doing it again changes nothing.",
    parameters=(ID_IN_PATH,),
    refusals=NONE,
)
async def deactivate(request: web.Request) -> ProcessoShown:
    """`DELETE /processos/{id}`."""
    processo_id, quem = uuid_in_path(request), who(request)
    return _shown(await done(request, lambda tx: ativar(tx, processo_id, quem, ativo=False)))


@endpoint(
    _TAG,
    "Who did what to a processo, when, why, by which channel",
    ok([PassoShown], [PASSO], X_Total_Count=TOTAL),
    parameters=(ID_IN_PATH,),
    asks=Paged,
    refusals=NONE,
)
async def history(request: web.Request, asked: Paged) -> Page:
    """`GET /processos/{id}/historico`, the oldest first."""
    processo = await stored(request)
    async with request.app[DATABASE].read() as connection:
        passos, total = await passos_from(connection, processo.id, asked.skip, asked.limit)
    return Page([PassoShown.of(passo) for passo in passos], total)


@endpoint(
    _TAG,
    "The files of a processo",
    ok([DocumentoShown], [DOCUMENTO], X_Total_Count=TOTAL),
    parameters=(ID_IN_PATH,),
    asks=Paged,
    refusals=NONE,
)
async def documents(request: web.Request, asked: Paged) -> Page:
    """`GET /processos/{id}/documentos`, the oldest first."""
    processo = await stored(request)
    async with request.app[DATABASE].read() as connection:
        documentos = await documentos_of(connection, processo.id)
    page = documentos[asked.skip : asked.skip + asked.limit]
    return Page([DocumentoShown.of(documento) for documento in page], len(documentos))


async def stored(request: web.Request) -> Processo:
    """The processo of the path. 404 when there is none."""
    async with request.app[DATABASE].read() as connection:
        processo = await processo_by_id(connection, uuid_in_path(request))
    if processo is None:
        raise ApiError(404, "Processo não encontrado")
    return processo


def _shown(resultado: Resultado) -> ProcessoShown:
    assert resultado.processo is not None
    return ProcessoShown.of(resultado.processo)
