"""Who answers here: nobody takes us for a person, and how to reach one is said."""

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from core.fala.leitura.quem_fala import asks_who_answers
from core.palavras import Palavra
from dialogs.atendimento.customer import Waiting
from dialogs.atendimento.dito import Stranger
from dialogs.conversa.espera import note_customer_message
from dialogs.frame.i18n import _
from dialogs.frame.talk import Talk
from dialogs.frame.words import a_person
from storage.atendimento.atendimentos import Atendimento

router = Router(name="quem_fala")


class AsksWhoAnswers(Filter):
    """Where nobody else would be meant: a consultor's words go to their customer."""

    async def __call__(self, event: Message, talk: Talk, palavra: Palavra | None = None) -> bool:
        ours = palavra is None and (talk.pessoa is None or not talk.is_attended)
        return ours and asks_who_answers(event.text or "")


class NothingIsAsked(Filter):
    """No question of ours is open, of which it may be the answer."""

    async def __call__(self, event: Message, raw_state: str | None = None) -> bool:
        return raw_state is None


@router.message(AsksWhoAnswers(), Stranger(), Waiting())
async def asked_in_fila(event: Message, talk: Talk, atendimento: Atendimento) -> None:
    """The consultor reads it, too."""
    await note_customer_message(talk, event, atendimento)
    text = _("Sou o atendimento automático. Uma pessoa da equipe fala com você assim que puder: você continua na fila.")
    await talk.say(text)


@router.message(NothingIsAsked(), AsksWhoAnswers(), Stranger())
async def asked(event: Message, talk: Talk) -> None:
    """A customer's answer has the way to a person under it."""
    text = _("Sou o atendimento automático da operação. Para falar com uma pessoa da equipe, escolha CONSULTOR.")
    await talk.offer(text, a_person())


@router.message(NothingIsAsked(), AsksWhoAnswers())
async def asked_by_staff(event: Message, talk: Talk) -> None:
    await talk.say(_("Sou o Balcão, o assistente automático da operação. AJUDA diz o que você pode pedir aqui."))
