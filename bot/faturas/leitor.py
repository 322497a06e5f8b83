"""Reads bills that people and robots bring, each in a process of its own that is killed when it hangs."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core.testemunha.leitura import Leitura, Recusa, Recusado
from core.testemunha.lido import Lido

_ROOT = Path(__file__).parents[2]
_OF_SIGNAL = {signal.SIGXCPU: Recusa.DEMOROU, signal.SIGABRT: Recusa.MEMORIA}


class Leitor:
    """`processos` files are read at once, the others wait; one that takes longer than `segundos` is given up."""

    def __init__(
        self, processos: int = 2, segundos: float = 20.0, program: Sequence[str] = ("-m", "bot.faturas.oficina")
    ):
        self._free = asyncio.Semaphore(processos)
        self._seconds = segundos
        self._program = program

    async def read(self, content: bytes, senhas: Sequence[str] = ()) -> Leitura | Recusado:
        """What stands in the file, or why it is not taken. `senhas`: candidates that may open it, in this order."""
        async with self._free:
            code, out = await self._run(json.dumps({"senhas": list(senhas)}).encode() + b"\n" + content)
        if code is None:
            return Recusado(Recusa.DEMOROU)
        if code != 0:
            return Recusado(_OF_SIGNAL.get(signal.Signals(-code), Recusa.ILEGIVEL) if code < 0 else Recusa.ILEGIVEL)
        head, _, copy = out.partition(b"\n")
        return _result(json.loads(head), copy)

    async def _run(self, request: bytes) -> tuple[int | None, bytes]:
        """The exit code, None when its time was over, and what it wrote. It gets none of our environment."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, *self._program, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL, env={"PYTHONPATH": os.pathsep.join((str(_ROOT), *sys.path))},
        )  # fmt: skip
        try:
            async with asyncio.timeout(self._seconds):
                out, _ = await process.communicate(request)
        except TimeoutError:
            return None, b""
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        return process.returncode, out


def _result(said: dict[str, Any], copy: bytes) -> Leitura | Recusado:
    if "recusa" in said:
        return Recusado(Recusa(said["recusa"]))
    lido = Lido(said["sha256"], tuple(said["paginas"]), tuple(said["barras"]), tuple(said["qrs"]))
    return Leitura(lido, said["senha"], copy or None)
