"""What a dialog has in its hands: the turn, the conversation, and the bot to speak through."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import Bot
from aiogram.fsm.context import FSMContext
from aiogram.types import InlineKeyboardMarkup

from core.auditoria.auditoria import Autor
from dialogs.frame.buttons import Button
from dialogs.frame.i18n import _, use_language
from dialogs.frame.sending import send
from dialogs.frame.speaking import Speaking, speaking
from storage.contatos.contatos import Contato, Pessoa
from storage.transaction import Transaction

# What is read on a button, and what a tap on it says.
# Questions about one thing, by the name under which it is kept.
_ABOUT_ONE = {"Rejeitar:motivo": "processo_id", "UsarMesmoAssim:motivo": "processo_id", "Nota:texto": "atendimento_id"}

Choice = tuple[str, Button]
# What is read on a button, and the https address of the page that it opens inside the channel.
App = tuple[str, str]


@dataclass(slots=True)
class Talk:
    """One conversation, open in this turn."""

    tx: Transaction
    contato: Contato
    bot: Bot
    state: FSMContext
    zone: ZoneInfo
    # Of the event that is answered, when there is one (core/heard.py); the channel's own ids.
    inbound_id: str | None = None
    quoted_id: str | None = None
    topic: str | None = None
    # When it was written, as the channel says.
    escrita_em: datetime | None = None
    # The channel says neither a language nor a country whose language is one of ours.
    language_unknown: bool = False
    # Nothing was ever said in it before.
    is_first: bool = False

    @property
    def pessoa(self) -> Pessoa | None:
        """The active Usuario behind this conversation."""
        usuario = self.contato.usuario
        return usuario if usuario is not None and usuario.status_ativo else None

    @property
    def is_attended(self) -> bool:
        """Whether what is written here may be for somebody else: a customer and a consultor are on the two sides."""
        return self.contato.atendimento_id is not None or self.topic is not None

    @property
    def autor(self) -> Autor:
        """As the audit names who does something in this conversation."""
        return Autor(self.contato.channel, None if self.pessoa is None else self.pessoa.id)

    @property
    def can_edit(self) -> bool:
        """Whether a message can change after it was sent; where it cannot, each one is paid for."""
        return self.contato.channel == "telegram"

    @property
    def today(self) -> date:
        """The business day."""
        return self.tx.now.astimezone(self.zone).date()

    def local_time(self, when: datetime) -> str:
        """A moment as people here read it: the hour today, with the day otherwise, and its year when it is another."""
        local = when.astimezone(self.zone)
        if local.date() == self.today:
            return local.strftime("%H:%M")
        return local.strftime("%d/%m %H:%M" if local.year == self.today.year else "%d/%m/%Y %H:%M")

    async def turn_to(self, about: str, which: object) -> None:
        """They look at another processo (`processo_id`) or customer (`atendimento_id`): a question about the one before
        is over, so that what they write next does not answer it.
        """
        asked_about = _ABOUT_ONE.get(self.contato.state or "")
        if asked_about == about and str(self.contato.state_data.get(about)) != str(which):
            await self.state.clear()

    def at(self, when: datetime) -> str:
        """A moment inside a sentence: `às 14:32` today, `em 12/11 às 14:32` on another day."""
        local = when.astimezone(self.zone)
        if local.date() == self.today:
            return _("às {hora}").format(hora=f"{local:%H:%M}")
        dia = local.strftime("%d/%m" if local.year == self.today.year else "%d/%m/%Y")
        return _("em {dia} às {hora}").format(dia=dia, hora=f"{local:%H:%M}")

    def days(self, first: date, last: date) -> str:
        """Days as the head of a line: `Hoje`, `Ontem`, `De 01/11/2026 a 30/11/2026`."""
        if first == last == self.today:
            return _("Hoje")
        if first == last == self.today - timedelta(days=1):
            return _("Ontem")
        if first == last:
            return f"{first:%d/%m/%Y}"
        return _("De {primeiro} a {ultimo}").format(primeiro=f"{first:%d/%m/%Y}", ultimo=f"{last:%d/%m/%Y}")

    def midnights(self, first: date, last: date) -> tuple[datetime, datetime]:
        """When these days begin, and when the day after them does."""
        return (
            datetime.combine(first, time.min, self.zone),
            datetime.combine(last + timedelta(days=1), time.min, self.zone),
        )

    def speak(self) -> None:
        """From here on in this turn, texts are in this person's language, and what has no addressee is for them."""
        speaking.set(Speaking(self.tx, self.contato))
        use_language(self.contato.idioma)

    async def offer(self, text: str, *choices: Choice, beneath: Sequence[Choice] = ()) -> int:
        """Ask whether it is this, or one of these, that they want: a yes or a no in words answers it."""
        return await self.say(text, *choices, asks=True, beneath=beneath)

    async def say(
        self,
        text: str,
        *choices: Choice,
        app: App | None = None,
        asks: bool = False,
        beneath: Sequence[Choice] = (),
    ) -> int:
        """Send a message, with choices under it; what answers a message in a topic goes there. `app`: on Telegram one
        more button, which opens a page of ours inside it (core.telegram.org/bots/webapps). `beneath`: choices of
        what they look at further up, not shown again, that what is written next may still be about.

        Returns its id, by which it may be changed later; 0 when nobody can be reached.
        """
        params: dict[str, Any] = {"text": text}
        if self.topic:
            params["message_thread_id"] = int(self.topic)
        if choices or app is not None:
            opens = [] if app is None else [[{"text": app[0], "web_app": {"url": app[1]}}]]
            params["reply_markup"] = {"inline_keyboard": [*_rows(choices), *opens]}
        # Not through the bot: its models are a large part of a turn's time, and what is said is in their form already.
        shown = [(label, button.pack()) for label, button in choices]
        below = [(label, button.pack()) for label, button in beneath]
        return await send(speaking.get(), self.contato, "sendMessage", params, shown, asks=asks, beneath=below)

    async def say_secret(self, text: str, app: App | None = None) -> None:
        """Send a message that nobody else may read, in our database neither: a link, a token."""
        before = speaking.set(replace(speaking.get(), secret=True))
        try:
            await self.say(text, app=app)
        finally:
            speaking.reset(before)

    async def rewrite(self, message_id: int, text: str, *choices: Choice) -> None:
        """Change a message that was sent. Where the channel cannot, nothing is said."""
        if self.can_edit:
            await self.bot.edit_message_text(
                text, chat_id=self.contato.id, message_id=message_id, reply_markup=keyboard(*choices)
            )


def keyboard(*choices: Choice) -> InlineKeyboardMarkup | None:
    """Choices as buttons: short ones two to a row."""
    return InlineKeyboardMarkup.model_validate({"inline_keyboard": _rows(choices)}) if choices else None


def _rows(choices: Sequence[Choice]) -> list[list[dict[str, str]]]:
    buttons = [{"text": label, "callback_data": button.pack()} for label, button in choices]
    width = 2 if all(len(label) <= 16 for label, _button in choices) else 1
    return [buttons[start : start + width] for start in range(0, len(buttons), width)]
