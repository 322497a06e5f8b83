"""What leads somebody to us, and how they are spoken to: the invitation, shown once, and the language."""

import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from aiohttp import web

from core.direitos.direitos import QUEM, Direito
from core.idiomas import LANGUAGES
from core.pessoa.convites import convidar, convite_link
from storage.contatos.contatos import channels_of, speak_to
from storage.transaction import Transaction
from webhooks.http.answers import ApiError
from webhooks.painel.desfazer import Ida, Volta, remember
from webhooks.painel.guarda import FORM
from webhooks.painel.moldura import go
from webhooks.painel.painel import PAINEL, Tela
from webhooks.painel.pessoa.qr import qr_of
from webhooks.painel.pessoa.usuarios import PATH, REGISTRO, show_form
from webhooks.painel.quem import autor_of


async def invite(request: web.Request) -> web.StreamResponse:
    """`POST /painel/usuarios/{id}/convite`: the link stands in this answer alone, which nobody keeps."""
    usuario, por, telegram = await REGISTRO.stored(request), autor_of(request), request.app[PAINEL].telegram_username
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
    usuario, idioma = await REGISTRO.stored(request), str(request[FORM].get("idioma", ""))
    if idioma not in LANGUAGES.values():
        raise ApiError(422, "idioma")
    return go(f"{PATH}/{usuario.id}", "usuario_mudado", desfaz=await _speak(request, usuario.id, idioma))


async def _speak(request: web.Request, usuario_id: UUID, idioma: str) -> str:
    """The name of the way back, where all channels spoke one other language."""

    async def work(tx: Transaction) -> set[str]:
        spoken = {one.idioma for one in await channels_of(tx.connection, usuario_id)}
        await speak_to(tx, usuario_id, idioma)
        return spoken

    spoken: set[str] = await request.app[PAINEL].run(work)
    (former,) = spoken if len(spoken) == 1 else {idioma}
    return "" if former == idioma else await remember(request, "idioma", id=str(usuario_id), antes=former)


async def _undo_speak(request: web.Request, fatos: Mapping[str, Any]) -> Ida:
    return Ida(desfaz=await _speak(request, UUID(fatos["id"]), fatos["antes"]))


_ADMIN = QUEM[Direito.ADMINISTRAR]
TELAS = (
    Tela("POST", f"{PATH}/{{id}}/convite", invite, _ADMIN),
    Tela("POST", f"{PATH}/{{id}}/idioma", speak, _ADMIN),
)
VOLTAS = {"idioma": Volta(_ADMIN, _undo_speak)}
