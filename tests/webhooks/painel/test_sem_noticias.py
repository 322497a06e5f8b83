"""A page that renews itself says so when it cannot, and stops saying it with the first news."""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import expect

from tests.support.painel import Opened
from tests.support.sellers import ANA, seller, sells
from tests.support.service import RunningService


@pytest.mark.falha(395)
async def test_without_news_a_page_says_since_when_and_with_news_no_more(
    sqlite_service: RunningService, painel: Opened
) -> None:
    adm = await sqlite_service.administrador()
    async with painel(sqlite_service, adm, "/painel/atendimento", without_news=True, timezone_id="Asia/Tokyo") as page:
        stale = page.locator("[data-stale]")
        await expect(page.locator("#agora")).to_be_visible()
        await expect(stale).to_be_hidden()
        await page.route("**/painel/atendimento", lambda route: route.abort())
        # In the hours of the operation, wherever the browser is.
        there = datetime.now(ZoneInfo("America/Sao_Paulo"))
        hours = "|".join(f"{there - timedelta(minutes=late):%H:%M}" for late in (0, 1))
        await expect(stale).to_have_text(re.compile(rf"Sem notícias desde ({hours}):\d\d: "))
        await page.unroute("**/painel/atendimento")
        await expect(stale).to_be_hidden()
        await page.route("**/painel/atendimento", lambda route: route.fulfill(status=503, body=""))
        await expect(stale).to_contain_text("pode ter mudado")


async def test_who_looks_again_sees_the_news_and_keeps_the_place_and_what_was_chosen(
    sqlite_service: RunningService, painel: Opened
) -> None:
    """The clock of the page stands: nothing comes because its time has come."""
    adm = await sqlite_service.administrador()
    looks = "() => window.dispatchEvent(new Event('focus'))"
    async with painel(sqlite_service, adm, idioma="es") as page:
        await page.clock.install()
        await page.goto(f"{sqlite_service.url}/painel")
        sales = page.locator("#hoje").get_by_role("link", name=re.compile(r"\d+ ventas?$"))
        await expect(sales).to_have_text("0 ventas")
        await page.clock.pause_at(datetime.now(UTC) + timedelta(seconds=2))
        await sqlite_service.login_bo()
        await sells(sqlite_service, await seller(sqlite_service, ANA))
        await sales.focus()
        await page.evaluate(looks)
        await expect(sales).to_have_text("1 venta")
        await page.clock.run_for(100)
        await expect(sales).to_be_focused()

        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        await page.evaluate("() => getSelection().selectAllChildren(document.querySelector('#hoje h1'))")
        await page.evaluate(looks)
        assert asked == [], "what somebody is copying is left alone"
        await page.evaluate("() => getSelection().removeAllRanges()")
        await page.evaluate(looks)
        assert len(asked) == 1
        tops = await page.locator(".rail .hands > *").evaluate_all(
            "all => all.map((one) => one.getBoundingClientRect().top)"
        )
        assert max(tops) - min(tops) < 5, "one line, where the words are longest, too"


@pytest.mark.falha(533)
async def test_what_changes_by_itself_is_told_to_who_does_not_see_it(
    sqlite_service: RunningService, painel: Opened
) -> None:
    adm = await sqlite_service.administrador()
    await sqlite_service.login_bo()
    job = await sells(sqlite_service, await seller(sqlite_service, ANA))
    (venda,) = await sqlite_service.rows("SELECT id FROM vendas")
    async with painel(sqlite_service, adm, f"/painel/vendas/{UUID(str(venda['id']))}") as page:
        told = page.locator("[data-told]")
        await expect(told).to_be_empty()
        await job.complete({"numero_pedido": "NIO-48213"})
        await expect(told).to_have_text("concluída", ignore_case=True)
        assert await told.get_attribute("role") == "status"


@pytest.mark.falha(533)
async def test_escape_closes_what_was_opened_and_leads_back(sqlite_service: RunningService, painel: Opened) -> None:
    adm = await sqlite_service.administrador()
    async with painel(sqlite_service, adm, "/painel/sessoes", viewport={"width": 360, "height": 640}) as page:
        menu = page.locator(".top summary")
        await menu.focus()
        await page.keyboard.press("Enter")
        await page.keyboard.press("Tab")
        await expect(page.locator(".top").get_by_role("link", name="Hoje")).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(menu).to_be_focused()
        await expect(page.locator(".top").get_by_role("link", name="Hoje")).to_be_hidden()
