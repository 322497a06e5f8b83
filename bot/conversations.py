"""Brings what was heard to the dialogs, inside a turn; and opens a conversation that we begin ourselves."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import Bot, Dispatcher
from aiogram.fsm.context import FSMContext
from aiogram.fsm.storage.base import StorageKey
from aiogram.types import Update

from core.heard import Heard
from core.outcome import Outcome
from core.palavras import folded
from core.telefones import same_person_forms
from dialogs.i18n import LANGUAGES, use_language
from dialogs.speaking import Speaking, speaking
from dialogs.talk import Talk
from storage.contatos import Contato, add_contato, attach_usuario, hear_from, open_contato
from storage.transaction import Transaction
from storage.usuarios import usuario_by_phone


class Conversations:
    """The meeting point of channels, turns and dialogs."""

    def __init__(self, dispatcher: Dispatcher, bots: Mapping[str, Bot], zone: ZoneInfo, **given: Any) -> None:
        """`bots` by channel; every one of them has a `RecordingSession`. Handlers get what is `given` by name."""
        self._dispatcher = dispatcher
        self._given = given
        self._bots = bots
        self._zone = zone

    async def answer(self, tx: Transaction, heard: Heard) -> Outcome:
        """Mark the event, lock its conversation, and let the dialogs answer."""
        fresh, contato = await hear_from(tx, heard.channel, heard.external_id, heard.event_id, heard.scoped_id)
        if not fresh:
            return Outcome.REPEATED
        if contato is None:
            contato = await self._meet(tx, heard)
        if contato.usuario is None:
            await _recognise(tx, contato, heard)
        _note_sign_of_life(contato, heard)
        _read_choice(contato, heard)
        talk = self._talk(tx, contato)
        if heard.channel == "whatsapp":
            # Marks the message as read and shows that we are typing.
            await talk.bot.send_chat_action(contato.id, "typing")
        update = Update.model_validate(heard.place(contato.id), context={"bot": talk.bot})
        await self._dispatcher.feed_update(talk.bot, update, talk=talk, **self._given)
        return Outcome.DONE

    async def open(self, tx: Transaction, contato_id: int) -> Talk | None:
        """Lock a conversation so that this turn may say something in it; None when it cannot be reached."""
        contato = await open_contato(tx, contato_id)
        if contato is None or contato.channel not in self._bots:
            return None
        return self._talk(tx, contato)

    def _talk(self, tx: Transaction, contato: Contato) -> Talk:
        speaking.set(Speaking(tx, contato))
        use_language(contato.idioma)
        bot = self._bots[contato.channel]
        key = StorageKey(bot_id=bot.id, chat_id=contato.id, user_id=contato.id)
        return Talk(tx=tx, contato=contato, bot=bot, state=FSMContext(self._dispatcher.storage, key), zone=self._zone)

    async def _meet(self, tx: Transaction, heard: Heard) -> Contato:
        return await add_contato(
            tx,
            {
                "channel": heard.channel,
                "external_id": heard.external_id,
                "scoped_id": heard.scoped_id,
                "telefone": heard.telefone,
                "nome": heard.nome,
                "idioma": LANGUAGES.get((heard.idioma or "pt")[:2], "pt_BR"),
            },
        )


async def _recognise(tx: Transaction, contato: Contato, heard: Heard) -> None:
    """Somebody whose phone the channel vouches for is the Usuario of that phone, from the moment there is one."""
    telefone = heard.telefone or contato.telefone
    if telefone and (usuario_id := await usuario_by_phone(tx, same_person_forms(telefone))):
        await attach_usuario(tx, contato, usuario_id, telefone)


def _note_sign_of_life(contato: Contato, heard: Heard) -> None:
    if contato.unreachable_at is not None:
        contato.unreachable_at = None
        contato.changed = True
    if heard.inbound_id is not None:
        contato.last_inbound_id = heard.inbound_id
        contato.last_inbound_at = heard.at
        contato.changed = True


def _read_choice(contato: Contato, heard: Heard) -> None:
    """Typing a choice's number or its label works as the tap does."""
    text = heard.update.get("message", {}).get("text")
    if not text or not contato.choices:
        return
    typed = folded(text)
    for number, (label, data) in enumerate(contato.choices, 1):
        if typed in (str(number), folded(label)):
            heard.as_tap(data)
            return
