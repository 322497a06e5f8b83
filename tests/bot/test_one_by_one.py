"""A row that fails in a step of the clock keeps no other from its turn (173)."""

import ast
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

import bot
import bot.atendimento.clock as atendimento_clock
import bot.clock as clock_module
from bot.runtime.one_by_one import one_by_one, together
from core.venda import pool
from storage.engines.breaker import EngineSilent
from storage.ocorrencias import record
from storage.presenca.sinais import Kind, forget_sign, watch
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
    clocks = [*root.rglob("clock.py"), *root.rglob("avisos.py"), *(root / "robots").glob("*.py")]
    loops = [node for path in clocks for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, _LOOPS)]
    assert [ast.unparse(loop) for loop in loops if "turns.run(" in ast.unparse(loop) and _of_rows(loop)] == []


_LOOPS = (ast.For, ast.ListComp)


def _of_rows(loop: ast.AST) -> bool:
    """Events of one job have their order, and the later wait for the earlier."""
    return not any(done in ast.unparse(loop) for done in ("handle(tx, event)", "_heard(tx, event)"))


@pytest.mark.falha(173)
async def test_a_batch_that_fails_is_done_again_row_by_row(sqlite_service: RunningService) -> None:
    async def work(tx: Transaction, numbers: Sequence[int]) -> int:
        for number in numbers:
            await record(tx, f"linha_{number}")
            if number == 1:
                raise ValueError("this row")
        return len(numbers)

    turns = sqlite_service.wiring.turns
    assert await together(turns, [1, 2, 3], work) == (2, {1})
    assert await together(turns, [4, 5], work) == (2, set())
    assert await together(turns, [], work) == (0, set())
    assert await ocorrencias(sqlite_service) == ["linha_2", "linha_3", "linha_4", "linha_5"]


@pytest.mark.falha(173)
async def test_of_the_silent_one_that_always_fails_ends_no_step_and_keeps_no_other(
    sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, redis, now = sqlite_service.clock_work, sqlite_service.wiring.redis, sqlite_service.wiring.turns.now()
    bad, good = uuid4(), uuid4()
    for kind in (Kind.HEARTBEAT, Kind.CHAT):
        await watch(redis, kind, dict.fromkeys([bad, good], now - timedelta(days=1)))
    done: list[UUID] = []

    async def work(tx: Transaction, ids: Sequence[UUID], before: datetime, *limits: object) -> int:
        if bad in ids:
            raise ValueError("this row")
        # As the real ones do: who is told of is silent no more.
        for one in ids:
            for kind in (Kind.HEARTBEAT, Kind.CHAT):
                await forget_sign(redis, kind, one)
        done.extend(ids)
        return len(ids)

    monkeypatch.setattr(clock_module, "announce_gone", work)
    monkeypatch.setattr(clock_module, "ask_silent", work)
    assert await clock.sweep_heartbeats() == 1
    assert await clock.ask_the_silent() == 0
    assert done == [good]


@pytest.mark.falha(173)
@pytest.mark.parametrize("step", ["set_unanswering_away", "bring_back", "expire_logins"])
async def test_of_the_clocks_batches_one_bad_row_takes_no_other_with_it(
    sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    done: list[object] = []

    async def rows(*given: object) -> list[int]:
        return [1, 2, 3]

    async def work(tx: Transaction, numbers: Sequence[int], *limits: object) -> list[int] | int:
        if 1 in numbers:
            raise ValueError("this row")
        done.extend(numbers)
        return len(numbers) if step != "expire_logins" else []

    for name in ("unanswering", "returning", "_expired"):
        monkeypatch.setattr(clock_module, name, rows)
    for name in ("set_away", "bring_back"):
        monkeypatch.setattr(clock_module, name, work)
    monkeypatch.setattr(pool, "free_expired", work)
    await getattr(sqlite_service.clock_work, step)()
    assert done == [2, 3]


@pytest.mark.falha(173)
async def test_one_customer_whose_consultor_cannot_be_noted_as_lost_keeps_no_other_from_it(
    sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[tuple[int, bool]] = []

    async def seen(*given: object) -> tuple[list[int], list[int]]:
        return [1, 2], [3, 4]

    async def note(tx: Transaction, customer: int, since: datetime | None) -> bool:
        if customer in (1, 3):
            raise ValueError("this row")
        noted.append((customer, since is not None))
        return True

    async def nobody(*given: object) -> list[int]:
        return []

    monkeypatch.setattr(atendimento_clock, "lost_and_found", seen)
    monkeypatch.setattr(atendimento_clock, "note_lost", note)
    for name in ("customers_of_nobody", "lost_before"):
        monkeypatch.setattr(atendimento_clock, name, nobody)
    assert await sqlite_service.clock_work.atendimentos.follow_lost_consultores() == 0
    assert noted == [(2, True), (4, False)]
