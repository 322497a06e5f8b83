"""Which tests run on both databases, and that the others keep one of them."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from tests.support.diagonal import pytest_collection_modifyitems as choose


@pytest.fixture(autouse=True)
def _as_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BALCAO_PAIRS", raising=False)


def _says_nothing_of_channels(channel: str) -> str:
    return channel


def _says_what_one_does(channel: str) -> bool:
    return channel == "telegram"


class _Test:
    """What pytest knows of one."""

    def __init__(self, name: str, marks: tuple[str, ...] = (), **params: str) -> None:
        self.nodeid = f"{name}[{'-'.join(params.values())}]" if params else name
        self.callspec = SimpleNamespace(params=params, id="-".join(params.values()))
        self._marks = marks
        self.function: Callable[[str], Any] = _says_nothing_of_channels

    def get_closest_marker(self, name: str) -> str | None:
        return name if name in self._marks else None


def _run(*items: _Test) -> list[_Test]:
    """Those that are left."""
    config: Any = SimpleNamespace(hook=SimpleNamespace(pytest_deselected=lambda items: None))
    left: Any = list(items)
    choose(config, left)
    return left


def _on_both(name: str, *marks: str, **params: str) -> tuple[_Test, _Test]:
    return tuple(_Test(name, marks, database_url=database, **params) for database in ("sqlite", "postgresql"))  # type: ignore[return-value]


def test_of_many_each_keeps_one_and_both_databases_are_used() -> None:
    left = _run(*(item for number in range(50) for item in _on_both(f"tests/walks/test_x.py::test_{number}")))
    assert len({item.nodeid.partition("[")[0] for item in left}) == len(left) == 50
    assert {item.callspec.params["database_url"] for item in left} == {"sqlite", "postgresql"}


def test_what_is_about_rows_or_says_so_and_what_has_no_database_is_left_alone() -> None:
    items = [
        *_on_both("tests/storage/test_x.py::test_x"),
        *_on_both("tests/walks/test_x.py::test_x", "each_database"),
        _Test("tests/walks/test_x.py::test_y"),
    ]
    assert _run(*items) == items


def test_of_both_channels_each_has_a_database_of_its_own() -> None:
    items = [item for channel in ("whatsapp", "telegram") for item in _on_both("tests/faults/x::y", channel=channel)]
    assert [tuple(item.callspec.params.values()) for item in _run(*items)] == [
        ("sqlite", "whatsapp"),
        ("postgresql", "telegram"),
    ]


def test_a_walk_has_one_channel_unless_it_tells_them_apart() -> None:
    names = [f"tests/walks/x::{number}" for number in range(50)]
    items = [_Test(name, channel=channel) for name in names for channel in ("whatsapp", "telegram")]
    left = _run(*items)
    assert [item.nodeid.partition("[")[0] for item in left] == names
    assert {item.callspec.params["channel"] for item in left} == {"whatsapp", "telegram"}
    for item in items:
        item.function = _says_what_one_does
    assert _run(*items) == items


def test_of_many_cases_each_has_one_channel() -> None:
    items = [
        item
        for case in map(str, range(50))
        for channel in ("whatsapp", "telegram")
        for item in _on_both("tests/walks/x::y", case=case, channel=channel)
    ]
    left = [item.callspec.params for item in _run(*items)]
    assert sorted(one["case"] for one in left) == sorted(map(str, range(50)))
    assert {(one["channel"], one["database_url"]) for one in left} == {
        ("whatsapp", "sqlite"),
        ("telegram", "postgresql"),
    }


def test_who_asks_for_one_of_them_gets_it_and_who_asks_for_all_has_all(monkeypatch: pytest.MonkeyPatch) -> None:
    pair = _on_both("tests/walks/test_x.py::test_x")
    assert [_run(one) for one in pair] == [[one] for one in pair]
    monkeypatch.setenv("BALCAO_PAIRS", "all")
    assert _run(*pair) == list(pair)
