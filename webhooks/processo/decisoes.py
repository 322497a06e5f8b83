"""What is done to a processo over HTTP: download, approval, rejection, sending to SAT."""

from aiohttp import web

from core.processo.execucoes import baixar, enviar
from core.processo.processos import aprovar, desfazer, rejeitar
from webhooks.given import PROCESSO_LIMITS
from webhooks.http.endpoints import endpoint
from webhooks.http.operations import ID_IN_PATH, Answer, ok
from webhooks.http.parameters import uuid_in_path
from webhooks.processo.processos import NONE
from webhooks.processo.refusals import done, who
from webhooks.processo.schemas import EXECUCAO, PROCESSO, Aprovado, ExecucaoShown, ProcessoShown, Rejeicao

_TAG = "processos"
_DECIDED = {409: "decided already: by whom and when; or it does not wait for its approval"}
_APPROVED = PROCESSO | {"status_processo": "AGUARDANDO_ENVIO_SAT", "versao": 3}


@endpoint(
    _TAG,
    "Approve a processo",
    ok(Aprovado, _APPROVED | {"faltam": 0}),
    "The first decision counts. A large or unusual amount may need another person: `faltam`. Takes no body.",
    parameters=(ID_IN_PATH,),
    refusals=NONE | _DECIDED,
)
async def approve(request: web.Request) -> Aprovado:
    """`POST /processos/aprovar/{id}`."""
    processo_id, quem, limits = uuid_in_path(request), who(request), request.app[PROCESSO_LIMITS]
    resultado = await done(request, lambda tx: aprovar(tx, processo_id, quem, limits))
    assert resultado.processo is not None
    return Aprovado.after(resultado.processo, resultado.faltam)


@endpoint(
    _TAG,
    "Reject a processo: back to its download, with the reason",
    ok(ProcessoShown, PROCESSO | {"status_processo": "AGUARDANDO_DOWNLOAD", "motivo_rejeicao": "mês errado"}),
    parameters=(ID_IN_PATH,),
    takes=Rejeicao,
    example={"motivo": "mês errado"},
    refusals=NONE | _DECIDED,
)
async def reject(request: web.Request, wanted: Rejeicao) -> ProcessoShown:
    """`POST /processos/rejeitar/{id}`."""
    processo_id, quem = uuid_in_path(request), who(request)
    resultado = await done(request, lambda tx: rejeitar(tx, processo_id, quem, wanted.motivo))
    assert resultado.processo is not None
    return ProcessoShown.of(resultado.processo)


@endpoint(
    _TAG,
    "Take an approval back",
    ok(ProcessoShown, PROCESSO),
    "As long as it has not gone to SAT. Takes no body.",
    parameters=(ID_IN_PATH,),
    refusals=NONE | {409: "it is not approved, or on its way to SAT"},
)
async def undo(request: web.Request) -> ProcessoShown:
    """`POST /processos/desfazer/{id}`."""
    processo_id, quem = uuid_in_path(request), who(request)
    resultado = await done(request, lambda tx: desfazer(tx, processo_id, quem))
    assert resultado.processo is not None
    return ProcessoShown.of(resultado.processo)


@endpoint(
    _TAG,
    "Have a robot download the invoice",
    {202: Answer(ExecucaoShown, "the execucao", example=EXECUCAO)},
    "At once, or as soon as the operadora has room for another robot. Takes no body.",
    parameters=(ID_IN_PATH,),
    refusals=NONE | {409: "it does not wait for a download, one is running, no robot, or the login was refused"},
)
async def download(request: web.Request) -> ExecucaoShown:
    """`POST /processos/baixar/{id}`: 202."""
    processo_id, quem, limits = uuid_in_path(request), who(request), request.app[PROCESSO_LIMITS]
    resultado = await done(request, lambda tx: baixar(tx, processo_id, quem, limits))
    assert resultado.execucao is not None
    return ExecucaoShown.of(resultado.execucao)


@endpoint(
    _TAG,
    "Send an approved invoice to SAT",
    {202: Answer(ExecucaoShown, "the execucao", example=EXECUCAO | {"tipo_execucao": "UPLOAD_SAT"})},
    "From then on its approval cannot be taken back. Takes no body.",
    parameters=(ID_IN_PATH,),
    refusals=NONE | {409: "it is not approved, on its way already, or has no file"},
)
async def send(request: web.Request) -> ExecucaoShown:
    """`POST /processos/enviar-para-sat/{id}`: 202."""
    processo_id, quem, limits = uuid_in_path(request), who(request), request.app[PROCESSO_LIMITS]
    resultado = await done(request, lambda tx: enviar(tx, processo_id, quem, limits))
    assert resultado.execucao is not None
    return ExecucaoShown.of(resultado.execucao)
