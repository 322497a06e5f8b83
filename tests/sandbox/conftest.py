"""A service that is nothing but a mouth and ears: it keeps what it is told and answers as a test says."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from sandbox import Person, Sandbox
from sandbox.waiting import Signal


@dataclass
class Service:
    """Records webhooks; `answers` are the statuses of the next ones, 200 after them."""

    sandbox: Sandbox
    http: aiohttp.ClientSession
    url: str = ""
    answers: list[int] = field(default_factory=list)
    heard: list[tuple[str, dict[str, Any], Any]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    changed: Signal = field(default_factory=Signal)

    def events(self, channel: str) -> list[Any]:
        """The bodies heard on a channel."""
        return [body for heard, _, body in self.heard if heard == channel]

    async def hear(self, request: web.Request) -> web.Response:
        raw = await request.read()
        self.raw.append(raw)
        self.heard.append((request.match_info["channel"], dict(request.headers), json.loads(raw)))
        self.changed.notify()
        return web.Response(status=self.answers.pop(0) if self.answers else 200)

    async def whatsapp_said(self, text: str) -> None:
        """Wait until somebody on WhatsApp sent or tapped this."""
        await self.changed.expect(
            lambda: True if any(text in str(body) for body in self.events("whatsapp")) else None,
            10.0,
            lambda: f"nobody said {text!r}",
        )

    async def verify(self, request: web.Request) -> web.Response:
        if request.query["hub.verify_token"] != self.sandbox.whatsapp.verify_token:
            return web.Response(status=403)
        return web.Response(text=request.query["hub.challenge"])

    async def telegram(self, method: str, **params: Any) -> Any:
        """Call the Bot API with JSON; the answer's body."""
        settings = self.sandbox.settings()
        url = f"{settings['TELEGRAM_API_URL']}/bot{settings['TELEGRAM_BOT_TOKEN']}/{method}"
        async with self.http.post(url, json=params) as response:
            body = await response.json()
            assert body["ok"] or body["error_code"] == response.status
            return body

    async def whatsapp(self, body: dict[str, Any], path: str = "messages") -> tuple[int, Any]:
        """Send a message through the Cloud API; status and body."""
        settings = self.sandbox.settings()
        url = "/".join(
            [settings[f"WHATSAPP_{name}"] for name in ("API_URL", "API_VERSION", "PHONE_NUMBER_ID")] + [path]
        )
        message = {"messaging_product": "whatsapp", "recipient_type": "individual"} | body
        async with self.http.post(url, json=message, headers=self.whatsapp_token) as response:
            return response.status, await response.json()

    @property
    def whatsapp_token(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.sandbox.settings()['WHATSAPP_ACCESS_TOKEN']}"}

    async def rpa(
        self, method: str, path: str, body: dict[str, Any] | None = None, *, key: str = ""
    ) -> tuple[int, Any]:
        """Call the robots' API; status and body."""
        settings = self.sandbox.settings()
        headers = {"Authorization": f"Bearer {settings['RPA_API_TOKEN']}"} | ({"Idempotency-Key": key} if key else {})
        url = settings["RPA_API_URL"] + path
        async with self.http.request(method, url, json=body, headers=headers) as response:
            return response.status, await response.json()

    async def sell(self, venda_id: str = "v1") -> tuple[int, Any]:
        """Start the sale's robot."""
        body = {
            "venda_id": venda_id,
            "login": "BO01",
            "senha": "segredo",
            "matricula_vendedor": "V9",
            "callback_url": f"{self.url}/rpa",
        }
        return await self.rpa("POST", "/executar/pap", body, key=venda_id)


@asynccontextmanager
async def running(sandbox: Sandbox) -> AsyncIterator[Service]:
    """A service connected to both channels of a started sandbox."""
    async with aiohttp.ClientSession() as http:
        service = Service(sandbox, http)
        app = web.Application(client_max_size=10**8)
        app.add_routes([web.post("/{channel}", service.hear), web.get("/whatsapp", service.verify)])
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        service.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        await service.telegram("setWebhook", url=f"{service.url}/telegram", secret_token="s3cret")
        await sandbox.whatsapp.connect(f"{service.url}/whatsapp")
        yield service
        await runner.cleanup()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox()
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
async def service(sandbox: Sandbox) -> AsyncIterator[Service]:
    async with running(sandbox) as service:
        yield service


@pytest.fixture
async def service_with_people() -> AsyncIterator[tuple[Sandbox, Service]]:
    ana = Person("Ana Souza", "whatsapp", "5531988804000", "Vendedora", ("VENDER",))
    sandbox = Sandbox(people=[ana, Person("Bruno Lima", "telegram", "5531977771111", "Vendedor")])
    await sandbox.start()
    async with running(sandbox) as service:
        yield sandbox, service
    await sandbox.stop()
