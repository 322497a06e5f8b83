"""What every test may ask for. Engines are real (tests/support/engines.py); only providers are stand-ins."""

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

import tests.support.aiogram_when_used  # noqa: F401 - before what imports aiogram
from storage.database import Database
from storage.engines.redis import EmbeddedRedis
from storage.engines.s3 import EmbeddedS3
from storage.schema import migrate
from tests.support.reused import ReusedDatabase
from tests.support.service import RunningService, settings_for

pytest_plugins = [
    f"tests.support.{name}"
    for name in (
        *("browsing", "driver", "engines", "made_once", "pool_world", "log_lines", "consultores_api", "painel"),
        *("diagonal", "falhas", "forked_workers", "in_memory", "long_first", "patience", "pipedrive", "readers"),
    )
]


def _migrate(url: str) -> None:
    async def run() -> None:
        database = Database(url)
        await migrate(database)
        await database.close()

    asyncio.run(run())


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file at the newest schema, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    _migrate(f"sqlite+aiosqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A SQLite database of the newest schema, for this test alone."""
    copy = tmp_path / "balcao.db"
    shutil.copy(sqlite_template, copy)
    return f"sqlite+aiosqlite:///{copy}"


@pytest.fixture(scope="session")
def reused_postgresql(postgres_server: Any) -> Iterator[ReusedDatabase]:
    """The PostgreSQL database of one test after the other."""
    with ReusedDatabase(postgres_server, postgres_server.template("balcao", _migrate)) as reused:
        yield reused


@pytest.fixture
def postgresql_url(reused_postgresql: ReusedDatabase) -> str:
    """A PostgreSQL database of the newest schema, with nothing in it and nobody else on it."""
    return reused_postgresql.lent()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The test runs on both databases."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def clean_redis_url(redis_server: EmbeddedRedis) -> str:
    """The tests' Redis, emptied: with one line, where a client of its own would take ten times as long."""
    with socket.socket(socket.AF_UNIX) as redis:
        redis.connect(unquote(urlsplit(redis_server.url).path))
        redis.sendall(b"FLUSHALL\r\n")
        assert redis.recv(100) == b"+OK\r\n"
    return redis_server.url


@pytest.fixture
async def service(
    database_url: str, clean_redis_url: str, s3: EmbeddedS3, tmp_path: Path
) -> AsyncIterator[RunningService]:
    """The whole service, web, worker and clock, with stand-ins of the providers around it."""
    async with RunningService(settings_for(database_url, clean_redis_url, s3, tmp_path)) as running:
        yield running


@pytest.fixture
async def sqlite_service(
    sqlite_url: str, clean_redis_url: str, s3: EmbeddedS3, tmp_path: Path
) -> AsyncIterator[RunningService]:
    """The whole service on SQLite only, for what does not depend on the database."""
    async with RunningService(settings_for(sqlite_url, clean_redis_url, s3, tmp_path)) as running:
        yield running
