"""Our own source, read as syntax trees, for the tests that guard the house rules."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "dialogs", "core", "storage", "webhooks")


@dataclass(frozen=True, slots=True)
class Found:
    """A node, and where it stands: `bot/outbox.py Courier._start`."""

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


def calls(name: str, *packages: str) -> Iterator[Found]:
    """Calls of a function or method of that name, on whatever object."""
    for found in nodes(*packages):
        if isinstance(found.node, ast.Call) and called_name(found.node) == name:
            yield found


def called_name(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


@cache
def _nodes_of(path: Path) -> list[Found]:
    """Read once: a dozen rules look at every node."""
    name = path.relative_to(ROOT).as_posix()
    found: list[Found] = []
    waiting: list[tuple[ast.AST, str]] = [(parsed(path), "")]
    while waiting:
        node, scope = waiting.pop()
        for child in ast.iter_child_nodes(node):
            inner = scope
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                inner = f"{scope}.{child.name}".lstrip(".")
            found.append(Found(f"{name} {inner}" if inner else name, child))
            waiting.append((child, inner))
    return found
