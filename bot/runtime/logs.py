"""Structured logs, ours and the libraries', through one place where secrets and personal data are masked.

`json` is a line of JSON per event, `console` is for reading. Both go to standard error: standard output
belongs to what a command answers (`balcao token`).
"""

import json
import logging
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from types import TracebackType
from typing import Any, Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor

from bot.runtime.redaction import OF_REQUESTS, Redactor

# Their details repeat what people wrote and what statements carried; their warnings are enough.
# Libraries that tell of each step; ours is one line a request, and warnings from them.
_QUIET = (
    "aiogram.event",
    "aiosqlite",
    "alembic",
    "apscheduler",
    "asyncio",
    "fontTools",
    "fpdf",
    "PIL",
    "sqlalchemy.engine",
    "sqlalchemy.pool",
    "taskiq",
    "urllib3",
)


def configure_logging(
    format: Literal["json", "console"] | None = None,  # noqa: A002 - the setting's own word
    level: str = "INFO",
    *,
    secrets: Iterable[str] = (),
    stream: TextIO | None = None,
) -> None:
    """Set up structlog and the logging module, once at start; calling again starts afresh.

    `format` None chooses json unless `stream` (standard error) is a terminal. `secrets` are values never to
    be shown, `Settings.secret_values()`. Events carry what `structlog.contextvars` holds (`request_id`).
    """
    stream = stream or sys.stderr
    chosen = format or ("console" if stream.isatty() else "json")
    last: list[Processor] = [
        structlog.processors.StackInfoRenderer(),
        # Text before the masking, so that what an exception says is masked too.
        structlog.processors.format_exc_info,
        Redactor(secrets),
        *([_for_reading] if chosen == "console" else []),
        _renderer(chosen, stream),
    ]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_formatter(last))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    logging.captureWarnings(True)
    # A record that cannot be formatted is dropped; the standard report would print its arguments in clear.
    logging.raiseExceptions = False
    # Finds the module that logs, where it does not say its name.
    named = structlog.stdlib.LoggerFactory(ignore_frame_names=[__name__])
    structlog.configure(
        processors=[*_shared(), _dropping_the_unprintable(last)],
        wrapper_class=structlog.make_filtering_bound_logger(root.level),
        logger_factory=lambda *name: _Lines(stream, named(*name).name),
        cache_logger_on_first_use=True,
    )
    sys.excepthook = _log_uncaught
    threading.excepthook = _log_uncaught_in_thread


def _shared() -> list[Processor]:
    """What every event gets, whether it comes from structlog or from a library's logger."""
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _for_reading(logger: Any, method: str, event: EventDict) -> EventDict:
    """What a line says of a request, each thing by itself: `method=GET path=/consultores`; its id is on every line."""
    for name in OF_REQUESTS:
        if isinstance(said := event.get(name), dict):
            del event[name]
            event.update({key: value for key, value in said.items() if key != "id" and value != {}})
    return event


def _renderer(chosen: str, stream: TextIO) -> Processor:
    if chosen == "json":
        # One encoder for all lines: `json.dumps` makes one for each.
        encode = json.JSONEncoder(default=_shown).encode
        return structlog.processors.JSONRenderer(serializer=lambda event, **_: encode(event))
    # Tracebacks arrive as text; the renderer's own would show local variables.
    plain = structlog.dev.plain_traceback
    return structlog.dev.ConsoleRenderer(colors=stream.isatty(), exception_formatter=plain)


def _shown(value: Any) -> Any:
    """Of what JSON has no form for."""
    return value.__structlog__() if hasattr(value, "__structlog__") else repr(value)


def _formatter(last: list[Processor]) -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_shared(),
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
    )


def _dropping_the_unprintable(last: list[Processor]) -> Processor:
    """What the logging module does for the libraries: an event that cannot be shown fails nobody's work."""

    def render(logger: Any, method: str, event: EventDict) -> str:
        shown: Any = event
        try:
            for processor in last:
                shown = processor(logger, method, shown)
        except Exception:
            raise structlog.DropEvent from None
        return str(shown)

    return render


class _Lines:
    """Our own events, straight to the stream: through the logging module one costs three times as much."""

    def __init__(self, stream: TextIO, name: str) -> None:
        self.name = name
        self._stream = stream

    def msg(self, line: str) -> None:
        # A full disk or a closed pipe is no reason to fail a request.
        with suppress(OSError, ValueError):
            self._stream.write(line + "\n")
            self._stream.flush()

    debug = info = warning = error = critical = msg


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """The last words of a crashing process, masked like everything else."""
    if issubclass(kind, KeyboardInterrupt):
        return
    structlog.get_logger("balcao").critical("uncaught exception", exc_info=(kind, error, trace))


def _log_uncaught_in_thread(crash: threading.ExceptHookArgs) -> None:
    if crash.exc_value is not None:
        _log_uncaught(crash.exc_type, crash.exc_value, crash.exc_traceback)
