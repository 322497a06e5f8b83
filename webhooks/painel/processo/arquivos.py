"""Files of processos: shown from our own address, and brought by hand."""

from aiohttp import web

from core.processo.faturas import receber
from core.processo.maquina import RIGHTS, VIEWERS, Acao
from core.processo.resultado import Resultado, Saida
from core.testemunha.leitura import Recusa
from storage.objects import ObjectMissing
from storage.processo.documentos import conteudo_of, documento_by_id
from storage.processo.status import TipoDocumento
from webhooks.http.answers import ApiError
from webhooks.http.parameters import uuid_in_path
from webhooks.painel.guarda import FORM, UPLOAD
from webhooks.painel.moldura import go
from webhooks.painel.painel import FILE_GONE, PAINEL, Tela
from webhooks.painel.processo.lista import PATH
from webhooks.painel.quem import abre, who
from webhooks.processo.upload import LONGEST_SENHA, checked_file

_SHOWN = {"application/pdf", "application/xml"}
# A PDF runs nothing here, and stands in a page of ours only.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"


async def show(request: web.Request) -> web.StreamResponse:
    """`GET /painel/documentos/{id}`: the file itself; `?baixar=1` to keep it."""
    painel, documento_id = request.app[PAINEL], uuid_in_path(request)
    async with painel.database.read() as connection:
        documento = await documento_by_id(connection, documento_id)
        content = await conteudo_of(connection, documento_id)
    if documento is None:
        raise ApiError(404, "no such file")
    await abre(request, f"documento:{documento_id}", "fatura")
    if content is None:
        content = await _stored(request, documento.object_key)
    kind = documento.content_type if documento.content_type in _SHOWN else "application/octet-stream"
    way = "attachment" if request.query.get("baixar") or kind != "application/pdf" else "inline"
    ending = documento.object_key.rpartition(".")[2]
    headers = {
        "Content-Disposition": f'{way}; filename="fatura-{documento.id}.{ending}"',
        "Content-Security-Policy": _POLICY,
        "X-Frame-Options": "SAMEORIGIN",
        "Cache-Control": "private, max-age=300",
    }
    return web.Response(body=content, content_type=kind, headers=headers)


async def bring(request: web.Request) -> web.StreamResponse:
    """`POST /painel/processos/{id}/arquivo`: an invoice by hand, as a file sent to the bot is."""
    painel, processo_id, quem = request.app[PAINEL], uuid_in_path(request), who(request)
    page = f"{PATH}/{processo_id}"
    if UPLOAD not in request or not request[UPLOAD].content:
        is_file = UPLOAD in request and request[UPLOAD].filename
        return go(page, "nao_pdf", porque=Recusa.VAZIO) if is_file else go(page, "nao_sem_arquivo")
    tipo = _tipo(str(request[FORM].get("tipo", TipoDocumento.FATURA)))
    try:
        senha = str(request[FORM].get("senha", ""))[:LONGEST_SENHA]
        arquivo = await checked_file(request, processo_id, tipo, request[UPLOAD], senha)
    except ApiError as error:
        if error.status != 422:
            raise
        motivo = str(error.detail).rpartition(": ")[2]
        return go(page, "nao_com_senha") if motivo == Recusa.COM_SENHA else go(page, "nao_pdf", porque=motivo)
    resultado: Resultado = await painel.run(lambda tx: receber(tx, processo_id, arquivo, quem, painel.processo_limits))
    if resultado.saida is Saida.NAO_EXISTE:
        raise ApiError(404, "no such processo")
    return go(page, "arquivo_recebido" if resultado.is_done else f"nao_{resultado.saida.lower()}")


async def _stored(request: web.Request, key: str) -> bytes:
    objects = request.app[PAINEL].objects
    if objects is None:
        raise ApiError(503, "no object store")
    try:
        return await objects.get(key)
    except ObjectMissing:
        raise ApiError(404, FILE_GONE) from None


def _tipo(text: str) -> TipoDocumento:
    try:
        return TipoDocumento(text)
    except ValueError:
        raise ApiError(422, "tipo") from None


TELAS = (
    Tela("GET", "/painel/documentos/{id}", show, VIEWERS, nomes=frozenset({"baixar"})),
    Tela("POST", f"{PATH}/{{id}}/arquivo", bring, RIGHTS[Acao.RECEBER]),
)
