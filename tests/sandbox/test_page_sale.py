"""The README's path in a real browser: a sale to the order number by tapping, on the whole service."""

from playwright.async_api import Locator, expect

from tests.support.browsing import box_of, phone_of
from tests.support.sellers import ANA, CPF


async def test_a_sale_is_played_by_tapping_until_the_order_number(sqlite_service, opened):
    service = sqlite_service
    await service.login_bo()
    await service.vendedor(*ANA)
    service.sandbox.whatsapp.phone(*ANA)
    async with opened(service.sandbox.url) as page:
        ana = phone_of(page, "Ana")
        await _answers(ana, "VENDER")
        await ana.get_by_role("button", name="SIM", exact=True).click()
        await expect(ana.get_by_text("Venda iniciada")).to_be_visible()
        await expect(ana.get_by_text("Qual é o CEP da instalação?")).to_be_visible()
        await _answers(ana, "30140-071")
        await expect(ana.get_by_text("Qual é o CPF do cliente?")).to_be_visible()
        await _answers(ana, CPF)
        await expect(ana.get_by_text("Qual plano o cliente escolheu?")).to_be_visible()
        await ana.get_by_role("button", name="Escolher").click()
        await ana.get_by_role("radio", name="Fibra 500").check()
        await ana.get_by_role("dialog").get_by_role("button", name="Enviar").click()
        await expect(ana.get_by_text("Em que turno o técnico pode ir?")).to_be_visible()
        await ana.get_by_role("button", name="Manhã").last.click()
        job = await service.sandbox.rpa.started()
        await expect(ana.get_by_text("Venda concluída! Número do pedido:")).to_be_visible()
        order = job.resultado["numero_pedido"]
        await expect(ana.locator(".theirs", has_text="Venda concluída")).to_contain_text(order)
        await page.get_by_role("tab", name="Robôs").click()
        await expect(page.locator(".job")).to_contain_text(f"Pedido {order}")
    assert list(job.answers.values()) == ["30140071", "52998224725", "fibra-500", "Manhã"]


async def _answers(phone: Locator, text: str) -> None:
    await box_of(phone).fill(text)
    await box_of(phone).press("Enter")
