"""Workers of xdist forked from the process that leads them, once that has imported the tests.

Each would import the service, its libraries and every test by itself, which takes seconds of CPU before its first test.
A worker is what it always was: it has a pytest of its own, which collects by itself, and speaks with its leader as
execnet has it (`execnet.gateway_io.Popen2IOMaster` starts one as a program, and still does where one has crashed).
"""

import atexit
import gc
import logging
import os
import sys
import threading
import warnings
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import pytest
from _pytest.pathlib import import_path
from execnet import gateway_io
from execnet.gateway_base import ExecModel, Popen2IO


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config: pytest.Config, specs: list[Any]) -> None:
    """In the leader, while it has no threads: a fork takes none of them along."""
    if threading.active_count() > 1:
        return
    _import_tests(config)
    if "hypothesis" in sys.modules:
        # It encodes each letter that there is, and writes down where it stands.
        from hypothesis import strategies

        strategies.text().validate()
    if (source_code := sys.modules.get("tests.support.source_code")) is not None:
        source_code.read_once()
    # What all of them read is never written to again, and stays one memory for all of them.
    gc.freeze()
    with config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        ready: deque[_Forked] = deque()
        for _ in specs:
            ready.append(_fork(ready))
    # Some libraries complain of what is not let go at the end.
    gc.unfreeze()
    program = gateway_io.create_io

    def create_io(spec: Any, execmodel: ExecModel) -> Popen2IO:
        return ready.popleft().with_model(execmodel) if ready and spec.popen else program(spec, execmodel)

    gateway_io.create_io = create_io


def _import_tests(config: pytest.Config) -> None:
    """What cannot be imported, or warns, is left to the workers, who say so."""
    for path in sorted(_files(config)):
        with suppress(Exception, pytest.skip.Exception), warnings.catch_warnings():
            warnings.simplefilter("error")
            import_path(path, mode="importlib", root=config.rootpath, consider_namespace_packages=False)


def _files(config: pytest.Config) -> Iterator[Path]:
    for argument in config.args:
        path = config.rootpath / argument.partition("::")[0]
        yield from path.rglob("test_*.py") if path.is_dir() else [path]


class _Forked(Popen2IO):
    """A worker, as execnet's own is to its user."""

    def __init__(self, pid: int, outfile: Any, infile: Any) -> None:
        super().__init__(outfile, infile, None)  # type: ignore[arg-type]
        self._pid = pid

    def with_model(self, execmodel: ExecModel) -> "_Forked":
        self.execmodel = execmodel
        return self

    def wait(self) -> int | None:
        with suppress(ChildProcessError):
            return os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        return None

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self._pid, 9)


def _fork(others: "deque[_Forked]") -> _Forked:
    (its_in, out), (into, its_out) = os.pipe(), os.pipe()
    if (pid := os.fork()) == 0:
        for other in others:
            other.close_read()
            other.close_write()
        os.close(out)
        os.close(into)
        _become(its_in, its_out)
    os.close(its_in)
    os.close(its_out)
    return _Forked(pid, os.fdopen(out, "wb"), os.fdopen(into, "rb"))


def _become(into: int, out: int) -> NoReturn:
    """It does what the program does that execnet starts: read a line of Python, and run it."""
    code = 1
    try:
        for number, file in enumerate((into, out)):
            os.dup2(file, number)
            os.close(file)
        sys.stdin = os.fdopen(0, "r", 1, closefd=False)
        sys.stdout = os.fdopen(1, "w", 1, closefd=False)
        logging.getLogger().handlers.clear()
        exec(eval(sys.stdin.readline()), {"__name__": "__main__"})  # noqa: S102, S307 - execnet's own line
        code = 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        _end(code)


def _end(code: int) -> NoReturn:
    """As an interpreter ends, without what the leader has on its stack."""
    try:
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)
