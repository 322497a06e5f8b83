"""The Cloud API's door: messages, media, and the planned failures."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from sandbox.bubbles import File
from sandbox.faults import Call, Fault, cut
from sandbox.whatsapp.errors import GraphError, missing, unknown_object
from sandbox.whatsapp.messages import accept
from sandbox.whatsapp.whatsapp import ACCESS_TOKEN, PHONE_NUMBER_ID, WhatsApp

Handler = Callable[[web.Request], Awaitable[web.Response]]


class WhatsAppDoor:
    """HTTP in front of one business number."""

    def __init__(self, whatsapp: WhatsApp) -> None:
        self._whatsapp = whatsapp
        self.base = ""

    def routes(self) -> list[web.RouteDef]:
        """Messages, media and the number itself, under any version."""
        number = f"/whatsapp/{{version:v\\d+\\.\\d+}}/{PHONE_NUMBER_ID}"
        return [
            web.post(f"{number}/messages", self._guarded(self._messages)),
            web.post(f"{number}/media", self._guarded(self._upload)),
            web.get(number, self._guarded(self._number)),
            web.get("/whatsapp/{version:v\\d+\\.\\d+}/{node}", self._guarded(self._node)),
            web.delete("/whatsapp/{version:v\\d+\\.\\d+}/{node}", self._guarded(self._delete)),
            web.get("/whatsapp/whatsapp_business/attachments/", self._guarded(self._download)),
        ]

    def _guarded(self, handler: Handler) -> Handler:
        async def guarded(request: web.Request) -> web.Response:
            try:
                if request.headers.get("Authorization", "") != f"Bearer {ACCESS_TOKEN}":
                    raise GraphError(190)
                return await handler(request)
            except GraphError as error:
                return web.json_response(error.body(), status=error.status)

        return guarded

    async def _messages(self, request: web.Request) -> web.Response:
        try:
            message = await request.json()
        except ValueError:
            raise GraphError(100, title="Invalid JSON payload") from None
        method = "read" if message.get("status") == "read" else str(message.get("type", "text"))
        recipient = str(message.get("recipient") or message.get("to") or "")
        phone = self._whatsapp.find(recipient)
        fault = await self._gate(method, message, phone.id if phone else recipient)
        if self._whatsapp.faults.drop:
            return cut(request)
        answer = await accept(self._whatsapp, message, fault)
        return cut(request) if fault and fault.answer_lost else web.json_response(answer)

    async def _upload(self, request: web.Request) -> web.Response:
        form = await request.post()
        file, product = form.get("file"), form.get("messaging_product")
        fault = await self._gate("media", {key: value for key, value in form.items() if isinstance(value, str)}, "")
        refuse(fault)
        if product != "whatsapp":
            raise missing("messaging_product")
        if not isinstance(file, web.FileField):
            raise missing("file")
        mime = str(form.get("type") or file.content_type)
        media_id = self._whatsapp.media.upload(File(file.filename, mime, file.file.read()))
        return cut(request) if fault else web.json_response({"id": media_id})

    async def _number(self, request: web.Request) -> web.Response:
        refuse(await self._gate("number", dict(request.query), ""))
        number = self._whatsapp.display_number
        shown = f"+{number[:2]} {number[2:4]} {number[4:8]}-{number[8:]}"
        return web.json_response(
            {"id": PHONE_NUMBER_ID, "display_phone_number": shown, "verified_name": "Balcão",
             "quality_rating": "GREEN", "code_verification_status": "VERIFIED", "platform_type": "CLOUD_API"}
        )  # fmt: skip

    async def _node(self, request: web.Request) -> web.Response:
        node = request.match_info["node"]
        refuse(await self._gate("media_url", {"id": node}, ""))
        if not self._whatsapp.media.has(node):
            return web.json_response(unknown_object(node), status=400)
        return web.json_response(self._whatsapp.media.describe(node, self.base))

    async def _delete(self, request: web.Request) -> web.Response:
        refuse(await self._gate("media_delete", {"id": request.match_info["node"]}, ""))
        self._whatsapp.media.drop(request.match_info["node"])
        return web.json_response({"success": True})

    async def _download(self, request: web.Request) -> web.Response:
        refuse(await self._gate("download", dict(request.query), ""))
        file = self._whatsapp.media.at(request.query.get("mid", ""))
        if file is None:
            return web.Response(status=404, text="URL signature expired")
        return web.Response(body=file.data, headers={"Content-Type": file.mime})

    async def _gate(self, method: str, params: dict[str, Any], person: str) -> Fault | None:
        self._whatsapp.calls.record(Call(method, params, self._whatsapp.clock(), person))
        return await self._whatsapp.faults.gate(method, person)


def refuse(fault: Fault | None) -> None:
    """Raise the refusal that was planned, if one was."""
    if fault and not fault.answer_lost:
        raise planned(fault)


def planned(fault: Fault) -> GraphError:
    """The refusal a test asked for, in Meta's form."""
    return GraphError(fault.code or 131016, fault.description, status=fault.status)
