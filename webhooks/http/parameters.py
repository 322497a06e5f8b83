"""Reading bodies, paths and queries: 422 with the name of what is wrong."""

import re
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from aiohttp import web
from pydantic import BaseModel, ValidationError

from storage.pages import Pagina
from webhooks.http.answers import ApiError
from webhooks.http.bodies import parse_object, read_body

# Lists (contract, section 8).
DEFAULT_LIMIT, MAX_LIMIT = 50, 500
# The largest number both databases keep.
_MAX_NUMBER = 2**63 - 1
_NUMBER = re.compile(r"[0-9]{1,19}", re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_BOOLEANS = {"true": True, "1": True, "sim": True, "false": False, "0": False, "nao": False}

Body = TypeVar("Body", bound=BaseModel)


async def body_of(request: web.Request, model: type[Body]) -> Body:
    """The body as this model. 400 when it is no JSON object, 422 with the field when it is another one."""
    return checked(model, parse_object(await read_body(request), strict=True))


def checked(model: type[Body], data: dict[str, Any]) -> Body:
    """What was given as this model; 422 with the field and what is wrong with it."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise unprocessable(error) from None


def unprocessable(error: ValidationError) -> ApiError:
    """The one form of the contract's 422: the first field that is wrong, and why."""
    first = error.errors(include_url=False, include_context=False)[0]
    where = ".".join(map(str, first["loc"])) or "body"
    return ApiError(422, f"{where}: {first['msg'].removeprefix('Value error, ')}")


def id_in_path(request: web.Request) -> int:
    """The `{id}` of the path; one that no row can have is 0."""
    number = _whole_number(request.match_info["id"], "id")
    return number if number <= _MAX_NUMBER else 0


def uuid_in_path(request: web.Request) -> UUID:
    """The `{id}` of the path. 422 when it is no UUID."""
    return _uuid(request.match_info["id"], "id")


def uuid_in_query(request: web.Request, name: str) -> UUID | None:
    """A UUID; None when the query does not name it."""
    text = request.query.get(name)
    return None if text is None else _uuid(text, name)


def word_in_query(request: web.Request, name: str, words: type[StrEnum]) -> StrEnum | None:
    """One of these words; None when the query does not name it."""
    text = request.query.get(name)
    if text is None:
        return None
    try:
        return words(text)
    except ValueError:
        raise ApiError(422, f"{name}: not one of {', '.join(words)}") from None


def number_in_query(request: web.Request, name: str) -> int | None:
    """A whole number; None when the query does not name it."""
    text = request.query.get(name)
    return None if text is None else min(_whole_number(text, name), _MAX_NUMBER)


def boolean_in_query(request: web.Request, name: str) -> bool | None:
    """`true` or `false`; None when the query does not name it."""
    text = request.query.get(name)
    if text is None:
        return None
    value = _BOOLEANS.get(text.strip().lower())
    if value is None:
        raise ApiError(422, f"{name}: not true or false")
    return value


def page_of(request: web.Request) -> tuple[int, int]:
    """`skip` and `limit` of a list."""
    skip = number_in_query(request, "skip") or 0
    limit = number_in_query(request, "limit")
    if limit is None:
        return skip, DEFAULT_LIMIT
    if not 1 <= limit <= MAX_LIMIT:
        raise ApiError(422, f"limit: not from 1 to {MAX_LIMIT}")
    return skip, limit


def pagina_of(request: web.Request) -> Pagina:
    """`skip`, `limit` and `depois`, the last id seen, of a long list."""
    skip, limit = page_of(request)
    return Pagina(limit, skip, uuid_in_query(request, "depois"))


def _uuid(text: str, name: str) -> UUID:
    if not _UUID.fullmatch(text):
        raise ApiError(422, f"{name}: not a UUID")
    return UUID(text)


def _whole_number(text: str, name: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise ApiError(422, f"{name}: not a whole number from 0")
    return int(text)
