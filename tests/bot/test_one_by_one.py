"""A row that fails in a step of the clock keeps no other from its turn (173)."""

import ast
from pathlib import Path

import pytest

import bot
from bot.runtime.one_by_one import one_by_one
from storage.engines.breaker import EngineSilent
from storage.ocorrencias import record
from storage.transaction import Transaction
from tests.support.sellers import ocorrencias
from tests.support.service import RunningService


@pytest.mark.falha(173)
async def test_one_that_fails_keeps_no_other_from_its_turn(sqlite_service: RunningService) -> None:
    async def work(tx: Transaction, number: int) -> bool:
        await record(tx, f"linha_{number}")
        if number == 1:
            raise ValueError("this row")
        return True

    assert await one_by_one(sqlite_service.wiring.turns, [1, 2, 3], work) == 2
    assert await ocorrencias(sqlite_service) == ["linha_2", "linha_3"]


@pytest.mark.falha(173)
async def test_without_a_database_nobody_else_is_tried(sqlite_service: RunningService) -> None:
    tried = []

    async def work(tx: Transaction, number: int) -> bool:
        tried.append(number)
        raise EngineSilent("stands still")

    with pytest.raises(EngineSilent):
        await one_by_one(sqlite_service.wiring.turns, [1, 2, 3], work)
    assert tried == [1]


@pytest.mark.falha(173)
def test_no_step_of_a_clock_has_a_loop_of_turns_of_its_own() -> None:
    root = Path(bot.__file__).parent
    clocks = [*root.rglob("clock.py"), *(root / "robots").glob("*.py")]
    loops = [node for path in clocks for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, _LOOPS)]
    assert [ast.unparse(loop) for loop in loops if "turns.run(" in ast.unparse(loop) and _of_rows(loop)] == []


_LOOPS = (ast.For, ast.ListComp)


def _of_rows(loop: ast.AST) -> bool:
    """Events of one job have their order, and the later wait for the earlier."""
    return "handle(tx, event)" not in ast.unparse(loop)
