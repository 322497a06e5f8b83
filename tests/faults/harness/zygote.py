"""Starts `balcao` over and over from one interpreter that has read its modules once: a fork instead of six seconds.

A line of JSON in (words, environment, directory, log) is one process more; lines out say which began and which ended.
Each is the very program of the command line, with an environment of its own, and ends when this one does.
"""

import ctypes
import importlib
import json
import os
import runpy
import signal
import sys
from typing import Any

_PR_SET_PDEATHSIG = 1
# Claims hold for a fifth of their usual time, so that a run sees many of them end.
HOLD_SECONDS, MARGIN_SECONDS = 6.0, 2.0


def main() -> None:
    claims = importlib.import_module("storage.outbox.claims")
    claims.OWNER_SECONDS, claims.MARGIN_SECONDS = HOLD_SECONDS, MARGIN_SECONDS  # type: ignore[attr-defined]
    for name in ("bot.commands.cli", "bot.commands.programs", "asyncpg", "aiosqlite"):
        importlib.import_module(name)
    signal.signal(signal.SIGCHLD, lambda *_: _reap())
    say({"ready": os.getpid()})
    for line in sys.stdin:
        asked = json.loads(line)
        parent = os.getpid()
        # Nobody is said to have ended before they are said to have begun.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
        if (pid := os.fork()) == 0:
            _become(asked, parent)
        say({"began": pid, "name": asked["name"]})
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})


def say(what: dict[str, Any]) -> None:
    # One write: a handler of a signal may say something in the middle of another line.
    os.write(1, json.dumps(what).encode() + b"\n")


def _reap() -> None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        say({"ended": pid, "code": os.waitstatus_to_exitcode(status)})


def _become(asked: dict[str, Any], parent: int) -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
    log = os.open(asked["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    sys.argv = ["balcao", *asked["words"]]
    code = 1
    try:
        runpy.run_module("bot", run_name="__main__")
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
