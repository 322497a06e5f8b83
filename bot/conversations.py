"""Brings what was heard to the dialogs, inside a turn; and opens a conversation that we begin ourselves."""

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from aiogram import Bot, Dispatcher
from aiogram.fsm.context import FSMContext
from aiogram.fsm.storage.base import StorageKey
from aiogram.types import Update

from core.heard import Heard
from core.outcome import Outcome
from core.palavras import Palavra, folded, match_word
from core.telefones import same_person_forms
from dialogs.i18n import LANGUAGES, use_language
from dialogs.speaking import Speaking, speaking
from dialogs.talk import Talk
from storage.contatos import (
    Contato,
    add_contato,
    attach_usuario,
    contato_by_scoped_id,
    hear_from,
    hear_from_many,
    open_contato,
)
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

    async def answer(self, tx: Transaction, several: Sequence[Heard]) -> list[Outcome]:
        """Mark the events, lock their conversations, and let the dialogs answer one after the other.

        They are of one channel and of as many conversations.
        """
        if len(several) == 1:
            heard = several[0]
            fresh, contato = await hear_from(tx, heard.channel, heard.external_id, heard.event_id)
            return [await self._answer(tx, heard, contato) if fresh else Outcome.REPEATED]
        new, known = await hear_from_many(tx, several[0].channel, {one.external_id: one.event_id for one in several})
        return [
            await self._answer(tx, heard, known.get(heard.external_id)) if heard.event_id in new else Outcome.REPEATED
            for heard in several
        ]

    async def _answer(self, tx: Transaction, heard: Heard, contato: Contato | None) -> Outcome:
        tx.request_id = heard.request_id
        structlog.contextvars.bind_contextvars(request_id=heard.request_id)
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
        if update.callback_query is not None and update.callback_query.id:
            # Every tap is acknowledged first of all; WhatsApp wants no answer to one.
            await update.callback_query.answer()
        palavra, argumento = _word(update, talk.bot)
        await self._dispatcher.feed_update(
            talk.bot, update, talk=talk, palavra=palavra, argumento=argumento, **self._given
        )
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
        """The person by their other id, or a new one."""
        if heard.scoped_id and (known := await contato_by_scoped_id(tx, heard.channel, heard.scoped_id)):
            return known
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


def _word(update: Update, bot: Bot) -> tuple[Palavra | None, str]:
    """The chat word that was typed and its argument, found once for all filters."""
    text = update.message.text if update.message is not None else None
    found = match_word(text, getattr(bot, "username", None)) if text else None
    return found if found is not None else (None, "")


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
