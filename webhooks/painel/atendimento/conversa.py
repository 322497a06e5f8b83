"""One atendimento: what was said, as far as this person may read it, and where the customer goes from here."""

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncConnection

from core.atendimento.a_mao import (
    Destinos,
    Mudanca,
    Quem,
    destinos_of,
    end_by_hand,
    may_move,
    transfer_by_hand,
)
from core.consultor.protocolos import numero_de
from core.conversa.conversa import SIGNS
from core.conversa.transcricao import attends, conversations_of, may_read
from core.pessoa.nomes import told_apart
from storage.atendimento.atendimentos import Atendimento, atendimento_by_id
from storage.atendimento.status import StatusAtendimento
from storage.conversa.tipos import TipoMensagem
from storage.conversa.transcricao import arquivo_in, past_of, transcricao
from storage.objects import ObjectMissing
from storage.pessoa.perfil import ATENDENTES
from storage.servico.servico import pessoa_by_id
from webhooks.http.answers import ApiError
from webhooks.http.parameters import as_whole_number, id_in_path, uuid_in_path
from webhooks.painel.endereco import number_of
from webhooks.painel.guarda import FORM
from webhooks.painel.moldura import go, page
from webhooks.painel.painel import FILE_GONE, PAINEL, Tela
from webhooks.painel.quem import abre
from webhooks.painel.sessao import SESSAO

PATH = "/painel/atendimento"
# Messages of one page; those before are a page of their own.
_SHOWN = 80
_BEFORE = 8
_PEOPLE = 20
_SEEN = {"image/jpeg", "image/png", "image/webp"}


async def show(request: web.Request) -> web.StreamResponse:
    """`GET /painel/atendimento/{id}`; `?antes=` a message: what was said before it."""
    painel, sessao = request.app[PAINEL], request[SESSAO]
    quem = Quem(sessao.usuario_id, sessao.perfil_usuario)
    async with painel.database.read() as connection:
        atendimento = await _readable(request, connection)
        own = await attends(connection, quem.usuario_id, atendimento.id)
        found = await transcricao(connection, atendimento.id)
        assert found is not None
        moves = await may_move(connection, atendimento, quem)
        destinos = Destinos([], [])
        if moves and atendimento.status == StatusAtendimento.EM_ATENDIMENTO:
            destinos = await destinos_of(
                connection,
                painel.redis,
                painel.clock(),
                atendimento,
                painel.atendimento_limits,
                painel.presence_limits,
                _PEOPLE,
            )
        outros, _total = await past_of(connection, await conversations_of(connection, found.contato_id), 0, _BEFORE)
    if not own:
        await abre(request, f"protocolo:{numero_de(atendimento.protocolo_id)}", "transcricao")
    antes = number_of(request, "antes")
    falas = [fala for fala in found.falas if antes is None or fala.id < antes]
    return page(
        request,
        "atendimento/conversa.html",
        um=found,
        falas=falas[-_SHOWN:],
        mais_antigas=falas[-_SHOWN].id if len(falas) > _SHOWN else None,
        antes=antes,
        pode_mudar=moves,
        destinos=destinos,
        chamados=told_apart([(one.nome, one.telefone) for one in destinos.pessoas]),
        outros=[one for one in outros if one.id != found.id],
        numero_de=numero_de,
        sinal={tipo.value: sinal for tipo, sinal in SIGNS.items()},
        texto=TipoMensagem.TEXTO.value,
        vistas=_SEEN,
    )


async def end(request: web.Request) -> web.StreamResponse:
    """`POST /painel/atendimento/{id}/encerrar`."""
    atendimento_id, quem = await _to_move(request)
    mudanca: Mudanca = await request.app[PAINEL].run(lambda tx: end_by_hand(tx, atendimento_id, quem))
    return _went(atendimento_id, mudanca, "atendimento_encerrado")


async def transfer(request: web.Request) -> web.StreamResponse:
    """`POST /painel/atendimento/{id}/transferir`; `para`: `c:` a consultor, `i:` a language, or the queue."""
    atendimento_id, quem = await _to_move(request)
    kind, _, which = str(request[FORM].get("para", "")).partition(":")
    consultor_id, idioma = None, which if kind == "i" else None
    if kind == "c":
        try:
            consultor_id = as_whole_number(which)
        except ValueError:
            raise ApiError(422, "para") from None
    painel = request.app[PAINEL]
    limits, presence = painel.atendimento_limits, painel.presence_limits
    mudanca: Mudanca = await painel.run(
        lambda tx: transfer_by_hand(
            tx, atendimento_id, quem, limits, presence, consultor_id=consultor_id, idioma=idioma
        )
    )
    return _went(atendimento_id, mudanca, "atendimento_oferecido" if kind == "c" else "atendimento_na_fila")


async def show_file(request: web.Request) -> web.StreamResponse:
    """`GET /painel/arquivos/{id}?atendimento=`: what was sent in that conversation."""
    painel, arquivo_id = request.app[PAINEL], uuid_in_path(request)
    try:
        atendimento_id = as_whole_number(request.query.get("atendimento", "0"))
    except ValueError:
        raise _none() from None
    async with painel.database.read() as connection:
        atendimento = await _readable(request, connection, atendimento_id)
        fala = await arquivo_in(connection, atendimento.id, arquivo_id)
        own = await attends(connection, request[SESSAO].usuario_id, atendimento.id)
    if fala is None or fala.object_key is None or painel.objects is None:
        raise _none()
    if not own:
        await abre(request, f"arquivo:{arquivo_id}", "arquivo")
    try:
        content = await painel.objects.get(fala.object_key)
    except ObjectMissing:
        raise ApiError(404, FILE_GONE) from None
    seen = fala.mime_type in _SEEN
    headers = {"Cache-Control": "private, max-age=300", "Content-Security-Policy": "default-src 'none'"}
    if not seen:
        headers["Content-Disposition"] = f'attachment; filename="{arquivo_id}"'
    kind = fala.mime_type if seen and fala.mime_type else "application/octet-stream"
    return web.Response(body=content, content_type=kind, headers=headers)


async def readable(request: web.Request, connection: AsyncConnection, atendimento: Atendimento) -> bool:
    """Whether this person may read what was said with that customer."""
    pessoa = await pessoa_by_id(connection, request[SESSAO].usuario_id)
    return await may_read(connection, pessoa, await conversations_of(connection, atendimento.contato_id))


async def _readable(
    request: web.Request, connection: AsyncConnection, atendimento_id: int | None = None
) -> Atendimento:
    """The same 404 for what is not there and for what is not theirs to see."""
    which = id_in_path(request) if atendimento_id is None else atendimento_id
    atendimento = await atendimento_by_id(connection, which) if 0 < which < 2**63 else None
    if atendimento is None or not await readable(request, connection, atendimento):
        raise _none()
    return atendimento


async def _to_move(request: web.Request) -> tuple[int, Quem]:
    sessao = request[SESSAO]
    async with request.app[PAINEL].database.read() as connection:
        atendimento = await _readable(request, connection)
    return atendimento.id, Quem(sessao.usuario_id, sessao.perfil_usuario)


def _went(atendimento_id: int, mudanca: Mudanca, feito: str) -> web.Response:
    refused = {Mudanca.JA_MUDOU: "nao_atendimento_mudou", Mudanca.SEM_DESTINO: "nao_sem_destino"}
    return go(f"{PATH}/{atendimento_id}", refused.get(mudanca, feito))


def _none() -> ApiError:
    return ApiError(404, "no such atendimento")


TELAS = (
    Tela("GET", f"{PATH}/{{id}}", show, ATENDENTES, nomes=frozenset({"antes"})),
    Tela("POST", f"{PATH}/{{id}}/encerrar", end, ATENDENTES),
    Tela("POST", f"{PATH}/{{id}}/transferir", transfer, ATENDENTES),
    Tela("GET", "/painel/arquivos/{id}", show_file, ATENDENTES, nomes=frozenset({"atendimento"})),
)
