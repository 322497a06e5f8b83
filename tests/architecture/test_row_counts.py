"""The row count of a conditional change is the answer: whoever makes one asks, or the function says it has none."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.source_code import ROOT, files, parsed

# The module a function stands in, and its name.
Function = tuple[str, str]
# Ours that hand on what storage answered, and those whose statement is built once, outside of them.
HANDED_ON = {("core.venda.pool", "renew_lease"), ("storage.venda.pool", "add_leases")}
_CHANGES = ("update(", "delete(", "on_conflict")


@pytest.mark.falha(235)
def test_no_answer_of_a_conditional_change_is_thrown_away() -> None:
    answering = answers()
    assert ("storage.venda.vendas", "change_open") in answering
    assert len(answering) > 80
    thrown = [
        f"{path.relative_to(ROOT)}:{node.lineno} {name}"
        for path in files()
        for node, (module, name) in _thrown(path)
        if (module, name) in answering
    ]
    assert thrown == []


@pytest.mark.falha(235)
def test_an_answer_that_nobody_asks_is_found(tmp_path: Path) -> None:
    source = tmp_path / "sale.py"
    source.write_text(
        "from storage.venda import vendas as sales\n"
        "from storage.venda.vendas import bind_job as bind\n"
        "async def end(tx):\n"
        "    await sales.change_open(tx, 1)\n"
        "    _ = await bind(tx, 1, 'j')\n"
        "    return await bind(tx, 2, 'j')\n"
    )
    assert [called for _, called in _thrown(source)] == [
        ("storage.venda.vendas", "change_open"),
        ("storage.venda.vendas", "bind_job"),
    ]


def answers() -> set[Function]:
    """Every function of storage that changes rows under a condition and says what it found, and who hands that on."""
    found, functions = set(HANDED_ON), dict(_functions())
    for function, node in functions.items():
        source = ast.unparse(node)
        asks = ".rowcount" in source or "changed(" in source
        if asks or (".returning(" in source and any(change in source for change in _CHANGES)):
            found.add(function)
    # Those of one module that return what another of them answers.
    for (module, name), node in functions.items():
        for inner in ast.walk(node):
            if isinstance(inner, ast.Return) and isinstance(inner.value, ast.Await):
                called = getattr(getattr(inner.value.value, "func", None), "id", "")
                if (module, called) in found:
                    found.add((module, name))
    return found


def _functions() -> Iterator[tuple[Function, ast.AsyncFunctionDef]]:
    for path in files("storage"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.AsyncFunctionDef) and ast.unparse(node.returns or ast.Constant(None)) != "None":
                yield (_module(path), node.name), node


def _thrown(path: Path) -> Iterator[tuple[ast.stmt, Function]]:
    """What is awaited in this file for nobody, by the module that it was imported from."""
    tree = parsed(path)
    imported = {
        alias.asname or alias.name: (node.module, alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Expr | ast.Assign) or not _is_dropped(node):
            continue
        value = node.value
        if not isinstance(value, ast.Await) or not isinstance(value.value, ast.Call):
            continue
        func = value.value.func
        if isinstance(func, ast.Name):
            yield node, imported.get(func.id, (_module(path), func.id))
        elif isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and func.value.id in imported:
            yield node, (".".join(imported[func.value.id]), func.attr)


def _is_dropped(node: ast.Expr | ast.Assign) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else []
    return all(isinstance(one, ast.Name) and one.id == "_" for one in targets)


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts) if path.is_relative_to(ROOT) else path.stem
