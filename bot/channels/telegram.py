"""Makes the calls that were written down for Telegram (core.telegram.org/bots/api)."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.channels.pace import Pace, Paces
from bot.channels.stored import content_of
from bot.turn import Turns
from core.delivery import Again, DeliveryError, Refused, Throttled, Unreachable
from storage.contatos import update_contato
from storage.database import Database
from storage.objects import ObjectStore
from storage.outbox import provider_id_of, readdress
from storage.transaction import Call

TIMEOUT = aiohttp.ClientTimeout(total=20, connect=5)

# Errors whose effect is there already, or is no longer wanted by anybody.
_AS_GOOD_AS_DONE = (
    "message is not modified",
    "query is too old",
    "query ID is invalid",
    "message to edit not found",
    "message can't be edited",
)
_GONE = ("bot was blocked", "user is deactivated", "chat not found", "bot was kicked", "bot can't initiate")


@dataclass(frozen=True, slots=True)
class TelegramLimits:
    """(Messages a second, how many at once), by default Telegram's own (core.telegram.org/bots/faq).

    About 30 a second over all chats, one a second in a chat with short bursts, 20 a minute in a group.
    """

    overall: tuple[float, int] = (30.0, 30)
    per_chat: tuple[float, int] = (1.0, 20)
    per_group: tuple[float, int] = (20 / 60, 20)


class TelegramApi:
    """The Bot API over HTTP: one call in, the result or a `DeliveryError` out."""

    def __init__(self, http: aiohttp.ClientSession, api_url: str, token: str) -> None:
        self._http = http
        self._base = f"{api_url}/bot{token}/"
        self._files = f"{api_url}/file/bot{token}/"

    async def call(self, method: str, params: dict[str, Any] | aiohttp.FormData) -> Any:
        """Call a method; its `result`. Raises `core.delivery` errors."""
        body: dict[str, Any] = {"data": params} if isinstance(params, aiohttp.FormData) else {"json": params}
        try:
            async with self._http.post(self._base + method, timeout=TIMEOUT, **body) as response:
                answer = json.loads(await response.read())
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            # Never the exception's own text: it holds the address, and the address the token.
            raise Again(type(error).__name__, "network") from None
        if answer.get("ok"):
            return answer.get("result")
        raise classify(answer)

    async def download(self, file_id: str) -> bytes:
        """The content of a file somebody sent. Telegram gives at most 20 MB."""
        file = await self.call("getFile", {"file_id": file_id})
        try:
            async with self._http.get(self._files + file["file_path"], timeout=TIMEOUT) as response:
                response.raise_for_status()
                return await response.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Again(type(error).__name__, "network") from None


class Migrated(DeliveryError):
    """The group became a supergroup with another id."""

    def __init__(self, new_id: int) -> None:
        super().__init__("the group has a new id", "migrated")
        self.new_id = new_id


def classify(answer: dict[str, Any]) -> DeliveryError:
    """What an error answer of the Bot API means for us."""
    code = int(answer.get("error_code") or 500)
    description = str(answer.get("description") or "")
    parameters = answer.get("parameters") or {}
    if "retry_after" in parameters:
        return Throttled(description, "429", float(parameters["retry_after"]))
    if "migrate_to_chat_id" in parameters:
        return Migrated(int(parameters["migrate_to_chat_id"]))
    if any(text in description for text in _GONE):
        return Unreachable(description, str(code))
    if code >= 500:
        return Again(description, str(code))
    return Refused(description, str(code))


class TelegramSender:
    """The outbox's sender for Telegram."""

    max_attempts = 12
    first_wait = 1.0

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

    async def send(self, call: Call) -> str | None:
        params = dict(call.params)
        chat = params.pop("to")
        if call.method != "answerCallbackQuery":
            await self._wait_for_our_turn(chat)
            params["chat_id"] = int(chat)
        if "scope" in params:
            params["scope"] = {**params["scope"], "chat_id": params.pop("chat_id")}
        if (message_id := params.get("message_id")) is not None and message_id < 0:
            provider_id = await self._sent_as(-message_id)
            if provider_id is None:
                return None
            params["message_id"] = int(provider_id)
        try:
            return _message_id(await self._api.call(call.method, await self._with_files(params)))
        except Migrated as migrated:
            await self._follow(call, migrated)
            raise Again(str(migrated), migrated.code) from None
        except Refused as refused:
            if any(text in str(refused) for text in _AS_GOOD_AS_DONE):
                return None
            raise

    async def give_up(self, call: Call, reason: str) -> None:
        """The row says so; there is nobody else to tell."""

    async def _wait_for_our_turn(self, chat: str) -> None:
        paces = self._groups if chat.startswith("-") else self._chats
        delay = max(paces.take(chat), self._overall.take())
        if delay > 0:
            await asyncio.sleep(delay)

    async def _sent_as(self, call_id: int) -> str | None:
        async with self._database.read() as connection:
            return await provider_id_of(connection, call_id)

    async def _with_files(self, params: dict[str, Any]) -> dict[str, Any] | aiohttp.FormData:
        stored = {name: value for name, value in params.items() if isinstance(value, dict) and "object_key" in value}
        if not stored:
            return params
        # Quoted, a name would arrive as `fatura%20de%20maio.pdf`.
        form = aiohttp.FormData(quote_fields=False)
        for name, value in params.items():
            if name in stored:
                content = await content_of(self._objects, value["object_key"])
                form.add_field(name, content, filename=value["filename"], content_type=value["mime_type"])
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


def _message_id(result: Any) -> str | None:
    return str(result["message_id"]) if isinstance(result, dict) and "message_id" in result else None
