"""How many of our files SIM passes through on its way to the robot: at most ten."""

import sys
from itertools import groupby
from pathlib import Path

import pytest

from bot.hearing import GroupCommit
from bot.robots.api import RobotsApi
from core.outcome import Outcome
from storage.venda import pool as ledger
from tests.support.sellers import asks_to_sell, seller
from tests.support.service import RunningService

ROOT = Path(__file__).parents[2]
OURS = ("bot", "core", "dialogs", "storage", "webhooks")
DOORS = ("webhooks/doors/telegram.py", "webhooks/doors/whatsapp.py")


def our_files() -> list[str]:
    """Our files on the call stack, the outermost first; frames of one file in a row count once."""
    files, frame = [], sys._getframe(1)
    while frame is not None:
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in OURS:
            files.append(str(path.relative_to(ROOT)))
        frame = frame.f_back  # type: ignore[assignment]
    return [name for name, _ in groupby(reversed(files))]


@pytest.fixture
def stacks(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Our files on the way of the last event: at the door, in the turn, after the commit."""
    stacks: list[list[str]] = []
    join, add_leases, start_pap = GroupCommit.join, ledger.add_leases, RobotsApi.start_pap

    async def join_seen(*args: object) -> Outcome:
        # Of every event; that of SIM is the last one.
        stacks[:] = [our_files()]
        return await join(*args)  # type: ignore[arg-type]

    async def add_leases_seen(*args: object) -> set[int]:
        stacks.append([*our_files(), "storage/venda/pool.py"])
        return await add_leases(*args)  # type: ignore[arg-type]

    async def start_pap_seen(*args: object) -> str:
        stacks.append(our_files())
        return await start_pap(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(GroupCommit, "join", join_seen)
    monkeypatch.setattr(ledger, "add_leases", add_leases_seen)
    monkeypatch.setattr(RobotsApi, "start_pap", start_pap_seen)
    return stacks


@pytest.mark.parametrize("typed", [False, True], ids=["tapped", "typed"])
@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
async def test_sim_passes_through_ten_files(
    sqlite_service: RunningService, stacks: list[list[str]], channel: str, typed: bool
) -> None:
    """The way has three parts. At the door: the call stack as it joins those that wait for their turn, from the
    channel's door on (`webhooks/app.py`, around every request of whatever kind, stands before it and knows nothing of
    SIM). In the turn: the stack as the login is written into the ledger. After the commit: that at the robot's call.

    Whoever wants to know what SIM does reads these files in this order, and comes back to none of them: what the turn
    is handed by `bot/hearing.py` stands in the line that hands it.
    """
    service = sqlite_service
    await service.login_bo()
    ana = await seller(service, channel=channel)
    if typed:
        await ana.says("VENDER")
        await ana.sees("Posso começar?")
        # The buttons are no longer what was said last: this SIM is read as the word it is.
        await ana.says("STATUS")
        await ana.sees("Falta só confirmar")
        await ana.says("SIM")
    else:
        await asks_to_sell(ana)
    await service.sandbox.rpa.started()

    at_the_door, in_the_turn, after_the_commit = stacks
    door = next(index for index, name in enumerate(at_the_door) if name in DOORS)
    way = list(dict.fromkeys([*at_the_door[door:], *in_the_turn, *after_the_commit]))
    assert way == [
        f"webhooks/doors/{channel}.py",
        "bot/hearing.py",
        "bot/turn.py",
        "bot/conversations.py",
        "dialogs/venda/venda.py",
        "core/venda/venda.py",
        "core/venda/emprestimo.py",
        "storage/venda/pool.py",
        "bot/outbox/courier.py",
        "bot/robots/sender.py",
    ]
    assert len(way) == 10
