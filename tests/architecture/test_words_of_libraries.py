"""What a library says of a failure ends in a row or the log, never in a sentence for people."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# A terminal's commands may say it: whoever sits there can do something with it.
IN_A_TERMINAL = ("bot/commands/", "bot/doctor/", "bot/__main__.py", "bot/runtime/", "bot/setting_forms.py")
# Exceptions of our own, whose text is a sentence or a code of ours.
OURS = {"TarefaFalhou", "PlanilhaError", "NotInUse", "Unfit", "SettingsError", "SchemaOutdated", "ApiError"}
# What becomes of it then: a row, of which people read the code alone (core/reprocesso/causas.py), or a line of the log.
KEPT = {"Again", "StoreAway", "Throttled", "Refused", "warning", "error", "info", "exception", "of_nobody"} | {
    "CommitUnknown",
    "_put_off",
    "_hold_back",
}


def _told(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for handler in ast.walk(tree):
        if not isinstance(handler, ast.ExceptHandler) or handler.name is None or handler.type is None:
            continue
        kinds = {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)}
        if kinds <= OURS:
            continue
        for node in ast.walk(handler):
            if _is_text_of(node, handler.name) and not _is_kept(node, inside, handler):
                yield f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def _is_text_of(node: ast.AST, name: str) -> bool:
    if isinstance(node, ast.FormattedValue):
        return isinstance(node.value, ast.Name) and node.value.id == name
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in ("str", "repr"):
        return False
    return any(isinstance(one, ast.Name) and one.id == name for one in node.args)


def _is_kept(node: ast.AST, inside: dict[ast.AST, ast.AST], handler: ast.AST) -> bool:
    while node is not handler:
        node = inside[node]
        if isinstance(node, ast.Compare):
            return True
        if isinstance(node, ast.Call):
            named = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if named in KEPT:
                return True
    return False


def _files() -> list[Path]:
    found = [path for room in ("bot", "dialogs", "webhooks/painel") for path in (ROOT / room).rglob("*.py")]
    return [path for path in found if not str(path.relative_to(ROOT)).startswith(IN_A_TERMINAL)]


def test_no_handler_makes_a_sentence_of_what_a_library_said() -> None:
    assert [place for path in _files() for place in _told(path)] == []


@pytest.mark.parametrize(
    ("body", "is_told"),
    [
        ("await talk.say(str(error))", True),
        ("return frases.store_down(str(error))", True),
        ('said = f"{error}"', True),
        ('raise Again(str(error), "network") from None', False),
        ('log.warning("failed", reason=str(error)[:300])', False),
    ],
)
def test_it_sees_what_it_looks_for(body: str, is_told: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    path = tmp_path / "one.py"
    path.write_text(f"async def one() -> None:\n    try:\n        pass\n    except OSError as error:\n        {body}\n")
    assert bool(list(_told(path))) is is_told
