"""What the logs say of a request (reference: consultores-v6, "Formato dos Logs").

`{"request": {"id", "method", "path", "params"}}` when it comes, `{"response": {"id", "status", "time", "data"}}` when
it is answered, `{"error": {"id", "method", "path", "error"}}` when that is an error; `id` is its X-Request-ID. Channels
and robots, who send all the time, get one line with both. Masked like every line, in bot/runtime/redaction.py.
"""

import time
from http import HTTPStatus
from typing import Any

import structlog
from aiohttp import web

from core.secret_names import MASK, is_secret_name

log = structlog.get_logger()

REQUEST_ID = web.RequestKey("request_id", str)
# What a handler wants to see of its answer in the logs; small, and never anybody's data.
LOG_DATA: web.RequestKey[dict[str, Any]] = web.RequestKey("log_data", dict)
# Asked for all the time, and nothing happens: only their errors are told.
_QUIET = frozenset({"/healthz", "/readyz", "/metrics", "/api/v1/presence/heartbeat"})
_SENT_ALL_THE_TIME = "/webhooks/"


class RequestLog:
    """The lines of one request. Made when it comes."""

    def __init__(self, request: web.Request) -> None:
        self._request = request
        self._started = time.perf_counter()
        self._quiet = request.path.rstrip("/") in _QUIET
        self._one_line = request.path.startswith(_SENT_ALL_THE_TIME)
        if not self._quiet and not self._one_line:
            log.info("request", request=self._asked())

    def answered(self, response: web.StreamResponse) -> None:
        """It is over; a stream says so at its end."""
        if self._quiet or (self._one_line and response.status == HTTPStatus.SERVICE_UNAVAILABLE):
            # Those that are told to come back are counted, and told together: webhooks/http/admission.py.
            return
        answer: dict[str, Any] = {"id": self._request[REQUEST_ID], "status": response.status, "time": self._time()}
        if data := self._request.get(LOG_DATA):
            answer["data"] = data
        if self._one_line:
            log.info("request", request=self._asked(), response=answer)
        else:
            log.info("response", response=answer)

    def _asked(self) -> dict[str, Any]:
        request = self._request
        return {
            "id": request[REQUEST_ID],
            "method": request.method,
            "path": request.path,
            "params": _params(request) if request.query_string else {},
        }

    def _time(self) -> str:
        return f"{time.perf_counter() - self._started:.2f}s"


def _params(request: web.Request) -> dict[str, str]:
    """Masked by name here already: a token in an address is handed to no log, however that is set up."""
    return {name: MASK if is_secret_name(name) else value for name, value in request.query.items()}


def log_refusal(request: web.Request, status: int, error: object) -> None:
    """The answer is this error."""
    (log.error if status >= 500 else log.info)("error", error=_failed(request, str(error)))


def log_fault(request: web.Request, error: Exception) -> None:
    """A fault of ours, with where it happened."""
    log.exception("error", error=_failed(request, f"{type(error).__name__}: {error}"))


def _failed(request: web.Request, error: str) -> dict[str, Any]:
    return {"id": request.get(REQUEST_ID), "method": request.method, "path": request.path, "error": error}
