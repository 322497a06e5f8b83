"""What operators are answered, and how `/openapi.json` describes it."""

from typing import Literal

from pydantic import BaseModel

READY = {"status": "ok", "engines": {"database": "ok", "redis": "ok", "objects": "ok"}}
NOT_READY = {"status": "unavailable", "engines": {"database": "ok", "redis": "ConnectionError", "objects": "ok"}}


class Alive(BaseModel):
    """The process lives."""

    status: Literal["ok"]


class Ready(BaseModel):
    """`ok`, or the kind of error, for each engine."""

    status: Literal["ok", "unavailable"]
    engines: dict[str, str]
