"""What comes too late is not acted on: written long ago and here only now, or a tap on a button of another day.

It is recorded, answered kindly, and what is open is asked again. What one person writes to another, and what a customer
writes while they wait, goes on: its reader sees when it was written.
"""

from datetime import datetime

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from core.presenca.presenca import ATENDENTES
from dialogs.arquivos import FILES
from dialogs.customer.avaliacao import ask_for_rating_again
from dialogs.customer.buttons import Rate
from dialogs.customer.customer import Waiting
from dialogs.customer.dito import greet
from dialogs.fallback import carry_on
from dialogs.frame.buttons import Button
from dialogs.frame.i18n import _
from dialogs.frame.prazos import CameLate, OfAnotherRelease, OldButton, Unasked
from dialogs.frame.talk import Talk
from dialogs.frame.words import Carries
from dialogs.venda.venda import Vender, propose
from storage.ocorrencias import record

router = Router(name="vencidas")


class OnlyForUs(Filter):
    """Not what a waiting customer writes; nor a contact, which says who somebody is whenever it comes; nor a file.

    A file is kept, whenever it comes. One of an attendant would go on to whoever is on the screen by now.
    """

    async def __call__(self, event: Message, talk: Talk) -> bool:
        if event.contact is not None:
            return False
        if talk.pessoa is None:
            return not (await Carries(*FILES)(event) or await Waiting()(event, talk))
        return talk.pessoa.perfil_usuario in ATENDENTES or not await Carries(*FILES)(event)


@router.message(CameLate(), OnlyForUs())
@router.callback_query(CameLate())
async def came_late(event: Message | CallbackQuery, talk: Talk, escrita_em: datetime) -> None:
    await record(talk.tx, "chegou_tarde", str(talk.contato.id), escrita_em=escrita_em.isoformat())
    text = _("A sua mensagem de {quando} só chegou agora, e não fiz nada com ela. Se ainda vale, mande de novo.")
    await carry_on(talk, text.format(quando=talk.local_time(escrita_em)))


@router.message(Unasked())
async def never_asked(event: Message, talk: Talk, nao_chegou: str) -> None:
    """Whatever this says, it answers nothing; what waits for an answer is asked again."""
    if talk.pessoa is None:
        await greet(talk)
        return
    text = _("A minha pergunta não tinha chegado a você, e não fiz nada com a sua resposta.")
    if nao_chegou in (Vender.confirmacao.state, Vender.lugar_na_fila.state):
        await talk.say(text)
        await propose(event, talk)
    else:
        await carry_on(talk, text)


@router.message(OfAnotherRelease(), OnlyForUs())
async def asked_by_another_release(event: Message, talk: Talk) -> None:
    """It answers a question that nobody here knows, or knows enough of; what is open is asked again."""
    if talk.pessoa is None:
        await greet(talk)
        return
    await carry_on(talk, _("A minha pergunta já não vale, e não fiz nada com a sua resposta. Comece de novo."))


@router.callback_query(OldButton())
async def old_button(event: CallbackQuery, talk: Talk, velho: Button, mostrado_em: datetime) -> None:
    await record(talk.tx, "botao_vencido", str(talk.contato.id), mostrado_em=mostrado_em.isoformat())
    text = _("Esse botão é de {quando} e já não vale: nada foi feito.").format(quando=talk.local_time(mostrado_em))
    if isinstance(velho, Rate):
        await ask_for_rating_again(talk, velho.atendimento_id, text)
    else:
        await carry_on(talk, text)
