"""A file of a processo that a person brings (reference: orquestracao-rpa, 5.2)."""

from uuid import UUID

from aiohttp import web

from core.exame.senhas import senhas_of
from core.processo.arquivos import Arquivo, shown_name
from core.processo.faturas import receber
from core.processo.resultado import Resultado, Saida
from core.testemunha.leitura import Leitura, LeituraAdiada, Recusado
from core.testemunha.nfcom import XmlRecusado, read_xml
from storage.processo.documentos import documento_by_id
from storage.processo.processos import processo_by_id
from storage.processo.status import TipoDocumento
from webhooks.given import CLOCK, DATABASE, FATURA_DOOR, PROCESSO_LIMITS, RUN, ZONE
from webhooks.http.answers import ApiError, overloaded
from webhooks.http.endpoints import endpoint
from webhooks.http.operations import FORM, Answer
from webhooks.http.operations import UUID as UUID_SCHEMA
from webhooks.http.parameters import as_uuid
from webhooks.http.uploads import Upload
from webhooks.processo.processos import NONE
from webhooks.processo.refusals import refused, who
from webhooks.processo.schemas import DOCUMENTO, DocumentoShown

_FORM_SCHEMA = {
    "type": "object",
    "required": ["processo_id", "fatura_pdf"],
    "properties": {
        "processo_id": dict(UUID_SCHEMA),
        "fatura_pdf": {"type": "string", "format": "binary"},
        "tipo": {"type": "string", "enum": [tipo.value for tipo in TipoDocumento], "default": "FATURA"},
    },
}


async def _prepare(request: web.Request, form: Upload) -> tuple[UUID, Arquivo]:
    processo_id, tipo = _asked(form)
    return processo_id, await checked_file(request, processo_id, tipo, form)


@endpoint(
    "processos",
    "Bring a file of a processo by hand",
    {201: Answer(DocumentoShown, "the file", example=DOCUMENTO | {"execucao_id": None})},
    "A `FATURA` or `BOLETO` is checked and examined as a robot's is, and goes to the approvers; whoever brought it is"
    " never its only approver. An `NF` or `XML` lies beside. Of a PDF with a password that the cliente's numbers open"
    " the answer is the copy without it. Up to 20 MB.",
    prepare=_prepare,
    body=_FORM_SCHEMA,
    media=FORM,
    refusals=NONE | {409: "not done where it stands, or that file is there already"},
)
async def bring(request: web.Request, asked: tuple[UUID, Arquivo]) -> DocumentoShown:
    """`POST /processos/upload-manual-fatura`: 201."""
    processo_id, arquivo = asked
    quem, limits = who(request), request.app[PROCESSO_LIMITS]
    resultado: Resultado = await request.app[RUN](lambda tx: receber(tx, processo_id, arquivo, quem, limits))
    if resultado.saida is not Saida.FEITO:
        raise refused(resultado)
    assert resultado.documento_id is not None
    async with request.app[DATABASE].read() as connection:
        documento = await documento_by_id(connection, resultado.documento_id)
    assert documento is not None
    return DocumentoShown.of(documento)


def _asked(form: Upload) -> tuple[UUID, TipoDocumento]:
    unknown = form.fields.keys() - {"processo_id", "tipo"}
    if unknown:
        raise ApiError(422, f"{min(unknown)}: not known")
    if form.file_field != "fatura_pdf":
        raise ApiError(422, "fatura_pdf: needed, as a file")
    try:
        processo_id = as_uuid(form.fields.get("processo_id", ""))
    except ValueError as error:
        raise ApiError(422, f"processo_id: {error}") from None
    tipo = form.fields.get("tipo", TipoDocumento.FATURA)
    if tipo not in set(TipoDocumento):
        raise ApiError(422, f"tipo: one of {', '.join(TipoDocumento)}")
    return processo_id, TipoDocumento(tipo)


async def checked_file(request: web.Request, processo_id: UUID, tipo: TipoDocumento, form: Upload) -> Arquivo:
    """The file, read as all of them are. 404, 422 with the reader's reason, 503 when it could not be read just now."""
    async with request.app[DATABASE].read() as connection:
        if await processo_by_id(connection, processo_id) is None:
            raise ApiError(404, "Processo não encontrado")
    today = request.app[CLOCK]().astimezone(request.app[ZONE]).date()
    nome = shown_name(form.filename)
    if tipo is TipoDocumento.XML:
        _check_xml(form.content)
        return Arquivo(form.content, nome, "application/xml", tipo)
    senhas = await request.app[RUN](lambda tx: senhas_of(tx, processo_id))
    leitura = await _read(request, form.content, senhas)
    return Arquivo(form.content, nome, tipo=tipo, leitura=leitura, recebido=today)


async def _read(request: web.Request, content: bytes, senhas: tuple[str, ...]) -> Leitura:
    try:
        found = await request.app[FATURA_DOOR].read(content, senhas)
    except LeituraAdiada:
        raise overloaded() from None
    if isinstance(found, Recusado):
        raise ApiError(422, f"fatura_pdf: {found.motivo}")
    return found


def _check_xml(content: bytes) -> None:
    try:
        read_xml(content)
    except XmlRecusado as error:
        raise ApiError(422, f"fatura_pdf: {error}") from None
