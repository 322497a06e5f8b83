"""The answer to a robot's start, when its execucao has gone on without it."""

from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from core.processo.execucoes import baixar, falhar
from core.processo.processos import criar
from core.processo.quem import O_ROBO
from core.processo.robo import started
from core.testemunha.meses import Mes
from storage.processo.execucoes import execucao_by_id
from storage.processo.status import StatusExecucao
from storage.transaction import Transaction
from tests.support.faturas import LIMITS, nova_operadora, novo_cliente
from tests.support.turning import World, open_world


@pytest.fixture
async def world(sqlite_url: str) -> AsyncIterator[World]:
    async with open_world(sqlite_url) as opened:
        yield opened


async def begun(tx: Transaction) -> UUID:
    """An execucao whose start is on its way."""
    operadora = await nova_operadora(tx)
    criado = await criar(tx, (await novo_cliente(tx, operadora.id)).id, str(Mes(2026, 3)), O_ROBO)
    assert criado.processo is not None
    pedido = await baixar(tx, criado.processo.id, O_ROBO, LIMITS)
    assert pedido.execucao is not None
    return pedido.execucao.id


async def stops(world: World) -> int:
    return len(await world.rows("SELECT 1 FROM outbox WHERE target = 'rpa' AND method = 'cancelar_execucao'"))


@pytest.mark.falha(235)
async def test_the_robot_of_one_that_was_cancelled_meanwhile_is_stopped(world: World) -> None:
    execucao_id = await world.turns.run(begun)

    async def cancelled(tx: Transaction) -> None:
        execucao = await execucao_by_id(tx.connection, execucao_id)
        assert execucao is not None
        erro = {"codigo": "CANCELADO", "mensagem": "", "definitivo": True}
        assert await falhar(tx, execucao, erro, LIMITS, tecnica=False, status=StatusExecucao.CANCELADO)

    await world.turns.run(cancelled)
    before = await stops(world)
    await world.turns.run(lambda tx: started(tx, execucao_id, "job-1"))
    assert await stops(world) == before + 1


@pytest.mark.falha(235)
async def test_a_second_job_is_recorded_and_changes_nothing(world: World) -> None:
    execucao_id = await world.turns.run(begun)
    for job in ("job-1", "job-1", "job-2"):
        await world.turns.run(lambda tx, job=job: started(tx, execucao_id, job))  # type: ignore[misc]
    assert await world.rows("SELECT job_id FROM execucoes") == [{"job_id": "job-1"}]
    assert len(await world.rows("SELECT 1 FROM ocorrencias WHERE tipo = 'segundo_job'")) == 1
    assert await stops(world) == 0
