"""Reading request bodies: strict JSON, and a sentence that says what is wrong with anything else."""

import json
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from aiohttp import web

from core.metrics import IGNORED
from webhooks.http.answers import ApiError

# Meta sends up to 3 MiB (developers.facebook.com, webhooks); aiohttp's own default is 1 MiB.
MAX_BODY_BYTES = 4 * 1024 * 1024

# Half a surrogate pair is no character, and PostgreSQL keeps no NUL. JSON can hold either only as an escape.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_SUSPECT = re.compile(rb"\\u(?:0000|d[89a-f])", re.IGNORECASE)


@contextmanager
def counting_refusals(channel: str) -> Iterator[None]:
    """A webhook that is refused as malformed is counted as such."""
    try:
        yield
    except ApiError:
        IGNORED.labels(channel, "malformed").inc()
        raise


async def json_object(request: web.Request) -> dict[str, Any]:
    """The body as a JSON object. 400 when it is none, 413 when it is too large."""
    return parse_object(await request.read())


def parse_object(body: bytes, *, strict: bool = False) -> dict[str, Any]:
    """A JSON object. `strict` refuses NaN and numbers beyond any float, keys that repeat, half surrogate pairs and NUL.

    Otherwise characters that no database keeps are replaced: a name cut in the middle of an emoji is still a name.
    """
    try:
        data = json.loads(body.decode("utf-8"), **(_STRICT if strict else {}))
        mended = _mended(data) if _SUSPECT.search(body) else data
    except UnicodeError:
        raise ApiError(400, "the body is not UTF-8") from None
    except (ValueError, RecursionError):
        raise ApiError(400, "the body is not JSON") from None
    if strict and mended != data:
        raise ApiError(400, "the body holds NUL or half a character")
    return _object(mended)


def _object(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise ApiError(400, "the body is not a JSON object")
    return data


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_mended(item) for item in value]
    if isinstance(value, dict):
        return {_mended(key): _mended(item) for key, item in value.items()}
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        raise ValueError("a key stands twice")
    return data


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


_STRICT: dict[str, Any] = {
    "parse_constant": _no_constant,
    "parse_float": _finite,
    "object_pairs_hook": _no_repeats,
}
