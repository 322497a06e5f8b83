"""Agendamentos in the panel: next and last runs; run now, paused and resumed by administrators."""

import asyncio
import json
from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from core.agendamento.agendamentos import criar_padrao
from storage.pessoa.perfil import Perfil
from tests.support.painel import Browser, browser_of, csrf_in
from tests.support.sellers import eventually
from tests.support.service import RunningService

PATH = "/painel/agendamentos"


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
    assert "toda semana: domingo às 03:00" in text
    assert text.count("03:00") >= 5


async def test_run_now_is_seen_among_the_last_runs(
    sqlite_service: RunningService, rita: Browser, limpeza: UUID
) -> None:
    page = "/painel/agendamentos"
    status, where = await rita.does(page, f"{page}/{limpeza}/executar")
    assert (status, where) == (303, f"{page}?feito=agendamento_comecou")
    await eventually(sqlite_service, "SELECT 1 FROM execucoes_agendamento WHERE status = 'CONCLUIDA'")
    assert "concluída" in await rita.sees(page)


@pytest.mark.falha(585)
async def test_a_form_that_is_sent_twice_makes_one_run(
    sqlite_service: RunningService, rita: Browser, limpeza: UUID
) -> None:
    page = "/painel/agendamentos"
    text = await rita.sees(page)
    shown, do = text.partition('name="mostrado" value="')[2].partition('"')[0], f"{page}/{limpeza}/executar"
    sent = [rita.posts(do, csrf=csrf_in(text), mostrado=shown) for _ in range(3)]
    assert sorted(where for _, where in await asyncio.gather(*sent)) == [
        f"{page}?feito=agendamento_comecou",
        *[f"{page}?feito=agendamento_ja_pedido"] * 2,
    ]
    assert "roda uma vez só" in await rita.sees(f"{page}?feito=agendamento_ja_pedido")
    await eventually(sqlite_service, "SELECT 1 FROM execucoes_agendamento WHERE status = 'CONCLUIDA'")
    [runs] = await eventually(sqlite_service, "SELECT count(*) AS n FROM execucoes_agendamento")
    assert runs["n"] == 1
    sqlite_service.clock.move(seconds=5)
    again = await rita.sees(page)
    shown = again.partition('name="mostrado" value="')[2].partition('"')[0]
    assert (await rita.posts(do, csrf=csrf_in(again), mostrado=shown))[1] == f"{page}?feito=agendamento_comecou"


@pytest.mark.falha(585)
@pytest.mark.parametrize("shown", ["", "ontem", "nan", "1e300", "-1e300"])
async def test_a_page_of_before_still_runs_it(rita: Browser, limpeza: UUID, shown: str) -> None:
    page = "/painel/agendamentos"
    status, where = await rita.does(page, f"{page}/{limpeza}/executar", mostrado=shown)
    assert (status, where) == (303, f"{page}?feito=agendamento_comecou")


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


async def test_a_schedule_is_rehearsed_made_changed_and_taken_back(
    sqlite_service: RunningService, rita: Browser
) -> None:
    form = {"tipo": "EXECUTAR_DOWNLOADS", "nome": "Downloads", "mes": "atual", "operadoras": "", "janela_minutos": "30"}
    new = f"{PATH}/novo?tipo=EXECUTAR_DOWNLOADS"
    status, text = await rita.does(new, PATH, **form, quando="dias úteis às 8", ensaiar="1")
    assert (status, "dias úteis às 08:00" in text, 'value="dias úteis às 8"' in text) == (200, True, True)
    assert await sqlite_service.rows("SELECT 1 FROM agendamentos") == [], "a rehearsal keeps nothing"
    for wrong in ("quando der", "0 0 31 2 *", "às 8", "a" * 500):
        status, text = await rita.does(new, PATH, **form, quando=wrong)
        assert (status, 'id="erro-quando"' in text, f'value="{wrong}"' in text) == (422, True, True), wrong
    assert (await rita.does(new, PATH, **form | {"janela_minutos": "-5"}, quando="dias úteis às 8"))[0] == 422
    assert (await rita.does(new, PATH, **form, quando="dias úteis às 8"))[1] == f"{PATH}?feito=agendamento_criado"
    (row,) = await sqlite_service.rows("SELECT id, cron_expressao, parametros_execucao AS p FROM agendamentos")
    assert (row["cron_expressao"], json.loads(row["p"])["janela_minutos"]) == ("0 8 * * 1-5", 30)
    one = f"{PATH}/{UUID(str(row['id']))}"
    assert (await rita.does(new, PATH, **form, quando="todo dia às 9"))[0] == 409, "the name is another's"
    await rita.does(one, one, **form, quando="0 9 1 * *")
    text = await rita.sees(PATH)
    assert "todo dia 1 do mês às 09:00" in text
    await rita.takes_back(PATH)
    assert "dias úteis às 08:00" in await rita.sees(PATH)
    stale = (await rita.sees(one)).partition('name="visto" value="')[2].partition('"')[0]
    await rita.does(one, one, **form, quando="todo dia às 7")
    status, text = await rita.does(one, one, **form, quando="todo dia às 6", visto=stale)
    assert (status, "Guardado agora: 0 7 * * *" in text, 'value="todo dia às 6"' in text) == (409, True, True)


async def test_operadoras_are_named_as_people_say_them_and_one_that_there_is_not_is_said(
    sqlite_service: RunningService, rita: Browser
) -> None:
    await rita.does("/painel/operadoras/nova", "/painel/operadoras", nome="Vivo Empresas", codigo="VIVO")
    form = {"tipo": "EXECUTAR_DOWNLOADS", "nome": "Downloads", "mes": "atual", "janela_minutos": ""}
    new = f"{PATH}/novo?tipo=EXECUTAR_DOWNLOADS"
    status, text = await rita.does(new, PATH, **form, quando="dias úteis às 8", operadoras="Vivo Empresas, Naohá")
    assert (status, "Não há uma destas operadoras" in text, 'value="Vivo Empresas, Naohá"' in text) == (422, True, True)
    status, _ = await rita.does(new, PATH, **form, quando="dias úteis às 8", operadoras="vivo empresas")
    assert status == 303
    (row,) = await sqlite_service.rows("SELECT parametros_execucao FROM agendamentos")
    assert json.loads(row["parametros_execucao"])["operadoras"] == ["VIVO"]


@pytest.mark.falha(522)
async def test_what_is_no_schedule_is_refused_with_its_reason_as_in_chat(
    sqlite_service: RunningService, rita: Browser
) -> None:
    form = {"tipo": "LIMPEZA_LOGS", "nome": "Limpeza", "dias": ""}
    new = f"{PATH}/novo?tipo=LIMPEZA_LOGS"
    for wrong, why in (
        ("todo dia 31 às 8", "Nem todo mês tem “todo dia 31”"),
        ("todo dia", "A que hora?"),
        ("às 8", "Em que dias?"),
        ("0 0 31 2 *", "Nenhum dia atende a essa expressão"),
        ("0 0 8 * * 1-5", "5 partes (minuto hora dia mês dia-da-semana), e esta tem 6"),
        ("*/90 * * * *", "*/90 não serve para o minuto"),
        ("@reboot", "5 partes"),
    ):
        status, text = await rita.does(new, PATH, **form, quando=wrong)
        assert (status, why in text) == (422, True), (wrong, text)
    assert (await rita.does(new, PATH, **form, quando="@daily"))[0] == 303
    assert "todo dia às 00:00" in await rita.sees(PATH)
