"""However much was kept: what turns and the clock ask for again and again is found by an index.

Every statement that passes is asked for its plan by SQLite. It knows nothing of how much there is, so that its plan is
the same for a year's rows as for none; PostgreSQL, which knows, has the same indexes to choose from.
"""

import re
from typing import Any

import pytest
from sqlalchemy import Engine, event

from bot.clock import take_every_step
from storage.atendimento.atendimentos import accepted_lately, queue
from storage.atendimento.ofertas import last_unanswered
from storage.outbox.claims import depth
from storage.outbox.sent import is_said_last
from storage.venda.pool import free_logins
from tests.support.sellers import seller
from tests.support.service import RunningService

# Tables that hold what happened; the others hold the operation, its people and what is open.
GROWS = (
    *("contatos", "events", "outbox", "message_statuses", "mensagens", "vendas", "passos_venda", "arquivos"),
    *("atendimentos", "ofertas", "protocolos", "processos", "clientes", "execucoes", "historico", "auditoria"),
    *("ocorrencias", "presence_changes", "pap_bo_em_uso", "logs_execucao", "logs_venda", "usuarios"),
)


class Heard:
    """The statements that pass, each once, with what it was asked with."""

    def __init__(self) -> None:
        self.statements: dict[str, Any] = {}

    def __enter__(self) -> "Heard":
        event.listen(Engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *error: object) -> None:
        event.remove(Engine, "before_cursor_execute", self._note)

    def _note(self, conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        if re.match(r"SELECT|INSERT|UPDATE|DELETE|WITH", statement):
            self.statements.setdefault(statement, parameters[0] if many else parameters)


@pytest.mark.falha(249)
async def test_no_turn_and_no_step_of_the_clock_reads_all_that_was_kept(sqlite_service: RunningService) -> None:
    service = sqlite_service
    with Heard() as heard:
        await service.login_bo()
        ana = await seller(service, channel="telegram")
        await ana.says("VENDER")
        await ana.taps("SIM")
        await ana.sees("Venda iniciada")
        await take_every_step(service.clock_work)
        now = service.clock()
        async with service.wiring.database.read() as connection:
            await queue(connection, 10)
            await accepted_lately(connection, "pt", 10)
            await last_unanswered(connection, [1, 2])
            await depth(connection)
            await is_said_last(connection, "telegram:1", "1", now)
        await service.wiring.turns.run(free_logins)
    read = {statement: tables for statement in heard.statements if (tables := await _whole(service, heard, statement))}
    assert not read, "\n\n".join(f"{tables}: {statement}" for statement, tables in read.items())


async def _whole(service: RunningService, heard: Heard, statement: str) -> list[str]:
    """The tables that grow and that the statement reads whole."""
    async with service.wiring.database.read() as connection:
        rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", heard.statements[statement])
        plan = "\n".join(str(row[-1]) for row in rows)
    whole = [name for name in GROWS if re.search(rf"^SCAN {name}\b(?!.* USING )", plan, re.MULTILINE)]
    if statement.startswith("INSERT"):
        # Before it answers a new row, SQLite would look through those that refer to it for one that was waiting for it:
        # only where there is one (fkey.c, `OP_FkIfZero`), and our keys leave none.
        whole = [name for name in whole if re.search(rf"\b{name}\b", statement)]
    return [name for name in whole if not re.search(rf"FROM {name} ORDER BY {name}\.id\s+LIMIT", statement)]
