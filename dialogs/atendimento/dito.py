"""What a customer says, or is told past us, before there is anybody here to read it: the last few times, for whoever
accepts them."""

from aiogram.types import Message

from core.palavras import is_bare_command, trimmed
from core.textos import shortened
from dialogs.conversa.conteudo import said_in_a_line
from dialogs.conversa.espera import NO_APLICATIVO
from dialogs.frame.talk import Talk

# The card of whoever accepts shows a few more (dialogs/conversa/espera.py).
SAID_BEFORE = 25
_LONGEST = 1000


async def remember_said(talk: Talk, event: Message) -> None:
    """What they said themselves; a command says nothing to anybody else."""
    text = trimmed(said_in_a_line(event))
    if text and not is_bare_command(text):
        await _remember(talk, text)


async def remember_past_us(talk: Talk, event: Message) -> None:
    """What was written to them in the channel's own app for businesses."""
    text = trimmed(said_in_a_line(event))
    if text:
        await _remember(talk, NO_APLICATIVO + text)


async def _remember(talk: Talk, text: str) -> None:
    said = (await talk.state.get_data()).get("dito", [])
    await talk.state.update_data(dito=[*said, shortened(text, _LONGEST)][-SAID_BEFORE:])
