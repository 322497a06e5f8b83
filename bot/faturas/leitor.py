"""Reads bills that people and robots bring, each in a process of its own that is killed when it hangs."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import Process
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from core.testemunha.leitura import Leitura, LeituraAdiada, Recusa, Recusado
from core.testemunha.lido import Lido
from core.testemunha.nota.xml import NotaXml

_ROOT = Path(__file__).parents[2]
_OF_SIGNAL = {signal.SIGXCPU: Recusa.DEMOROU, signal.SIGABRT: Recusa.MEMORIA}
# Somebody ended it, or the machine ran out of memory: that says nothing of the file.
_FROM_OUTSIDE = frozenset({signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP})


class Leitor:
    """`processos` files are read at once, the others wait; one that takes longer than `segundos` is put off.

    As many processes stand by, with their libraries loaded, and fork one for each file (molde.py); `close` ends them.
    """

    def __init__(
        self, processos: int = 2, segundos: float = 20.0, program: Sequence[str] = ("-m", "bot.faturas.molde")
    ):
        self._free = asyncio.Semaphore(processos)
        self._seconds = segundos
        self._program = program
        self._ready: deque[Process] = deque()
        self._closed = False

    async def read(self, content: bytes, senhas: Sequence[str] = ()) -> Leitura | Recusado:
        """What stands in a PDF, or why it is not taken. `senhas`: candidates that may open it, in this order.

        Raises `LeituraAdiada` when the process did not get to say so.
        """
        return await self._ask({"senhas": list(senhas), "xml": False}, content)

    async def read_note(self, content: bytes) -> Leitura | Recusado:
        """What stands in the XML of an NFCom, or why it is not taken. Raises as `read` does."""
        return await self._ask({"senhas": [], "xml": True}, content)

    async def close(self) -> None:
        """Let go of the processes that stand by."""
        self._closed = True
        while self._ready:
            await _end(self._ready.popleft())

    async def _ask(self, asked: dict[str, Any], content: bytes) -> Leitura | Recusado:
        request = json.dumps(asked | {"tamanho": len(content)}).encode() + b"\n" + content
        async with self._free:
            try:
                code, out = await self._run(await self._take(), request)
            except (OSError, asyncio.IncompleteReadError, ValueError) as error:
                raise LeituraAdiada(type(error).__name__) from error
        if code < 0 and signal.Signals(-code) in _FROM_OUTSIDE:
            raise LeituraAdiada(signal.Signals(-code).name)
        if code != 0:
            return Recusado(_OF_SIGNAL.get(signal.Signals(-code), Recusa.ILEGIVEL) if code < 0 else Recusa.ILEGIVEL)
        head, _, copy = out.partition(b"\n")
        return _result(json.loads(head), copy)

    async def _take(self) -> Process:
        """One that stands by, if it still does; else a new one."""
        while self._ready:
            process = self._ready.popleft()
            if process.returncode is None:
                return process
        return await self._start()

    async def _start(self) -> Process:
        """It gets none of our environment, and ends by itself when we are gone: nothing comes in any more."""
        return await asyncio.create_subprocess_exec(
            sys.executable, *self._program, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL, env={"PYTHONPATH": os.pathsep.join((str(_ROOT), *sys.path))},
            start_new_session=True,
        )  # fmt: skip

    async def _run(self, process: Process, request: bytes) -> tuple[int, bytes]:
        """How the file's own process ended, and what it wrote. Raises `LeituraAdiada` when its time was over.

        One that did not answer is ended with what it forked; the others stand by for the next file.
        """
        assert process.stdin is not None
        assert process.stdout is not None
        answered = False
        try:
            async with asyncio.timeout(self._seconds):
                process.stdin.write(request)
                await process.stdin.drain()
                code, size = (int(part) for part in (await process.stdout.readline()).split())
                out = await process.stdout.readexactly(size)
            answered = True
        except TimeoutError:
            raise LeituraAdiada("timeout") from None
        finally:
            if answered and not self._closed:
                self._ready.append(process)
            else:
                await _end(process)
        return code, out


async def _end(process: Process) -> None:
    """And whatever it forked: they are one group."""
    if process.returncode is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    # Reads what is left, which closes its pipes.
    await process.communicate()


def _result(said: dict[str, Any], copy: bytes) -> Leitura | Recusado:
    if "recusa" in said:
        return Recusado(Recusa(said["recusa"]))
    if "nota" in said:
        return Leitura(Lido(said["sha256"], nota=NotaXml.of_json(said["nota"])))
    lido = Lido(
        said["sha256"], tuple(said["paginas"]), tuple(said["barras"]), tuple(said["qrs"]), escondido=said["escondido"]
    )
    return Leitura(lido, said["senha"], copy or None)
