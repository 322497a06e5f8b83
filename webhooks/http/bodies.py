"""Reading request bodies: JSON, and a sentence that says what is wrong with anything else."""

import asyncio
import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from multidict import MultiDictProxy

from core.doors.json_text import NotJson, TooLarge, read_safely, read_strictly
from core.metrics import IGNORED
from webhooks.http.answers import ApiError

# Meta sends up to 3 MiB (developers.facebook.com, webhooks); aiohttp's own default is 1 MiB.
MAX_BODY_BYTES = 4 * 1024 * 1024
# From the end of the headers to the end of the body.
BODY_SECONDS = 10.0


@contextmanager
def counting_refusals(channel: str) -> Iterator[None]:
    """A webhook that is refused as malformed is counted as such."""
    try:
        yield
    except ApiError:
        IGNORED.labels(channel, "malformed").inc()
        raise


async def read_body(request: web.Request) -> bytes:
    """The whole body of somebody we know. 408 when it does not come in time, 413 when it is too large, 400 when it is
    packed otherwise than it says."""
    refuse_large(request)
    if request.content.is_eof():
        return await request.read()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await request.read()
    except TimeoutError:
        raise too_slow() from None
    except web.RequestPayloadError:
        raise packed_otherwise() from None


def refuse_large(request: web.Request) -> None:
    """A body that says how large it is, and is too large, is not read at all."""
    if (request.content_length or 0) > MAX_BODY_BYTES:
        raise too_large()


def too_large() -> ApiError:
    return ApiError(413, f"the body is larger than {MAX_BODY_BYTES} bytes")


def too_slow() -> ApiError:
    return ApiError(408, "the body did not come in time")


def packed_otherwise() -> ApiError:
    return ApiError(400, "the body is not packed as its Content-Encoding says")


def close_behind(request: web.Request, response: web.StreamResponse) -> None:
    """What stands behind a body that broke off, or cannot be unpacked, cannot be read, and aiohttp logs as a fault of
    ours what it finds out when we have answered."""
    if request.content.exception() is not None:
        request.content.feed_eof()
        response.force_close()
    elif "Content-Encoding" in request.headers and not request.content.is_eof():
        request.protocol._lingering_time = 0.0
        response.force_close()


async def json_object(request: web.Request) -> dict[str, Any]:
    """The body as a JSON object. 400 when it is none, 408 when it is late, 413 when it is too large."""
    return parse_object(await read_body(request))


def parse_object(body: bytes, *, strict: bool = False) -> dict[str, Any]:
    """A JSON object, read safely or, if `strict`, exactly (core/doors/json_text.py), whether or not a byte order mark
    stands before it, as some programs write one (RFC 8259, 8.1): then 422 for integers of more
    than 64 bits, and 400 for all else that is no JSON."""
    try:
        text = body.removeprefix(codecs.BOM_UTF8)
        data = read_strictly(text) if strict else read_safely(text)
    except TooLarge as error:
        raise ApiError(422, f"body: {error}") from None
    except (NotJson, RecursionError) as error:
        raise ApiError(400, str(error) or "the body is nested too deep") from None
    if not isinstance(data, dict):
        raise ApiError(400, "the body is not a JSON object")
    return data


# What reading a form raises when its parts are not what they say: sizes, names, encodings, headers.
UNREADABLE_FORM = (
    ValueError, RuntimeError, AssertionError, LookupError, HttpProcessingError, web.RequestPayloadError
)  # fmt: skip


def no_form() -> ApiError:
    """The form cannot be read."""
    return ApiError(400, "the form cannot be read")


async def form_of(request: web.Request) -> MultiDictProxy[Any]:
    """The fields of a form, its files beside them. 400 when it cannot be read."""
    try:
        return await request.post()
    except UNREADABLE_FORM:
        raise no_form() from None
