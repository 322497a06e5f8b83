"""The page: its files, its live events, and what a person does on it."""

import json
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from aiohttp import web

from sandbox.bubbles import Bubble, File
from sandbox.page.acts import UPLOADS, Acts
from sandbox.page.views import News, View, as_event, view_bubble, view_job, view_phone
from sandbox.phone import Phone
from sandbox.rpa.behaviours import NAMED, named
from sandbox.rpa.robot import Job
from sandbox.rpa.rpa import Rpa

FILES = Path(__file__).parent / "static"
# Nothing but our own files, nothing in line, nowhere else: what a chat shows can do nothing to the page.
POLICY = "; ".join([
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' blob:", "media-src 'self'",
    "connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
])  # fmt: skip
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=()",
}
SHOWN_INLINE = ("image/", "audio/", "video/", "application/pdf")
PHONE_DIGITS = range(10, 16)


class PageDoor:
    """What is under `/` beside the providers.

    `people` are the phones, `connected` knows their channels, `add` gives somebody a phone: channel, name, number.
    """

    def __init__(
        self,
        people: Callable[[], Sequence[Phone]],
        connected: Callable[[str], bool],
        add: Callable[[str, str, str | None], Phone],
        rpa: Rpa,
    ) -> None:
        self._people = people
        self._connected = connected
        self._add = add
        self._rpa = rpa
        self._keys: dict[Phone, str] = {}
        self._acts = Acts(self._find, self._typing)
        self.news = News()
        # What the panel adds to the state that a page begins with.
        self.more: Callable[[], View] = dict

    def routes(self) -> list[web.RouteDef | web.StaticDef]:
        """The page's own addresses."""
        return [
            web.get("/", self._index),
            web.get("/page/{name:[a-z_]+\\.svg|(?:js|css)/[a-z_]+\\.(?:js|css)}", self._asset),
            web.get("/live", self._live),
            web.post("/phones", self._add_person),
            web.get("/phones/{phone}/files/{bubble}", self._file),
            web.post("/phones/{phone}/file", self._upload),
            web.post("/phones/{phone}/{act:[a-z]+}", self._act),
            web.post("/robots/next", self._script),
        ]

    def phone_changed(self, phone: Phone, bubble: Bubble | None) -> None:
        """Tell the pages about a phone and, with a bubble, about that bubble."""
        view = {"phone": self._phone(phone), "bubble": view_bubble(bubble, phone) if bubble else None}
        self.news.tell("phone", view)

    def job_changed(self, job: Job) -> None:
        """Tell the pages about a robot's job and about what the next one will do."""
        self.news.tell("job", {"job": view_job(job), "next": self._next()})

    def key(self, phone: Phone) -> str:
        """The page's own name for a phone: a person's id may change with their number."""
        if phone not in self._keys:
            for known in self._people():
                position = sum(other.channel == known.channel for other in self._keys) + 1
                self._keys.setdefault(known, f"{known.channel}-{position}")
        return self._keys[phone]

    async def _index(self, request: web.Request) -> web.StreamResponse:
        return web.FileResponse(FILES / "index.html", headers=HEADERS)

    async def _asset(self, request: web.Request) -> web.StreamResponse:
        path = FILES / request.match_info["name"]
        if not path.is_file():
            raise web.HTTPNotFound
        return web.FileResponse(path, headers=HEADERS)

    async def _live(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        # A reader that went away is no news.
        with self.news.reader() as queue, suppress(ConnectionResetError):
            await response.write(as_event("state", self._state()).encode())
            while text := await queue.get():
                await response.write(text.encode())
        return response

    async def _add_person(self, request: web.Request) -> web.Response:
        """`{"name", "channel", "telefone"}`; on Telegram the phone number may be empty. 422 says what is wrong."""
        same_page(request)
        body = await request.json()
        name, channel = " ".join(str(body.get("name", "")).split())[:60], str(body.get("channel", ""))
        telefone = re.sub(r"\D", "", str(body.get("telefone", "")))
        wrong = self._wrong(name, channel, telefone)
        if wrong:
            return web.json_response({"detail": wrong}, status=422)
        phone = self._add(channel, name, telefone or None)
        self.phone_changed(phone, None)
        return web.json_response({"key": self.key(phone)}, status=201)

    def _wrong(self, name: str, channel: str, telefone: str) -> str:
        """What is wrong with a new person, as a key of the page's own words."""
        if not name or channel not in ("whatsapp", "telegram"):
            return "badName"
        if len(telefone) not in PHONE_DIGITS and (telefone or channel == "whatsapp"):
            return "badPhone"
        taken = any(known.telefone == telefone and known.channel == channel for known in self._people())
        return "takenPhone" if telefone and taken else ""

    async def _act(self, request: web.Request) -> web.Response:
        phone = self._find(request.match_info["phone"])
        same_page(request)
        await self._acts.do(request.match_info["act"], phone, await _object(request))
        return web.Response(status=204)

    async def _upload(self, request: web.Request) -> web.Response:
        phone = self._find(request.match_info["phone"])
        same_page(request)
        form = await request.post()
        file, kind = form.get("file"), str(form.get("as", "document"))
        if not isinstance(file, web.FileField) or kind not in UPLOADS:
            raise web.HTTPUnprocessableEntity
        sent = File(file.filename, file.content_type, file.file.read())
        await self._acts.upload(phone, kind, sent, str(form.get("caption", "")))
        return web.Response(status=204)

    async def _file(self, request: web.Request) -> web.Response:
        bubble = self._find(request.match_info["phone"]).bubble(request.match_info["bubble"])
        if bubble is None or bubble.file is None:
            raise web.HTTPNotFound
        response = web.Response(body=bubble.file.data)
        response.content_type = bubble.file.mime.partition(";")[0]
        shown = response.content_type.startswith(SHOWN_INLINE) and "svg" not in response.content_type
        response.headers["X-Content-Type-Options"] = "nosniff"
        if not shown:
            response.headers["Content-Disposition"] = "attachment"
        return response

    async def _script(self, request: web.Request) -> web.Response:
        same_page(request)
        wanted = str((await request.json()).get("behaviour", ""))
        if wanted not in NAMED:
            raise web.HTTPUnprocessableEntity
        self._rpa.planned[:] = [] if wanted == "normal" else [named(wanted)]
        self.news.tell("next", {"next": self._next()})
        return web.Response(status=204)

    def _find(self, key: str) -> Phone:
        for phone in self._people():
            if self.key(phone) == key:
                return phone
        raise web.HTTPNotFound

    def _typing(self, phone: Phone) -> None:
        self.news.tell("typing", {"phone": self.key(phone)})

    def _phone(self, phone: Phone) -> View:
        return view_phone(phone, self.key(phone), connected=self._connected(phone.channel))

    def _next(self) -> str:
        return self._rpa.planned[0].name if self._rpa.planned else "normal"

    def _state(self) -> View:
        phones = [
            {"phone": self._phone(phone), "bubbles": [view_bubble(b, phone) for b in phone.screen]}
            for phone in self._people()
        ]
        jobs = [view_job(job) for job in self._rpa.jobs]
        return {"phones": phones, "jobs": jobs, "next": self._next()} | self.more()


def same_page(request: web.Request) -> None:
    """Only our own page may act: another site's page cannot set this header without asking first."""
    if request.headers.get("X-Sandbox") != "page":
        raise web.HTTPForbidden


async def _object(request: web.Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except json.JSONDecodeError:
        raise web.HTTPBadRequest from None
    if not isinstance(body, dict):
        raise web.HTTPUnprocessableEntity
    return body
