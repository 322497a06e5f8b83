"""One driver of Playwright, in Node, for the browser tests of a session.

Started for each test it takes half a second of CPU, and compiles what it does again and again. Each test has a
connection and objects of its own, as if the driver were its own (driver.js has the other end).
"""

import asyncio
import inspect
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import playwright
import pytest
from playwright._impl import out_of_process
from playwright._impl._driver import compute_driver_executable, get_driver_env
from playwright._impl.transport import PipeTransport


@pytest.fixture(scope="session")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """From here on whoever enters `async_playwright()` shares it."""
    path = tmp_path_factory.mktemp("driver") / "socket"
    folder = Path(inspect.getfile(playwright)).parent / "driver/package/lib"
    command = [compute_driver_executable()[0], Path(__file__).with_suffix(".js"), folder, path]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, env=get_driver_env(), **pipes) as process:  # type: ignore[call-overload]
        assert process.stdout.readline() == b"listening\n"
        with mock.patch.object(out_of_process, "PipeTransport", lambda loop: _Connection(loop, path)):
            yield
        process.stdin.close()


class _Connection(PipeTransport):
    """As over the pipes of a driver of its own."""

    def __init__(self, loop: asyncio.AbstractEventLoop, path: Path) -> None:
        super().__init__(loop)
        self._path = path

    async def connect(self) -> None:
        self._stopped_future = self._loop.create_future()
        reader, writer = await asyncio.open_unix_connection(self._path, limit=32768)
        # What the driver's process is to the reader of its pipes; here it goes on.
        self._proc = SimpleNamespace(stdin=writer, stdout=reader, communicate=writer.wait_closed)
        self._output = writer
