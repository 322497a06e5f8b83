"""Every way in which one field of a model can be gone or unheard of, found by walking the models themselves."""

import datetime
from collections.abc import Iterator, Mapping
from copy import deepcopy
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

# No field of any provider's takes this.
UNHEARD_OF = {"type": "holograma"}


Samples = Mapping[type[BaseModel], dict[str, Any]]


def broken(
    model: type[BaseModel], samples: Samples, seen: set[type[BaseModel]] | None = None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Samples of this model, each with one fault somewhere inside, and where: every model within is broken once.

    A required field is missing, or any field, of a Union too, has a value of a kind that nobody knows.
    `samples`: what whole ones of some models look like; of the others the least that they take is made up.
    """
    seen = {model} if seen is None else seen
    # aiogram's are built when they are first used (bot/runtime/imports.py).
    model.model_rebuild()
    for name, field in model.model_fields.items():
        key, where = field.alias or name, f"{model.__name__}.{field.alias or name}"
        if field.is_required():
            yield f"{where} missing", {k: v for k, v in sample_of(model, samples).items() if k != key}
        yield f"{where} unheard of", sample_of(model, samples) | {key: UNHEARD_OF}
        for inner in _models(field.annotation):
            if inner not in seen:
                seen.add(inner)
                for fault, value in broken(inner, samples, seen):
                    yield f"{where} > {fault}", sample_of(model, samples) | {key: _wrapped(field.annotation, value)}


def sample_of(model: type[BaseModel], samples: Samples) -> dict[str, Any]:
    """The least that this model takes."""
    if model in samples:
        return deepcopy(samples[model])
    model.model_rebuild()
    fields = model.model_fields.items()
    needed = {n: f for n, f in fields if f.is_required() or get_origin(f.annotation) is Literal}
    return {(field.alias or name): value_of(field.annotation, samples) for name, field in needed.items()}


def value_of(annotation: Any, samples: Samples) -> Any:
    """A value that this annotation takes."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return value_of(args[0], samples)
    if origin is Literal:
        return args[0].value if isinstance(args[0], Enum) else args[0]
    if origin in (Union, UnionType):
        return value_of(next(arg for arg in args if arg is not NoneType), samples)
    if origin is list:
        return [value_of(args[0], samples)]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return sample_of(annotation, samples)
    return {str: "x", int: 1, float: 1.0, bool: False, datetime.datetime: 1}.get(annotation, 1)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for arg in get_args(annotation):
        if not isinstance(arg, FieldInfo):
            yield from _models(arg)


def _wrapped(annotation: Any, value: dict[str, Any]) -> Any:
    """In as many lists as the field wants."""
    if get_origin(annotation) is list:
        return [_wrapped(get_args(annotation)[0], value)]
    if get_origin(annotation) in (Union, UnionType, Annotated):
        lists = [arg for arg in get_args(annotation) if get_origin(arg) is list]
        return _wrapped(lists[0], value) if lists else value
    return value
