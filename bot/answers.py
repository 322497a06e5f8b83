"""What others answer to our own calls: read like a stranger's body, and no larger than any real answer.

Nothing of it is taken for what it should be: an object may be a text, an id a number, a number a word.
"""

import math
from typing import Any

import aiohttp

from core.delivery_errors import TOO_LARGE, Again, Refused
from core.doors.json_text import MAX_ID_LENGTH, NotJson, read_safely

# The largest real ones are a job's log lines and a page of activities.
MOST_BYTES = 4 * 1024 * 1024
# A day: nobody asks to be left alone for longer, and no clock is moved by more.
_LONGEST_WAIT = 86_400.0


async def read_answer(response: aiohttp.ClientResponse) -> Any:
    """The JSON of an answer, cleaned of what no database keeps. Raises `Again` for what is none, or has no end."""
    return await whole_answer(response.content)


async def whole_answer(content: aiohttp.StreamReader) -> Any:
    """The same of its body alone. What is left of it unread is not waited for: its connection is closed."""
    body = await _read(content, MOST_BYTES)
    if body is None:
        raise Again("an answer larger than any", "not_json")
    return parse_answer(body)


def parse_answer(content: bytes) -> Any:
    """The same of what was read already."""
    try:
        return read_safely(content)
    except (NotJson, RecursionError):
        raise Again("an answer that is not JSON", "not_json") from None


async def read_file(response: aiohttp.ClientResponse, most: int) -> bytes:
    """A file's content. Raises `Refused` for one of more than `most` bytes, whatever was said of its size."""
    content = await _read(response.content, most)
    if content is None:
        raise Refused(f"larger than {most // 1_000_000} MB", TOO_LARGE)
    return content


async def _read(content: aiohttp.StreamReader, most: int) -> bytes | None:
    """None for more than `most` bytes."""
    read = bytearray()
    while chunk := await content.readany():
        read += chunk
        if len(read) > most:
            return None
    return bytes(read)


def object_in(value: Any) -> dict[str, Any]:
    """An object; empty for anything else."""
    return value if isinstance(value, dict) else {}


def list_in(value: Any) -> list[Any]:
    """A list; empty for anything else."""
    return value if isinstance(value, list) else []


def id_in(value: Any) -> str | None:
    """An id, given as text or as integer; None for what can be none."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value) if 0 < len(str(value)) <= MAX_ID_LENGTH else None


def id_needed(value: Any) -> str:
    """The id that an answer must have. Raises `Again` when it has none."""
    found = id_in(value)
    if found is None:
        raise Again("an answer without the id it should have", "no_id")
    return found


def integer_in(value: Any) -> int | None:
    """An integer, also as text; None for anything else."""
    text = id_in(value)
    try:
        return int(text) if text is not None and len(text) <= 20 else None
    except ValueError:
        return None


def seconds_in(value: Any, otherwise: float) -> float:
    """How long we are asked to wait."""
    try:
        seconds = float(value)
    except (TypeError, ValueError, OverflowError):
        return otherwise
    return min(max(seconds, 0.0), _LONGEST_WAIT) if math.isfinite(seconds) else otherwise
