"""PAINEL, and Abrir no painel under cards: a link to the panel, for a minute and once."""

import secrets
from urllib.parse import urlencode

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from core.direitos.direitos import Direito, tem
from core.painel.acesso import INICIO, oferecer_link
from core.palavras import Palavra
from core.prazos import LINK_DO_PAINEL
from dialogs.frame.buttons import Tap
from dialogs.frame.i18n import _
from dialogs.frame.talk import App, Talk
from dialogs.frame.words import on_word
from dialogs.painel.buttons import OpenInPainel
from storage.processo.cartoes import processo_of_card

router = Router(name="painel")


@on_word(router, Palavra.PAINEL)
async def give_link(event: Message | CallbackQuery, talk: Talk, public_url: str) -> None:
    """Said in answer to an approval card, it leads to that invoice: on WhatsApp no fourth button fits under it."""
    cited = None
    if talk.quoted_id is not None:
        cited = await processo_of_card(talk.tx.connection, talk.contato.id, talk.quoted_id)
    await _give(talk, public_url, INICIO if cited is None else f"{INICIO}/processos/{cited}")


@router.callback_query(Tap(OpenInPainel))
async def open_one(event: CallbackQuery, talk: Talk, button: OpenInPainel, public_url: str) -> None:
    """To exactly that page; what they may see there says the page."""
    await _give(talk, public_url, f"{INICIO}/{button.pagina}/{button.id}")


async def _give(talk: Talk, public_url: str, destino: str) -> None:
    """Whoever reads the link first is in, so it goes to a conversation of one person only."""
    if talk.pessoa is None or not tem(talk.pessoa.perfil_usuario, Direito.ENTRAR_NO_PAINEL):
        await talk.say(_("O painel não é do seu perfil: nada foi aberto."))
        return
    if talk.contato.is_group:
        await talk.say(_("O painel se abre em uma conversa só nossa: escreva PAINEL para mim em particular."))
        return
    token = secrets.token_urlsafe(32)
    where = {"canal": talk.contato.channel, "idioma": talk.contato.idioma, "destino": destino}
    await oferecer_link(talk.tx, talk.pessoa.id, token, **where)
    text = _("O seu painel, por {segundos} segundos e uma vez só. Não repasse este link:\n{link}")
    link = f"{public_url}/painel/entrar?token={token}"
    await talk.say_secret(
        text.format(segundos=int(LINK_DO_PAINEL.total_seconds()), link=link), _mini_app(talk, public_url, destino)
    )


def _mini_app(talk: Talk, public_url: str, destino: str) -> App | None:
    """The same page inside Telegram, which opens nothing but https; it says itself who opens it, so it may be kept."""
    if talk.contato.channel != "telegram" or not public_url.startswith("https://"):
        return None
    return _("Abrir aqui mesmo"), f"{public_url}/painel/telegram?{urlencode({'volta': destino})}"
