"""For which of their customers a consultor's message is: by its topic, by what it quotes, by who is on the screen."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aiogram.filters import Filter
from aiogram.types import Message

from core.consultor.protocolos import numero_de
from core.conversa.conversa import Onde, Rumo, whom_for
from dialogs.frame.i18n import _
from dialogs.frame.talk import Talk
from storage.atendimento.atendimentos import Atendimento, atendimento_by_id, attended_by
from storage.consultor.consultores import Consultor
from storage.conversa.destinos import TOPIC_OF, call_of_topic, living_topics
from storage.conversa.mensagens import Mensagem, mensagem_seen_as
from storage.outbox.sent import call_by_id, params_of_sent


@dataclass(frozen=True, slots=True)
class Alvo:
    """What happens with the message (`rumo`), for which atendimento, and the message it quotes.

    `aside`: it goes to somebody who is not on the screen, or past their topic, and so the consultor is told who got it.
    """

    rumo: Rumo
    atendimento_id: int | None
    citada: Mensagem | None
    aside: bool


async def tell_own_topic(talk: Talk) -> None:
    """A message in a topic that the consultor made for themselves goes to nobody."""
    await talk.say(_("Este tópico não é de um cliente. Escreva no tópico de quem é a mensagem. Nada foi enviado."))


class Addressed(Filter):
    """The consultor's message is for a customer, or was; given as `alvo`. Answers to the bot's own question are not."""

    async def __call__(
        self, event: Message, talk: Talk, consultor: Consultor, raw_state: str | None = None
    ) -> bool | dict[str, Alvo]:
        connection, contato = talk.tx.connection, talk.contato
        customers = [one for one, _nome in await attended_by(talk.tx, consultor.id)]
        made = await living_topics(connection, [one.topico_outbox_id for one in customers if one.topico_outbox_id])
        topics = {call_id: topic for call_id, (chat, topic) in made.items() if chat == contato.id}
        topico = await _topic_of(talk, topics)
        citada = await mensagem_seen_as(connection, contato.id, talk.quoted_id) if talk.quoted_id is not None else None
        old = await _atendimento_of(talk, topico) if topico is not None and topico not in topics else None
        back = await _where_back(talk, old, customers) if old is not None else None
        if back is not None:
            # The topic of before, of a customer whom they have again.
            topico = None
            citado: int | None = back
        elif citada is not None:
            citado = await _now_of(talk, citada, customers)
        else:
            citado = await _named_in(talk, customers)
        onde = Onde(
            topico=topico,
            proprio=talk.topic is not None and topico is None and back is None,
            citado=citado,
            citou=talk.quoted_id is not None and citado is None,
            na_tela=contato.atendimento_id,
            perguntado=raw_state is not None,
        )
        abertos = {one.id: one.topico_outbox_id if one.topico_outbox_id in topics else None for one in customers}
        rumo, found = whom_for(abertos, onde)
        if rumo is Rumo.NINGUEM:
            return False
        beside = topico is None and len(abertos) > 1
        other = onde.na_tela is not None and onde.na_tela != found
        past_topic = found is not None and abertos.get(found) is not None
        aside = back is not None or (beside and (other or past_topic))
        return {"alvo": Alvo(rumo, found or old, citada, aside=aside)}


async def _now_of(talk: Talk, citada: Mensagem, customers: Sequence[Atendimento]) -> int:
    """The atendimento that a quoted message is about: its own, or the one in which the same customer is back."""
    return await _where_back(talk, citada.atendimento_id, customers) or citada.atendimento_id


async def _where_back(talk: Talk, atendimento_id: int, customers: Sequence[Atendimento]) -> int | None:
    """The one of these in which its customer is now; None when they are in none."""
    if any(one.id == atendimento_id for one in customers):
        return atendimento_id
    known = await atendimento_by_id(talk.tx.connection, atendimento_id)
    return next((one.id for one in customers if known is not None and one.contato_id == known.contato_id), None)


async def _atendimento_of(talk: Talk, call_id: int) -> int | None:
    """Of which atendimento the topic is that this call made; older topics do not say."""
    made = await call_by_id(talk.tx.connection, call_id)
    found: int | None = made.params.get(TOPIC_OF) if made is not None else None
    return found


async def _named_in(talk: Talk, customers: Sequence[Atendimento]) -> int | None:
    """The atendimento that a line of ours, which the message quotes, names: "Foi para Maria (#00001)"."""
    if talk.quoted_id is None or len(customers) < 2:
        return None
    params = await params_of_sent(talk.tx.connection, talk.quoted_id, talk.contato.id) or {}
    said = f"{params.get('text') or ''}{params.get('caption') or ''}"
    named = [one.id for one in customers if re.search(rf"{re.escape(numero_de(one.protocolo_id))}(?![0-9])", said)]
    return named[0] if len(named) == 1 else None


async def _topic_of(talk: Talk, topics: Mapping[int, str | None]) -> int | None:
    """The call that made the topic which the message stands in; None for one that the consultor made.

    `topics`: the calls that made those of the customers there are now, with their ids.
    """
    if talk.topic is None:
        return None
    found = await call_of_topic(talk.tx.connection, talk.contato.id, talk.topic)
    pending = [call_id for call_id, topic in topics.items() if topic is None]
    # Telegram shows a topic a moment before we have written down which it is.
    return pending[0] if found is None and len(pending) == 1 else found
