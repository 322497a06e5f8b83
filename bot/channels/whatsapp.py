"""Makes the calls that were written down for WhatsApp (developers.facebook.com/docs/whatsapp/cloud-api)."""

import asyncio
import json
from typing import Any

import aiohttp

from bot.channels.pace import Pace, Paces
from bot.channels.stored import content_of
from bot.channels.whatsapp_messages import Media, Payload, to_cloud
from bot.files import MAX_BYTES
from core.delivery import Again, DeliveryError, Refused, Throttled
from storage.objects import ObjectStore
from storage.transaction import Call

TIMEOUT = aiohttp.ClientTimeout(total=30, connect=5)
# 80 messages a second for a number; to one person 1 in 6 seconds, 45 of them at once.
OVERALL = (80.0, 80)
PER_PERSON = (1 / 6, 45)

_PAIR_LIMIT = 131056
_TOO_FAST = {4, 80007, 130429, 131048}
_PASSING = {1, 2, 131000, 131016, 133004, 190, 368}


class CloudApi:
    """The Cloud API over HTTP: one call in, the answer or a `DeliveryError` out."""

    def __init__(self, http: aiohttp.ClientSession, base_url: str, phone_number_id: str, token: str) -> None:
        """`base_url` is `{WHATSAPP_API_URL}/{WHATSAPP_API_VERSION}`."""
        self._http = http
        self._base = base_url
        self._number = f"{base_url}/{phone_number_id}"
        self._headers = {"Authorization": f"Bearer {token}"}

    async def send(self, payload: dict[str, Any]) -> dict[str, Any]:
        return await self._request("POST", f"{self._number}/messages", json=payload)

    async def number(self) -> dict[str, Any]:
        """What Meta knows of our number; for `balcao doctor`."""
        return await self._request("GET", self._number)

    async def upload(self, content: bytes, filename: str, mime_type: str) -> str:
        """Upload a file to be sent; its media id, good for 30 days."""
        form = aiohttp.FormData(quote_fields=False)
        form.add_field("messaging_product", "whatsapp")
        form.add_field("type", mime_type)
        form.add_field("file", content, filename=filename, content_type=mime_type)
        return str((await self._request("POST", f"{self._number}/media", data=form))["id"])

    async def download(self, media_id: str) -> bytes:
        """The content of a file somebody sent: its address is good for 5 minutes only, so at once."""
        media = await self._request("GET", f"{self._base}/{media_id}")
        if int(media.get("file_size") or 0) > MAX_BYTES:
            raise Refused("larger than 20 MB", "too_large")
        try:
            async with self._http.get(media["url"], headers=self._headers, timeout=TIMEOUT) as response:
                response.raise_for_status()
                return await response.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Again(type(error).__name__, "network") from None

    async def _request(self, verb: str, url: str, **body: Any) -> dict[str, Any]:
        try:
            async with self._http.request(verb, url, headers=self._headers, timeout=TIMEOUT, **body) as response:
                status, answer = response.status, json.loads(await response.read())
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise Again(type(error).__name__, "network") from None
        if status < 300:
            return dict(answer)
        raise classify(status, answer)


def classify(status: int, answer: dict[str, Any]) -> DeliveryError:
    """What an error answer of the Cloud API means for us."""
    error = answer.get("error") or {}
    code = int(error.get("code") or status)
    reason = str(error.get("message") or "")
    if code == _PAIR_LIMIT:
        return Throttled(reason, str(code), 6.0)
    if code in _TOO_FAST or status == 429:
        return Throttled(reason, str(code), 2.0)
    if code in _PASSING or status >= 500:
        return Again(reason, str(code))
    return Refused(reason, str(code))


class WhatsappSender:
    """The outbox's sender for WhatsApp."""

    max_attempts = 12
    first_wait = 1.0

    def __init__(self, api: CloudApi, objects: ObjectStore) -> None:
        self._api = api
        self._objects = objects
        self._overall = Pace(*OVERALL)
        self._people = Paces(*PER_PERSON)
        # How many messages of a call that failed half-way are sent already.
        self._sent: dict[int, int] = {}

    async def send(self, call: Call) -> str | None:
        messages = to_cloud(call.method, call.params)
        provider_id = None
        for number in range(self._sent.pop(call.id, 0), len(messages)):
            try:
                provider_id = await self._send(call.params["to"], messages[number]) or provider_id
            except DeliveryError:
                # The next try goes on here: nobody reads the first part twice.
                self._sent[call.id] = number
                raise
        return provider_id

    async def give_up(self, call: Call, reason: str) -> None:
        """The row says so; there is nobody else to tell."""
        self._sent.pop(call.id, None)

    async def _send(self, to: str, message: Payload | Media) -> str | None:
        payload = await self._uploaded(message) if isinstance(message, Media) else message
        if "status" not in payload:
            delay = max(self._people.take(to), self._overall.take())
            if delay > 0:
                await asyncio.sleep(delay)
            # A business-scoped id is no phone number and goes into a field of its own.
            payload = {"recipient_type": "individual", "recipient" if "." in to else "to": to, **payload}
        answer = await self._api.send({"messaging_product": "whatsapp", **payload})
        messages = answer.get("messages") or [{}]
        return str(messages[0]["id"]) if "id" in messages[0] else None

    async def _uploaded(self, media: Media) -> Payload:
        content = await content_of(self._objects, media.object_key)
        media_id = await self._api.upload(content, media.filename, media.mime_type)
        shown: dict[str, Any] = {"id": media_id}
        if media.caption:
            shown["caption"] = media.caption
        if media.kind == "document":
            shown["filename"] = media.filename
        return {"type": media.kind, media.kind: shown}
