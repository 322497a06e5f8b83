"""The Bot API's door: tokens, parameters, methods, file downloads, and the planned failures."""

import json
from typing import Any

from aiohttp import web

from sandbox.bubbles import File
from sandbox.faults import Call, Fault, cut
from sandbox.telegram.account import TOKEN
from sandbox.telegram.limits import TelegramError, bad
from sandbox.telegram.methods.all import perform
from sandbox.telegram.telegram import Telegram

REASONS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    502: "Bad Gateway",
    503: "Service Unavailable",
}


class TelegramDoor:
    """HTTP in front of one bot."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram

    def routes(self) -> list[web.RouteDef]:
        """Methods and file downloads."""
        return [
            web.get("/telegram/file/bot{token}/{path:.+}", self._download),
            web.route("*", "/telegram/bot{token}/{method}", self._call),
        ]

    async def _call(self, request: web.Request) -> web.Response:
        try:
            if request.match_info["token"] != TOKEN:
                raise TelegramError("Unauthorized", 401)
            return await self._run(request, request.match_info["method"], await read_params(request))
        except TelegramError as error:
            return web.json_response(error.body(), status=error.status)

    async def _run(self, request: web.Request, method: str, params: dict[str, Any]) -> web.Response:
        faults, person = self._telegram.faults, str(params.get("chat_id", ""))
        self._telegram.calls.record(Call(method, params, self._telegram.clock(), person))
        fault = await faults.gate(method, person)
        if faults.drop:
            return cut(request)
        if fault and not fault.answer_lost:
            raise planned(fault)
        result = await perform(self._telegram, method, params)
        return cut(request) if fault else web.json_response({"ok": True, "result": result})

    async def _download(self, request: web.Request) -> web.Response:
        fault = await self._telegram.faults.gate("download", "")
        file = self._telegram.files.at(request.match_info["path"])
        if fault:
            error = planned(fault)
        elif request.match_info["token"] != TOKEN or file is None:
            error = TelegramError("Not Found", 404)
        else:
            return web.Response(body=file.data, content_type="application/octet-stream")
        return web.json_response(error.body(), status=error.status)


async def read_params(request: web.Request) -> dict[str, Any]:
    """Parameters of a call: query, JSON, urlencoded or multipart; JSON values unpacked, files read."""
    params: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        params |= await _json(request)
    for key, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            params[key] = File(value.filename, value.content_type, value.file.read())
        else:
            params[key] = value
    return {key: _unpack(key, value) for key, value in params.items()}


async def _json(request: web.Request) -> dict[str, Any]:
    try:
        body = json.loads(await request.text() or "{}")
    except ValueError:
        raise bad("can't parse JSON object") from None
    if not isinstance(body, dict):
        raise bad("object expected as parameters")
    return body


def _unpack(key: str, value: Any) -> Any:
    """Texts stay texts; objects, lists, numbers and booleans come as JSON in forms."""
    if not isinstance(value, str) or key in ("text", "caption", "callback_query_id", "file_id"):
        return value
    if value in ("true", "false") or value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            raise bad(f"can't parse {key} JSON object") from None
    return value


def planned(fault: Fault) -> TelegramError:
    """The refusal a test asked for, in the server's form."""
    status = fault.status or (429 if fault.retry_after else 400)
    if status == 429:
        wait = int(fault.retry_after) or 1
        return TelegramError(f"Too Many Requests: retry after {wait}", 429, retry_after=wait)
    description = fault.description or REASONS.get(status, "Internal Server Error")
    return TelegramError(description, status, **fault.parameters)
