"""Makes the calls that were written down for WhatsApp (developers.facebook.com/docs/whatsapp/cloud-api)."""

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.answers import id_in, list_in, object_in
from bot.channels.pace import Pace, Paces, still_ours
from bot.channels.parts import Parts
from bot.channels.references import id_of, tell_author
from bot.channels.stored import bring_later, content_of, has_line, lacks_its_file, said_instead
from bot.channels.whatsapp.api import CloudApi
from bot.channels.whatsapp.media import Media
from bot.channels.whatsapp.messages import Payload, as_numbered, to_cloud
from bot.turn import Turns
from core.conversa.janela import CHANNEL, CLOSED_CODE, is_open
from core.delivery_errors import LATE, NO_OBJECT, NOT_TAKEN, TOO_LARGE, Refused
from storage.contatos.contatos import glance
from storage.database import Database
from storage.objects import ObjectStore
from storage.transaction import Call

# 80 messages a second for a number; to one person 1 in 6 seconds, 45 of them at once.
OVERALL = (80.0, 80)
PER_PERSON = (1 / 6, 45)

# What it does not take is the form, not the person.
_BAD_PARAMETERS = frozenset({"100", "131008", "131009"})
# What needs no open window.
_AT_ANY_TIME = frozenset({"sendTemplate", "sendChatAction"})


@dataclass(frozen=True, slots=True)
class Part:
    """One message of a call, and the wamid it quotes.

    `named`: its reports name the call, which is made with it. What was sent is known so, though the answer be lost.
    """

    message: Payload | Media
    quoted: str | None
    named: bool


class WhatsappSender:
    """The outbox's sender for WhatsApp."""

    max_attempts = 12
    first_wait = 1.0
    # Nothing is given up because the provider does not answer anybody.
    patient = True

    def __init__(self, api: CloudApi, turns: Turns, database: Database, objects: ObjectStore) -> None:
        self._api = api
        self._turns = turns
        self._database = database
        self._objects = objects
        self._overall = Pace(*OVERALL)
        self._people = Paces(*PER_PERSON)
        self._parts = Parts()

    async def send(self, call: Call) -> str | None:
        if await lacks_its_file(self._objects, call):
            return None
        params = dict(call.params)
        if "about" in params and call.method not in _AT_ANY_TIME:
            await self._check_window(call)
        quoted = await self._id(params.get("quote"))
        if "message" in params:
            params["message"] = await self._id(params["message"])
            # An edit stands in a message of its own, which quotes the old one.
            quoted = quoted or params["message"]
        messages = to_cloud(call.method, params)
        last = len(messages) - 1
        parts = [Part(message, None if at else quoted, at == last) for at, message in enumerate(messages)]
        return await self._parts.send(call.id, parts, partial(self._one, call))

    async def give_up(self, call: Call, reason: str) -> None:
        self._parts.forget(call.id)
        await tell_author(self._turns, call, reason)

    async def _check_window(self, call: Call) -> None:
        """What two people say may have waited here until the window closed: then it is not tried at all."""
        if call.contato_id is None:
            return
        async with self._database.read() as connection:
            contato = await glance(connection, call.contato_id)
        # Of somebody whose messages we know none of WhatsApp may know one.
        wrote_at = contato.last_inbound_at if contato is not None else None
        if wrote_at is not None and not is_open(CHANNEL, wrote_at, self._turns.now()):
            raise Refused("the window closed while this waited", CLOSED_CODE)

    async def _id(self, reference: dict[str, Any] | None) -> str | None:
        return await id_of(self._database, reference)

    async def _one(self, call: Call, part: Part) -> str | None:
        if not isinstance(part.message, Media):
            return await self._ask(call, part, part.message)
        try:
            payload = await self._uploaded(call, part.message)
        except Refused as refused:
            reason = refused.code if refused.code in (NO_OBJECT, TOO_LARGE, LATE) else NOT_TAKEN
            if reason == LATE and has_line(call):
                await bring_later(self._turns, call, part.message.file)
                return None
            text, reason = await said_instead(self._database, call, part.message.file, reason, part.message.caption)
            provider_id = await self._say(call, part, {"type": "text", "text": {"body": text}})
            if reason == LATE:
                await bring_later(self._turns, call, part.message.file)
            elif reason != NO_OBJECT:
                await tell_author(self._turns, call, reason)
            return provider_id
        return await self._say(call, part, payload)

    async def _ask(self, call: Call, part: Part, payload: Payload) -> str | None:
        """A question whose choices WhatsApp refuses is asked as numbered text."""
        try:
            return await self._say(call, part, payload)
        except Refused as refused:
            if payload.get("type") != "interactive" or refused.code not in _BAD_PARAMETERS:
                raise
        provider_id = None
        for text in as_numbered(payload):
            provider_id = await self._say(call, part, text)
        return provider_id

    async def _say(self, call: Call, part: Part, payload: Payload) -> str | None:
        to = call.params["to"]
        if "status" not in payload:
            delay = max(self._people.take(to), self._overall.take())
            if delay > 0:
                await asyncio.sleep(delay)
            still_ours(call)
            # A business-scoped id is no phone number and goes into a field of its own.
            payload = {"recipient_type": "individual", "recipient" if "." in to else "to": to, **payload}
            if part.quoted is not None and payload["type"] not in ("reaction", "template"):
                payload["context"] = {"message_id": part.quoted}
            if part.named:
                payload["biz_opaque_callback_data"] = str(call.id)
        answer = await self._api.send({"messaging_product": "whatsapp", **payload})
        messages = list_in(answer.get("messages"))
        return id_in(object_in(messages[0]).get("id")) if messages else None

    async def _uploaded(self, call: Call, media: Media) -> Payload:
        """The message that shows the file. Raises `Refused` when there is no file, or none that WhatsApp takes."""
        content = await content_of(self._objects, self._database, call, media.object_key)
        if len(content) > media.limit:
            raise Refused("larger than WhatsApp takes", TOO_LARGE)
        return media.shown(await self._api.upload(content, media.filename, media.upload_type))
