"""Dead letters, heard again: one try, by whoever asked for it."""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog

from bot.hearing import Answer
from bot.turn import Turns
from core.commands.reprocesso import HearAgain
from core.heard import Heard
from core.outcome import Outcome
from core.secret_names import of_nobody
from core.venda.robo import RobotEvent
from storage.database import is_overload
from storage.failed_events import dead_letter, record_failure, revive
from storage.transaction import Call, Transaction

log = structlog.get_logger()


class Reprocesso:
    """Hears what nobody could answer when it came."""

    def __init__(
        self,
        turns: Turns,
        answer: Answer,
        callback: Callable[[Transaction, RobotEvent, str], Awaitable[Outcome]],
    ) -> None:
        """`answer`: of conversations; `callback`: of robots, within a turn."""
        self._turns = turns
        self._answer = answer
        self._callback = callback

    async def hear_again(self, wanted: HearAgain, call: Call) -> None:
        """In one turn it stops being a dead letter and is answered; when that fails again, it stays one."""
        payload: dict[str, Any] = {}

        async def work(tx: Transaction) -> None:
            row = await dead_letter(tx, wanted.canal, wanted.evento)
            if row is None or not row.payload:
                # Done by somebody else meanwhile, or forgotten.
                return
            payload.update(row.payload)
            await revive(tx, wanted.canal, wanted.evento)
            await self._hear(tx, wanted, row.payload, row)

        try:
            await self._turns.run(work)
        except Exception as error:
            if is_overload(error):
                # The engines' fault and no try: the courier comes back to it.
                raise
            log.exception("heard_again_in_vain", channel=wanted.canal, event_id=wanted.evento)
            said = of_nobody(repr(error))
            await self._turns.run(lambda tx: record_failure(tx, wanted.canal, wanted.evento, said, payload or None))

    async def _hear(self, tx: Transaction, wanted: HearAgain, payload: dict[str, Any], row: Any) -> None:
        if "job_id" in payload:
            await self._callback(tx, RobotEvent.of_payload(payload), wanted.evento)
        else:
            await self._answer(tx, [Heard.of_payload(wanted.canal, wanted.evento, payload, row.last_at)])
