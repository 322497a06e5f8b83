"""`balcao up`, for real: an empty directory, one command, and nothing left when it ends."""

import asyncio
import os
import signal
import socket
from pathlib import Path

import aiohttp
import pytest

from tests.support.programs import (
    START_SECONDS,
    Program,
    done,
    engines_of,
    is_gone,
    running,
    until,
    until_gone,
    up_environment,
)

ADMIN = "5531988809000"


async def get(url: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as http, http.get(url) as response:
        return response.status, await response.text()


async def refused(program: Program) -> str:
    """What it says when it ends with 1: one line."""
    assert await program.ended() == 1, str(program)
    (line,) = [line for line in program.err if not line.startswith("{")]
    return line


def readable_by_others(directory: Path) -> list[str]:
    return [str(path) for path in (directory, *directory.rglob("*")) if path.lstat().st_mode & 0o077]


@pytest.mark.falha(265)
async def test_an_empty_directory_is_all_it_takes(tmp_path: Path) -> None:
    """The first start, a second one beside it, what the other commands see of it, and the end."""
    environment = up_environment() | {"ADMIN_TELEFONES": f"+{ADMIN}"}
    async with running("up", environment=environment, cwd=tmp_path, typed=True) as up:
        await up.says("Sandbox: ")
        base, sandbox = f"http://127.0.0.1:{environment['PORT']}", f"http://127.0.0.1:{environment['SANDBOX_PORT']}"
        assert up.out == [f"Balcão: {base}", f"Sandbox: {sandbox}"]
        assert await get(f"{base}/healthz") == (200, '{"status":"ok"}')
        assert (await get(f"{base}/readyz"))[0] == 200
        assert (await get(sandbox))[0] == 200

        async with running("up", environment=up_environment(), cwd=tmp_path) as second:
            line = await refused(second)
        assert line.startswith(f"balcao: {tmp_path}/.balcao está em uso pelo processo {up.pid}")

        doctor = await done("doctor", environment=environment, cwd=tmp_path)
        assert ["ok:" in line for line in doctor.out] == [True] * 11 + [False] * 4
        token = await done("token", ADMIN, environment=environment, cwd=tmp_path)
        headers = {"Authorization": f"Bearer {token.out[0]}"}
        async with aiohttp.ClientSession(headers=headers) as http, http.get(f"{base}/pool-bo") as response:
            assert response.status == 200

        assert readable_by_others(tmp_path / ".balcao") == []
        engines = engines_of(up.pid)
        assert len(engines) in (2, 3), "Redis and the object store, and once a bill was read its reader"
        await up.stops(signal.SIGINT)
    assert all(is_gone(engine) for engine in engines)


async def test_a_signal_while_it_starts_ends_it_too(tmp_path: Path) -> None:
    async with running("up", environment=up_environment(), cwd=tmp_path) as up:

        async def starting() -> bool:
            return (tmp_path / ".balcao/redis/engine.log").exists()

        await until(starting, START_SECONDS)
        engines = engines_of(up.pid)
        await up.stops()
        assert up.out == []
    assert all(is_gone(engine) for engine in engines)


async def test_after_kill_9_no_engine_is_left_and_the_next_start_goes_on_with_what_was_there(tmp_path: Path) -> None:
    """The same secrets, and the administrator of ADMIN_TELEFONES once."""
    environment = up_environment() | {"ADMIN_TELEFONES": ADMIN}
    secrets = tmp_path / ".balcao" / "secrets.env"
    async with running("up", environment=environment, cwd=tmp_path) as up:
        await up.says("Sandbox: ")
        kept = await asyncio.to_thread(secrets.read_bytes)
        engines = engines_of(up.pid)
        await up.dies()
        await until_gone(*engines)
    async with running("up", environment=environment, cwd=tmp_path) as up:
        await up.says("Sandbox: ")
        assert await asyncio.to_thread(secrets.read_bytes) == kept
        await done("token", ADMIN, environment=environment, cwd=tmp_path)
        await up.stops(signal.SIGTERM)


async def test_an_engine_that_ends_by_itself_is_started_again(tmp_path: Path) -> None:
    environment = up_environment()
    async with running("up", environment=environment, cwd=tmp_path) as up:
        await up.says("Sandbox: ")
        before = engines_of(up.pid)
        for engine in before:
            await asyncio.to_thread(kill_engine, up.pid, engine)

        async def started_again() -> bool:
            return len(set(engines_of(up.pid)) - set(before)) == 2

        async def ready() -> bool:
            return (await get(f"http://127.0.0.1:{environment['PORT']}/readyz"))[0] == 200

        await until(started_again)
        await until(ready)
        await up.stops()


def kill_engine(parent: int, pid: int) -> None:
    """One that `parent`, a process of this test, started."""
    assert pid in engines_of(parent)
    os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize("setting", ["PORT", "SANDBOX_PORT"])
async def test_a_port_that_somebody_has_is_named(tmp_path: Path, setting: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        async with running("up", environment=up_environment() | {setting: str(port)}, cwd=tmp_path) as up:
            line = await refused(up)
    assert line == f"balcao: {setting} {port} em 127.0.0.1 está em uso: pare quem a tem, ou escolha outra"


@pytest.mark.parametrize(
    ("environment", "starts"),
    [
        ({"PORT": "oitenta"}, "balcao: PORT recebeu 'oitenta'; aceita"),
        ({"REDIS_URL": "redis://127.0.0.1:1"}, "balcao: o Redis não respondeu: "),
        ({"DATABASE_URL": "postgresql://127.0.0.1:1/x"}, "balcao: sem conexão: "),
        (
            {"TELEGRAM_BOT_TOKEN": "1:a", "TELEGRAM_API_URL": "http://127.0.0.1:1"},
            "balcao: Telegram did not take us (ClientConnectorError): check TELEGRAM_BOT_TOKEN",
        ),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
async def test_what_keeps_it_from_starting_is_said_in_one_line(
    tmp_path: Path, environment: dict[str, str], starts: str
) -> None:
    async with running("up", environment=up_environment() | environment, cwd=tmp_path) as up:
        assert (await refused(up)).startswith(starts)
