"""A customer in danger: who helps them is said at once, before anything else that is asked or waited for."""

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from core.atendimento.emergencia import Emergencia, emergency_of
from dialogs.conversa.espera import note_customer_message
from dialogs.customer.customer import Waiting
from dialogs.customer.dito import Stranger, remember_said
from dialogs.frame.i18n import _
from dialogs.frame.talk import Talk
from dialogs.frame.words import a_person
from storage.atendimento.atendimentos import Atendimento

router = Router(name="emergencia")
router.message.filter(Stranger())


class InDanger(Filter):
    """Given as `emergencia`; a consultor reads what is written to them."""

    async def __call__(self, event: Message) -> bool | dict[str, Emergencia]:
        found = emergency_of(event.text or "")
        return False if found is None else {"emergencia": found}


@router.message(InDanger(), Waiting())
async def said_in_fila(event: Message, talk: Talk, emergencia: Emergencia, atendimento: Atendimento) -> None:
    await note_customer_message(talk, event, atendimento)
    await talk.say(f"{_who_helps(emergencia)}\n\n{_('Você continua na fila, no mesmo lugar.')}")


@router.message(InDanger())
async def said(event: Message, talk: Talk, emergencia: Emergencia) -> None:
    await remember_said(talk, event)
    await talk.offer(f"{_who_helps(emergencia)}\n\n{_('Se for sobre o nosso serviço, escolha CONSULTOR.')}", a_person())


def _who_helps(emergencia: Emergencia) -> str:
    if emergencia is Emergencia.VIDA:
        return _(
            "Sinto muito que você esteja passando por isso. O CVV ouve você agora, de graça e em sigilo: ligue 188. "
            "Se há perigo neste momento, ligue 192 (SAMU)."
        )
    return _(
        "Se há perigo agora, ligue já: 193 (bombeiros), 192 (SAMU) ou 190 (polícia). "
        "Daqui não consigo mandar socorro. Fique longe de fio caído e de fogo."
    )
