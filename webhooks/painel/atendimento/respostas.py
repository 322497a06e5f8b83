"""Quick answers: those that `/r` sends in chat; administrators change them."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from core.conversa.respostas_rapidas import BLANKS, NAME_LIMIT, TEXT_LIMIT, RespostaInvalida, apagar, as_name, guardar
from core.direitos.direitos import QUEM, Direito, tem
from storage.conversa.respostas_rapidas import every_resposta, resposta_rapida
from storage.pessoa.perfil import ATENDENTES
from storage.transaction import Transaction
from webhooks.painel.desfazer import MUDOU, Ida, Volta, remember
from webhooks.painel.guarda import FORM
from webhooks.painel.moldura import go, page
from webhooks.painel.painel import PAINEL, Tela
from webhooks.painel.quem import autor_of
from webhooks.painel.sessao import SESSAO

PATH = "/painel/respostas"
_ADMIN = QUEM[Direito.ADMINISTRAR]


async def show(request: web.Request) -> web.StreamResponse:
    """`GET /painel/respostas`."""
    return await _page(request)


async def save(request: web.Request) -> web.StreamResponse:
    """`POST /painel/respostas`: a new text, or another under its name; what cannot be comes back as it was written."""
    nome, texto = as_name(str(request[FORM].get("nome", ""))), str(request[FORM].get("texto", "")).strip()
    texto = texto.replace("\r\n", "\n")
    try:
        former = await _put(request, nome, texto)
    except RespostaInvalida as invalida:
        return await _page(request, nome, texto, invalida, status=422)
    desfaz = await remember(request, "resposta", nome=nome, antes=former, agora=texto)
    return go(PATH, "resposta_criada" if former is None else "resposta_mudou", nome=nome, desfaz=desfaz)


async def remove(request: web.Request) -> web.StreamResponse:
    """`POST /painel/respostas/apagar`."""
    nome = as_name(str(request[FORM].get("nome", "")))
    former = await _put(request, nome, None)
    if former is None:
        return go(PATH, "nao_resposta_existe", nome=nome)
    desfaz = await remember(request, "resposta", nome=nome, antes=former, agora=None)
    return go(PATH, "resposta_apagada", nome=nome, desfaz=desfaz)


async def _put(request: web.Request, nome: str, texto: str | None) -> str | None:
    """That text under that name from now on, or none; what stood there before. Raises RespostaInvalida."""

    por = autor_of(request)

    async def work(tx: Transaction) -> str | None:
        former = await resposta_rapida(tx.connection, nome)
        if texto is None:
            await apagar(tx, nome, por)
        else:
            await guardar(tx, nome, texto, por)
        return former

    former: str | None = await request.app[PAINEL].run(work)
    return former


async def _undo(request: web.Request, fatos: Mapping[str, Any]) -> Ida:
    """What stood there before, unless it is another text by now."""
    nome, antes, agora = fatos["nome"], fatos["antes"], fatos["agora"]
    async with request.app[PAINEL].database.read() as connection:
        if await resposta_rapida(connection, nome) != agora:
            return Ida(MUDOU)
    await _put(request, nome, antes)
    return Ida(desfaz=await remember(request, "resposta", nome=nome, antes=agora, agora=antes))


async def _page(
    request: web.Request, nome: str = "", texto: str = "", invalida: RespostaInvalida | None = None, status: int = 200
) -> web.Response:
    async with request.app[PAINEL].database.read() as connection:
        respostas = await every_resposta(connection)
    return page(
        request,
        "atendimento/respostas.html",
        status,
        respostas=respostas,
        muda=tem(request[SESSAO].perfil_usuario, Direito.ADMINISTRAR),
        nome=nome,
        texto=texto,
        invalida=invalida,
        lacunas=[f"{{{blank}}}" for blank in BLANKS],
        nome_limite=NAME_LIMIT,
        texto_limite=TEXT_LIMIT,
    )


TELAS = (
    Tela("GET", PATH, show, ATENDENTES, menu="respostas"),
    Tela("POST", PATH, save, _ADMIN),
    Tela("POST", f"{PATH}/apagar", remove, _ADMIN),
)
VOLTAS = {"resposta": Volta(_ADMIN, _undo)}
