"""Quick answers: those that `/r` sends in chat; administrators change them."""

from aiohttp import web

from core.conversa.respostas_rapidas import BLANKS, NAME_LIMIT, TEXT_LIMIT, RespostaInvalida, apagar, as_name, guardar
from core.direitos.direitos import QUEM, Direito, tem
from storage.conversa.respostas_rapidas import every_resposta
from storage.pessoa.perfil import ATENDENTES
from webhooks.painel.guarda import FORM
from webhooks.painel.moldura import go, page
from webhooks.painel.painel import PAINEL, Tela
from webhooks.painel.sessao import SESSAO

PATH = "/painel/respostas"
_ADMIN = QUEM[Direito.ADMINISTRAR]


async def show(request: web.Request) -> web.StreamResponse:
    """`GET /painel/respostas`."""
    return await _page(request)


async def save(request: web.Request) -> web.StreamResponse:
    """`POST /painel/respostas`: a new text, or another under its name; what cannot be comes back as it was written."""
    nome, texto = as_name(str(request[FORM].get("nome", ""))), str(request[FORM].get("texto", "")).strip()
    texto, por = texto.replace("\r\n", "\n"), request[SESSAO].usuario_id
    try:
        new: bool = await request.app[PAINEL].run(lambda tx: guardar(tx, nome, texto, por))
    except RespostaInvalida as invalida:
        return await _page(request, nome, texto, invalida, status=422)
    return go(PATH, "resposta_criada" if new else "resposta_mudou", nome=nome)


async def remove(request: web.Request) -> web.StreamResponse:
    """`POST /painel/respostas/apagar`."""
    nome, por = as_name(str(request[FORM].get("nome", ""))), request[SESSAO].usuario_id
    removed: bool = await request.app[PAINEL].run(lambda tx: apagar(tx, nome, por))
    return go(PATH, "resposta_apagada" if removed else "nao_resposta_existe", nome=nome)


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
