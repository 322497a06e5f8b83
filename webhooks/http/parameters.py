"""Reading bodies and paths: 422 with the name of what is wrong."""

import re
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from aiohttp import web
from pydantic import BaseModel, ValidationError

from webhooks.http.answers import ApiError
from webhooks.http.bodies import parse_object, read_body

# The largest number both databases keep.
MAX_NUMBER = 2**63 - 1
_NUMBER = re.compile(r"[0-9]{1,19}", re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)

Body = TypeVar("Body", bound=BaseModel)
T = TypeVar("T")


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
    return _in_path(request, as_stored_number)


def uuid_in_path(request: web.Request) -> UUID:
    """The `{id}` of the path. 422 when it is no UUID."""
    return _in_path(request, as_uuid)


def _in_path(request: web.Request, read: Callable[[str], T]) -> T:
    try:
        return read(request.match_info["id"])
    except ValueError as error:
        raise ApiError(422, f"id: {error}") from None


def as_uuid(text: str) -> UUID:
    """A UUID as it is usually written. Raises `ValueError` for anything else."""
    if not _UUID.fullmatch(text):
        raise ValueError("not a UUID")
    return UUID(text)


def as_whole_number(text: str) -> int:
    """A number from 0, in digits. Raises `ValueError` for anything else."""
    if not _NUMBER.fullmatch(text):
        raise ValueError("not a whole number from 0")
    return int(text)


def as_stored_number(text: str) -> int:
    """A number that a row may have; one that none can have is 0. Raises `ValueError` for what is no number."""
    number = as_whole_number(text)
    return number if number <= MAX_NUMBER else 0
