"""A consultor's own work, asked for in words: how many customers they took, and what those said of it."""

from datetime import date, datetime, time, timedelta
from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from core.atendimento.meus import own_days
from dialogs.frame.i18n import _, n_
from dialogs.frame.talk import Talk
from dialogs.frame.words import Free
from dialogs.presenca.presenca import Attendant
from storage.atendimento.ofertas import taken_by
from storage.consultor.consultores import consultor_of_usuario

router = Router(name="meus")
router.message.filter(Attendant())


class AsksOfOwnWork(Filter):
    """The days are given as `dias`."""

    async def __call__(self, event: Message, talk: Talk) -> bool | dict[str, Any]:
        dias = own_days(event.text or "", talk.today)
        return False if dias is None else {"dias": dias}


@router.message(Free(), AsksOfOwnWork())
async def tell(event: Message, talk: Talk, dias: tuple[date, date]) -> None:
    """Customers who were accepted; whom somebody else took over counts for both."""
    assert talk.pessoa is not None
    consultor = await consultor_of_usuario(talk.tx.connection, talk.pessoa.id)
    if consultor is None:
        await talk.say(_("Você ainda não atendeu ninguém por aqui."))
        return
    first, last = dias
    since, until = (datetime.combine(day, time.min, talk.zone) for day in (first, last + timedelta(days=1)))
    found = await taken_by(talk.tx.connection, consultor.id, since, until)
    text = n_("{quando}: {n} cliente atendido.", "{quando}: {n} clientes atendidos.", found.clientes)
    said = text.format(quando=_when(talk, first, last), n=found.clientes)
    if found.media is not None:
        rated = n_("Nota {media} de 5, de {n} cliente.", "Nota média {media} de 5, de {n} clientes.", found.notas)
        said += " " + rated.format(media=f"{found.media:.1f}".replace(".", ","), n=found.notas)
    await talk.say(said)


def _when(talk: Talk, first: date, last: date) -> str:
    if first == last == talk.today:
        return _("Hoje")
    if first == last == talk.today - timedelta(days=1):
        return _("Ontem")
    return _("De {primeiro} a {ultimo}").format(primeiro=f"{first:%d/%m/%Y}", ultimo=f"{last:%d/%m/%Y}")
