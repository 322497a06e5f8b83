"""The bots that are measured, each a process of its own on a CPU of its own, and the engines under them."""

import asyncio
import base64
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peers.grammy_bots import grammy, libpq_environment, node_command
from benchmarks.support.load import SECRET, WEBHOOK_PATH
from benchmarks.support.postgres import DurablePostgres
from benchmarks.support.registered import add_sellers
from storage.engines.redis import EmbeddedRedis

TOKEN = "42:benchmark"
ROOT = Path(__file__).parents[2]
_START_SECONDS = 180.0
_TICKS = os.sysconf("SC_CLK_TCK")


def module(*words: str) -> list[str]:
    """How a program of this tree is started, with what it is given; it finds the tree by `environment_of`."""
    return [sys.executable, "-m", *words]


OUR_WEB = module("benchmarks.support.ours")


def share_cpus() -> tuple[int, int]:
    """Keep this process and all it starts to one CPU; (that one, the one left for the bots)."""
    usable = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, usable[-1:])
    return usable[-1], usable[0]


@dataclass(slots=True)
class Server:
    """A running bot."""

    name: str
    port: int
    process: subprocess.Popen[bytes]

    def cpu_seconds(self) -> float:
        """What it has used so far, all its threads."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    async def ready(self) -> None:
        """Until it takes connections."""
        async with asyncio.timeout(_START_SECONDS):
            while True:
                with suppress(OSError):
                    _, writer = await asyncio.open_connection("127.0.0.1", self.port)
                    writer.close()
                    return
                if self.process.poll() is not None:
                    raise SystemExit(f"{self.name} ended while starting: see its log above")
                await asyncio.sleep(0.1)


@asynccontextmanager
async def running_servers(directory: Path, telegram_url: str, chats: int) -> AsyncIterator[dict[str, Server]]:
    """Ours on both databases, and the peers that this machine can run, ready, with so many sellers known to ours."""
    _, cpu = share_cpus()
    folder = grammy(directory)
    async with AsyncExitStack() as stack:
        redis = EmbeddedRedis(directory)
        await redis.start()
        stack.push_async_callback(redis.stop)
        postgres = stack.enter_context(DurablePostgres())
        databases = {
            "ours-sqlite": f"sqlite+aiosqlite:///{directory / 'balcao.db'}",
            "ours-pg": postgres.new_database(),
        }
        environments = {}
        for name, url in databases.items():
            await add_sellers(url, chats)
            environments[name] = {"DATABASE_URL": url}
        stock = module("benchmarks.peers.stock")
        commands = {"ours-sqlite": OUR_WEB, "stock": stock, "ours-pg": OUR_WEB}
        if folder is not None:
            commands["grammy"] = node_command(folder / "stock.mjs")
            commands["grammy-pg"] = node_command(folder / "durable.mjs")
            environments["grammy-pg"] = libpq_environment(postgres.new_database())
        servers = {}
        common = environment_of(directory, redis.url) | telegram_environment(telegram_url)
        for name, command in commands.items():
            environment = common | environments.get(name, {})
            servers[name] = server = start(name, command, environment, directory, cpu)
            stack.callback(stop, server.process)
        for server in servers.values():
            await server.ready()
        yield servers


def environment_of(directory: Path, redis_url: str) -> dict[str, str]:
    """What every web process of ours is given, but for its database, its port and its channels."""
    return {
        "PATH": os.environ["PATH"],
        # What is measured is what stands beside this, whatever is installed.
        "PYTHONPATH": str(ROOT),
        "DATA_DIR": str(directory),
        "REDIS_URL": redis_url,
        # Nothing of what is measured is kept in the object store.
        "MINIO_ENDPOINT": "127.0.0.1:9",
        "MINIO_ACCESS_KEY": "-",
        "MINIO_SECRET_KEY": "-",
        "JWT_SECRET": "um-segredo-comprido-para-assinar-tokens",
        "SECRET_KEYS": base64.urlsafe_b64encode(b"k" * 32).decode(),
        "AUTHENTICATION_API_KEY": "chave-da-api",
        "LOG_FORMAT": "json",
    }


def telegram_environment(url: str) -> dict[str, str]:
    """The settings of the channel, whose Bot API stands at this address."""
    return {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": url,
        "TELEGRAM_WEBHOOK_SECRET": SECRET,
        "WEBHOOK_PATH": WEBHOOK_PATH,
    }


def start(name: str, command: list[str], environment: dict[str, str], directory: Path, cpu: int) -> Server:
    """A bot on that CPU; it is not ready yet."""
    port = free_port()
    ours = os.sched_getaffinity(0)
    # All its threads, from the first one on.
    os.sched_setaffinity(0, {cpu})
    try:
        with (directory / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(  # noqa: S603 - our own programs
                command, env=environment | {"PORT": str(port)}, stdout=log, stderr=log, cwd=directory
            )
    finally:
        os.sched_setaffinity(0, ours)
    return Server(name, port, process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """As a platform would."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    """One that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
