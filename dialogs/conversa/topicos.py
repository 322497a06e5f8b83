"""A topic for each customer in the consultor's chat, where the bot has topics in private chats (Bot API 9.3)."""

from core.atendimento.atendimento import change
from core.conversa.conversa import closed_topic_name, topic_name
from dialogs.conversa.consultor import name_or_customer
from dialogs.frame.talk import Talk
from storage.atendimento.atendimentos import Atendimento
from storage.contatos.contatos import Contato
from storage.conversa.destinos import TOPIC_OF, living_topics
from storage.outbox.sent import call_by_id
from storage.outbox.written import write_down


async def open_topic(talk: Talk, atendimento: Atendimento, customer: Contato) -> None:
    """Make the customer's topic in this consultor's chat, if there can be one. The atendimento is locked."""
    # Only the bot of a channel with topics knows of them (bot/channels/bots.py).
    if not getattr(talk.bot, "has_topics", False):
        return
    name = topic_name(name_or_customer(customer.nome), atendimento.protocolo_id)
    params = {"to": talk.contato.external_id, "name": name, TOPIC_OF: atendimento.id}
    contato = talk.contato
    call = await write_down(talk.tx, contato.lane, contato.channel, "createForumTopic", params, contato.id)
    await change(talk.tx, atendimento, topico_outbox_id=call.id)


async def close_topic(talk: Talk, atendimento: Atendimento) -> None:
    """Say in the topic's name that it is over: the topics of a private chat cannot be closed."""
    call_id = atendimento.topico_outbox_id
    if call_id is None or not await living_topics(talk.tx.connection, [call_id]):
        return
    made = await call_by_id(talk.tx.connection, call_id)
    assert made is not None
    name = str(made.params["name"])
    topic = {"outbox_id": made.id, "name": name}
    closed = closed_topic_name(name, atendimento.protocolo_id)
    params = {"to": made.params["to"], "topic": topic, "name": closed}
    await write_down(talk.tx, made.lane, made.target, "editForumTopic", params, made.contato_id)
