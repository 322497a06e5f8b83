"""Our own source, read as syntax trees, for the tests that guard the house rules."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "dialogs", "core", "storage", "webhooks")


# Signs, and whether a name is read or written: every second node, and no rule asks for one.
_SIGNS = (ast.expr_context, ast.boolop, ast.operator, ast.unaryop, ast.cmpop)


class Found(NamedTuple):
    """A node, and where it stands: `bot/outbox/courier.py Courier._start`."""

    where: str
    node: ast.AST

    @property
    def path(self) -> str:
        return self.where.split()[0]


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def files(*packages: str) -> list[Path]:
    """Every file of these packages, of all of ours when none is named."""
    return sorted(path for name in packages or PACKAGES for path in (ROOT / name).rglob("*.py"))


def nodes(*packages: str) -> Iterator[Found]:
    """Every node of these packages, with the function it stands in."""
    for path in files(*packages):
        yield from _nodes_of(path)


def read_once() -> None:
    """All of it, for those who go on from here."""
    for path in files():
        _calls_of(path)


def calls(name: str, *packages: str) -> Iterator[Found]:
    """Calls of a function or method of that name, on whatever object."""
    for path in files(*packages):
        yield from _calls_of(path).get(name, ())


def called_name(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


@cache
def _calls_of(path: Path) -> dict[str, list[Found]]:
    """The calls in a file by what is called."""
    by_name: dict[str, list[Found]] = {}
    for found in _nodes_of(path):
        if isinstance(found.node, ast.Call):
            by_name.setdefault(called_name(found.node), []).append(found)
    return by_name


@cache
def _nodes_of(path: Path) -> list[Found]:
    """Read once: a dozen rules look at every node."""
    name = path.relative_to(ROOT).as_posix()
    found: list[Found] = []
    waiting: list[tuple[ast.AST, str]] = [(parsed(path), name)]
    while waiting:
        node, where = waiting.pop()
        for child in ast.iter_child_nodes(node):
            inner = where
            if isinstance(child, _SIGNS):
                continue
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                inner = f"{where}{' ' if where == name else '.'}{child.name}"
            found.append(Found(inner, child))
            waiting.append((child, inner))
    return found
