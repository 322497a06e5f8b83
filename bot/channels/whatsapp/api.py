"""The Cloud API over HTTP, and what its refusals mean for us (developers.facebook.com/docs/whatsapp/cloud-api)."""

import io
from typing import Any

import aiohttp

from bot.answers import id_needed, integer_in, object_in, read_answer, read_file
from bot.channels.downloads import MAX_BYTES
from bot.channels.posts import Posts
from core.delivery_errors import (
    ACCOUNT_CODES,
    PAIR_LIMIT,
    PASSING_CODES,
    TOO_FAST_CODES,
    AccountFault,
    Again,
    DeliveryError,
    Refused,
    Throttled,
)

TIMEOUT = aiohttp.ClientTimeout(total=30, connect=5)
# Files: documents of up to 100 MB.
TRANSFER_TIMEOUT = aiohttp.ClientTimeout(total=180, connect=5)

# The number's own id is wrong, or not this token's: Graph answers with code 100 for that.
_NO_SUCH_OBJECT = 33
_NO_SUCH_FILE = "100"


class CloudApi:
    """The Cloud API over HTTP: one call in, the answer or a `DeliveryError` out."""

    def __init__(self, http: aiohttp.ClientSession, base_url: str, phone_number_id: str, token: str) -> None:
        """`base_url` is `{WHATSAPP_API_URL}/{WHATSAPP_API_VERSION}`."""
        self._http = http
        self._base = base_url
        self._number = f"{base_url}/{phone_number_id}"
        self._headers = {"Authorization": f"Bearer {token}"}
        self._posts = Posts(http, self._number, TIMEOUT, self._headers)

    async def send(self, payload: dict[str, Any]) -> dict[str, Any]:
        try:
            status, answer = await self._posts.post("/messages", payload)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise Again(type(error).__name__, "network") from None
        return _taken(status, object_in(answer))

    async def number(self) -> dict[str, Any]:
        """What Meta knows of our number; for `balcao doctor`."""
        return await self._request("GET", self._number)

    async def upload(self, content: bytes, filename: str, mime_type: str) -> str:
        """Upload a file to be sent; its media id, good for 30 days."""
        form = aiohttp.FormData(quote_fields=False)
        form.add_field("messaging_product", "whatsapp")
        form.add_field("type", mime_type)
        # A stream: bytes would be copied at once, and hold up everybody else.
        form.add_field("file", io.BytesIO(content), filename=filename, content_type=mime_type)
        answer = await self._request("POST", f"{self._number}/media", data=form, timeout=TRANSFER_TIMEOUT)
        return id_needed(answer.get("id"))

    async def download(self, media_id: str) -> bytes:
        """The content of a file somebody sent: its address is good for 5 minutes only, so at once."""
        try:
            media = await self._request("GET", f"{self._base}/{media_id}")
        except AccountFault as fault:
            if fault.code != _NO_SUCH_FILE:
                raise
            # Of a file the same answer says that it is not there, or not ours.
            raise Refused(str(fault), fault.code) from None
        if (integer_in(media.get("file_size")) or 0) > MAX_BYTES:
            raise Refused("larger than 20 MB", "too_large")
        url = media.get("url")
        if not isinstance(url, str):
            raise Again("a file without an address", "no_url")
        try:
            async with self._http.get(url, headers=self._headers, timeout=TRANSFER_TIMEOUT) as response:
                response.raise_for_status()
                return await read_file(response, MAX_BYTES)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise Again(type(error).__name__, "network") from None

    async def _request(self, verb: str, url: str, **body: Any) -> dict[str, Any]:
        try:
            async with self._http.request(verb, url, headers=self._headers, **{"timeout": TIMEOUT, **body}) as response:
                status, answer = response.status, object_in(await read_answer(response))
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise Again(type(error).__name__, "network") from None
        return _taken(status, answer)


def _taken(status: int, answer: dict[str, Any]) -> dict[str, Any]:
    if status < 300:
        return answer
    raise classify(status, answer)


def classify(status: int, answer: dict[str, Any]) -> DeliveryError:
    """What an error answer of the Cloud API means for us."""
    error = object_in(answer.get("error"))
    code = integer_in(error.get("code")) or status
    reason = str(error.get("message") or "")
    if code == PAIR_LIMIT:
        return Throttled(reason, str(code), 6.0)
    if code in TOO_FAST_CODES or status == 429:
        return Throttled(reason, str(code), 2.0)
    if code in ACCOUNT_CODES or 200 <= code < 300 or status == 401 or error.get("error_subcode") == _NO_SUCH_OBJECT:
        return AccountFault(reason, str(code))
    if code in PASSING_CODES or status >= 500:
        return Again(reason, str(code))
    return Refused(reason, str(code))
