"""How our own code is laid out: rooms of a size one can look over, and imports that never lead back."""

import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.support.source_code import PACKAGES, ROOT

# A folder of more files is not looked over any more: one of its nouns wants a room of its own.
MOST_FILES = 15
# A table or a migration a file, and as many as there are.
MAY_GROW = {"storage/tables", "storage/migrations/versions"}


def test_no_room_is_crowded() -> None:
    folders = [folder for name in (*PACKAGES, "benchmarks") for folder in [ROOT / name, *(ROOT / name).rglob("*/")]]
    counted = {folder.relative_to(ROOT).as_posix(): _files_in(folder) for folder in folders}
    assert {name: n for name, n in counted.items() if n > MOST_FILES and name not in MAY_GROW} == {}


@pytest.mark.usefixtures("logging_put_back")
def test_the_contracts_hold(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """As `lint-imports` checks them in .ci/run: no circle of folders is among them."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "path", [str(ROOT), *sys.path])
    status = lint_imports(no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_no_circle_of_files() -> None:
    """The contract compares what stands side by side; this knows the `__init__` of a package above it, too."""
    graph = grimp.build_graph(*PACKAGES, "sandbox", cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        pytest.fail(f"a circle of imports: {' -> '.join(reversed(error.args[1]))}")


def _files_in(folder: Path) -> int:
    return len([path for path in folder.glob("*.py") if path.name != "__init__.py"])
