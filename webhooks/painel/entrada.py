"""The door: links from the chat, Telegram's Mini App, one's own sessions, the way out."""

import secrets
from datetime import timedelta
from uuid import UUID

from aiogram.utils.web_app import WebAppInitData, safe_parse_webapp_init_data
from aiohttp import web

from core.painel.acesso import INICIO, Entrada, entrar, entrar_pelo_telegram, sair, sair_de_tudo
from core.prazos import ABERTURA_DO_MINI_APP
from storage.painel.acesso import sessoes_of
from storage.transaction import Transaction
from webhooks.guessing import GUESSES
from webhooks.http.answers import ApiError
from webhooks.painel.guarda import FORM, form_sent, refuse_foreign, refuse_foreign_form
from webhooks.painel.moldura import back, go, page
from webhooks.painel.painel import PAINEL, Tela
from webhooks.painel.sessao import SESSAO, give_cookie, sessao_of, take_cookie

_DOOR = "painel"
_AHEAD = timedelta(minutes=5)


async def show_door(request: web.Request) -> web.StreamResponse:
    """`GET /painel/entrar`: whoever only looks at a link (a preview, a scanner) does not use it up."""
    refuse_foreign(request)
    return page(request, "entrar.html", token=request.query.get("token", ""), perdido="perdido" in request.query)


async def enter(request: web.Request) -> web.StreamResponse:
    """`POST /painel/entrar`: uses the link up."""
    refuse_foreign_form(request)
    link = str((await form_sent(request)).get("token", ""))
    cookie, agent = secrets.token_urlsafe(32), _agent(request)

    async def work(tx: Transaction) -> Entrada | None:
        return await entrar(tx, link, cookie, agent)

    entrada = await request.app[PAINEL].run(work) if link else None
    if entrada is not None:
        response = go(entrada.destino)
        give_cookie(request, response, cookie)
        return response
    # Sent twice by an impatient hand: the first one let them in.
    if await sessao_of(request) is not None:
        return go(INICIO)
    return await _refused(request, "entrar.html", link)


async def show_mini_app(request: web.Request) -> web.StreamResponse:
    """`GET /painel/telegram`: what Telegram says stands behind the `#` of the address, where only a script sees it."""
    return page(request, "telegram.html", volta=back(request, INICIO))


async def enter_mini_app(request: web.Request) -> web.StreamResponse:
    """`POST /painel/telegram`: Telegram's own word for who it is (core.telegram.org/bots/webapps)."""
    refuse_foreign_form(request)
    painel = request.app[PAINEL]
    form = await form_sent(request)
    said = str(form.get("dados", ""))
    telegram_id = _vouched_for(request, said)
    cookie, agent = secrets.token_urlsafe(32), _agent(request)
    entrada = None
    if telegram_id is not None:
        entrada = await painel.run(lambda tx: entrar_pelo_telegram(tx, telegram_id, cookie, agent))
    if entrada is None:
        return await _refused(request, "telegram.html", said)
    response = go(back(request, entrada.destino, str(form.get("volta", ""))))
    give_cookie(request, response, cookie, mini_app=True)
    return response


async def show_sessions(request: web.Request) -> web.StreamResponse:
    """`GET /painel/sessoes`: where one is in."""
    painel, sessao = request.app[PAINEL], request[SESSAO]
    async with painel.database.read() as connection:
        sessoes = await sessoes_of(connection, sessao.usuario_id, painel.clock())
    return page(request, "sessoes.html", sessoes=sessoes)


async def leave(request: web.Request) -> web.StreamResponse:
    """`POST /painel/sair`: this session, another one of one's own, or all of them."""
    painel, sessao, wanted = request.app[PAINEL], request[SESSAO], request[FORM].get("sessao", "")
    if wanted == "todas":
        await painel.run(lambda tx: sair_de_tudo(tx, sessao.usuario_id))
    else:
        other = _uuid(wanted) or sessao.id
        await painel.run(lambda tx: sair(tx, sessao.usuario_id, other))
        if other != sessao.id:
            return go("/painel/sessoes", "sessao_encerrada")
    response = go("/painel/entrar", "saiu")
    take_cookie(request, response)
    return response


def _vouched_for(request: web.Request, said: str) -> int | None:
    """The Telegram id, when our own bot's token signed it, not long ago; else None.

    aiogram looks at the signature only, not at its age.
    """
    painel = request.app[PAINEL]
    if painel.telegram_token is None:
        raise ApiError(404, "the Telegram channel is off")
    try:
        data: WebAppInitData = safe_parse_webapp_init_data(painel.telegram_token, said)
    except (ValueError, TypeError):
        return None
    age = painel.clock() - data.auth_date
    is_young = -_AHEAD <= age <= ABERTURA_DO_MINI_APP
    return data.user.id if is_young and data.user is not None else None


async def _refused(request: web.Request, template: str, given: str) -> web.Response:
    """The page again, with why; whoever guesses is made to wait."""
    refusal = ApiError(401, "the link or what Telegram says lets nobody in")
    if given:
        refusal = await request.app[GUESSES].wrong(request, _DOOR, refusal)
    if refusal.status != 401:
        raise refusal
    return page(request, template, 403, token="", volta=INICIO, recusado=True)


def _agent(request: web.Request) -> str:
    return request.headers.get("User-Agent", "").encode("ascii", "replace").decode()


def _uuid(text: object) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None


# Open to whoever has a link, or Telegram's word.
PORTAS = (
    Tela("GET", "/painel/entrar", show_door),
    Tela("POST", "/painel/entrar", enter),
    Tela("GET", "/painel/telegram", show_mini_app),
    Tela("POST", "/painel/telegram", enter_mini_app),
)
TELAS = (
    Tela("GET", "/painel/sessoes", show_sessions),
    Tela("POST", "/painel/sair", leave),
)
