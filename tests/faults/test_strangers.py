"""Whoever is none of ours takes little of what we have, and is waited for by nobody."""

import asyncio
import hashlib
import hmac
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from storage.engines.s3 import EmbeddedS3
from tests.support.service import RunningService, settings_for
from webhooks.app import PLACES, Room
from webhooks.doors.signatures import STRANGERS
from webhooks.given import ROBOT_DOOR, TELEGRAM_DOOR, WHATSAPP_DOOR
from webhooks.http import connections
from webhooks.operations import readiness as readiness_module
from webhooks.operations.readiness import AT_MOST, Readiness

FALSE = f"sha256={'0' * 64}"
FALSE_ROBOT = f"v1,{'A' * 43}="


class Stranger:
    """Somebody who speaks HTTP by hand."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    def sends(self, method: str, path: str, *headers: str, body: bytes = b"") -> None:
        head = "\r\n".join((f"{method} {path} HTTP/1.1", "Host: balcao", *headers, "", ""))
        self._writer.write(head.encode() + body)

    def says(self, raw: bytes) -> None:
        self._writer.write(raw)

    async def status(self) -> int:
        return int((await self._reader.readline()).split()[1])

    async def is_let_go(self) -> bool:
        try:
            return await self._reader.read() == b""
        except ConnectionError:
            return True


@asynccontextmanager
async def stranger(service: RunningService) -> AsyncIterator[Stranger]:
    reader, writer = await asyncio.open_connection("127.0.0.1", service.settings.port)
    try:
        yield Stranger(reader, writer)
    finally:
        writer.close()


def signed(service: RunningService, body: bytes) -> dict[str, str]:
    secret = service.settings.whatsapp_app_secret.get_secret_value().encode()
    return {"X-Hub-Signature-256": "sha256=" + hmac.new(secret, body, hashlib.sha256).hexdigest()}


async def whatsapp_is_heard(service: RunningService) -> bool:
    body = b'{"entry": []}'
    async with service.http.post("/webhooks/whatsapp", data=body, headers=signed(service, body)) as response:
        return response.status == 200


async def healthz(service: RunningService) -> int:
    async with service.http.get("/healthz") as response:
        return response.status


class TestBodies:
    @pytest.mark.falha(130)
    @pytest.mark.parametrize(
        ("path", "headers"),
        [
            ("/webhooks/whatsapp", []),
            ("/webhooks/whatsapp", ["X-Hub-Signature-256: sha256=abc"]),
            ("/webhooks/rpa", []),
            ("/webhooks/rpa", ["webhook-id: 1", "webhook-timestamp: 1", f"webhook-signature: {FALSE_ROBOT}"]),
            ("/webhooks/telegram", []),
            ("/processos", []),
            ("/consultor", ["api-key: errada"]),
        ],
    )
    async def test_whoever_cannot_be_ours_is_refused_before_the_body(
        self, sqlite_service: RunningService, path: str, headers: list[str]
    ) -> None:
        async with stranger(sqlite_service) as somebody:
            somebody.sends("POST", path, *headers, "Content-Length: 1000000", body=b"{")
            assert await somebody.status() == 401

    @pytest.mark.falha(130)
    async def test_a_channel_that_is_off_reads_nothing(
        self, sqlite_url: str, clean_redis_url: str, s3: EmbeddedS3, tmp_path: Path
    ) -> None:
        async with RunningService(settings_for(sqlite_url, clean_redis_url, s3, tmp_path)) as service:
            app = service.web.app
            doors = ((app[WHATSAPP_DOOR], "app_secret"), (app[ROBOT_DOOR], "key"), (app[TELEGRAM_DOOR], "secret"))
            for door, secret in doors:
                object.__setattr__(door, secret, None)
            for path in ("/webhooks/whatsapp", "/webhooks/rpa", "/webhooks/telegram"):
                async with stranger(service) as somebody:
                    somebody.sends("POST", path, f"X-Hub-Signature-256: {FALSE}", "Content-Length: 9", body=b"{")
                    assert await somebody.status() == 404, path

    @pytest.mark.falha(130)
    @pytest.mark.parametrize("header", ["X-Nothing: 1", f"X-Hub-Signature-256: {FALSE}"], ids=["unsigned", "false"])
    async def test_bodies_that_never_end_keep_nobody_out(self, sqlite_service: RunningService, header: str) -> None:
        async with AsyncExitStack() as several:
            for _ in range(210):
                somebody = await several.enter_async_context(stranger(sqlite_service))
                somebody.sends("POST", "/webhooks/whatsapp", header, "Content-Length: 4194304", body=b"{")
            assert await healthz(sqlite_service) == 200
            assert await whatsapp_is_heard(sqlite_service)
            async with sqlite_service.http.get("/consultores", headers={"api-key": "chave-da-api"}) as response:
                assert response.status == 200

    @pytest.mark.falha(130)
    async def test_a_body_that_does_not_come_is_408(
        self, sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("webhooks.http.strangers.BODY_SECONDS", 0.05)
        monkeypatch.setattr("webhooks.http.bodies.BODY_SECONDS", 0.05)
        for path, header in (
            ("/webhooks/whatsapp", f"X-Hub-Signature-256: {FALSE}"),
            ("/consultor", "api-key: chave-da-api"),
        ):
            async with stranger(sqlite_service) as somebody:
                somebody.sends("POST", path, header, "Content-Length: 20", body=b"{")
                assert await somebody.status() == 408, path

    @pytest.mark.falha(132)
    async def test_all_of_them_together_hold_few_bytes(
        self, sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sqlite_service.web.app[STRANGERS], "_most_bytes", 100_000)
        body = b"x" * 60_000
        async with stranger(sqlite_service) as first, stranger(sqlite_service) as second:
            for somebody in (first, second):
                somebody.sends(
                    "POST", "/webhooks/whatsapp", f"X-Hub-Signature-256: {FALSE}", "Content-Length: 4000000", body=body
                )
            assert await first.status() == 503
        assert await whatsapp_is_heard(sqlite_service)

    @pytest.mark.falha(132)
    async def test_a_body_that_says_it_is_too_large_is_not_read(self, sqlite_service: RunningService) -> None:
        async with stranger(sqlite_service) as somebody:
            somebody.sends("POST", "/webhooks/whatsapp", f"X-Hub-Signature-256: {FALSE}", "Content-Length: 4194305")
            assert await somebody.status() == 413


class TestConnections:
    @pytest.mark.falha(131)
    async def test_headers_that_do_not_come_end_the_connection(
        self, sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(connections, "HEADERS_SECONDS", 0.05)
        async with stranger(sqlite_service) as silent, stranger(sqlite_service) as slow:
            slow.says(b"GET /healthz HTTP/1.1\r\nX-Half")
            assert await asyncio.wait_for(silent.is_let_go(), 10)
            assert await asyncio.wait_for(slow.is_let_go(), 10)

    @pytest.mark.falha(131)
    async def test_beyond_the_most_the_one_that_waits_longest_goes(
        self, sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(connections, "MOST_WAITING", 20)
        async with AsyncExitStack() as several:
            first = await several.enter_async_context(stranger(sqlite_service))
            for _ in range(40):
                await several.enter_async_context(stranger(sqlite_service))
            assert await asyncio.wait_for(first.is_let_go(), 10)
            assert await healthz(sqlite_service) == 200


class TestMonitors:
    @pytest.mark.falha(131)
    async def test_head_answers_like_get_and_health_takes_nobodys_place(
        self, sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(PLACES, Room.ALONE, 0)
        monkeypatch.setitem(PLACES, Room.OPEN, 0)
        for method in ("GET", "HEAD"):
            for path in ("/healthz", "/readyz", "/healthz/"):
                async with sqlite_service.http.request(method, path) as response:
                    assert (response.status, bool(await response.read())) == (200, method == "GET"), path

    @pytest.mark.falha(131)
    async def test_however_many_ask_the_engines_are_asked_a_few_times(self) -> None:
        asked = Counted(lambda: None)
        readiness = Readiness({"database": asked})
        assert [await readiness.engines() for _ in range(50)] == [{"database": "ok"}] * 50
        assert asked.times == AT_MOST

    @pytest.mark.falha(131)
    async def test_an_engine_that_hangs_is_waited_for_briefly_and_asked_once(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(readiness_module, "PATIENCE_SECONDS", 0.01)
        hanging = asyncio.Event()
        asked = Counted(hanging.wait)
        readiness = Readiness({"objects": asked})
        assert await readiness.engines() == {"objects": "TimeoutError"}
        assert await readiness.engines() == {"objects": "TimeoutError"}
        assert asked.times == 1
        hanging.set()
        assert await readiness.engines() == {"objects": "ok"}


class Counted:
    """A check that knows how often it was made."""

    def __init__(self, check: Callable[[], object]) -> None:
        self._check = check
        self.times = 0

    async def __call__(self) -> None:
        self.times += 1
        result = self._check()
        if asyncio.iscoroutine(result):
            await result
