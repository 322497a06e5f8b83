"""The audit: a chain without gaps, whoever writes at once; what is changed, removed or put in by hand is named."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from core.auditoria.auditoria import Autor, registrar
from storage.auditoria.auditoria import Filtro, count_auditoria, digest, list_auditoria
from storage.auditoria.cadeia import BEGINNING, CabecaDaAuditoria, Conferencia, Quebra, check_chain, head_of
from storage.auditoria.tipos import Ato, TipoQuebra
from storage.backup.engine import check_audit
from storage.backup.problems import BackupError, Problem
from storage.transaction import Transaction
from tests.support.turning import World, open_world

BOT = Autor("telegram")
# Whoever has the database in their hands can drop what guards the table.
UNGUARDED = {
    "sqlite": ("DROP TRIGGER auditoria_no_update", "DROP TRIGGER auditoria_no_delete"),
    "postgresql": ("ALTER TABLE auditoria DISABLE TRIGGER USER",),
}


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    async with open_world(database_url) as opened:
        yield opened


async def acts(world: World, count: int) -> None:
    """As many acts, a turn each."""

    async def work(tx: Transaction) -> None:
        registrar(tx, Ato.LIBERAR, BOT, alvo="pool", motivo="fim do turno", liberados=2)

    for _ in range(count):
        await world.turns.run(work)


async def by_hand(world: World, *statements: str) -> None:
    """What somebody does who has the database itself."""
    async with world.database.begin() as connection:
        for statement in (*UNGUARDED[connection.dialect.name], *statements):
            await connection.execute(text(statement))
        await connection.commit()


async def checked(world: World) -> Conferencia:
    async with world.database.read() as connection:
        return await check_chain(connection)


async def test_rows_are_numbered_without_gaps_and_each_holds_the_hash_of_the_one_before(world: World) -> None:
    await acts(world, 3)
    async with world.database.read() as connection:
        found = await list_auditoria(connection, Filtro(), 10)
        total = await count_auditoria(connection, Filtro())
    assert (total, [linha.numero for linha in found]) == (3, [3, 2, 1])
    assert [linha.anterior for linha in found] == [found[1].hash, found[2].hash, BEGINNING]
    assert (await checked(world)).quebras == []


async def test_a_turn_that_fails_leaves_no_act(world: World) -> None:
    async def work(tx: Transaction) -> None:
        registrar(tx, Ato.LIBERAR, BOT)
        raise RuntimeError("half-way")

    await acts(world, 1)
    with pytest.raises(RuntimeError):
        await world.turns.run(work)
    await acts(world, 1)
    found = await checked(world)
    assert (found.linhas, found.quebras) == (2, [])


@pytest.mark.falha(161)
async def test_many_processes_that_write_at_once_make_one_chain(world: World) -> None:
    processes = [world.process() for _ in range(4)]

    async def one(number: int) -> None:
        async def work(tx: Transaction) -> None:
            for _ in range(number % 3 + 1):
                registrar(tx, Ato.TOKEN, Autor("api"), numero=number)

        await processes[number % 4].run(work)

    await asyncio.gather(*(one(number) for number in range(60)))
    found = await checked(world)
    assert (found.linhas, found.ultima, found.quebras) == (120, 120, [])


@pytest.mark.falha(160)
@pytest.mark.parametrize("statement", ["UPDATE auditoria SET motivo = 'outro'", "DELETE FROM auditoria"])
async def test_the_database_itself_lets_nobody_change_or_remove_a_row(world: World, statement: str) -> None:
    await acts(world, 1)
    with pytest.raises(DBAPIError, match="auditoria only grows"):
        async with world.database.begin() as connection:
            await connection.execute(text(statement))


@pytest.mark.falha(160)
class TestByHand:
    @pytest.mark.parametrize(
        "change",
        [
            "motivo = 'outro'",
            "motivo = NULL",
            "usuario_id = NULL, canal = 'api'",
            "acao = 'APROVAR'",
            "quando = '2026-03-02 12:00:01'",
            "detalhe = '{}'",
            f"anterior = '{BEGINNING}'",
            "hash = 'ff'",
        ],
    )
    async def test_a_row_that_was_changed_is_named(self, world: World, change: str) -> None:
        await acts(world, 6)
        await by_hand(world, f"UPDATE auditoria SET {change} WHERE numero = 4")  # noqa: S608 - of this test
        assert (await checked(world)).quebras == [Quebra(TipoQuebra.MUDADA, 4, 4)]

    @pytest.mark.parametrize("numero", [1, 4, 6])
    async def test_one_that_was_changed_and_sealed_anew_is_named_too(self, world: World, numero: int) -> None:
        await acts(world, 6)
        async with world.database.read() as connection:
            found = await list_auditoria(connection, Filtro(antes=numero + 1), 1)
        (linha,) = found
        row = {name: getattr(linha, name) for name in linha.__dataclass_fields__} | {"motivo": "outro"}
        sealed = digest(row)
        await by_hand(world, f"UPDATE auditoria SET motivo = 'outro', hash = '{sealed}' WHERE numero = {numero}")  # noqa: S608
        assert (await checked(world)).quebras == [Quebra(TipoQuebra.MUDADA, numero, numero)]

    @pytest.mark.parametrize(
        ("where", "first", "last"),
        [("numero = 1", 1, 1), ("numero IN (3, 4)", 3, 4), ("numero = 6", 6, 6), ("numero > 0", 1, 6)],
    )
    async def test_rows_that_are_missing_are_named(self, world: World, where: str, first: int, last: int) -> None:
        await acts(world, 6)
        await by_hand(world, f"DELETE FROM auditoria WHERE {where}")  # noqa: S608 - of this test
        assert (await checked(world)).quebras == [Quebra(TipoQuebra.FALTA, first, last)]

    async def test_a_row_that_was_put_in_is_named(self, world: World) -> None:
        await acts(world, 2)
        await by_hand(
            world,
            "INSERT INTO auditoria (numero, quando, canal, acao, anterior, hash)"
            " VALUES (3, '2026-03-02 12:00:00', 'api', 'APROVAR', 'x', 'y')",
        )
        assert Quebra(TipoQuebra.SOBRA, 3, 3) in (await checked(world)).quebras

    async def test_without_its_head_every_row_is_one_too_many(self, world: World) -> None:
        await acts(world, 2)
        await by_hand(world, "DELETE FROM auditoria_cabeca")
        assert (await checked(world)).quebras == [Quebra(TipoQuebra.SOBRA, 1, 2)]
        with pytest.raises(RuntimeError, match="auditoria_cabeca"):
            await acts(world, 1)


@pytest.mark.falha(162)
async def test_reasons_lose_what_looks_like_a_cpf_a_phone_or_a_card(world: World) -> None:
    said = "CPF 529.982.247-25, fone (31) 98880-4000, até 10/12/2026, R$ 1.234,56"

    async def work(tx: Transaction) -> None:
        registrar(tx, Ato.REVELAR, BOT, motivo=said)

    await world.turns.run(work)
    (row,) = await world.rows("SELECT motivo FROM auditoria")
    assert row["motivo"] == "CPF ***, fone (***, até 10/12/2026, R$ 1.234,56"


@pytest.mark.falha(220)
async def test_a_chain_that_was_made_anew_is_not_the_one_that_a_backup_names(world: World, database_url: str) -> None:
    """It holds in itself; what a manifest or a closing wrote down shows that it is another one."""
    await acts(world, 3)
    async with world.database.read() as connection:
        head = await head_of(connection)
    await check_audit(database_url, head)
    for other in (CabecaDaAuditoria(3, "0" * 64), CabecaDaAuditoria(4, head.hash)):
        with pytest.raises(BackupError) as refused:
            await check_audit(database_url, other)
        assert refused.value.problem is Problem.AUDIT_BROKEN
