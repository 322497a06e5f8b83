"""The Bot API over HTTP, and what its refusals mean for us (core.telegram.org/bots/api)."""

from typing import Any

import aiohttp

from bot.answers import id_needed, integer_in, object_in, read_answer, read_file, seconds_in
from bot.channels.downloads import MAX_BYTES
from bot.channels.posts import Posts
from core.delivery_errors import AccountFault, Again, DeliveryError, Refused, Throttled, Unreachable

TIMEOUT = aiohttp.ClientTimeout(total=20, connect=5)
# Files: up to 50 MB one way, 20 the other.
TRANSFER_TIMEOUT = aiohttp.ClientTimeout(total=120, connect=5)

# The token is not known, or no longer: every address of the Bot API has it in its path, so that is 404 too.
_ACCOUNT = frozenset({401, 404})
# Without `retry_after`, as a proxy before the Bot API says it.
_TOO_FAST = frozenset({420, 429})
UNTOLD_WAIT = 5.0

# Of a file: Telegram says the same of an id that is none, which is given up after as many tries as any other.
_AWAY = "temporarily unavailable"
# As Telegram says 403, whatever for: blocked, deactivated, kicked, a group that was deleted. A proxy says it otherwise.
_GONE = ("Forbidden: ", "chat not found", "PEER_ID_INVALID", "INPUT_USER_DEACTIVATED")


class TelegramApi:
    """The Bot API over HTTP: one call in, the result or a `DeliveryError` out."""

    def __init__(self, http: aiohttp.ClientSession, api_url: str, token: str) -> None:
        self._http = http
        self._base = f"{api_url}/bot{token}/"
        self._posts = Posts(http, self._base, TIMEOUT)
        self._files = f"{api_url}/file/bot{token}/"

    async def call(self, method: str, params: dict[str, Any] | aiohttp.FormData) -> Any:
        """Call a method; its `result`. Raises errors of core/delivery_errors.py."""
        try:
            if isinstance(params, aiohttp.FormData):
                answer = object_in(await self._upload(method, params))
            else:
                _, said = await self._posts.post(method, params)
                answer = object_in(said)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            # Never the exception's own text: it holds the address, and the address the token.
            raise Again(type(error).__name__, "network") from None
        if answer.get("ok"):
            return answer.get("result")
        raise classify(answer)

    async def _upload(self, method: str, form: aiohttp.FormData) -> Any:
        async with self._http.post(self._base + method, data=form, timeout=TRANSFER_TIMEOUT) as response:
            return await read_answer(response)

    async def download(self, file_id: str) -> bytes:
        """The content of a file somebody sent. Telegram gives at most 20 MB."""
        try:
            found = object_in(await self.call("getFile", {"file_id": file_id}))
        except Refused as refused:
            if _AWAY not in str(refused):
                raise
            raise Again(str(refused), refused.code) from None
        path = id_needed(found.get("file_path"))
        try:
            async with self._http.get(self._files + path, timeout=TRANSFER_TIMEOUT) as response:
                response.raise_for_status()
                return await read_file(response, MAX_BYTES)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise Again(type(error).__name__, "network") from None


class Migrated(DeliveryError):
    """The group became a supergroup with another id."""

    def __init__(self, new_id: int) -> None:
        super().__init__("the group has a new id", "migrated")
        self.new_id = new_id


def classify(answer: dict[str, Any]) -> DeliveryError:
    """What an error answer of the Bot API means for us."""
    code = integer_in(answer.get("error_code")) or 500
    description = str(answer.get("description") or "")
    parameters = object_in(answer.get("parameters"))
    if "retry_after" in parameters:
        return Throttled(description, "429", seconds_in(parameters["retry_after"], 1.0))
    if (new_id := integer_in(parameters.get("migrate_to_chat_id"))) is not None:
        return Migrated(new_id)
    if any(text in description for text in _GONE):
        return Unreachable(description, str(code))
    if code in _ACCOUNT:
        return AccountFault(description, str(code))
    if code in _TOO_FAST:
        return Throttled(description, str(code), UNTOLD_WAIT)
    if code >= 500:
        return Again(description, str(code))
    return Refused(description, str(code))
