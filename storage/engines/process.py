"""The life of an embedded engine: started, ready, watched, stopped. It never outlives who started it."""

import asyncio
import os
import sys
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from storage.engines import leash
from storage.engines.lock import make_private_dir

# An append-only file of some gigabytes takes Redis this long to read.
START_SECONDS = 60.0
STOP_SECONDS = 10.0


class EngineError(Exception):
    """An embedded engine did not start, or is not installed; the text says what to do."""


class EngineProcess:
    """One engine that keeps everything in `directory`: its files, its log (`engine.log`), its lock."""

    def __init__(self, name: str, directory: Path) -> None:
        self.name = name
        self.directory = directory
        self._log = directory / "engine.log"
        self._process: asyncio.subprocess.Process | None = None

    @property
    def exited(self) -> bool:
        """Whether it is not running: never started, stopped, or died."""
        return self._process is None or self._process.returncode is not None

    @property
    def pid(self) -> int | None:
        return None if self._process is None else self._process.pid

    async def wait(self) -> int:
        """Until the engine ends, for whatever reason; its exit code, negative for a signal."""
        if self._process is None:
            raise EngineError(f"{self.name} was not started")
        return await self._process.wait()

    async def start(
        self,
        command: Sequence[str],
        is_ready: Callable[[], Awaitable[bool]],
        environment: Mapping[str, str] | None = None,
        seconds: float = START_SECONDS,
    ) -> None:
        """Run until `is_ready` says so. EngineError, with the end of its log, when it dies or is late.

        Call it from a thread that lives as long as the engine should: the kernel kills the engine with it.
        """
        make_private_dir(self.directory)
        with self._open_log() as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._leashed(command),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=environment,
                start_new_session=True,  # Ctrl-C in the terminal is ours to handle, then we stop the engine
                umask=0o077,
            )
        try:
            async with asyncio.timeout(seconds):
                await self._until_ready(is_ready)
        except TimeoutError:
            await self.stop()
            raise EngineError(f"{self.name} não ficou pronto em {seconds:g} s: {self.last_words()}") from None
        except BaseException:
            await self.stop()
            raise

    async def stop(self, seconds: float = STOP_SECONDS) -> None:
        """SIGTERM, and SIGKILL when that was not enough. Nothing to do when it has ended already."""
        if self._process is None or self.exited:
            return
        with suppress(ProcessLookupError):
            self._process.terminate()
        try:
            async with asyncio.timeout(seconds):
                await self._process.wait()
        except TimeoutError:
            with suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()

    def _leashed(self, command: Sequence[str]) -> list[str]:
        # -I and -S: nothing of the environment or of site-packages is needed, and it starts in 20 ms.
        python = [sys.executable, "-I", "-S", str(leash.__file__)]
        return [*python, str(os.getpid()), str(self.directory / "engine.lock"), *command]

    def _open_log(self) -> BinaryIO:
        return self._log.open("wb")

    def last_words(self) -> str:
        """The end of its log, for people; it has none when it never began."""
        if not self._log.exists():
            return "não disse nada"
        lines = self._log.read_text(encoding="utf-8", errors="replace").split("\n")
        return " / ".join(line.strip() for line in lines if line.strip())[-500:] or "não disse nada"

    async def _until_ready(self, is_ready: Callable[[], Awaitable[bool]]) -> None:
        while not await is_ready():
            if self.exited:
                raise EngineError(f"{self.name} terminou ao subir: {self.last_words()}")
            await asyncio.sleep(0.02)


class EmbeddedEngine(ABC):
    """An engine as whoever starts one sees it: `_process` runs it."""

    def __init__(self, name: str, directory: Path) -> None:
        self._process = EngineProcess(name, directory)

    @property
    def exited(self) -> bool:
        """Whether it is not running."""
        return self._process.exited

    @property
    def pid(self) -> int | None:
        return self._process.pid

    @abstractmethod
    async def start(self) -> None:
        """Until it answers. EngineError when that cannot be."""

    async def stop(self) -> None:
        await self._process.stop()

    async def wait(self) -> int:
        """Until it ends, wanted or not; its exit code."""
        return await self._process.wait()
