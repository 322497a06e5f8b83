"""`Idempotency-Key`: a writing call that is sent again is answered what it was answered first, and done once.

The answer is kept in the transaction of what was done. Refusals (4xx) are kept too; what a limit, an overload or a
fault answered is not: whoever sends it again is tried again. Rests on
https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
"""

import hashlib
import re
from collections.abc import Awaitable
from contextlib import suppress
from functools import partial

from aiohttp import web

from storage.callers.answered import Answered, KeyedCall, KeyTaken, answer_to, first_answer, keep_answer
from storage.transaction import Transaction
from webhooks.auth import USUARIO
from webhooks.given import DATABASE, RUN_AGAIN
from webhooks.http.answers import ApiError, as_json, written
from webhooks.http.bodies import read_body
from webhooks.http.endpoints import Endpoint, Handler
from webhooks.http.one_turn import one_turn
from webhooks.http.uploads import Upload, uploaded

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
KEY_PATTERN = "^[!-~]{1,255}$"
# Of who calls and of what came in, not of what was asked: another time they may not be said.
_NOT_KEPT = frozenset({401, 408, 413, 429})
# Written anew with each answer.
_OF_THE_WIRE = frozenset({"content-type", "content-length", "date", "server", "connection", "x-request-id"})

Made = tuple[web.StreamResponse, ApiError | None]


async def answered_once(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The handler's answer, or the one that this call got first. 422 for a key that came with something else."""
    if not re.fullmatch(KEY_PATTERN, request.headers[HEADER]):
        raise ApiError(422, f"{HEADER}: not 1 to 255 visible ASCII characters")
    if not isinstance(handler, Endpoint) or handler.prepare is None:
        call = _keyed(request, await read_body(request))
        return await _kept(request, call, _in_one_turn(request, call, handler))
    async with uploaded(request) as form:
        call = _keyed(request, form.digest())
        return await _kept(request, call, _prepared(request, call, handler, form))


async def _kept(request: web.Request, call: KeyedCall, answering: Awaitable[Made]) -> web.StreamResponse:
    try:
        response, refusal = await answering
    except KeyTaken:
        raise ApiError(422, f"{HEADER}: it came first with another body") from None
    except ApiError as error:
        if _is_kept(error.status):
            await request.app[RUN_AGAIN](partial(_remember, call=call, refused=_refused(error)))
        raise
    if refusal is not None:
        raise refusal
    return response


async def _prepared(request: web.Request, call: KeyedCall, handler: Endpoint, form: Upload) -> Made:
    """What takes its time is done before the transaction, and not for a call that has its answer."""
    assert handler.prepare is not None
    async with request.app[DATABASE].read() as connection:
        known = await answer_to(connection, call)
    if known is not None:
        return _again(known), None
    given = await handler.prepare(request, form)
    return await _in_one_turn(request, call, lambda request: handler.handle(request, given))


async def _in_one_turn(request: web.Request, call: KeyedCall, handler: Handler) -> Made:
    made: Made = await request.app[RUN_AGAIN](lambda tx: _first_or_again(tx, call, request, handler))
    return made


async def _first_or_again(tx: Transaction, call: KeyedCall, request: web.Request, handler: Handler) -> Made:
    known = await first_answer(tx, call)
    if known is not None:
        return _again(known), None
    with one_turn(tx) as turn:
        try:
            response, refusal = await handler(request), None
        except ApiError as error:
            if turn.failed or not _is_kept(error.status):
                raise
            # What was refused may have been recorded.
            response, refusal = _refused(error), error
    if isinstance(response, web.Response) and response.status < 500:
        await keep_answer(tx, call, _answered(response))
    return response, refusal


async def _remember(tx: Transaction, call: KeyedCall, refused: web.Response) -> None:
    """The refusal of what was taken back as a whole, or never begun; the key may have come again meanwhile."""
    with suppress(KeyTaken):
        if await first_answer(tx, call) is None:
            await keep_answer(tx, call, _answered(refused))


def _again(known: Answered) -> web.Response:
    return written(known.body.encode(), known.status, known.headers | {REPLAYED: "true"})


def _is_kept(status: int) -> bool:
    return status < 500 and status not in _NOT_KEPT


def _refused(error: ApiError) -> web.Response:
    return as_json({"detail": error.detail}, error.status, error.headers)


def _answered(response: web.Response) -> Answered:
    body = response.body if isinstance(response.body, bytes) else b""
    headers = {name: value for name, value in response.headers.items() if name.lower() not in _OF_THE_WIRE}
    return Answered(response.status, body.decode(), headers)


def _keyed(request: web.Request, body: bytes) -> KeyedCall:
    """`body`: as it came, or what a form is known by."""
    content = hashlib.sha256(request.query_string.encode("utf-8", "surrogateescape") + b"\n" + body).hexdigest()
    return KeyedCall(_caller(request), request.method, request.path.rstrip("/"), request.headers[HEADER], content)


def _caller(request: web.Request) -> str:
    if (usuario := request.get(USUARIO)) is not None:
        return f"usuario {usuario.id}"
    given = request.headers.get("api-key", "").encode("utf-8", "surrogateescape")
    return f"key {hashlib.sha256(given).hexdigest()}"
