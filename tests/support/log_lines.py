"""What the service logs, for tests that read it."""

import io
import json
import logging
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from structlog.contextvars import merge_contextvars
from structlog.dev import set_exc_info
from structlog.processors import StackInfoRenderer, add_log_level, format_exc_info
from structlog.typing import EventDict

from bot.runtime.logs import configure_logging


def log_plainly() -> None:
    """What is logged goes to the report of a test that fails, a line each.

    structlog's own console lays out and colours each line, and draws a traceback with every frame's source and
    variables, which takes seconds, on the loop.
    """
    structlog.reset_defaults()
    before = (merge_contextvars, add_log_level, StackInfoRenderer(), set_exc_info, format_exc_info)
    structlog.configure(processors=[*before, _line])


def _line(logger: object, method: str, event: EventDict) -> str:
    level, said = event.pop("level"), event.pop("event")
    traces = [f"\n{event.pop(name)}" for name in ("stack", "exception") if name in event]
    return f"[{level}] {said} {' '.join([f'{name}={value!r}' for name, value in event.items()])}{''.join(traces)}"


def pytest_configure() -> None:
    log_plainly()


@pytest.fixture
def logging_put_back() -> Iterator[None]:
    """Logging is one per process: as it was, afterwards."""
    root = logging.getLogger()
    handlers, level, raising = root.handlers[:], root.level, logging.raiseExceptions
    hooks = sys.excepthook, threading.excepthook
    silent = {logger for logger in _loggers() if logger.disabled}
    yield
    # `logging.config` silences whoever is there already.
    for logger in _loggers():
        logger.disabled = logger in silent
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.raiseExceptions = raising
    logging.captureWarnings(False)
    sys.excepthook, threading.excepthook = hooks
    log_plainly()
    structlog.contextvars.clear_contextvars()


def _loggers() -> list[logging.Logger]:
    return [found for found in logging.getLogger().manager.loggerDict.values() if isinstance(found, logging.Logger)]


class Logged:
    """Everything that is logged, at the finest level unless another is said. Needs `logging_put_back`."""

    def __init__(self, secrets: tuple[str, ...] = (), level: str = "DEBUG") -> None:
        self._stream = io.StringIO()
        configure_logging("json", level, secrets=secrets, stream=self._stream)
        # The modules' loggers outlive this test and must not keep its stream.
        structlog.configure(cache_logger_on_first_use=False)

    @property
    def text(self) -> str:
        return self._stream.getvalue()

    def lines(self, event: str) -> list[dict[str, Any]]:
        found = [json.loads(line) for line in self.text.splitlines()]
        return [line for line in found if line["event"] == event]

    def forget(self) -> None:
        """What was logged so far does not count."""
        self._stream.seek(0)
        self._stream.truncate()
