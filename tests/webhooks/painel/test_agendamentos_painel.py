"""Agendamentos in the panel: next and last runs; run now, paused and resumed by administrators."""

from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from core.agendamento.agendamentos import criar_padrao
from storage.pessoa.perfil import Perfil
from tests.support.painel import Browser, browser_of
from tests.support.sellers import eventually
from tests.support.service import RunningService


@pytest.fixture
async def rita(sqlite_service: RunningService) -> AsyncIterator[Browser]:
    """An administrator in the panel."""
    async with browser_of(sqlite_service) as browser:
        await browser.enters(await sqlite_service.administrador("Rita Prado", "5531988807001"))
        yield browser


@pytest.fixture
async def limpeza(sqlite_service: RunningService) -> UUID:
    """The usual schedules; the one that cleans up."""
    made = await sqlite_service.wiring.turns.run(criar_padrao)
    return next(one.id for one in made if one.tipo_agendamento == "LIMPEZA_LOGS")


async def test_each_says_what_it_does_and_when(rita: Browser, limpeza: UUID) -> None:
    text = await rita.sees("/painel/agendamentos")
    assert text.index("Backup diário") < text.index("Limpeza semanal") < text.index("Processos do mês")
    assert "Esquece o que é velho" in text
    assert "0 3 * * 0" in text
    assert text.count("03:00") >= 5


async def test_run_now_is_seen_among_the_last_runs(
    sqlite_service: RunningService, rita: Browser, limpeza: UUID
) -> None:
    page = "/painel/agendamentos"
    status, where = await rita.does(page, f"{page}/{limpeza}/executar")
    assert (status, where) == (303, f"{page}?feito=agendamento_comecou")
    await eventually(sqlite_service, "SELECT 1 FROM execucoes_agendamento WHERE status = 'CONCLUIDA'")
    assert "concluída" in await rita.sees(page)


async def test_paused_it_has_no_next_run_until_it_is_resumed(rita: Browser, limpeza: UUID) -> None:
    page = "/painel/agendamentos"
    await rita.does(page, f"{page}/{limpeza}/pausar")
    assert "pausado" in await rita.sees(page)
    await rita.does(page, f"{page}/{limpeza}/retomar")
    assert "pausado</span>" not in await rita.sees(page)


async def test_one_that_is_gone_and_somebody_who_may_not(
    sqlite_service: RunningService, rita: Browser, limpeza: UUID
) -> None:
    page = "/painel/agendamentos"
    assert (await rita.does(page, f"{page}/{UUID(int=1)}/pausar"))[0] == 404
    assert (await rita.does(page, f"{page}/nada/executar"))[0] == 404
    async with browser_of(sqlite_service) as browser:
        await browser.enters(await sqlite_service.usuario("Gil Torres", "5531988806002", Perfil.OPERADOR))
        await browser.sees(page, 403)
