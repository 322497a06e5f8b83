"""`Idempotency-Key`: a writing call that is sent again is answered what it was answered first, and done once.

The answer is kept in the transaction of what was done. Refusals (4xx) are kept too; what a limit, an overload or a
fault answered is not: whoever sends it again is tried again. Rests on
https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
"""

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable
from functools import partial

from aiohttp import MultipartReader, StreamReader, web
from aiohttp.base_protocol import BaseProtocol
from aiohttp.multipart import BodyPartReader

from storage.callers.answered import Answered, KeyedCall, KeyTaken, first_answer, keep_answer
from storage.transaction import Transaction
from webhooks.auth import USUARIO
from webhooks.given import RUN_AGAIN
from webhooks.http.answers import ApiError, as_json, written
from webhooks.http.bodies import UNREADABLE_FORM, read_body
from webhooks.http.one_turn import one_turn

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
KEY_PATTERN = "^[!-~]{1,255}$"
# Of who calls and of what came in, not of what was asked: another time they may not be said.
_NOT_KEPT = frozenset({401, 408, 413, 429})
# Written anew with each answer.
_OF_THE_WIRE = frozenset({"content-type", "content-length", "date", "server", "connection", "x-request-id"})

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Made = tuple[web.StreamResponse, ApiError | None]


async def answered_once(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The handler's answer, or the one that this call got first. 422 for a key that came with something else."""
    call = await _keyed(request)
    try:
        response, refusal = await request.app[RUN_AGAIN](lambda tx: _first_or_again(tx, call, request, handler))
    except KeyTaken:
        raise ApiError(422, f"{HEADER}: it came first with another body") from None
    except ApiError as error:
        if _is_kept(error.status):
            await request.app[RUN_AGAIN](partial(_remember, call=call, refused=_refused(error)))
        raise
    if refusal is not None:
        raise refusal
    made: web.StreamResponse = response
    return made


async def _first_or_again(tx: Transaction, call: KeyedCall, request: web.Request, handler: Handler) -> Made:
    known = await first_answer(tx, call)
    if known is not None:
        return written(known.body.encode(), known.status, known.headers | {REPLAYED: "true"}), None
    if _is_form(request):
        # The handler reads it by itself, each time it is tried.
        request._payload = _stream(await request.read())
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
    """The refusal of what was taken back as a whole."""
    if await first_answer(tx, call) is None:
        await keep_answer(tx, call, _answered(refused))


def _is_kept(status: int) -> bool:
    return status < 500 and status not in _NOT_KEPT


def _refused(error: ApiError) -> web.Response:
    return as_json({"detail": error.detail}, error.status, error.headers)


def _answered(response: web.Response) -> Answered:
    body = response.body if isinstance(response.body, bytes) else b""
    headers = {name: value for name, value in response.headers.items() if name.lower() not in _OF_THE_WIRE}
    return Answered(response.status, body.decode(), headers)


async def _keyed(request: web.Request) -> KeyedCall:
    key = request.headers[HEADER]
    if not re.fullmatch(KEY_PATTERN, key):
        raise ApiError(422, f"{HEADER}: not 1 to 255 visible ASCII characters")
    content = hashlib.sha256(request.query_string.encode("utf-8", "surrogateescape") + b"\n")
    content.update(await _content(request))
    return KeyedCall(_caller(request), request.method, request.path.rstrip("/"), key, content.hexdigest())


def _caller(request: web.Request) -> str:
    if (usuario := request.get(USUARIO)) is not None:
        return f"usuario {usuario.id}"
    given = request.headers.get("api-key", "").encode("utf-8", "surrogateescape")
    return f"key {hashlib.sha256(given).hexdigest()}"


async def _content(request: web.Request) -> bytes:
    """The body, and of a form its parts: what stands between them is another one each time."""
    body = await read_body(request)
    if not _is_form(request):
        return body
    found = hashlib.sha256()
    try:
        async for part in MultipartReader(request.headers, _stream(body)):
            assert isinstance(part, BodyPartReader)
            digest = hashlib.sha256(await part.read()).hexdigest()
            found.update(repr((part.name, part.filename, digest)).encode("utf-8", "surrogateescape"))
    except UNREADABLE_FORM:
        return body
    return found.digest()


def _is_form(request: web.Request) -> bool:
    return request.content_type.startswith("multipart/")


def _stream(body: bytes) -> StreamReader:
    stream = StreamReader(BaseProtocol(asyncio.get_running_loop()), 2**16)
    stream.feed_data(body)
    stream.feed_eof()
    return stream
