"""Answers in the one form that all errors have, and what a channel is told of its event."""

import json
from typing import Any

from aiohttp import web

from core.outcome import Outcome

# A provider that is told to come back does so within its own patience: a Telegram tap lives 150 s.
RETRY_AFTER_SECONDS = 5
OVERLOADED = "overloaded, try again"
_OK = b'{"ok": true}'


class ApiError(Exception):
    """An answer other than success: the status, what is wrong in one sentence, and headers of its own."""

    def __init__(self, status: int, detail: Any, headers: dict[str, str] | None = None) -> None:
        super().__init__(str(detail))
        self.status = status
        self.detail = detail
        self.headers = headers


def as_json(data: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    # An error repeats what was sent, half a surrogate pair too (the name of a form's field): no UTF-8 of it.
    body = json.dumps(data, ensure_ascii=False, default=str).encode(errors="replace")
    return written(body, status, headers)


def written(body: bytes, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """JSON that is written out already."""
    return web.Response(body=body, status=status, headers=headers, content_type="application/json", charset="utf-8")


def overloaded() -> ApiError:
    return ApiError(503, OVERLOADED, {"Retry-After": str(RETRY_AFTER_SECONDS)})


def for_channel(outcome: Outcome) -> web.Response:
    """2xx only when the event is committed, repeated, or put aside; anything else makes the sender try again."""
    if outcome is Outcome.OVERLOADED:
        raise overloaded()
    if outcome is Outcome.FAILED:
        raise ApiError(500, "the event could not be handled, try again")
    return written(_OK)
