"""What leads somebody to us, and how they are spoken to: the invitation, shown once, and the language."""

import secrets

from aiohttp import web

from core.direitos.direitos import QUEM, Direito
from core.idiomas import LANGUAGES
from core.pessoa.convites import convidar, convite_link
from storage.contatos.contatos import speak_to
from webhooks.http.answers import ApiError
from webhooks.painel.guarda import FORM
from webhooks.painel.moldura import go
from webhooks.painel.painel import PAINEL, Tela
from webhooks.painel.quem import autor_of
from webhooks.painel.usuarios.qr import qr_of
from webhooks.painel.usuarios.usuarios import PATH, show_form, stored


async def invite(request: web.Request) -> web.StreamResponse:
    """`POST /painel/usuarios/{id}/convite`: the link stands in this answer alone, which nobody keeps."""
    usuario, por, telegram = await stored(request), autor_of(request), request.app[PAINEL].telegram_username
    if telegram is None:
        return go(f"{PATH}/{usuario.id}", "nao_telegram")
    token = secrets.token_urlsafe(24)
    ate = await request.app[PAINEL].run(lambda tx: convidar(tx, usuario.id, token, por))
    if ate is None:
        return go(f"{PATH}/{usuario.id}", "nao_ativo")
    link = convite_link(telegram, token)
    return await show_form(request, usuario, convite=link, ate=ate, qr=qr_of(link))


async def speak(request: web.Request) -> web.StreamResponse:
    """`POST /painel/usuarios/{id}/idioma`: the language in which every channel speaks to them."""
    usuario, idioma = await stored(request), str(request[FORM].get("idioma", ""))
    if idioma not in LANGUAGES.values():
        raise ApiError(422, "idioma")
    await request.app[PAINEL].run(lambda tx: speak_to(tx, usuario.id, idioma))
    return go(f"{PATH}/{usuario.id}", "usuario_mudado")


_ADMIN = QUEM[Direito.ADMINISTRAR]
TELAS = (
    Tela("POST", f"{PATH}/{{id}}/convite", invite, _ADMIN),
    Tela("POST", f"{PATH}/{{id}}/idioma", speak, _ADMIN),
)
