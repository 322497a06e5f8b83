"""Processes as deploy/ runs them: by somebody who owns no code, where nothing but DATA_DIR and /tmp can be written."""

import asyncio
import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from sandbox import Sandbox
from storage.engines.s3 import EmbeddedS3
from tests.support.engines import PostgresServer
from tests.support.programs import START_SECONDS, Program
from tests.support.service import settings_for
from tests.support.source_code import ROOT

UID = 10001
CONTAINERFILE = ROOT / "deploy" / "Containerfile"
_SEALED = (
    "--die-with-parent",
    "--ro-bind",
    "/",
    "/",
    "--dev",
    "/dev",
    "--proc",
    "/proc",
    "--tmpfs",
    "/tmp",
    "--tmpfs",
    "/var/lib",
)
_NOBODY = ("setpriv", f"--reuid={UID}", f"--regid={UID}", "--clear-groups", "--no-new-privs", "--bounding-set=-all")
_TO_BECOME_NOBODY = ("SETUID", "SETGID", "SETPCAP")
_PG = ".s.PGSQL.5432"
_TMP = "/tmp"
_WRITES = "import pathlib, sys; pathlib.Path(sys.argv[1]).write_text('x')"


@pytest.fixture
def volume() -> Iterator[Path]:
    """What is mounted at /var/lib/balcao, and theirs, as Containerfile makes it."""
    if os.geteuid() != 0 or shutil.which("bwrap") is None or shutil.which("setpriv") is None:
        pytest.skip("needs root, bubblewrap and setpriv")
    with tempfile.TemporaryDirectory() as directory:
        os.chown(directory, UID, UID)
        yield Path(directory)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox()
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


def sealed(volume: Path, sockets: Mapping[Path, str], *words: str) -> list[str]:
    """`read_only`, `cap_drop`, `no-new-privileges`, the tmpfs and the volume of the files in deploy/."""
    # An image has it in places of its own; here it may lie in a home that nobody else looks into, or below /tmp.
    home, code = Path(sys.base_prefix), (ROOT, Path(sys.prefix))
    python = ["--tmpfs", "/root", *_shown(home, "/root")] if home.is_relative_to("/root") else []
    python += [part for one in code if one.is_relative_to(_TMP) for part in _shown(one, _TMP)]
    seen = {volume: "/var/lib/balcao", **sockets}
    places = [part for real, there in seen.items() for part in ("--bind", str(real), there)]
    caps = [part for one in _TO_BECOME_NOBODY for part in ("--cap-add", f"CAP_{one}")]
    return ["bwrap", *_SEALED, *python, *places, "--chdir", "/var/lib/balcao", *caps, *_NOBODY, sys.executable, *words]


def _shown(place: Path, hidden: str) -> list[str]:
    """A directory below one that is hidden, and the way to it for everybody."""
    above = [str(one) for one in reversed(place.parents) if one.is_relative_to(hidden) and one != Path(hidden)]
    way = [part for one in above for part in ("--perms", "0755", "--dir", one)]
    return [*way, "--ro-bind", str(place), str(place)]


@asynccontextmanager
async def started(command: list[str], environment: Mapping[str, str]) -> AsyncIterator[Program]:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.defpath])
    process = await asyncio.create_subprocess_exec(
        *command,
        env={"PATH": path, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", **environment},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    program = Program(process, tuple(command[-2:]), process.stdout, process.stderr)
    try:
        yield program
    finally:
        # Who became somebody else does not die with bubblewrap.
        for child in _children_of(program.pid):
            os.kill(child, signal.SIGKILL)
        await program.end_of_test()


def healthcheck() -> list[str]:
    """The words of the image's HEALTHCHECK, after `python`."""
    text = CONTAINERFILE.read_text(encoding="utf-8")
    words: list[str] = json.loads(text[text.index('["python"') :].splitlines()[0])
    return words[1:]


@pytest.mark.falha(286)
async def test_everything_runs_where_nothing_can_be_written_and_a_backup_is_made(
    volume: Path,
    postgres_server: PostgresServer,
    postgres_url: str,
    clean_redis_url: str,
    s3: EmbeddedS3,
    sandbox: Sandbox,
) -> None:
    environment = settings_for(postgres_url, clean_redis_url, s3, Path("/var/lib/balcao")) | sandbox.settings()
    environment |= {"HOST": "0.0.0.0", "REDIS_URL": "unix:///tmp/redis.sock"}  # noqa: S104 - as in the image
    environment["DATABASE_URL"] = postgres_url.partition("?")[0] + "?host=/tmp"
    sockets = _for_anybody(clean_redis_url) | {postgres_server.directory / _PG: f"/tmp/{_PG}"}

    async def ended(*words: str) -> tuple[int, str]:
        async with started(sealed(volume, sockets, *words), environment) as program:
            return await program.ended(START_SECONDS), str(program)

    for place in (str(ROOT / "bot" / "x"), "/etc/x"):
        code, said = await ended("-c", _WRITES, place)
        assert code == 1, said
    code, said = await ended("-m", "bot", "migrate")
    assert code == 0, said
    async with AsyncExitStack() as stack:
        for word, event in (("web", "listening"), ("worker", "working"), ("clock", "ticking")):
            command = sealed(volume, sockets, "-m", "bot", word)
            program = await stack.enter_async_context(started(command, environment))
            await program.says(f'"event": "{event}"')
            assert _user_of(program.pid) == UID
        code, said = await ended(*healthcheck())
        assert code == 0, said
        async with aiohttp.ClientSession() as client:
            for path in ("healthz", "readyz"):
                async with client.get(f"http://127.0.0.1:{environment['PORT']}/{path}") as answer:
                    assert answer.status == 200, await answer.text()
        code, said = await ended("-m", "bot", "backup")
        assert code == 0, said
        code, said = await ended("-m", "bot", "backup", "--listar")
        assert code == 0, said


def _user_of(pid: int) -> int:
    """Of the program that bubblewrap runs."""
    return Path(f"/proc/{_children_of(pid)[0]}").stat().st_uid


def _children_of(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(one) for one in children.read_text(encoding="utf-8").split()] if children.exists() else []


def _for_anybody(redis_url: str) -> dict[Path, str]:
    socket = Path(redis_url.removeprefix("unix://"))
    socket.chmod(0o777)
    return {socket: "/tmp/redis.sock"}
