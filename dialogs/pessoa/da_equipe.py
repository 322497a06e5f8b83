"""A stranger who says that they work here: who registers them, and with what."""

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from core.fala.leitura.clientes import DeFora, asked_from_outside
from dialogs.customer.dito import Stranger, greet, remember_said
from dialogs.frame.i18n import _
from dialogs.frame.talk import Talk
from dialogs.frame.words import Free

router = Router(name="da_equipe")
router.message.filter(Stranger())


class SaysTheyWorkHere(Filter):
    """Where they neither wait nor are attended."""

    async def __call__(self, event: Message) -> bool:
        return asked_from_outside(event.text or "") is DeFora.CADASTRO


@router.message(Free(), SaysTheyWorkHere())
async def told(event: Message, talk: Talk) -> None:
    """On Telegram nobody knows their phone yet; the greeting says how it is shared."""
    await remember_said(talk, event)
    said = _("Este telefone não está cadastrado. Peça ao administrador da sua operação para cadastrá-lo.")
    if talk.contato.channel == "telegram":
        await greet(talk)
    else:
        await talk.say(said)
