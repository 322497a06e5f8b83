"""Makes the calls that were written down for Telegram (core.telegram.org/bots/api)."""

import asyncio
import io
import json
from dataclasses import dataclass
from functools import partial
from typing import Any

import aiohttp

from bot.answers import id_in
from bot.channels.pace import Pace, Paces, still_ours
from bot.channels.parts import Parts
from bot.channels.references import Reference, id_of, tell_author
from bot.channels.stored import bring_later, content_of, has_line, lacks_its_file, said_instead
from bot.channels.telegram.api import Migrated, TelegramApi
from bot.channels.telegram.calls import (
    FILE_FIELDS,
    TOPIC_NAME_LIMIT,
    Request,
    as_document,
    as_text,
    emoji_as_text,
    has_choices,
    headed,
    numbered,
    to_bot_api,
)
from bot.turn import Turns
from core.conversa.envio import OF_LATE_FILE
from core.delivery_errors import LATE, NO_OBJECT, NOT_TAKEN, TOO_LARGE, Again, Refused
from storage.contatos.contatos import update_contato
from storage.conversa.destinos import TOPIC_OF
from storage.database import Database
from storage.objects import ObjectStore
from storage.outbox.sent import correct_provider_id, readdress
from storage.transaction import Call

# Errors whose effect is there already, or is no longer wanted by anybody.
_AS_GOOD_AS_DONE = (
    "message is not modified",
    "query is too old",
    "query ID is invalid",
    "message to edit not found",
    "MESSAGE_ID_INVALID",
    "message can't be edited",
    "message to react not found",
    "message to delete not found",
    "TOPIC_ID_INVALID",
    "TOPIC_NOT_MODIFIED",
)
# The buttons are what it does not take.
_BAD_CHOICES = ("reply markup", "REPLY_MARKUP", "BUTTON_", "keyboard")
_TOPIC_GONE = ("message thread not found", "TOPIC_DELETED")
_TOO_LARGE = ("Request Entity Too Large", "file is too big", "is too big for")
# What a call says to us and not to Telegram.
_OURS = frozenset(
    ("to", "about", "quote", "topic", "message", "inbound_id", "list_button", "atendimento", OF_LATE_FILE, TOPIC_OF)
)
# These are about a topic and not in one.
_OF_TOPICS = frozenset({"createForumTopic", "editForumTopic", "deleteForumTopic"})


@dataclass(frozen=True, slots=True)
class TelegramLimits:
    """(Messages a second, how many at once), by default Telegram's own (core.telegram.org/bots/faq).

    About 30 a second over all chats, one a second in a chat with short bursts, 20 a minute in a group.
    """

    overall: tuple[float, int] = (30.0, 30)
    per_chat: tuple[float, int] = (1.0, 20)
    per_group: tuple[float, int] = (20 / 60, 20)


@dataclass(frozen=True, slots=True)
class Remedy:
    """A request instead of a refused one; each kind is tried once. `code`: what the author is told was lost."""

    name: str
    request: Request
    code: str = ""


class TelegramSender:
    """The outbox's sender for Telegram."""

    max_attempts = 12
    first_wait = 1.0
    # Nothing is given up because the provider does not answer anybody.
    patient = True

    def __init__(
        self,
        api: TelegramApi,
        turns: Turns,
        database: Database,
        objects: ObjectStore,
        limits: TelegramLimits,
    ) -> None:
        self._api = api
        self._turns = turns
        self._database = database
        self._objects = objects
        self._overall = Pace(*limits.overall)
        self._chats = Paces(*limits.per_chat)
        self._groups = Paces(*limits.per_group)
        self._parts = Parts()

    async def send(self, call: Call) -> str | None:
        params = await self._resolved(call)
        if params is None or await lacks_its_file(self._objects, call):
            return None
        return await self._parts.send(call.id, to_bot_api(call.method, params), partial(self._one, call))

    async def give_up(self, call: Call, reason: str) -> None:
        self._parts.forget(call.id)
        await tell_author(self._turns, call, reason)

    async def _resolved(self, call: Call) -> dict[str, Any] | None:
        """The call in the Bot API's parameters; None when what it changes was never made."""
        params = {name: value for name, value in call.params.items() if name not in _OURS}
        if call.method != "answerCallbackQuery":
            params["chat_id"] = int(call.params["to"])
        if "scope" in params:
            params["scope"] = {**params["scope"], "chat_id": params.pop("chat_id")}
        quoted, topic = await self._id(call.params.get("quote")), await self._id(call.params.get("topic"))
        if quoted is not None:
            params["reply_parameters"] = {"message_id": quoted, "allow_sending_without_reply": True}
        if topic is not None:
            params["message_thread_id"] = topic
        elif call.method in _OF_TOPICS and "topic" in call.params:
            return None
        changed = _changed(call.params)
        if changed is None:
            return params
        message_id = await self._id(changed)
        return None if message_id is None else params | {"message_id": message_id}

    async def _id(self, reference: Reference | None) -> int | None:
        found = await id_of(self._database, reference)
        # An id of another channel's message is none of ours.
        return int(found) if found is not None and found.isdecimal() else None

    async def _one(self, call: Call, request: Request) -> str | None:
        """One request; where Telegram refuses it for a reason that another one avoids, that one."""
        tried: dict[str, Remedy] = {}
        while True:
            try:
                made = _id_in(await self._request(call, request))
            except Migrated as migrated:
                await self._follow(call, migrated)
                raise Again(str(migrated), migrated.code) from None
            except Refused as refused:
                if refused.code == LATE and has_line(call):
                    await bring_later(self._turns, call, call.params[FILE_FIELDS[call.method]])
                    return None
                remedy = await self._remedy(call, request, refused, frozenset(tried))
                if remedy is None and any(text in str(refused) for text in _AS_GOOD_AS_DONE):
                    return None
                if remedy is None or remedy.name in tried:
                    raise
                tried[remedy.name] = remedy
                request = remedy.request
            else:
                if "line" in tried:
                    await self._follow_line(call, tried["line"].code)
                return made

    async def _follow_line(self, call: Call, code: str) -> None:
        """A line took a file's place. That one could not be fetched, its sender knows from the fetching."""
        if code == LATE:
            await bring_later(self._turns, call, call.params[FILE_FIELDS[call.method]])
        elif code != NO_OBJECT:
            await tell_author(self._turns, call, code)

    async def _request(self, call: Call, request: Request) -> Any:
        if request.method != "answerCallbackQuery":
            await self._wait_for_our_turn(call.params["to"])
        still_ours(call)
        return await self._api.call(request.method, await self._with_files(call, request.params))

    async def _remedy(self, call: Call, request: Request, refused: Refused, tried: frozenset[str]) -> Remedy | None:
        """What to ask for instead of what was refused."""
        reason = str(refused)
        in_topic = "message_thread_id" in request.params and request.method not in _OF_TOPICS
        if in_topic and any(text in reason for text in _TOPIC_GONE):
            if "topic" in tried:
                # Not even the new one can be written in.
                return Remedy("chat", await self._outside_topics(call, request))
            return Remedy("topic", await self._in_its_topic(call, request))
        if "REACTION_INVALID" in reason and request.params.get("reaction"):
            return Remedy("emoji", emoji_as_text(request))
        if has_choices(request) and any(text in reason for text in _BAD_CHOICES):
            return Remedy("numbered", numbered(request))
        if request.method not in FILE_FIELDS:
            return None
        if refused.code not in (NO_OBJECT, LATE) and (document := as_document(request)) is not None:
            return Remedy("document", document)
        return await self._line(call, request, refused)

    async def _in_its_topic(self, call: Call, request: Request) -> Request:
        """The person deleted the topic: it is made again, and where none can be made the chat itself will do."""
        topic = call.params.get("topic") or {}
        if "outbox_id" not in topic:
            return await self._outside_topics(call, request)
        params = {name: value for name, value in request.params.items() if name != "message_thread_id"}
        known = await self._id(topic)
        if known not in (None, request.params["message_thread_id"]):
            # Another part of this call has made it already.
            return Request(request.method, params | {"message_thread_id": known})
        create = Request("createForumTopic", {"chat_id": params["chat_id"], "name": topic["name"][:TOPIC_NAME_LIMIT]})
        try:
            made = _id_in(await self._request(call, create))
        except Refused:
            return await self._outside_topics(call, request)
        if made is None:
            raise Again("a topic without an id", "no_id")
        await self._turns.keep(lambda tx: correct_provider_id(tx, topic["outbox_id"], made))
        return Request(request.method, params | {"message_thread_id": int(made)})

    async def _outside_topics(self, call: Call, request: Request) -> Request:
        """In the chat itself, with who it is from above it; from now on that is said of every message."""
        outside = Request(request.method, {k: v for k, v in request.params.items() if k != "message_thread_id"})
        topic = call.params.get("topic") or {}
        if "outbox_id" not in topic:
            return outside
        await self._turns.keep(lambda tx: correct_provider_id(tx, topic["outbox_id"], None))
        return headed(outside, f"👤 {topic['name']}")

    async def _line(self, call: Call, request: Request, refused: Refused) -> Remedy:
        reason = refused.code if refused.code in (NO_OBJECT, LATE) else NOT_TAKEN
        if any(text in str(refused) for text in _TOO_LARGE):
            reason = TOO_LARGE
        file = request.params[FILE_FIELDS[request.method]]
        text, reason = await said_instead(self._database, call, file, reason, request.params.get("caption"))
        return Remedy("line", as_text(request, text), reason)

    async def _wait_for_our_turn(self, chat: str) -> None:
        paces = self._groups if chat.startswith("-") else self._chats
        delay = max(paces.take(chat), self._overall.take())
        if delay > 0:
            await asyncio.sleep(delay)

    async def _with_files(self, call: Call, params: dict[str, Any]) -> dict[str, Any] | aiohttp.FormData:
        stored = {name: value for name, value in params.items() if isinstance(value, dict) and "object_key" in value}
        if not stored:
            return params
        # Quoted, a name would arrive as `fatura%20de%20maio.pdf`.
        form = aiohttp.FormData(quote_fields=False)
        for name, value in params.items():
            if name in stored:
                content = await content_of(self._objects, self._database, call, value["object_key"])
                # A stream: bytes would be copied at once, and hold up everybody else.
                form.add_field(name, io.BytesIO(content), filename=value["filename"], content_type=value["mime_type"])
            else:
                form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        return form

    async def _follow(self, call: Call, migrated: Migrated) -> None:
        """The conversation goes on under the group's new id, this call included."""
        external_id = str(migrated.new_id)
        assert call.contato_id is not None
        contato_id = call.contato_id
        await self._turns.run(lambda tx: update_contato(tx, contato_id, external_id=external_id))
        await self._turns.run(lambda tx: readdress(tx, contato_id, external_id))


def _changed(params: dict[str, Any]) -> Reference | None:
    """The message that the call changes, where it is one of ours: aiogram's own ids are known by their sign."""
    if "message" in params:
        return dict(params["message"])
    message_id = params.get("message_id")
    return {"outbox_id": -message_id} if message_id is not None and message_id < 0 else None


def _id_in(result: Any) -> str | None:
    """The id of the message, or of the topic, that was made."""
    if not isinstance(result, dict):
        return None
    return id_in(result.get("message_id", result.get("message_thread_id")))
