"""A test of each database runs on one of them, now SQLite, now PostgreSQL: what it is about knows nothing of rows.

It is the same one each time. A test of both channels too runs twice, each channel and each database once. On both run
the tests below `_OF_ROWS` and those marked `each_database`; `BALCAO_PAIRS=all` runs every test on every pair.
"""

import os
from collections import defaultdict
from zlib import crc32

import pytest

# Statements, races of two for one row, and what is left of both when a process is killed.
_OF_ROWS = ("tests/storage/", "tests/core/", "tests/processes/")
_OF_CHANNEL = {"whatsapp": "sqlite", "telegram": "postgresql"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get("BALCAO_PAIRS") == "all":
        return
    alike: dict[str, dict[str, pytest.Item]] = defaultdict(dict)
    for item in items:
        params = getattr(getattr(item, "callspec", None), "params", {})
        if "database_url" in params:
            alike[_without_database(item)][params["database_url"]] = item
    # Who asks for one of them by its name gets that one.
    left_out = {
        item
        for name, by_database in alike.items()
        if len(by_database) > 1
        for database, item in by_database.items()
        if _database_of(name, item) not in (None, database)
    }
    if left_out:
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]


def _without_database(item: pytest.Item) -> str:
    """The test and which of its other parameters it has: the same for each database."""
    callspec = item.callspec  # type: ignore[attr-defined]
    others = f"-{callspec.id}-".replace(f"-{callspec.params['database_url']}-", "-", 1)
    return f"{item.nodeid.partition('[')[0]}{others}"


def _database_of(name: str, item: pytest.Item) -> str | None:
    """The one that a test runs on; None: each."""
    channel = item.callspec.params.get("channel")  # type: ignore[attr-defined]
    if channel in _OF_CHANNEL:
        return _OF_CHANNEL[channel]
    if name.startswith(_OF_ROWS) or item.get_closest_marker("each_database"):
        return None
    return ("sqlite", "postgresql")[crc32(name.encode()) % 2]
