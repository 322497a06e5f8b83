"""Somebody on the sandbox's page opens the panel from their phone: the word, the link that came, the button, in."""

from playwright.async_api import expect

from tests.support import panel
from tests.support.browsing import Opened, box_of, phone_of
from tests.support.painel import listen
from tests.support.service import RunningService


async def test_the_panel_is_opened_from_the_phone(sqlite_service: RunningService, opened: Opened) -> None:
    async with panel.demonstration(sqlite_service), opened(sqlite_service.sandbox.url) as page:
        ana = phone_of(page, "Ana")
        await box_of(ana).fill("PAINEL")
        await box_of(ana).press("Enter")
        link = ana.locator(".bubble .text a", has_text="/painel/entrar").last
        await expect(link).to_be_visible()
        async with page.context.expect_page() as tab:
            await link.click()
        painel = await tab.value
        complaints = listen(painel, sqlite_service.url)
        await painel.get_by_role("button", name="Entrar").click()
        await expect(painel.get_by_role("heading", level=1)).to_contain_text("Olá, Ana")
        await painel.get_by_role("link", name="Vendas").first.click()
        await expect(painel.get_by_role("heading", level=1)).to_have_text("Suas vendas")
        assert complaints == []
