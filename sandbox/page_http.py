"""The page: its files, its live events, and what a person does on it."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from aiohttp import web

from sandbox.behaviours import NAMED, named
from sandbox.bubbles import Bubble
from sandbox.phone import Phone
from sandbox.robot import Job
from sandbox.rpa import Rpa
from sandbox.views import News, View, as_event, view_bubble, view_job, view_phone

FILES = Path(__file__).parent / "page"
POLICY = "default-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'"

SHOWN_INLINE = ("image/", "application/pdf")
Action = Callable[[Phone, dict[str, Any]], Awaitable[Any]]


class PageDoor:
    """What is under `/` beside the providers. `people` are the phones, `connected` knows their channels."""

    def __init__(self, people: Callable[[], Sequence[Phone]], connected: Callable[[str], bool], rpa: Rpa) -> None:
        self._people = people
        self._connected = connected
        self._rpa = rpa
        self._keys: dict[Phone, str] = {}
        self.news = News()

    def routes(self) -> list[web.RouteDef | web.StaticDef]:
        """The page's own addresses."""
        return [
            web.get("/", self._index),
            web.static("/page", FILES),
            web.get("/live", self._live),
            web.get("/phones/{phone}/files/{bubble}", self._file),
            web.post("/phones/{phone}/file", self._upload),
            web.post("/phones/{phone}/{action:[a-z]+}", self._act),
            web.post("/robots/next", self._script),
        ]

    def phone_changed(self, phone: Phone, bubble: Bubble | None) -> None:
        """Tell the pages about a phone and, with a bubble, about that bubble."""
        view = {"phone": self._phone(phone), "bubble": view_bubble(bubble) if bubble else None}
        self.news.tell("phone", view)

    def job_changed(self, job: Job) -> None:
        """Tell the pages about a robot's job and about what the next one will do."""
        self.news.tell("job", {"job": view_job(job), "next": self._next()})

    async def _index(self, request: web.Request) -> web.StreamResponse:
        headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
        return web.FileResponse(FILES / "index.html", headers=headers)

    async def _live(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        # A reader that went away is no news.
        with self.news.reader() as queue, suppress(ConnectionResetError):
            await response.write(as_event("state", self._state()).encode())
            while text := await queue.get():
                await response.write(text.encode())
        return response

    async def _act(self, request: web.Request) -> web.Response:
        phone, actions = self._find(request), self._actions()
        _same_page(request)
        if request.match_info["action"] not in actions:
            raise web.HTTPNotFound
        await actions[request.match_info["action"]](phone, await request.json())
        return web.Response(status=204)

    async def _upload(self, request: web.Request) -> web.Response:
        phone = self._find(request)
        _same_page(request)
        form = await request.post()
        file = form.get("file")
        if not isinstance(file, web.FileField):
            raise web.HTTPUnprocessableEntity
        data, caption = file.file.read(), str(form.get("caption", ""))
        if file.content_type.startswith("image/"):
            await phone.sends_photo(data, caption, file.content_type)
        else:
            await phone.sends_document(file.filename, data, file.content_type, caption)
        return web.Response(status=204)

    async def _file(self, request: web.Request) -> web.Response:
        bubble = self._find(request).bubble(request.match_info["bubble"])
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
        _same_page(request)
        wanted = str((await request.json()).get("behaviour", ""))
        if wanted not in NAMED:
            raise web.HTTPUnprocessableEntity
        self._rpa.planned[:] = [] if wanted == "normal" else [named(wanted)]
        self.news.tell("next", {"next": self._next()})
        return web.Response(status=204)

    def _actions(self) -> dict[str, Action]:
        return {
            "says": lambda phone, body: phone.says(str(body["text"])),
            "taps": self._tap,
            "presses": lambda phone, body: phone.taps(str(body["label"])),
            "contact": lambda phone, body: phone.shares_contact(),
            "opens": lambda phone, body: phone.opens_link(str(body.get("link", ""))),
        }

    async def _tap(self, phone: Phone, body: dict[str, Any]) -> None:
        """Tap the n-th thing that can be tapped on a bubble, buttons before rows."""
        bubble = phone.bubble(str(body["bubble"]))
        targets = bubble.targets if bubble else []
        if bubble is None or not 0 <= int(body["position"]) < len(targets):
            raise web.HTTPNotFound
        await phone.tap(bubble, targets[int(body["position"])])

    def _find(self, request: web.Request) -> Phone:
        wanted = request.match_info["phone"]
        for phone in self._people():
            if self._key(phone) == wanted:
                return phone
        raise web.HTTPNotFound

    def _key(self, phone: Phone) -> str:
        """The page's own name for a phone: a person's id may change with their number."""
        return self._keys.setdefault(phone, f"{phone.channel}-{len(self._keys) + 1}")

    def _phone(self, phone: Phone) -> View:
        return view_phone(phone, self._key(phone), connected=self._connected(phone.channel))

    def _next(self) -> str:
        return self._rpa.planned[0].name if self._rpa.planned else "normal"

    def _state(self) -> View:
        phones = [
            {"phone": self._phone(phone), "bubbles": [view_bubble(b) for b in phone.screen]} for phone in self._people()
        ]
        return {"phones": phones, "jobs": [view_job(job) for job in self._rpa.jobs], "next": self._next()}


def _same_page(request: web.Request) -> None:
    """Only our own page may act: another site's page cannot set this header without asking first."""
    if request.headers.get("X-Sandbox") != "page":
        raise web.HTTPForbidden
