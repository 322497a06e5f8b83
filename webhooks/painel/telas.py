"""Every page of the panel, and how each is opened: by the session, its perfil, and forms of our own."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from storage.pessoa.perfil import Perfil
from webhooks.auth import OPEN, Auth
from webhooks.http.answers import ApiError
from webhooks.painel import entrada
from webhooks.painel.agendamento import agendamentos
from webhooks.painel.agendamento import cadastro as cadastro_de_agendamentos
from webhooks.painel.atendimento import agora, conversa, respostas
from webhooks.painel.auditoria import auditoria
from webhooks.painel.cliente import cadastro, clientes
from webhooks.painel.consultor import consultores
from webhooks.painel.desfazer import TELAS as UNDO
from webhooks.painel.desfazer import VOLTAS
from webhooks.painel.endereco import names_of
from webhooks.painel.estaticos import show_static
from webhooks.painel.execucao import execucoes
from webhooks.painel.guarda import refuse_foreign, refuse_forged
from webhooks.painel.hoje import hoje
from webhooks.painel.importacao import importar
from webhooks.painel.moldura import SAID_ONCE
from webhooks.painel.moldura import TELAS as OF_THE_APP
from webhooks.painel.operadora import operadoras
from webhooks.painel.painel import NO_FILTER, PAINEL, Painel, Tela
from webhooks.painel.pessoa import convites, usuarios
from webhooks.painel.processo import acoes, arquivos, cartao, lista
from webhooks.painel.relatorio import relatorios
from webhooks.painel.saude import saude
from webhooks.painel.sessao import SESSAO, sessao_of
from webhooks.painel.venda import vendas, vendedores

# The pages of each noun. A new one: its module's TELAS here, its entry in templates/menu.html.
TELAS: tuple[Tela, ...] = (
    *hoje.TELAS,
    *lista.TELAS,
    *execucoes.TELAS,
    *vendas.TELAS,
    *vendedores.TELAS,
    *agora.TELAS,
    *conversa.TELAS,
    *respostas.TELAS,
    *relatorios.TELAS,
    *acoes.TELAS,
    *arquivos.TELAS,
    *cartao.TELAS,
    *clientes.TELAS,
    *cadastro.TELAS,
    *consultores.TELAS,
    *importar.TELAS,
    *operadoras.TELAS,
    *usuarios.TELAS,
    *convites.TELAS,
    *agendamentos.TELAS,
    *cadastro_de_agendamentos.TELAS,
    *auditoria.TELAS,
    *saude.TELAS,
    *UNDO,
    *entrada.TELAS,
)
# Nouns whose acts can be taken back.
TAKEN_BACK = (clientes, operadoras, usuarios, convites, consultores, agendamentos, respostas, acoes)
ARQUIVOS = Tela("GET", "/painel/static/{nome}", show_static)


async def _nobody_asked(request: web.Request) -> None:
    """Links and files: the page itself looks."""


AT_THE_DOOR = Auth(_nobody_asked)


def auth_of(tela: Tela) -> Auth:
    """Who may open it."""
    if tela is ARQUIVOS:
        return OPEN
    return AT_THE_DOOR if tela in entrada.PORTAS else Auth(_check(tela), (), tuple(sorted(tela.perfis)))


def set_up(app: web.Application, painel: Painel) -> None:
    """What the pages need, and the way from `/` to them."""
    app[PAINEL] = painel
    app[OF_THE_APP] = TELAS
    app[VOLTAS] = {name: volta for module in TAKEN_BACK for name, volta in module.VOLTAS.items()}
    app.router.add_route("*", "/", lead_browsers)


def every() -> tuple[Tela, ...]:
    """Every page, and what opens without a session."""
    return (*TELAS, *entrada.PORTAS, ARQUIVOS)


async def lead_browsers(request: web.Request) -> web.StreamResponse:
    """`GET /`: people are led to the panel; programs find nothing here."""
    if request.method not in ("GET", "HEAD") or "text/html" not in request.headers.get("Accept", ""):
        raise web.HTTPNotFound
    return web.Response(status=303, headers={"Location": "/painel", "Cache-Control": "no-store"})


def _check(tela: Tela) -> Callable[[web.Request], Awaitable[None]]:
    async def check(request: web.Request) -> None:
        if tela.method == "GET":
            refuse_foreign(request)
        sessao = await sessao_of(request)
        if sessao is None:
            raise ApiError(401, "no session")
        request[SESSAO] = sessao
        if Perfil(sessao.perfil_usuario) not in tela.perfis:
            raise ApiError(403, f"needs perfil {' or '.join(sorted(tela.perfis))}")
        if tela.method != "GET":
            await refuse_forged(request, tela.varios)
        elif strange := [name for name in names_of(request) if name not in tela.nomes | SAID_ONCE]:
            raise ApiError(422, f"{strange[0][:40]}: {NO_FILTER}")

    return check
