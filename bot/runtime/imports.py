"""What a long-running process imports, in less time and memory: see docs/performance.md, "Start and memory"."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import BaseModel


@contextmanager
def quick_imports() -> Iterator[None]:
    """In this block modules are imported; the collector, which would find nothing, does not look."""
    gc.disable()
    try:
        import_structlog()
        import_aiogram()
        yield
    finally:
        gc.enable()


def import_structlog() -> None:
    """`import structlog` without rich, which it takes where it finds it, for tracebacks that our logs do not show."""
    if "structlog" in sys.modules or "rich" in sys.modules:
        return
    # What the import system takes for a module that is not there.
    sys.modules["rich"] = None  # type: ignore[assignment]
    try:
        import structlog  # noqa: F401 - to have it
    finally:
        del sys.modules["rich"]


def import_aiogram() -> None:
    """`import aiogram`, its models built when they are first used: we use some ten of seven hundred.

    aiogram builds each of them while it is imported (the end of aiogram/types/__init__.py), because their fields
    name one another. We keep those names with the models, and pydantic builds a model with them when somebody asks.
    """
    if "aiogram" in sys.modules:
        return
    names: dict[str, Any] = {}

    def later(cls: type[BaseModel], /, *, _types_namespace: dict[str, Any], **_: Any) -> None:
        names.update(_types_namespace)

    at_once = BaseModel.__dict__["model_rebuild"]
    BaseModel.model_rebuild = classmethod(later)  # type: ignore[assignment]
    try:
        from aiogram.methods.base import TelegramMethod
        from aiogram.types.base import TelegramObject
    finally:
        BaseModel.model_rebuild = at_once  # type: ignore[method-assign]
    for model in (*_below(TelegramObject), *_below(TelegramMethod)):
        model.__pydantic_parent_namespace__ = names


def _below(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for one in model.__subclasses__():
        yield one
        yield from _below(one)
