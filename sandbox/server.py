"""The sandbox: stand-ins of Telegram, WhatsApp and the robots behind one port, and the page."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

import aiohttp
from aiohttp import web

from sandbox.bubbles import Bubble
from sandbox.controls import Controls
from sandbox.hooks import Hooks
from sandbox.page.controls_http import ControlsDoor
from sandbox.page.http import PageDoor
from sandbox.phone import Phone
from sandbox.rpa.http import RpaDoor
from sandbox.rpa.robot import Job
from sandbox.rpa.rpa import TOKEN as RPA_TOKEN
from sandbox.rpa.rpa import Rpa
from sandbox.stories import STORIES
from sandbox.stories.player import Player
from sandbox.telegram.account import TOKEN as TELEGRAM_TOKEN
from sandbox.telegram.http import TelegramDoor
from sandbox.telegram.telegram import Telegram
from sandbox.whatsapp.http import WhatsAppDoor
from sandbox.whatsapp.whatsapp import ACCESS_TOKEN, PHONE_NUMBER_ID, VERSION, WhatsApp

LARGEST_BODY = 120 * 1024 * 1024


@dataclass(frozen=True)
class Person:
    """Somebody who has a phone on the page: `papel` is what the page says they do.

    `dicas` are words that the page offers them to send with one tap.
    """

    name: str
    channel: str
    telefone: str | None = None
    papel: str = ""
    dicas: tuple[str, ...] = ()


class Sandbox:
    """Three providers over real HTTP. Everything lives in memory and ends with `stop`.

    `tempo` is the seconds between a robot's steps; `clock` gives both channels' epoch seconds.
    """

    def __init__(
        self,
        *,
        whatsapp_app_secret: str = "whatsapp-app-secret",  # noqa: S107 - a stand-in's secret protects nothing
        whatsapp_verify_token: str = "whatsapp-verify-token",  # noqa: S107
        rpa_callback_secret: str = "whsec_c2FuZGJveC1yb2JvdHMtY2FsbGJhY2stc2VjcmV0",  # noqa: S107
        tempo: float = 0.0,
        people: Iterable[Person] = (),
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.telegram = Telegram(clock, self._phone_changed)
        self.whatsapp = WhatsApp(clock, self._phone_changed, whatsapp_app_secret, whatsapp_verify_token)
        # A callback's signature is of the real time: that is what a signature is checked against.
        self.rpa = Rpa(time.time, self._job_changed, rpa_callback_secret, tempo)
        self.url = ""
        self._page = PageDoor(
            lambda: self.phones,
            lambda channel: self._channel(channel).connected,
            lambda channel, name, telefone: self._channel(channel).phone(name, telefone),
            self.rpa,
        )
        self.controls = Controls(self.telegram, self.whatsapp, self.rpa, self._page.news.tell)
        self.player = Player(
            STORIES, lambda: self.phones, self._page.key, self.controls, self.rpa, self._page.news.tell
        )
        self._page.more = self._panel
        self._whatsapp_door = WhatsAppDoor(self.whatsapp)
        self._runner: web.AppRunner | None = None
        self._http: aiohttp.ClientSession | None = None
        for person in people:
            self._channel(person.channel).phone(person.name, person.telefone, person.papel).dicas = person.dicas

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; `url` is the address, port 0 takes a free one."""
        app = web.Application(client_max_size=LARGEST_BODY)
        for door in (TelegramDoor(self.telegram), self._whatsapp_door, RpaDoor(self.rpa)):
            app.add_routes(door.routes())
        for page in (ControlsDoor(self.controls, self.player, self.rpa), self._page):
            app.add_routes(page.routes())
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        self.url = f"http://{host}:{self._runner.addresses[0][1]}"
        self._whatsapp_door.base = f"{self.url}/whatsapp"
        self._http = aiohttp.ClientSession()
        self.telegram.start(self._http)
        self.whatsapp.start(self._http)
        self.rpa.start(self._http, f"{self.url}/rpa")

    @asynccontextmanager
    async def attached(self, hooks: Hooks) -> AsyncIterator[None]:
        """With these hooks the page has a clock, the pool and stories; a story is ended before they go."""
        self.controls.hooks = hooks
        await self.controls.refresh()
        self._page.news.tell("stories", {"stories": self.player.offered()})
        watching = asyncio.create_task(self.controls.watch())
        try:
            yield
        finally:
            await self.player.stop()
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching
            self.controls.hooks = None

    async def stop(self) -> None:
        """Stop listening and forget everything under way."""
        self._page.news.close()
        await self.rpa.stop()
        for part in (self.telegram, self.whatsapp, self.rpa):
            part.faults.clear()
            await part.courier.stop()
        if self._runner:
            await _let_in_no_more(self._runner)
            await self._runner.cleanup()
        if self._http:
            await self._http.close()

    def settings(self) -> dict[str, str]:
        """The environment that points a service at this sandbox."""
        return {
            "TELEGRAM_BOT_TOKEN": TELEGRAM_TOKEN,
            "TELEGRAM_API_URL": f"{self.url}/telegram",
            "WHATSAPP_PHONE_NUMBER_ID": PHONE_NUMBER_ID,
            "WHATSAPP_ACCESS_TOKEN": ACCESS_TOKEN,
            "WHATSAPP_APP_SECRET": self.whatsapp.app_secret,
            "WHATSAPP_VERIFY_TOKEN": self.whatsapp.verify_token,
            "WHATSAPP_API_URL": f"{self.url}/whatsapp",
            "WHATSAPP_API_VERSION": VERSION,
            "RPA_API_URL": f"{self.url}/rpa",
            "RPA_API_TOKEN": RPA_TOKEN,
            "RPA_CALLBACK_SECRET": self.rpa.secret,
        }

    @property
    def phones(self) -> list[Phone]:
        """Everybody, WhatsApp first."""
        return [*self.whatsapp.phones, *self.telegram.phones.values()]

    def _channel(self, name: str) -> Telegram | WhatsApp:
        return self.telegram if name == "telegram" else self.whatsapp

    async def settled(self, timeout: float = 20.0) -> None:
        """Wait until the service has taken everything that is on its way from the three providers."""
        for part in (self.telegram, self.whatsapp, self.rpa):
            await part.settled(timeout)

    def _panel(self) -> dict[str, Any]:
        return {"controls": self.controls.view(), "stories": self.player.offered(), "story": self.player.view()}

    def _phone_changed(self, phone: Phone, bubble: Bubble | None) -> None:
        self.controls.stir()
        self._page.phone_changed(phone, bubble)

    def _job_changed(self, job: Job) -> None:
        self.controls.stir()
        self._page.job_changed(job)


async def _let_in_no_more(runner: web.AppRunner) -> None:
    """Whoever connects in the very step in which a port is closed is forgotten by asyncio (3.11), answered by nobody.

    So nobody is let in, and who was is made known, before it is.
    """
    loop = asyncio.get_running_loop()
    for site in runner.sites:
        server: Any = site._server
        for listening in server.sockets if server is not None else ():
            loop.remove_reader(listening)
    for _ in ("accepted", "made known"):
        await asyncio.sleep(0)
