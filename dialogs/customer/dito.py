"""Said before there is anybody here to read it: who we are; and the last of what a customer says, or is told past us,
for whoever accepts them."""

from aiogram.filters import Filter
from aiogram.types import CallbackQuery, KeyboardButton, Message, ReplyKeyboardMarkup

from core.palavras import Palavra, is_bare_command, trimmed
from core.textos import behind, shortened
from dialogs.conversa.conteudo import said_in_a_line
from dialogs.conversa.espera import NO_APLICATIVO
from dialogs.customer.buttons import GreetIn
from dialogs.frame.i18n import LANGUAGE_NAMES, _
from dialogs.frame.talk import Talk
from dialogs.frame.words import WordButton, a_person

# The card of whoever accepts shows a few more (dialogs/conversa/espera.py).
SAID_BEFORE = 25
_LONGEST = 1000
# To somebody whose language nobody can guess.
WHICH_LANGUAGE = (
    "Olá! Em que idioma prefere conversar?\n"
    "Hello! Which language do you prefer?\n"
    "¡Hola! ¿En qué idioma prefieres conversar?"
)


class Stranger(Filter):
    """A customer: nobody registered this person, or they work here no more."""

    async def __call__(self, event: Message | CallbackQuery, talk: Talk) -> bool:
        return talk.pessoa is None


async def greet(talk: Talk, before: str = "") -> None:
    """Who we are, and how to reach a person. On Telegram staff say here who they are, too."""
    if talk.language_unknown and "idioma" not in await talk.state.get_data():
        choices = [(name, GreetIn(idioma=code)) for code, name in LANGUAGE_NAMES.items()]
        await talk.say(behind(before, WHICH_LANGUAGE), *choices)
        return
    text = _("Olá! Este é o atendimento da operação. Para falar com uma pessoa da equipe, escolha CONSULTOR.")
    text = behind(before, text)
    if talk.contato.channel != "telegram":
        consultor = a_person()
        await talk.offer(text, consultor, ("Idioma / Language", WordButton(palavra=Palavra.IDIOMA)))
        return
    staff = KeyboardButton(text=_("Compartilhar meu telefone"), request_contact=True)
    keyboard = [[KeyboardButton(text=Palavra.CONSULTOR)], [staff]]
    text = text + "\n\n" + _("É da equipe? Para saber quem é você, toque em “Compartilhar meu telefone”.")
    markup = ReplyKeyboardMarkup(keyboard=keyboard, resize_keyboard=True, one_time_keyboard=True)
    await talk.bot.send_message(talk.contato.id, text, reply_markup=markup)


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
