"""What staff type with a `/` that is no chat word of the contract (`/r`, `/protocolo`, `/historico`), and for whom."""

import re
from dataclasses import dataclass

from aiogram.filters import Filter
from aiogram.types import Message

from core.conversa.conversa import Rumo
from core.palavras import folded, trimmed
from dialogs.conversa.consultor import is_with, no_longer_theirs
from dialogs.conversa.copias import answer_buttons
from dialogs.conversa.destinatario import Addressed, tell_own_topic
from dialogs.frame.i18n import _
from dialogs.frame.talk import Talk
from storage.atendimento.atendimentos import Atendimento, attended_by, lock_atendimento
from storage.consultor.consultores import Consultor
from storage.conversa.mensagens import Mensagem

SLASHES = frozenset({"r", "protocolo", "historico"})
# On Telegram a command may name its bot.
_TYPED = re.compile(r"/([^\s@/]+)(?:@\w+)?(?:\s+(.*))?", re.DOTALL)


class Slash(Filter):
    """The message is `/nome`, in any case, with or without accents; what follows it is given as `resto`.

    Never without the `/`: what a consultor types goes to the customer.
    """

    def __init__(self, nome: str) -> None:
        self._nome = nome

    async def __call__(self, event: Message) -> bool | dict[str, str]:
        typed = _TYPED.fullmatch(trimmed(event.text or ""))
        if typed is None or folded(typed[1]) != self._nome:
            return False
        return {"resto": (typed[2] or "").strip()}


@dataclass(frozen=True, slots=True)
class Destino:
    """The customer a command is about, locked for reading, and the message it quotes."""

    atendimento: Atendimento
    citada: Mensagem | None


async def customer_meant(event: Message, talk: Talk, consultor: Consultor) -> Destino | None:
    """By topic, quote or screen, as any message of the consultor; when there is none, they have been told."""
    found = await Addressed()(event, talk, consultor)
    if not isinstance(found, dict):
        await talk.say(_("Você não está atendendo ninguém agora."))
        return None
    alvo = found["alvo"]
    if alvo.rumo is Rumo.ESCOLHER and talk.topic is not None:
        await tell_own_topic(talk)
        return None
    if alvo.rumo is Rumo.ESCOLHER:
        choices = answer_buttons(await attended_by(talk.tx, consultor.id))
        await talk.say(_("Você atende mais de um cliente. Escolha um e repita."), *choices)
        return None
    atendimento = await lock_atendimento(talk.tx, alvo.atendimento_id, shared=True) if alvo.atendimento_id else None
    if atendimento is None or not is_with(atendimento, consultor):
        await talk.say(await no_longer_theirs(talk, alvo.atendimento_id))
        return None
    return Destino(atendimento, alvo.citada)
