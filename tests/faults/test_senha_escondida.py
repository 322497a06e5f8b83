"""A planted portal password is found nowhere but at the robot: not in the database, Redis, logs, metrics, or a chat."""

import io
import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.runtime.logs import configure_logging
from sandbox import refuse_password
from storage.tables import metadata
from tests.support.log_lines import log_plainly
from tests.support.sellers import asks_to_sell, eventually, seller, sells
from tests.support.service import RunningService

SENHA = "Pl4nt4da#Senha-do-Portal"


@pytest.fixture
def logs() -> Iterator[io.StringIO]:
    """Everything that is logged, at the lowest level and not told which values are secret."""
    root = logging.getLogger()
    handlers, level, raising = root.handlers[:], root.level, logging.raiseExceptions
    hooks = sys.excepthook, threading.excepthook
    stream = io.StringIO()
    configure_logging("json", "DEBUG", stream=stream)
    # Our loggers live as long as their modules: what they keep would outlast this test.
    structlog.configure(cache_logger_on_first_use=False)
    for quiet in ("sqlalchemy.engine", "aiosqlite", "taskiq"):
        logging.getLogger(quiet).setLevel(logging.DEBUG)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.raiseExceptions = raising
    logging.captureWarnings(False)
    for quiet in ("sqlalchemy.engine", "aiosqlite", "taskiq"):
        logging.getLogger(quiet).setLevel(logging.NOTSET)
    sys.excepthook, threading.excepthook = hooks
    log_plainly()


async def dump_of_database(service: RunningService) -> str:
    """Every row of every table."""
    rows: list[Any] = []
    for table in metadata.sorted_tables:
        rows += await service.rows(f"SELECT * FROM {table.name}")  # noqa: S608 - our own tables
    return repr(rows)


async def dump_of_redis(service: RunningService) -> str:
    """Every key, with its value in Redis's own form."""
    redis = service.wiring.redis
    return repr([(key, await redis.dump(key)) for key in await redis.keys("*")])


async def metrics(service: RunningService) -> str:
    async with service.http.get("/metrics") as response:
        return await response.text()


async def everything_that_can_happen_to_a_start(service: RunningService) -> str:
    """A sale that goes well, a start refused for good, one that gets no answer, and a password refused; the chat."""
    ana = await seller(service)
    job = await sells(service, ana, "normal")
    assert job.body["senha"] == SENHA
    await ana.says("CANCELAR")
    await ana.taps("SIM, cancelar")
    await ana.sees("Venda cancelada.")

    faults = service.sandbox.rpa.faults
    faults.fail_next("executar", status=422, description=f"senha {SENHA} inválida")
    await asks_to_sell(ana)
    await ana.sees("❌ A venda não foi concluída.")
    faults.drop = True
    await asks_to_sell(ana)
    await ana.sees("O serviço dos robôs não respondeu a tempo.")
    faults.drop = False
    service.sandbox.rpa.next(refuse_password())
    await asks_to_sell(ana)
    await ana.sees("O portal recusou o acesso BackOffice usado")
    await ana.says("STATUS")
    await ana.says("VENDAS")
    await ana.sees("Suas últimas vendas:")
    await eventually(service, "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE done_at IS NULL)")
    return await ana.quiet()


async def test_the_password_is_nowhere_but_at_the_robot(
    logs: io.StringIO, sqlite_service: RunningService, tmp_path: Path
) -> None:
    service = sqlite_service
    await service.login_bo(senha_pap=SENHA)
    chat = await everything_that_can_happen_to_a_start(service)

    places = {
        "the chat": chat,
        "the database": await dump_of_database(service),
        "Redis": await dump_of_redis(service),
        "the metrics": await metrics(service),
        "the logs": logs.getvalue(),
    }
    for place, content in places.items():
        assert content, place
        assert SENHA not in content, place
    assert "executar_pap" in places["the database"]
    assert "call_put_off" in places["the logs"]
    for file in tmp_path.rglob("*.db*"):  # noqa: ASYNC240 - nothing else runs meanwhile
        assert SENHA.encode() not in file.read_bytes(), file.name


async def test_a_turn_that_fails_tells_no_password_either(
    logs: io.StringIO, sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lease holds the password in memory; a failure right beside it ends up in logs and in `failed_events`."""
    service = sqlite_service
    await service.login_bo(senha_pap=SENHA)
    ana = await seller(service)

    async def fails(tx: Any, wanted: Any) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr("core.venda.venda.write_command", fails)
    await asks_to_sell(ana)
    await eventually(service, "SELECT 1 FROM failed_events WHERE dead_at IS NOT NULL")
    assert "turn_failed" in logs.getvalue()
    assert SENHA not in logs.getvalue()
    assert SENHA not in await dump_of_database(service)
    assert await service.rows("SELECT 1 FROM pap_bo_em_uso") == []
    assert await service.wiring.redis.keys("{pool-bo}:lock:*") == []
