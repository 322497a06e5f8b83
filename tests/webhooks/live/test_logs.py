"""The live log of a robot's job: what is kept first, then what is new, until the job ends; resumed, and by right."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import aiohttp
import pytest

from sandbox import Job, manual
from storage.pessoa.perfil import Perfil
from storage.processo.execucoes import add_log
from tests.support.downloads import download, found, processos
from tests.support.listening import PATIENCE, until
from tests.support.sellers import ANA, asks_to_sell, eventually, seller
from tests.support.service import RunningService
from webhooks.live import feed as log_feed
from webhooks.live import logs as live_logs

HUGO = ("Hugo Melo", "5531988806001")


class Log:
    """One reader."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self.response = response
        self.last_id = ""
        self.connection: dict[str, Any] = {}

    async def next(self) -> dict[str, Any]:
        """The next event; signs of life are passed over."""
        async with asyncio.timeout(PATIENCE):
            while True:
                fields = await self._block()
                self.last_id = fields.get("id", self.last_id)
                if "data" in fields:
                    event: dict[str, Any] = json.loads(fields["data"])
                    return event

    async def messages(self, several: int) -> list[str]:
        return [(await self.next())["message"] for _ in range(several)]

    async def is_over(self) -> bool:
        async with asyncio.timeout(PATIENCE):
            return not (await self.response.content.read()).strip()

    async def _block(self) -> dict[str, str]:
        fields = {}
        while line := (await self.response.content.readline()).decode().rstrip("\n"):
            name, _, value = line.partition(": ")
            fields[name] = value
        if not fields and self.response.content.at_eof():
            raise EOFError("the stream has ended")
        return fields


@asynccontextmanager
async def reading(
    service: RunningService, job: Job, usuario_id: UUID, last_id: str | None = None
) -> AsyncIterator[Log]:
    headers = service.token(usuario_id) | ({"Last-Event-ID": last_id} if last_id else {})
    async with service.http.get(f"/api/v2/logs-tempo-real/stream/{job.id}", headers=headers) as response:
        assert response.status == 200, await response.text()
        assert response.content_type == "text/event-stream"
        log = Log(response)
        log.connection = await log.next()
        assert log.connection["type"] == "connection"
        yield log


async def status_of(service: RunningService, job_id: str, headers: dict[str, str]) -> int:
    async with service.http.get(f"/api/v2/logs-tempo-real/stream/{job_id}", headers=headers) as response:
        return response.status


async def a_download(service: RunningService) -> tuple[Job, UUID]:
    """One that the test drives, and an operator."""
    service.sandbox.rpa.next(manual())
    (processo,) = await processos(service)
    await download(service, processo)
    job = await service.sandbox.rpa.started()
    await eventually(service, "SELECT 1 FROM execucoes WHERE job_id IS NOT NULL")
    return job, await service.usuario(*HUGO, Perfil.OPERADOR)


class TestAnInvoice:
    async def test_what_is_kept_comes_first_then_what_is_new_and_the_end(self, service: RunningService) -> None:
        job, hugo = await a_download(service)
        await job.log("Sessão aberta")
        async with reading(service, job, hugo) as log:
            line = await log.next()
            assert (line["seq"], line["level"], line["message"]) == (1, "INFO", "Sessão aberta")
            assert line["timestamp"].endswith("Z"), "as everywhere in the API"
            await job.log("PDF encontrado", level="DEBUG")
            assert await log.messages(1) == ["PDF encontrado"]
            await job.complete(found(service, job))
            assert await log.next() == {"type": "job_completed", "status_execucao": "CONCLUIDO"}
            assert await log.is_over()
        assert await status_of(service, job.id, service.token(hugo) | {"Last-Event-ID": log.last_id}) == 204

    async def test_somebody_who_comes_back_gets_what_they_missed_and_nothing_twice(
        self, service: RunningService
    ) -> None:
        job, hugo = await a_download(service)
        for number in range(3):
            await job.log(f"linha {number}")
        async with reading(service, job, hugo) as log:
            assert await log.messages(2) == ["linha 0", "linha 1"]
        await job.log("linha 3")
        async with reading(service, job, hugo, log.last_id) as log:
            assert await log.messages(2) == ["linha 2", "linha 3"]

    async def test_a_line_that_is_delivered_twice_is_one_line(self, service: RunningService) -> None:
        job, hugo = await a_download(service)
        await job.log("uma vez", times=3)
        await job.fail("DADOS_INVALIDOS", "Conta não existe", definitivo=True)
        async with reading(service, job, hugo) as log:
            assert await log.messages(1) == ["uma vez"]
            assert await log.next() == {"type": "job_failed", "status_execucao": "FALHOU"}

    async def test_a_robot_that_never_calls_back_is_asked_for_its_lines(self, service: RunningService) -> None:
        job, hugo = await a_download(service)
        await job.log("só para quem pergunta", call=False)
        service.clock.move(hours=2)
        await service.clock_work.processos.poll_execucoes()
        async with reading(service, job, hugo) as log:
            assert await log.messages(1) == ["só para quem pergunta"]

    async def test_a_log_longer_than_a_page_comes_whole(
        self, sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(live_logs, "_PAGE", 3)
        job, hugo = await a_download(sqlite_service)
        for number in range(10):
            await job.log(f"linha {number}")
        async with reading(sqlite_service, job, hugo) as log:
            assert await log.messages(10) == [f"linha {number}" for number in range(10)]

    async def test_a_log_that_was_packed_long_ago_is_read_all_the_same(self, sqlite_service: RunningService) -> None:
        job, hugo = await a_download(sqlite_service)
        await job.log("de um mês atrás")
        await job.fail("DADOS_INVALIDOS", "Conta não existe", definitivo=True)
        await eventually(sqlite_service, "SELECT 1 FROM execucoes WHERE data_fim IS NOT NULL")
        sqlite_service.clock.move(days=40)
        assert await sqlite_service.clock_work.pack_logs() == 1
        async with reading(sqlite_service, job, hugo) as log:
            assert await log.messages(1) == ["de um mês atrás"]
            assert (await log.next())["type"] == "job_failed"


class TestWhoMayRead:
    @pytest.mark.parametrize(
        ("perfil", "wanted"),
        [(Perfil.APROVADOR, 200), (Perfil.VENDEDOR, 404), (Perfil.CONSULTOR, 404), (Perfil.BACKOFFICE, 404)],
    )
    async def test_an_invoices_job_is_the_back_offices(
        self, sqlite_service: RunningService, perfil: Perfil, wanted: int
    ) -> None:
        job, _ = await a_download(sqlite_service)
        somebody = await sqlite_service.usuario("Alguém", "5531988806009", perfil)
        assert await status_of(sqlite_service, job.id, sqlite_service.token(somebody)) == wanted

    async def test_a_sales_job_is_its_sellers_and_administrators(self, service: RunningService) -> None:
        await service.login_bo()
        phone = await seller(service, ANA)
        service.sandbox.rpa.next(manual())
        await asks_to_sell(phone)
        await phone.taps("SIM")
        job = await service.sandbox.rpa.started()
        await job.log("Login aceito")
        (row,) = await eventually(service, "SELECT usuario_id FROM vendas WHERE job_id IS NOT NULL")
        async with reading(service, job, UUID(str(row["usuario_id"]))) as log:
            assert await log.messages(1) == ["Login aceito"]
            await job.complete()
            assert await log.next() == {"type": "job_completed", "status_venda": "CONCLUIDO"}
        other = await service.vendedor("Outra", "5531988807777")
        hugo = await service.usuario(*HUGO, Perfil.OPERADOR)
        assert await status_of(service, job.id, service.token(other)) == 404
        assert await status_of(service, job.id, service.token(hugo)) == 404
        assert await status_of(service, job.id, service.token(await service.administrador())) == 200

    async def test_nobody_without_a_token_and_no_job_that_is_none(self, sqlite_service: RunningService) -> None:
        job, hugo = await a_download(sqlite_service)
        assert await status_of(sqlite_service, job.id, {}) == 401
        assert await status_of(sqlite_service, "nenhum", sqlite_service.token(hugo)) == 404

    @pytest.mark.falha(480)
    async def test_an_id_that_is_none_begins_at_the_first_line_and_says_so(
        self, sqlite_service: RunningService
    ) -> None:
        job, hugo = await a_download(sqlite_service)
        await job.log("Sessão aberta")
        for wrong in ("x", "-1", "9" * 30, "9" * 5000, "²"):
            async with reading(sqlite_service, job, hugo, wrong) as log:
                assert log.connection == {"type": "connection", "do_inicio": True}
                assert await log.messages(1) == ["Sessão aberta"]
            async with reading(sqlite_service, job, hugo) as log:
                assert log.connection == {"type": "connection"}

    async def test_whoever_loses_the_right_is_let_go(
        self, sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(live_logs, "CHECK_SECONDS", 0.0)
        job, hugo = await a_download(sqlite_service)
        async with reading(sqlite_service, job, hugo) as log:
            sqlite_service.clock.move(hours=2)
            await job.log("depois de o token vencer")
            assert await log.is_over()


class TestManyReaders:
    async def test_a_process_that_is_full_says_so(
        self, sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(log_feed, "MAX_READERS", 1)
        job, hugo = await a_download(sqlite_service)
        async with reading(sqlite_service, job, hugo):
            assert await status_of(sqlite_service, job.id, sqlite_service.token(hugo)) == 503

    async def test_a_reader_that_takes_nothing_keeps_nobody_waiting_and_is_let_go(
        self, sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(live_logs, "PATIENCE_SECONDS", 0.3)
        job, hugo = await a_download(sqlite_service)
        feed = sqlite_service.web.app[live_logs.FEED]
        stuck = socket.socket()
        stuck.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        stuck.connect(("127.0.0.1", sqlite_service.settings.port))
        token = sqlite_service.token(hugo)["Authorization"]
        path = f"/api/v2/logs-tempo-real/stream/{job.id}"
        stuck.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: {token}\r\n\r\n".encode())
        await until(lambda: feed.readers == 1)
        async with reading(sqlite_service, job, hugo) as quick:
            # More than the system holds back for somebody who does not read.
            await _writes_much(sqlite_service, lines=4000)
            async with asyncio.timeout(60):
                assert {len(text) for text in await quick.messages(4000)} == {2000}
            await until(lambda: feed.readers == 1)
        stuck.close()


async def _writes_much(service: RunningService, lines: int) -> None:
    (row,) = await service.rows("SELECT id FROM execucoes")
    now = service.clock()
    page = [{"seq": number, "timestamp": now, "level": "INFO", "message": "x" * 2000} for number in range(lines)]
    for start in range(0, lines, 500):
        await service.wiring.turns.run(
            lambda tx, start=start: add_log(tx, UUID(row["id"]), page[start : start + 500])  # type: ignore[misc]
        )
