"""The process from which readers are forked: it has their libraries, and reads no file itself.

Loading them costs as much as reading a bill. What stands ready has done so once; each file still has a process of its
own, limited before it sees a byte (`python -m bot.faturas.molde`).

Standard input: for each file a line of JSON (what the reader is asked, and `tamanho`), then that many bytes. Standard
output: for each a line `code size`, how its process ended as `subprocess` says it, then what that wrote. One thread,
so that forking is safe; it leads a group of its own, so that whoever ends the group ends the reader too.
"""

import gc
import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from bot.faturas.oficina import answer, limit

LONGEST = 60
"""Seconds by the clock, of a reader that nobody waits for any more."""
Work = Callable[[dict[str, Any], bytes], bytes]


def serve(work: Work = answer) -> None:
    """Until nothing comes in any more."""
    gc.freeze()
    while head := sys.stdin.buffer.readline():
        asked = json.loads(head)
        code, out = _in_a_child(work, asked, sys.stdin.buffer.read(asked["tamanho"]))
        sys.stdout.buffer.write(f"{code} {len(out)}\n".encode() + out)
        sys.stdout.buffer.flush()


def _in_a_child(work: Work, asked: dict[str, Any], content: bytes) -> tuple[int, bytes]:
    """How the child ended, and what it wrote."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _be_the_child(work, asked, content, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        out = pipe.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), out


def _be_the_child(work: Work, asked: dict[str, Any], content: bytes, writing: int) -> NoReturn:
    """It knows only the file and the pipe, and never returns."""
    code = 1
    try:
        os.closerange(0, writing)
        signal.alarm(LONGEST)
        limit()
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(work(asked, content))
        code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    serve()
