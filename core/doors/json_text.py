"""JSON of others, read in two ways: strictly, where a programmer reads the refusal; safely, where it loses a message.

Neither lets through what RFC 8259 has no meaning for, or what no database keeps: NaN and infinite numbers, keys that
repeat, half a surrogate pair, NUL, integers of more than 64 bits.
"""

import json
import math
import re
from typing import Any, NoReturn

# The largest integer that both databases keep, and the longest id: PostgreSQL indexes no text of 2,704 bytes.
MAX_INTEGER = 2**63 - 1
MAX_ID_LENGTH = 512

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# JSON can hold either only as an escape.
_SUSPECT = re.compile(rb"\\u(?:0000|d[89a-f])", re.IGNORECASE)


class NotJson(ValueError):
    """The text is no JSON, or none that means the same to everybody; says why."""


class TooLarge(ValueError):
    """It holds an integer of more than 64 bits."""


def read_strictly(body: bytes) -> Any:
    """The value. `NotJson` and `TooLarge` for what is not exact."""
    data = _read(body, _EXACT)
    if _SUSPECT.search(body) and cleaned(data) != data:
        raise NotJson("the body holds NUL or half a character")
    return data


def read_safely(body: bytes) -> Any:
    """The value as far as it can be kept. `NotJson` when it cannot be read at all.

    A number that is none, or that no database keeps, is null; of a key that repeats the last value counts; in texts
    what is no character is replaced: a name cut in the middle of an emoji is still a name.
    """
    data = _read(body, _SAFE)
    return cleaned(data) if _SUSPECT.search(body) else data


def cleaned(value: Any) -> Any:
    """The same with U+FFFD for what is no character that can be kept."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, list):
        return [cleaned(item) for item in value]
    if isinstance(value, dict):
        return {cleaned(key): cleaned(item) for key, item in value.items()}
    return value


def _read(body: bytes, decoder: json.JSONDecoder) -> Any:
    try:
        return decoder.decode(body.decode("utf-8"))
    except UnicodeError:
        raise NotJson("the body is not UTF-8") from None
    except TooLarge:
        raise
    except (ValueError, RecursionError):
        raise NotJson("the body is not JSON") from None


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _null(name: str) -> None:
    return None


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


def _finite_or_null(text: str) -> float | None:
    number = float(text)
    return number if math.isfinite(number) else None


def _kept(text: str) -> int:
    number = int(text)
    if abs(number) > MAX_INTEGER:
        raise TooLarge("an integer of more than 64 bits")
    return number


def _kept_or_null(text: str) -> int | None:
    # -9223372036854775808 has twenty characters, and what is longer than that is not worth its conversion.
    number = int(text) if len(text) <= 20 else MAX_INTEGER + 1
    return number if abs(number) <= MAX_INTEGER else None


# Made once: making one takes as long as reading a message.
_EXACT = json.JSONDecoder(
    parse_constant=_no_constant, parse_float=_finite, parse_int=_kept, object_pairs_hook=_no_repeats
)
_SAFE = json.JSONDecoder(parse_constant=_null, parse_float=_finite_or_null, parse_int=_kept_or_null)
