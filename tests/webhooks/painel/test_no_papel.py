"""A page on paper: dark on white also where the screen is dark, and without what can only be tapped."""

from playwright.async_api import expect

from tests.support.painel import Opened
from tests.support.service import RunningService


async def test_a_dark_page_is_printed_dark_on_white_and_without_buttons(
    sqlite_service: RunningService, painel: Opened
) -> None:
    adm = await sqlite_service.administrador()
    async with painel(sqlite_service, adm, "/painel/vendas/vendedores") as page:
        await page.evaluate("document.documentElement.dataset.theme = 'dark'")
        await page.emulate_media(media="print")
        assert await page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
        assert await page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(23, 35, 42)"
        await expect(page.get_by_role("heading", name="Vendas por vendedor")).to_be_visible()
        for tapped in ("button", "a.act", ".tabs", ".filters"):
            for one in await page.locator(tapped).all():
                await expect(one).to_be_hidden()
