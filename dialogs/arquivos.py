"""A file sent to the bot: written down first, fetched after the commit, and then taken up in a turn of its own."""

from uuid import uuid4

from aiogram import Router
from aiogram.types import Message

from core.commands.base import write_command
from core.commands.conversa import FetchFile
from core.delivery_errors import TOO_LARGE
from dialogs.conversa.conteudo import content_of
from dialogs.frame.i18n import _
from dialogs.frame.talk import Talk
from dialogs.frame.words import Carries
from storage.conversa.arquivos import add_arquivo

router = Router(name="arquivos")


# Telegram gives a bot no larger file (core.telegram.org/bots/api#getfile).
LIMIT_MB = 20
# A voice message is somebody speaking: it is answered (fallback.py).
FILES = ("document", "photo", "video")


@router.message(Carries(*FILES))
async def received(event: Message, talk: Talk) -> None:
    arquivo = content_of(event).arquivo
    assert arquivo is not None
    arquivo_id = uuid4()
    await add_arquivo(talk.tx, arquivo_id, talk.contato.id, talk.contato.channel, arquivo)
    await write_command(talk.tx, FetchFile(arquivo_id), contato_id=talk.contato.id)


async def fetched(talk: Talk, nome: str | None, erro: str | None) -> None:
    """The file is in our store, or could not be had."""
    if erro == TOO_LARGE:
        text = _("{nome} passa de {limite} MB, que é o máximo por aqui. Divida o arquivo e mande em partes.")
        await talk.say(text.format(nome=nome or _("O arquivo"), limite=LIMIT_MB))
        return
    if erro is not None:
        await talk.say(_("Não consegui baixar o arquivo que você mandou. Pode enviar de novo?"))
        return
    await talk.say(
        _("Recebi o arquivo {nome} e guardei. Por aqui ainda não há o que fazer com ele.").format(
            nome=nome or _("sem nome")
        )
    )
