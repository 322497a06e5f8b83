"""A test of each database runs on one of them, now SQLite, now PostgreSQL: what it is about knows nothing of rows.

It is the same one each time. A test of both channels runs on both, once on each database; where it has several cases,
each of them runs on one channel, and so does a walk that says nothing of what a channel does otherwise than the other.
On both databases run the tests below `_OF_ROWS` and those marked `each_database`.
`BALCAO_PAIRS=all` runs every test on every pair.
"""

import inspect
import os
import re
from collections import defaultdict
from collections.abc import Callable
from zlib import crc32

import pytest

# Statements, races of two for one row, and what is left of both when a process is killed.
_OF_ROWS = ("tests/storage/", "tests/core/")
_DATABASES, _CHANNELS = ("sqlite", "postgresql"), ("whatsapp", "telegram")
# A whole conversation, of which there are hundreds on either channel; what a channel makes of texts, buttons, edits and
# quotes stands below tests/bot, tests/faults and tests/sandbox, whose tests run on both.
_WALKS = "tests/walks/"
_OF_CHANNELS = re.compile(r"channel (?:[=!]=|in |not in )|\[channel\]|[\"'](?:whatsapp|telegram)")
# Channels and rows know nothing of each other.
_TOGETHER = dict(zip(_CHANNELS, _DATABASES, strict=True))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if os.environ.get("BALCAO_PAIRS") == "all":
        return
    left_out = _left_out(items, "channel", _channel_of)
    left_out |= _left_out([item for item in items if item not in left_out], "database_url", _database_of)
    if left_out:
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]


def _left_out(
    items: list[pytest.Item], param: str, chosen: Callable[[str, pytest.Item], str | None]
) -> set[pytest.Item]:
    """Those that differ from another one in this parameter only, and do not have the value that was chosen for both."""
    alike: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        if param in _params(item):
            alike[_without(item, param)].append(item)
    # Who asks for one of them by its name gets that one.
    return {
        item
        for name, some in alike.items()
        if len(some) > 1
        for item in some
        if chosen(name, item) not in (None, _params(item)[param])
    }


def _params(item: pytest.Item) -> dict[str, object]:
    params: dict[str, object] = getattr(getattr(item, "callspec", None), "params", {})
    if "channel" in params or not item.nodeid.startswith(_WALKS):
        return params
    # A fixture that is made for either channel is named for what it makes: a phone.
    return {("channel" if str(value) in _CHANNELS else name): value for name, value in params.items()}


def _without(item: pytest.Item, *params: str) -> str:
    """The test and which case of it: the same, whatever these parameters are."""
    case = f"-{item.callspec.id}-"  # type: ignore[attr-defined]
    for param in params:
        case = case.replace(f"-{_params(item).get(param)}-", "-", 1)
    return item.nodeid.partition("[")[0] + case


def _channel_of(name: str, item: pytest.Item) -> str | None:
    """The one that a case or a walk runs on; None: both."""
    if _params(item)["channel"] not in _CHANNELS:
        return None
    if not _params(item).keys() - {"channel", "database_url"} and (not name.startswith(_WALKS) or _tells_apart(item)):
        return None
    return _CHANNELS[_drawn(_without(item, "channel", "database_url"))]


def _database_of(name: str, item: pytest.Item) -> str | None:
    """The one that a test runs on; None: both."""
    channel = _params(item).get("channel")
    if channel in _CHANNELS:
        return _TOGETHER[str(channel)]
    if name.startswith(_OF_ROWS) or item.get_closest_marker("each_database"):
        return None
    return _DATABASES[_drawn(name)]


def _tells_apart(item: pytest.Item) -> bool:
    """Whether it says what one channel does otherwise than the other, or stands for a line of the failure list."""
    if item.get_closest_marker("falha") is not None:
        return True
    source: str = inspect.getsource(item.function)  # type: ignore[attr-defined]
    return _OF_CHANNELS.search(source.partition("def ")[2]) is not None


def _drawn(name: str) -> int:
    return crc32(name.encode()) % 2
