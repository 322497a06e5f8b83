"""A PostgreSQL that takes no writes: it is the primary no more, or its provider found its disk nearly full (460)."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.doctor.engines import check_database
from bot.doctor.unfit import Unfit
from storage.contatos.conversas import mark_event
from storage.database import Database, OnlyReads
from storage.engines.s3 import EmbeddedS3
from storage.transaction import Transaction
from tests.support.engines import PostgresServer
from tests.support.inbound import nothing_failed
from tests.support.programs import until
from tests.support.sellers import seller
from tests.support.service import RunningService, settings_for
from tests.support.turning import open_world


class Switch:
    """Whether whoever connects from now on may write; who is connected keeps what they found."""

    def __init__(self, server: PostgresServer, url: str) -> None:
        self._server, self._name = server, server.name_of(url)

    def close(self) -> None:
        self._server.sql(f'ALTER DATABASE "{self._name}" SET default_transaction_read_only = on')

    def open(self) -> None:
        self._server.sql(f'ALTER DATABASE "{self._name}" RESET default_transaction_read_only')

    def cut_off(self) -> None:
        """Everybody has to connect anew."""
        others = f"datname = '{self._name}' AND backend_type = 'client backend'"
        self._server.sql(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE {others}")  # noqa: S608


@pytest.fixture
def switch(postgres_server: PostgresServer, postgresql_url: str) -> Iterator[Switch]:
    switch = Switch(postgres_server, postgresql_url)
    yield switch
    switch.open()


@pytest.fixture
async def service(
    postgresql_url: str, clean_redis_url: str, s3: EmbeddedS3, tmp_path: Path
) -> AsyncIterator[RunningService]:
    async with RunningService(settings_for(postgresql_url, clean_redis_url, s3, tmp_path)) as running:
        yield running


@pytest.mark.falha(460)
async def test_a_connection_that_only_reads_is_left_for_one_that_writes(postgresql_url: str, switch: Switch) -> None:
    """As after a failover: the old server goes on answering whoever is connected to it."""
    switch.close()
    async with open_world(postgresql_url) as world:
        async with world.database.read() as connection:
            assert await connection.scalar(text("SHOW transaction_read_only")) == "on"
        switch.open()
        await world.turns.run(_mark)
        assert len(await world.rows("SELECT * FROM events")) == 1


async def _mark(tx: Transaction) -> None:
    await mark_event(tx, "telegram", "1")


@pytest.mark.falha(460)
async def test_who_asks_how_it_is_hears_that_it_only_reads(postgresql_url: str, switch: Switch) -> None:
    switch.close()
    database = Database(postgresql_url)
    try:
        with pytest.raises(OnlyReads):
            await database.ping()
        switch.open()
        await database.ping()
    finally:
        await database.close()


@pytest.mark.falha(471)
async def test_a_file_that_may_not_be_written_to_is_said_and_nothing_counts_as_failed(
    sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a restore by somebody else's account, or on a disk that the system closed for writing."""
    service = sqlite_service
    ana, adm = await seller(service), service.token(await service.administrador())

    async def closed(tx: Transaction) -> None:
        for table in ("events", "operadoras", "failed_events"):
            raises = "SELECT RAISE(ABORT, 'attempt to write a readonly database')"
            await tx.execute(text(f"CREATE TRIGGER closed_{table} BEFORE INSERT ON {table} BEGIN {raises}; END"))

    await service.wiring.turns.run(closed)
    said = await ana.says("VENDER")
    body = {"nome": "Vivo", "codigo": "VIVO", "possui_rpa": True}
    async with service.http.post("/operadoras", json=body, headers=adm) as refused:
        assert (refused.status, "Retry-After" in refused.headers) == (503, True)
    assert not any(reply.accepted for reply in said.attempts)

    monkeypatch.setattr("storage.database.os.access", lambda *_: False)
    with pytest.raises(Unfit, match="este usuário não pode gravar"):
        await check_database(service.settings)
    async with service.http.get("/readyz") as ready:
        assert (await ready.json())["engines"]["database"] == "OnlyReads"


@pytest.mark.falha(460)
async def test_meanwhile_everybody_is_told_to_come_back_and_nothing_counts_as_failed(
    service: RunningService, switch: Switch
) -> None:
    """Nobody's message is put aside for it, and a program gets a 503 and not a fault of ours."""
    ana = await seller(service)
    adm = service.token(await service.administrador())
    switch.close()
    switch.cut_off()
    said = await ana.says("VENDER")
    await until(lambda: _says_why(service), 20.0)
    body = {"nome": "Vivo", "codigo": "VIVO", "possui_rpa": True}
    async with service.http.post("/operadoras", json=body, headers=adm) as refused:
        assert (refused.status, "Retry-After" in refused.headers) == (503, True)
    assert not any(reply.accepted for reply in said.attempts)
    switch.open()
    await ana.sees("Posso começar?")
    assert await nothing_failed(service)


async def _says_why(service: RunningService) -> bool:
    """Of connections that were cut off the first one that is asked hears it."""
    async with service.http.get("/readyz") as ready:
        return (ready.status, (await ready.json())["engines"]["database"]) == (503, "OnlyReads")


@pytest.mark.falha(460)
async def test_doctor_says_what_to_look_at(service: RunningService, switch: Switch) -> None:
    assert "postgresql, esquema" in await check_database(service.settings)
    switch.close()
    with pytest.raises(Unfit, match="só lê, não grava nada"):
        await check_database(service.settings)
