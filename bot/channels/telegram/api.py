"""The Bot API over HTTP, and what its refusals mean for us (core.telegram.org/bots/api)."""

import json
from typing import Any

import aiohttp

from core.delivery_errors import Again, DeliveryError, Refused, Throttled, Unreachable

TIMEOUT = aiohttp.ClientTimeout(total=20, connect=5)
# Files: up to 50 MB one way, 20 the other.
TRANSFER_TIMEOUT = aiohttp.ClientTimeout(total=120, connect=5)

_GONE = ("bot was blocked", "user is deactivated", "chat not found", "bot was kicked", "bot can't initiate")


class TelegramApi:
    """The Bot API over HTTP: one call in, the result or a `DeliveryError` out."""

    def __init__(self, http: aiohttp.ClientSession, api_url: str, token: str) -> None:
        self._http = http
        self._base = f"{api_url}/bot{token}/"
        self._files = f"{api_url}/file/bot{token}/"

    async def call(self, method: str, params: dict[str, Any] | aiohttp.FormData) -> Any:
        """Call a method; its `result`. Raises errors of core/delivery_errors.py."""
        uploads = isinstance(params, aiohttp.FormData)
        body: dict[str, Any] = {"data": params, "timeout": TRANSFER_TIMEOUT} if uploads else {"json": params}
        try:
            async with self._http.post(self._base + method, **{"timeout": TIMEOUT, **body}) as response:
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
            async with self._http.get(self._files + file["file_path"], timeout=TRANSFER_TIMEOUT) as response:
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
