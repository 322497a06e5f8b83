"""A file of a processo that a person brings (reference: orquestracao-rpa, 5.2)."""

from collections.abc import Awaitable
from uuid import UUID

from aiohttp import web

from core.exame.senhas import senhas_of, tentativas
from core.processo.arquivos import Arquivo, shown_name
from core.processo.faturas import receber
from core.processo.resultado import Resultado, Saida
from core.testemunha.leitura import Leitura, LeituraAdiada, Recusado
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

LONGEST_SENHA = 200
_FORM_SCHEMA = {
    "type": "object",
    "required": ["processo_id", "fatura_pdf"],
    "properties": {
        "processo_id": dict(UUID_SCHEMA),
        "fatura_pdf": {"type": "string", "format": "binary"},
        "tipo": {"type": "string", "enum": [tipo.value for tipo in TipoDocumento], "default": "FATURA"},
        "senha": {"type": "string", "maxLength": LONGEST_SENHA, "writeOnly": True},
    },
}


async def _prepare(request: web.Request, form: Upload) -> tuple[UUID, Arquivo]:
    processo_id, tipo = _asked(form)
    return processo_id, await checked_file(request, processo_id, tipo, form, form.fields.get("senha", ""))


@endpoint(
    "processos",
    "Bring a file of a processo by hand",
    {201: Answer(DocumentoShown, "the file", example=DOCUMENTO | {"execucao_id": None})},
    "A `FATURA` or `BOLETO` is checked and examined as a robot's is, and goes to the approvers; whoever brought it is"
    " never its only approver. An `NF` lies beside; so does an `XML`, which is that of an NFCom, and is a witness of"
    " the bill whichever comes first. Of a PDF with a password that `senha` or the cliente's numbers open the answer is"
    " the copy without it, and what opened it is kept, encrypted, for the next one. Up to 20 MB.",
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
    unknown = form.fields.keys() - {"processo_id", "tipo", "senha"}
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
    if len(form.fields.get("senha", "")) > LONGEST_SENHA:
        raise ApiError(422, f"senha: at most {LONGEST_SENHA} characters")
    return processo_id, TipoDocumento(tipo)


async def checked_file(
    request: web.Request, processo_id: UUID, tipo: TipoDocumento, form: Upload, senha: str = ""
) -> Arquivo:
    """The file, read as all of them are. `senha`: what whoever brings it says that opens it, tried first.

    404, 422 with the reader's reason, 503 when it could not be read just now.
    """
    async with request.app[DATABASE].read() as connection:
        if await processo_by_id(connection, processo_id) is None:
            raise ApiError(404, "Processo não encontrado")
    today = request.app[CLOCK]().astimezone(request.app[ZONE]).date()
    nome = shown_name(form.filename)
    door = request.app[FATURA_DOOR]
    if tipo is TipoDocumento.XML:
        nota = await _read(door.read_note(form.content))
        return Arquivo(form.content, nome, "application/xml", tipo, leitura=nota, recebido=today)
    known = await request.app[RUN](lambda tx: senhas_of(tx, processo_id))
    leitura = await _read(door.read(form.content, (*tentativas(senha), *known)))
    return Arquivo(form.content, nome, tipo=tipo, leitura=leitura, recebido=today)


async def _read(reading: Awaitable[Leitura | Recusado]) -> Leitura:
    try:
        found = await reading
    except LeituraAdiada:
        raise overloaded() from None
    if isinstance(found, Recusado):
        raise ApiError(422, f"fatura_pdf: {found.motivo}")
    return found
