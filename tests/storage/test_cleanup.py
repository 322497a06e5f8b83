"""What is done and old is forgotten; what somebody still needs is kept, however old."""

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from uuid import uuid4

import pytest
from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, Text, Uuid, insert

from bot.agendamento.limpeza import clean_up
from bot.turn import Turns
from storage.cleanup import BATCH, BATCH_SQLITE, REGRAS, SEM_REGRA, Regra, forget_some, kept_for
from storage.contatos.conversas import mark_event
from storage.database import sqlite_file
from storage.failed_events import record_failure
from storage.ocorrencias import record
from storage.outbox.claims import mark_done
from storage.outbox.written import write_down
from storage.tables import (
    agendamentos,
    early_callbacks,
    events,
    execucoes_agendamento,
    metadata,
    presence_changes,
    usuarios,
)
from storage.transaction import Transaction
from storage.types import Json, UtcDateTime
from tests.support.turning import World, open_world

PRIVACIDADE = Path(__file__).parents[2] / "docs" / "privacidade.md"


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with open_world(database_url) as opened:
        yield opened


@pytest.mark.falha(264)
def test_whatever_has_no_end_is_named_to_who_answers_for_the_data() -> None:
    said = PRIVACIDADE.read_text(encoding="utf-8")
    assert [table for table in SEM_REGRA if f"`{table}`" not in said] == []


async def test_an_event_is_known_again_for_as_long_as_a_provider_may_repeat_it(world: World) -> None:
    """Meta delivers again for seven days (developers.facebook.com, webhooks)."""
    await world.turns.run(lambda tx: mark_event(tx, "whatsapp", "wamid.1"))
    world.clock.move(days=8)
    await clean_up(world.turns)
    assert not await world.turns.run(lambda tx: mark_event(tx, "whatsapp", "wamid.1"))
    world.clock.move(days=7)
    await clean_up(world.turns)
    assert await world.rows("SELECT * FROM events") == []


async def test_calls_are_forgotten_a_month_after_they_were_made_and_never_before(world: World) -> None:
    async def write(tx: Transaction) -> list[int]:
        return [(await write_down(tx, "a", "telegram", name, {})).id for name in ("made", "waiting", "newest")]

    made, _, newest = await world.turns.run(write)
    await world.turns.run(lambda tx: mark_done(tx, [(made, None, None), (newest, None, None)]))
    world.clock.move(days=29)
    await clean_up(world.turns)
    assert len(await world.rows("SELECT id FROM outbox")) == 3
    world.clock.move(days=400)
    await clean_up(world.turns)
    left = await world.rows("SELECT method FROM outbox ORDER BY id")
    assert [row["method"] for row in left] == ["waiting", "newest"], "a call not made yet is never forgotten"


async def test_ids_go_on_growing_after_everything_was_forgotten(world: World) -> None:
    first = await world.turns.run(lambda tx: write_down(tx, "a", "telegram", "m", {}))
    await world.turns.run(lambda tx: mark_done(tx, [(first.id, None, None)]))
    world.clock.move(days=400)
    await clean_up(world.turns)
    assert (await world.turns.run(lambda tx: write_down(tx, "a", "telegram", "m", {}))).id > first.id


async def test_callbacks_nobody_claimed_are_forgotten_after_a_day(world: World) -> None:
    for _ in range(2):
        values = {"job_id": "j", "payload": {}, "received_at": world.clock()}
        await world.turns.run(lambda tx, values=values: tx.execute(insert(early_callbacks).values(values)))  # type: ignore[misc]
        world.clock.move(hours=20)
    await clean_up(world.turns)
    assert len(await world.rows("SELECT id FROM early_callbacks")) == 1


async def test_dead_letters_stay_for_three_months(world: World) -> None:
    for _ in range(3):
        await world.turns.run(lambda tx: record_failure(tx, "telegram", "1", "ValueError()", {"update": {}}))
    world.clock.move(days=89)
    await clean_up(world.turns)
    (letter,) = await world.rows("SELECT attempts, dead_at FROM failed_events")
    assert letter["attempts"] == 3
    assert letter["dead_at"] is not None
    world.clock.move(days=2)
    await clean_up(world.turns)
    assert await world.rows("SELECT * FROM failed_events") == [], "they hold what somebody wrote"


@pytest.mark.falha(235)
async def test_what_was_handled_meanwhile_is_no_dead_letter(world: World) -> None:
    await world.turns.run(lambda tx: mark_event(tx, "telegram", "1"))
    for _ in range(3):
        await world.turns.run(lambda tx: record_failure(tx, "telegram", "1", "ValueError()", {"update": {}}))
    assert await world.rows("SELECT dead_at FROM failed_events") == [{"dead_at": None}]


def test_every_table_has_a_rule_or_a_reason_why_not() -> None:
    ruled = {regra.nome for regra in REGRAS}
    assert ruled & set(SEM_REGRA) == set()
    assert ruled | set(SEM_REGRA) == set(metadata.tables)


@pytest.mark.falha(319)
@pytest.mark.parametrize("days_more", [0, 100], ids=["as the rules say", "as RETENCAO says"])
async def test_of_each_rule_what_is_older_goes_and_what_is_younger_stays(sqlite_url: str, days_more: int) -> None:
    """One row a day older than it says, one half a day younger; of what nothing open needs."""
    retencao = {regra.nome: max(regra.piso, 20) + days_more for regra in REGRAS} if days_more else {}
    rules = kept_for(REGRAS, retencao)
    async with open_world(sqlite_url) as world:
        now = world.clock()
        with closing(sqlite3.connect(sqlite_file(sqlite_url))) as rows, rows:
            for place, regra in enumerate(rules, 1):
                for number, days in enumerate((regra.dias + 1, regra.dias - 0.5, 0.2), 10 * place):
                    _plant(rows, regra, number, now - timedelta(days=days))
            for name, opened in _NEEDED_BY_RULES.items():
                _insert(rows, metadata.tables[name], 1, now, opened)
        before = {regra.nome: len(await world.rows(f"SELECT * FROM {regra.nome}")) for regra in REGRAS}  # noqa: S608
        gone = await clean_up(world.turns, retencao=retencao)
        wanted = {regra.nome: sum(other.nome == regra.nome for other in REGRAS) for regra in REGRAS}
        assert gone == wanted
        again = {name: count - wanted[name] for name, count in before.items()}
        assert {name: len(await world.rows(f"SELECT * FROM {name}")) for name in again} == again  # noqa: S608
        assert await clean_up(world.turns, retencao=retencao) == {}, "and nothing else a second time"


# What rules look at beside the age: a case that is over, and so needs its rows no more.
_NEEDED_BY_RULES: dict[str, dict[str, object]] = {
    "atendimentos": {"id": 1, "encerrado_em": "2020-01-01 00:00:00"},
    "vendas": {"id": f"{1:032x}", "encerrada_em": "2020-01-01 00:00:00"},
    "execucoes": {"id": f"{1:032x}", "data_fim": "2020-01-01 00:00:00"},
}
_OF_IT = {"atendimento_id": 1, "venda_id": f"{1:032x}", "execucao_id": f"{1:032x}", "agendamento_id": f"{1:032x}"}
_OF_IT |= {"usuario_id": f"{1:032x}", "bo_usuario_id": f"{1:032x}", "pedida_por": None}


def _plant(rows: sqlite3.Connection, regra: Regra, number: int, moment: datetime) -> None:
    """A row of that age."""
    kind = "teste" if regra.livre is None else "nao_entendido"
    own = {name: value for name, value in _OF_IT.items() if not regra.tabela.c.get(name, regra.idade).primary_key}
    _insert(rows, regra.tabela, number, moment, own | {"tipo": kind, "devido_em": str(moment)[:19], "seq": number})


def _insert(rows: sqlite3.Connection, table: Table, number: int, moment: datetime, said: Mapping[str, object]) -> None:
    """A row with `said` in it, that moment in every time, and something in every other column."""
    row = {
        column.name: said[column.name] if column.name in said else _something(column, number, moment)
        for column in table.c
    }
    names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" for _ in row)
    rows.execute(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', list(row.values()))  # noqa: S608


def _something(column: "Column[Any]", number: int, moment: datetime) -> object:
    if isinstance(column.type, UtcDateTime):
        return moment.strftime("%Y-%m-%d %H:%M:%S.%f")
    if isinstance(column.type, Uuid):
        return f"{number + 5:032x}"
    if isinstance(column.type, LargeBinary):
        return b""
    return "{}" if isinstance(column.type, Json) else f"x{number}" if isinstance(column.type, Text) else number


@pytest.mark.parametrize("regra", REGRAS, ids=lambda regra: regra.nome)
async def test_every_rule_is_a_statement_that_both_databases_take(world: World, regra: Regra) -> None:
    assert await world.turns.run(lambda tx: forget_some(tx, regra, dias=1)) == 0
    assert regra.piso <= regra.dias


async def test_a_cleaning_may_ask_for_less_than_the_rule_but_never_below_its_floor(world: World) -> None:
    await world.turns.run(lambda tx: record(tx, "teste"))
    await world.turns.run(lambda tx: mark_event(tx, "whatsapp", "wamid.1"))
    world.clock.move(days=13)
    assert await clean_up(world.turns, dias=1) == {}, "Meta may still repeat the event"
    world.clock.move(days=100)
    assert await clean_up(world.turns, dias=100) == {"events": 1, "ocorrencias": 1}


async def test_many_go_in_batches_and_each_is_a_transaction_of_its_own(world: World) -> None:
    batch = BATCH_SQLITE if world.database.is_sqlite else BATCH
    rows = [{"channel": "whatsapp", "event_id": str(n), "received_at": world.clock()} for n in range(batch * 2 + 7)]
    await world.turns.run(lambda tx: tx.execute(insert(events), rows))
    world.clock.move(days=15)
    sizes: list[int] = []

    async def counted(work: Callable[[Transaction], Awaitable[int]]) -> int:
        sizes.append(await world.turns.run(work))
        return sizes[-1]

    turns = cast(Turns, SimpleNamespace(run=counted, database=world.database))
    assert (await clean_up(turns))["events"] == batch * 2 + 7
    assert [size for size in sizes if size] == [batch, batch, 7]


async def test_a_table_that_cannot_be_cleaned_does_not_keep_the_others_from_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.turns.run(lambda tx: mark_event(tx, "whatsapp", "wamid.1"))
    world.clock.move(days=15)
    broken = replace(REGRAS[0], tabela=Table("nada", MetaData(), Column("id", Integer, primary_key=True)))
    monkeypatch.setattr("bot.agendamento.limpeza.REGRAS", (broken, *REGRAS))
    assert await clean_up(world.turns) == {"events": 1}


async def test_what_belongs_to_an_open_case_stays_however_old(world: World) -> None:
    """The line of a robot that is still at work, and the newest of what others are counted from."""

    async def work(tx: Transaction) -> None:
        now, ids = tx.now, [uuid4() for _ in range(5)]
        person = {"nome_completo": "Ana", "telefone": "5531988881111", "perfil_usuario": "CONSULTOR"}
        await tx.execute(insert(usuarios).values(id=ids[0], criado_em=now, atualizado_em=now, **person))
        change = {"usuario_id": ids[0], "status": "online", "via": "chat", "quando": now}
        await tx.execute(insert(presence_changes), [change, change | {"status": "offline"}])
        schedule = {"nome_agendamento": "x", "cron_expressao": "0 1 * * *", "tipo_agendamento": "BACKUP_DADOS"}
        times = {"em_vigor_desde": now, "criado_em": now, "atualizado_em": now}
        await tx.execute(insert(agendamentos).values(id=ids[1], parametros_execucao={}, **schedule, **times))
        run = {"agendamento_id": ids[1], "status": "CONCLUIDA", "criada_em": now, "terminada_em": now}
        older = now - timedelta(days=1)
        await tx.execute(insert(execucoes_agendamento), [run | {"id": ids[2], "devido_em": older}])
        await tx.execute(insert(execucoes_agendamento), [run | {"id": ids[3], "devido_em": now}])

    await world.turns.run(work)
    world.clock.move(days=1_000)
    assert await clean_up(world.turns) == {"execucoes_agendamento": 1, "presence_changes": 1}
    (left,) = await world.rows("SELECT status FROM presence_changes")
    assert left["status"] == "offline"
