"""A test of both channels on both databases runs on two of the four: channels and rows know nothing of each other.

Every such test still sees both channels and both databases. `BALCAO_PAIRS=all` runs all four.
"""

import os
from collections.abc import Iterator

import pytest

_TOGETHER = {("whatsapp", "sqlite"), ("telegram", "postgresql")}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get("BALCAO_PAIRS") == "all":
        return
    left_out = [item for item in items if not _TOGETHER.issuperset(_pairs(item))]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if _TOGETHER.issuperset(_pairs(item))]


def _pairs(item: pytest.Item) -> Iterator[tuple[str, str]]:
    """The channel and the database of a test that is run for each of both."""
    spec = getattr(item, "callspec", None)
    if spec is not None and "database_url" in spec.params and spec.params.get("channel") in ("whatsapp", "telegram"):
        yield spec.params["channel"], spec.params["database_url"]
