"""Starts a program of ours over and over from one interpreter that has read its modules once: a fork, and no imports.

`python -m tests.support.zygote MODULE FIRST`, its standard input a socket (tests/support/forked.py has the other end).
MODULE is what `python -m` would run: `bot`, whose imports take three seconds, or the one that reads bills. FIRST is
Python that runs before anything of ours is imported. Each message asks for one process more, with the files that it is
to have; each is the very program of the command line, with its own environment, and ends when this one does.
"""

import ctypes
import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import sys
import threading
from contextlib import suppress
from typing import Any

from storage.engines.leash import PR_SET_PDEATHSIG

# Words and environment of one start.
MOST_BYTES = 200_000


def main() -> None:
    _, module, first = sys.argv
    exec(first, {"__name__": "first"})  # noqa: S102 - a test's own
    _read_modules(module)
    assert threading.active_count() == 1, "a fork takes none of the other threads along"
    control = socket.socket(fileno=0)
    ended, wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    # Who is told of each process's end.
    told: dict[int, int] = {}
    while True:
        ready, _, _ = select.select([control, ended], [], [])
        if ended in ready:
            os.read(ended, 4096)
            _reap(told)
        if control in ready:
            message, files, _, _ = socket.recv_fds(control, MOST_BYTES, 4)
            if not message:
                return
            _begin(module, json.loads(message), files, told)


def _read_modules(module: str) -> None:
    from bot.runtime.imports import quick_imports

    if module != "bot":
        importlib.import_module(module)
        gc.freeze()
        return

    with quick_imports():
        import aiosqlite  # noqa: F401
        import asyncpg  # noqa: F401

        import bot.commands.cli
        import bot.commands.up  # noqa: F401
    # What every process reads is never written to again, and stays one memory for all of them.
    gc.freeze()


def _begin(module: str, asked: dict[str, Any], files: list[int], told: dict[int, int]) -> None:
    """`files`: what it reads, what it writes, its errors, and where its end is told."""
    *its, status = files
    parent = os.getpid()
    if (pid := os.fork()) == 0:
        _become(module, asked, parent, its)
    for one in its:
        os.close(one)
    told[pid] = status
    os.write(status, f"{pid}\n".encode())


def _reap(told: dict[int, int]) -> None:
    while told:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        who = told.pop(pid)
        # The test may have gone.
        with suppress(BrokenPipeError):
            os.write(who, f"{os.waitstatus_to_exitcode(status)}\n".encode())
        os.close(who)


def _become(module: str, asked: dict[str, Any], parent: int, its: list[int]) -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    for number, file in enumerate(its):
        os.dup2(file, number)
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    sys.argv = ["balcao", *asked["words"]]
    code = 1
    try:
        runpy.run_module(module, run_name="__main__")
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
