"""Reads what others sent as one of our models: a part that cannot be read is left out, and the rest is read.

Providers add kinds and drop fields without asking. A message whose poll we cannot read is still a message.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from core.metrics import IGNORED

M = TypeVar("M", bound=BaseModel)
Path = tuple[str | int, ...]

# A round takes away what cannot be read, and the next what cannot be without it: one round for each storey.
_ROUNDS = 30


def read_tolerant(model: type[M], data: Any, channel: str, neutral: Mapping[str, Any] | None = None) -> M:
    """`data` as `model`. What cannot be read is taken out of `data` itself, counted for `channel`, and not read.

    A missing field that `neutral` names, by itself or behind its object (`poll.type`), gets its value.
    `ValidationError` when nothing is left to be read.
    """
    for _ in range(_ROUNDS):
        try:
            return model.model_validate(data)
        except ValidationError as error:
            errors = _meant(error.errors(include_url=False, include_context=False, include_input=False), data)
        faults = {_place(one["loc"], data) for one in errors if not _filled_in(one, data, neutral or {})}
        if () in faults:
            break
        for path in sorted(faults, reverse=True):
            del _at(data, path[:-1])[path[-1]]
        IGNORED.labels(channel, "part").inc(len(faults))
    return model.model_validate(data)


def _meant(errors: Sequence[ErrorDetails], data: Any) -> list[ErrorDetails]:
    """Without those of a union's members whose constant is another one's; where it is nobody's, the union's own."""
    others = {_member(one["loc"], data) for one in errors if one["type"] == "literal_error"} - {()}
    meant = [one for one in errors if not any(one["loc"][: len(other)] == other for other in others)]
    return meant or list(errors)


def _member(loc: Path, data: Any) -> Path:
    """The part of `loc` that ends with the name of a union's member; empty when there is none."""
    names = [n for n in range(1, len(loc)) if len(_place(loc[:n], data)) == len(_place(loc[: n - 1], data))]
    return loc[: names[-1]] if names else ()


def _filled_in(error: ErrorDetails, data: Any, neutral: Mapping[str, Any]) -> bool:
    place = [str(step) for step in error["loc"][-2:]]
    known = next((one for one in (".".join(place), *place[-1:]) if one in neutral), None)
    if error["type"] != "missing" or known is None:
        return False
    _at(data, _place(error["loc"], data)).setdefault(place[-1], deepcopy(neutral[known]))
    return True


def _place(loc: Path, data: Any) -> Path:
    """The innermost value in `data` on the way of `loc`, which also names unions' members and what is missing."""
    path: list[str | int] = []
    for step in loc:
        if step in data if isinstance(data, dict) else isinstance(data, list) and isinstance(step, int):
            path.append(step)
            data = data[step]
    return tuple(path)


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data
