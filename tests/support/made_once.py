"""What is the same for every test and dear to make: made once a process, though each test opens engines of its own."""

import atexit
import gc
from functools import cache
from typing import Any

from redis import utils
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

from bot.runtime import signals

# Every statement that is compiled for a database; an engine's own cache would go with the engine, after one test.
_COMPILED: LRUCache[Any, Any] = LRUCache(20_000)


def pytest_configure() -> None:
    gc.disable()  # until everything is imported
    signals.read_in_small_pieces()
    event.listen(Engine, "engine_connect", _share)
    utils.get_lib_version = cache(utils.get_lib_version)  # redis-py reads it from the disk for each pool
    # The dialect is part of the key. All of a kind compile alike here: no test gives an engine options of its own.
    DefaultDialect.__eq__ = lambda one, other: type(one) is type(other)  # type: ignore[method-assign]
    DefaultDialect.__hash__ = lambda one: hash(type(one))  # type: ignore[method-assign]


def _share(connection: Connection) -> None:
    connection.engine._compiled_cache = _COMPILED


def pytest_collection_finish() -> None:
    """Modules and tests stay to the end: the collector need not look at them, neither now nor when the session ends."""
    gc.freeze()
    gc.set_threshold(*signals.COLLECT_AFTER)
    gc.enable()
    # What is left to the interpreter's own end is let go there: some libraries complain of what is not.
    atexit.register(gc.unfreeze)
