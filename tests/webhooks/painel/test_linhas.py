"""What a robot says, on the page of its run: followed as it comes, resumed, held still, looked through; by right."""

import asyncio
import json
from uuid import UUID

import pytest
from playwright.async_api import Page, expect

from sandbox import Job
from storage.pessoa.perfil import Perfil
from tests.support.painel import Browser, Opened, browser_of
from tests.support.sellers import ANA, eventually, seller, sells
from tests.support.service import RunningService
from tests.webhooks.live.test_logs import a_download

PATIENCE = 10


async def page_of(service: RunningService, job: Job) -> str:
    (row,) = await service.rows("SELECT id FROM execucoes WHERE job_id = :job_id", job_id=job.id)
    return f"/painel/execucoes/{UUID(str(row['id']))}"


async def said(browser: Browser, path: str, until: str, **headers: str) -> tuple[list[str], str]:
    """The messages of a stream up to that one, and the id of the last."""
    found, last = [], ""
    async with asyncio.timeout(PATIENCE), browser.http.get(path, headers=headers) as response:
        assert response.content_type == "text/event-stream"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        async for raw in response.content:
            name, _, value = raw.decode().rstrip("\n").partition(": ")
            last = value if name == "id" else last
            if name == "data":
                data = json.loads(value)
                found.append(data.get("message", data.get("type", "")))
                if found[-1] == until:
                    return found, last
    raise AssertionError(found)


@pytest.mark.falha(230)
async def test_who_comes_back_gets_what_they_missed_and_nothing_twice(sqlite_service: RunningService) -> None:
    job, _hugo = await a_download(sqlite_service)
    page = await page_of(sqlite_service, job)
    for number in range(3):
        await job.log(f"linha {number}")
    async with browser_of(sqlite_service) as browser:
        await browser.enters(await sqlite_service.administrador())
        assert "linha 2" in await browser.sees(page)
        first, last = await said(browser, f"{page}/linhas", "linha 1")
        assert first == ["connection", "linha 0", "linha 1"]
        rest, _ = await said(browser, f"{page}/linhas?depois=0", "linha 2", **{"Last-Event-ID": last})
        assert rest == ["connection", "linha 2"]
        async with browser.http.get(f"{page}/linhas", headers={"Last-Event-ID": "fim"}) as over:
            assert over.status == 204
        whole, _ = await said(browser, f"{page}/linhas", "linha 2", **{"Last-Event-ID": "x"})
        assert whole == ["connection", "linha 0", "linha 1", "linha 2"]
        await browser.sees(f"{page}/linhas?depois=x", 422)
        only = await browser.sees(f"{page}?busca=LINHA+1")
        assert ("linha 1" in only, "linha 2" in only) == (True, False)
        assert "Nenhuma linha diz isso." in await browser.sees(f"{page}?busca=nada")


@pytest.mark.falha(231)
async def test_who_loses_the_right_is_told_nothing_more(
    sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webhooks.live.logs.CHECK_SECONDS", 0.0)
    job, hugo = await a_download(sqlite_service)
    page = await page_of(sqlite_service, job)
    async with browser_of(sqlite_service) as browser, browser_of(sqlite_service) as other:
        await browser.enters(hugo)
        await job.log("antes")
        async with asyncio.timeout(PATIENCE), browser.http.get(f"{page}/linhas") as response:
            while "antes" not in (await response.content.readline()).decode():
                pass
            await browser.does("/painel/sessoes", "/painel/sair")
            await job.log("depois")
            assert b"depois" not in await response.content.read()
        await other.enters(await sqlite_service.usuario("Davi Alves", "5531988804003", Perfil.CONSULTOR))
        await other.sees(f"{page}/linhas", 403)


@pytest.mark.falha(232)
async def test_a_sales_lines_are_its_sellers_and_hold_no_cpf(sqlite_service: RunningService) -> None:
    await sqlite_service.login_bo()
    ana = await seller(sqlite_service, ANA, "telegram")
    job = await sells(sqlite_service, ana)
    await job.log("consultando o CPF 529.982.247-25")
    (row,) = await eventually(sqlite_service, "SELECT venda_id FROM logs_venda")
    (who,) = await sqlite_service.rows("SELECT id FROM usuarios WHERE telefone = :telefone", telefone=ANA[1])
    page = f"/painel/vendas/{UUID(str(row['venda_id']))}"
    async with browser_of(sqlite_service) as hers, browser_of(sqlite_service) as anothers:
        await hers.enters(UUID(str(who["id"])))
        assert "consultando o CPF ***" in await hers.sees(page)
        assert (await said(hers, f"{page}/linhas", "consultando o CPF ***"))[0][-1] == "consultando o CPF ***"
        await anothers.enters(await sqlite_service.vendedor("Bia Rocha", "5531988805000"))
        await anothers.sees(f"{page}/linhas", 404)


async def test_lines_come_are_held_and_are_looked_through_in_a_browser(
    sqlite_service: RunningService, painel: Opened
) -> None:
    job, hugo = await a_download(sqlite_service)
    await job.log("Sessão aberta")
    where = await page_of(sqlite_service, job)
    async with painel(sqlite_service, hugo, where, timezone_id="Asia/Tokyo") as page:
        log = page.get_by_role("log")
        await expect(log.get_by_text("Sessão aberta")).to_have_count(1)
        await job.log("PDF encontrado")
        await expect(log.get_by_text("PDF encontrado")).to_be_visible()
        before, now = [int(line[:2]) for line in await log.get_by_role("listitem").all_inner_texts()]
        assert (now - before) % 24 in (0, 1), "in the hours of the operation, twelve from where this browser is"
        await page.get_by_role("button", name="Pausar").click()
        await job.log("Baixando")
        go_on = page.get_by_role("button", name="Continuar (1)")
        await expect(go_on).to_be_visible()
        await expect(log.get_by_text("Baixando")).to_have_count(0)
        await go_on.click()
        await expect(log.get_by_text("Baixando")).to_be_visible()
        await page.get_by_role("searchbox").fill("sessao")
        await expect(log.get_by_text("Baixando")).to_be_hidden()
        await expect(log.get_by_text("Sessão aberta")).to_be_visible()


async def looked_at(page: Page, seen: bool) -> None:
    """Bring a tab to the front, or put another one before it: a browser without a screen has all of them in front."""
    await page.evaluate(
        """(hidden) => {
          Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        not seen,
    )


@pytest.mark.falha(587)
async def test_tabs_that_nobody_looks_at_leave_the_browser_its_connections(
    sqlite_service: RunningService, painel: Opened
) -> None:
    job, hugo = await a_download(sqlite_service)
    await job.log("Sessão aberta")
    where = await page_of(sqlite_service, job)
    async with painel(sqlite_service, hugo, where) as first:
        tabs = [first]
        for _ in range(7):
            await looked_at(tabs[-1], False)
            tabs.append(await first.context.new_page())
            await tabs[-1].goto(f"{sqlite_service.url}{where}")
        await job.log("PDF encontrado")
        await expect(tabs[-1].get_by_role("log").get_by_text("PDF encontrado")).to_be_visible()
        await expect(first.get_by_role("log").get_by_text("PDF encontrado")).to_have_count(0)
        await looked_at(first, True)
        await expect(first.get_by_role("log").get_by_text("PDF encontrado")).to_be_visible()
        await job.log("Baixando")
        await expect(first.get_by_role("log").get_by_text("Baixando")).to_be_visible()
        assert await first.get_by_role("log").get_by_role("listitem").count() == 3, "each line once"
