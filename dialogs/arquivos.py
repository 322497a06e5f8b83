"""A file sent to the bot: written down first, fetched after the commit, and then taken up in a turn of its own."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from aiogram import Router
from aiogram.types import Message

from core.commands.base import write_command
from core.commands.conversa import FetchFile
from core.delivery_errors import TOO_LARGE
from dialogs.conversa.conteudo import content_of
from dialogs.frame.i18n import _
from dialogs.frame.talk import Talk
from dialogs.frame.words import Carries, a_person
from storage.conversa.arquivos import add_arquivo

router = Router(name="arquivos")


# Telegram gives a bot no larger file (core.telegram.org/bots/api#getfile).
LIMIT_MB = 20
# What comes so soon after another file was sent with it.
AT_ONCE = timedelta(seconds=5)
MOST = 50
# In the conversation's data.
_TOGETHER, _LAST = "arquivos_juntos", "ultimo_arquivo"
# A voice message is somebody speaking: it is answered (fallback.py).
FILES = ("document", "photo", "video")


@router.message(Carries(*FILES))
async def received(event: Message, talk: Talk) -> None:
    arquivo = content_of(event).arquivo
    assert arquivo is not None
    arquivo_id = uuid4()
    await add_arquivo(talk.tx, arquivo_id, talk.contato.id, talk.contato.channel, arquivo)
    await _note(talk, arquivo_id)
    await write_command(talk.tx, FetchFile(arquivo_id), contato_id=talk.contato.id)


async def _note(talk: Talk, arquivo_id: UUID) -> None:
    data = await talk.state.get_data()
    at_once = _LAST in data and talk.tx.now - datetime.fromisoformat(data[_LAST]) <= AT_ONCE
    earlier = data.get(_TOGETHER, []) if at_once else []
    await talk.state.update_data({_TOGETHER: [*earlier, str(arquivo_id)][-MOST:], _LAST: talk.tx.now.isoformat()})


async def sent_together(talk: Talk, arquivo_id: UUID) -> list[str]:
    """The files that were sent at once with this one, in their order: an album is a message for each picture."""
    known: list[str] = (await talk.state.get_data()).get(_TOGETHER, [])
    return known if str(arquivo_id) in known else [str(arquivo_id)]


async def fetched(talk: Talk, nome: str | None, erro: str | None, together: int = 1, *, photo: bool = False) -> None:
    """The file is in our store, or could not be had; `together`: with so many it was sent, this one too."""
    if erro == TOO_LARGE:
        text = _("{nome} passa de {limite} MB, que é o máximo por aqui. Divida o arquivo e mande em partes.")
        await talk.say(text.format(nome=nome or _("O arquivo"), limite=LIMIT_MB))
        return
    if erro is not None:
        await talk.say(_("Não consegui baixar o arquivo que você mandou. Pode enviar de novo?"))
        return
    if together > 1:
        said = _("Recebi {n} arquivos e guardei. Por aqui ainda não há o que fazer com eles.").format(n=together)
    elif nome is None and photo:
        said = _("Recebi a foto e guardei. Por aqui ainda não há o que fazer com ela.")
    else:
        said = _("Recebi o arquivo {nome} e guardei. Por aqui ainda não há o que fazer com ele.")
        said = said.format(nome=nome or _("sem nome"))
    if talk.pessoa is None:
        person = _("Para falar com uma pessoa da equipe, escolha CONSULTOR.")
        await talk.say(f"{said} {person}", a_person())
        return
    await talk.say(said)
