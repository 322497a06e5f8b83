"""What dialogs of consultores share: who is speaking, and which customer is on their screen."""

from collections.abc import Awaitable, Callable, Sequence

from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from core.atendimento.atendimento import show
from core.consultor.protocolos import numero_de
from core.direitos.direitos import Direito, tem
from dialogs.frame.i18n import _
from dialogs.frame.talk import Talk
from storage.atendimento.atendimentos import Atendimento, atendimento_by_id, atendimento_now, attended_by
from storage.atendimento.status import StatusAtendimento
from storage.consultor.consultores import Consultor, consultor_now
from storage.conversa.destinos import call_of_topic, living_topics
from storage.transaction import Transaction

# Opens, and so locks, another conversation in this turn; None when it cannot be reached.
OpenTalk = Callable[[Transaction, int], Awaitable[Talk | None]]


class Attending(Filter):
    """The person is a consultor; given as `consultor`."""

    direito = Direito.ATENDER

    async def __call__(self, event: Message | CallbackQuery, talk: Talk) -> bool | dict[str, Consultor]:
        if talk.pessoa is None or not tem(talk.pessoa.perfil_usuario, self.direito):
            return False
        consultor = await _speaking(talk)
        return {"consultor": consultor} if consultor is not None else False


async def customers_now(talk: Talk) -> list[Atendimento]:
    """The customers of whoever speaks; none when they are no consultor."""
    consultor = await _speaking(talk) if talk.pessoa is not None else None
    if consultor is None:
        return []
    return [atendimento for atendimento, _nome in await attended_by(talk.tx, consultor.id)]


async def _speaking(talk: Talk) -> Consultor | None:
    consultor = await consultor_now(talk.tx, talk.pessoa.id) if talk.pessoa is not None else None
    # Put out of service, they are asked and heard no more.
    return consultor if consultor is not None and consultor.status_ativo else None


async def on_screen(talk: Talk, consultor: Consultor) -> Atendimento | None:
    """The customer whom the consultor speaks to here: the topic's, or the one they chose, or the oldest of theirs.

    None when that customer is gone: what was meant for one is never done to another.
    """
    made = await call_of_topic(talk.tx.connection, talk.contato.id, talk.topic) if talk.topic is not None else None
    if made is not None:
        customers = await attended_by(talk.tx, consultor.id)
        return next((one for one, _nome in customers if one.topico_outbox_id == made), None)
    if talk.contato.atendimento_id is None:
        return await turn_to_next(talk, consultor)
    atendimento = await atendimento_now(talk.tx, talk.contato.atendimento_id)
    return atendimento if atendimento is not None and is_with(atendimento, consultor) else None


async def needs_topic(event: Message | CallbackQuery, talk: Talk, consultor: Consultor) -> bool:
    """Whether a word about one customer is typed beside the topics of several: it would be about any of them."""
    if talk.topic is not None or isinstance(event, CallbackQuery):
        return False
    customers = await attended_by(talk.tx, consultor.id)
    made = [one.topico_outbox_id for one, _nome in customers if one.topico_outbox_id is not None]
    there = await living_topics(talk.tx.connection, made)
    return sum(chat == talk.contato.id for chat, _topic in there.values()) > 1


def say_it_there() -> str:
    """To whoever typed it there."""
    return _("Você atende mais de um cliente. Escreva isso no tópico do cliente de quem se trata.")


async def turn_to_next(talk: Talk, consultor: Consultor) -> Atendimento | None:
    """Put the oldest of the consultor's customers on their screen; None when they have nobody left."""
    customers = await attended_by(talk.tx, consultor.id)
    show(talk.contato, customers[0][0].id if customers else None)
    return customers[0][0] if customers else None


def is_with(atendimento: Atendimento, consultor: Consultor) -> bool:
    """Whether this consultor has this customer now."""
    return atendimento.status == StatusAtendimento.EM_ATENDIMENTO and atendimento.consultor_id == consultor.id


async def no_longer_theirs(talk: Talk, atendimento_id: int | None) -> str:
    """What to say of a customer whom this consultor has not: it is over, or they are in the queue or with another."""
    connection = talk.tx.connection
    found = await atendimento_by_id(connection, atendimento_id) if atendimento_id is not None else None
    if found is None or found.status == StatusAtendimento.ENCERRADO:
        return _("Esse atendimento já foi encerrado.")
    return _("Esse atendimento já não está com você.")


def told_apart(customers: Sequence[tuple[Atendimento, str]]) -> list[tuple[Atendimento, str]]:
    """Those customers, where two are called the same with their protocolos before their names: buttons cut the end."""
    names = [nome for _one, nome in customers]
    return [
        (one, f"{numero_de(one.protocolo_id)} {nome}" if names.count(nome) > 1 else nome) for one, nome in customers
    ]


def first_of(nome: str) -> str:
    """The first name."""
    return nome.split()[0] if nome.split() else nome


def name_or_customer(nome: str | None) -> str:
    """A customer's name as the channel told it, or what we call somebody without one."""
    return nome or _("Cliente")
