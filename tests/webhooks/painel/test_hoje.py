"""Hoje, Execuções and Relatórios: figures that lead to exactly the rows they count, each perfil its own."""

import re
from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from playwright.async_api import expect
from sqlalchemy import update

from storage.pessoa.perfil import Perfil
from storage.tables import execucoes
from tests.support.browsing import inaccessible
from tests.support.operacao import uma_operacao
from tests.support.painel import Browser, Opened, browser_of, cut_off
from tests.support.service import RunningService

ROWS = re.compile(r'<th scope="row">')


@pytest.fixture
async def browser(sqlite_service: RunningService) -> AsyncIterator[Browser]:
    """Of an administrator, in the middle of a month."""
    await uma_operacao(sqlite_service, 24)
    async with browser_of(sqlite_service) as opened:
        await opened.enters(await sqlite_service.administrador())
        yield opened


async def test_each_figure_leads_to_exactly_the_rows_it_counts(browser: Browser) -> None:
    hoje = await browser.sees("/painel")
    found = re.findall(r'<a class="figure[^"]*" href="([^"]+)"[^>]*>.*?<b>(\d+)', hoje, re.DOTALL)
    assert len(found) == 4
    for address, counted in found:
        listed = await browser.sees(address.replace("&amp;", "&"))
        assert len(ROWS.findall(listed)) == int(counted) > 0, address


async def test_an_operadora_is_called_by_its_name_on_every_page(browser: Browser) -> None:
    """Its codigo is for robots and files; its own page shows it beside the name."""
    rows = await browser.service.rows("SELECT e.id, e.processo_id FROM execucoes e")
    one = {name: UUID(str(rows[0][name])) for name in ("id", "processo_id")}
    of_rows = f"/painel/execucoes/{one['id']}", f"/painel/processos/{one['processo_id']}"
    lists = [f"/painel{name}" for name in ("", "/processos", "/execucoes", "/clientes", "/relatorios")]
    for path in (*lists, *of_rows):
        shown = re.sub(r"<[^>]+>", " ", await browser.sees(path))
        assert re.findall(r"\b(?:VIVO|OI|EMBRATEL)\b", shown) == [], path
        assert re.search(r"\b(?:Vivo|Oi|Embratel)\b", shown), path


async def test_failures_by_reason_lead_to_those_runs(browser: Browser) -> None:
    hoje = await browser.sees("/painel")
    found = re.findall(
        r'href="(/painel/execucoes\?falhas=1&amp;codigo=[^"]+)".*?<b class="num">(\d+)</b>', hoje, re.DOTALL
    )
    assert found
    for address, counted in found:
        listed = await browser.sees(address.replace("&amp;", "&"))
        assert len(ROWS.findall(listed)) == int(counted) > 0, address


async def test_a_run_is_looked_at_sent_again_and_stopped(browser: Browser) -> None:
    browser.service.sandbox.rpa.behaviour = "manual"
    query = "SELECT id, processo_id FROM execucoes WHERE detalhes_erro LIKE '%PORTAL_FORA%'"
    (failed,) = (await browser.service.rows(query))[:1]
    page = f"/painel/execucoes/{UUID(str(failed['id']))}"
    assert "O portal está fora do ar" in await browser.sees(page)
    status, target = await browser.does(page, f"{page}/de-novo")
    assert (status, target.endswith("?feito=robo_mandado")) == (303, True)
    again = target.partition("?")[0]
    assert again != page
    assert (await browser.does(again, f"{again}/parar"))[1] == f"{again}?feito=robo_parado"
    assert (await browser.does(again, f"{again}/parar"))[1] == f"{again}?feito=nao_ja_terminou"


async def test_a_run_that_never_started_is_told_in_words_of_ours(browser: Browser) -> None:
    """What our own code writes down beside a code is for the log; what the robot says is shown as it says it."""
    (row,) = await browser.service.rows("SELECT id FROM execucoes WHERE detalhes_erro LIKE '%PORTAL_FORA%' LIMIT 1")
    execucao_id = UUID(str(row["id"]))
    cases = (
        ("ROBO_INDISPONIVEL", "start failed: network", "O serviço dos robôs não respondeu", "start failed"),
        ("ARQUIVO_INVALIDO", "com_script", "traz um programa dentro", "com_script"),
        ("PORTAL_FORA", "manutenção até as 9h", "manutenção até as 9h", "PORTAL_FORA"),
    )
    for codigo, mensagem, said, unsaid in cases:
        erro = {"codigo": codigo, "mensagem": mensagem, "definitivo": True}
        await _fails(browser.service, execucao_id, erro)
        shown = await browser.sees(f"/painel/execucoes/{execucao_id}")
        assert (said in shown, unsaid in shown) == (True, False), codigo


async def _fails(service: RunningService, execucao_id: UUID, erro: dict[str, object]) -> None:
    change = update(execucoes).where(execucoes.c.id == execucao_id)
    values = {"detalhes_erro": erro, "parametros_entrada": {"mes_ano": "11/2026", "operadora": "VIVO", "unidade": ""}}
    await service.wiring.turns.run(lambda tx: tx.execute(change.values(values)))


async def test_the_months_charts_have_their_tables(browser: Browser) -> None:
    shown = await browser.sees("/painel/relatorios")
    assert shown.count('role="img"') == 2
    assert "style=" not in shown
    assert shown.count("<rect") >= 12
    assert len(ROWS.findall(shown)) == 3 + 4
    await browser.sees("/painel/relatorios?mes=99/2026", 422)


async def test_each_perfil_sees_its_own(sqlite_service: RunningService) -> None:
    await uma_operacao(sqlite_service, 4)
    seen = {}
    for perfil in (Perfil.CONSULTOR, Perfil.OPERADOR, Perfil.APROVADOR, Perfil.ADMINISTRADOR):
        async with browser_of(sqlite_service) as one:
            phone = f"55319888050{len(seen):02d}"
            await one.enters(await sqlite_service.usuario(f"Pessoa {perfil}", phone, perfil))
            text = await one.sees("/painel")
            parts = ("Espera por você", "Consultores", "Acessos BackOffice", "O que roda sozinho")
            seen[perfil] = [part for part in parts if f"<h2>{part}</h2>" in text]
    assert seen == {
        Perfil.CONSULTOR: ["Consultores"],
        Perfil.OPERADOR: ["Espera por você"],
        Perfil.APROVADOR: ["Espera por você"],
        Perfil.ADMINISTRADOR: ["Espera por você", "Consultores", "Acessos BackOffice", "O que roda sozinho"],
    }


async def test_they_are_in_order_in_a_browser_light_and_dark_wide_and_narrow(
    sqlite_service: RunningService, painel: Opened
) -> None:
    await uma_operacao(sqlite_service, 12)
    (row,) = await sqlite_service.rows("SELECT id FROM execucoes ORDER BY id LIMIT 1")
    paths = ("/painel", "/painel/execucoes", f"/painel/execucoes/{UUID(str(row['id']))}", "/painel/relatorios")
    adm = await sqlite_service.administrador()
    async with painel(sqlite_service, adm) as page:
        for path in paths:
            for scheme, wide in (("light", 1440), ("dark", 320)):
                await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                await page.set_viewport_size({"width": wide, "height": 800})
                await page.goto(f"{sqlite_service.url}{path}")
                await expect(page.get_by_role("heading", level=1)).to_be_visible()
                assert await cut_off(page) == [], path
                assert await inaccessible(page) == [], (path, scheme)
