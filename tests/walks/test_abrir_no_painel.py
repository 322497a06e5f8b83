"""Abrir no painel: a tap under a card gives a link to exactly that page, for a minute and once."""

import re
from urllib.parse import urlencode

import pytest

from tests.support.consultores import CHANNELS
from tests.support.painel import browser_of
from tests.support.sellers import ANA, eventually, seller, sells
from tests.support.service import RunningService
from tests.walks.test_aprovar import approver, arrives


@CHANNELS
async def test_a_card_leads_to_exactly_that_processo(service: RunningService, channel: str) -> None:
    gil = await approver(service, channel=channel)
    processo = await arrives(service)
    card = await gil.sees("Valor:")
    if channel == "whatsapp":
        # A fourth button would hide the three that decide: the word is said in answer to the card, which says so.
        assert "responda PAINEL a esta mensagem" in card.text
        await eventually(service, "SELECT 1 FROM outbox WHERE provider_id = :id", id=card.id)
        await gil.says("PAINEL", reply_to=card)
    else:
        await gil.taps("Abrir no painel")
    link = re.search(r"https?://\S+", (await gil.sees("uma vez só")).text)
    assert link is not None
    page = f"/painel/processos/{processo.id}"
    async with browser_of(service) as browser:
        token = link[0].partition("token=")[2]
        assert (await browser.posts("/painel/entrar", token=token)) == (303, page)
        assert processo.razao_social in await browser.sees(page)


async def test_behind_https_telegram_opens_the_same_page_inside_itself(
    sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    gil = await approver(sqlite_service, channel="telegram")
    processo = await arrives(sqlite_service)
    await gil.sees("Valor:")
    monkeypatch.setitem(sqlite_service.wiring.conversations._provided, "public_url", "https://balcao.example")
    await gil.taps("Abrir no painel")
    (button,) = [button for row in (await gil.sees("uma vez só")).keyboard for button in row]
    page = f"/painel/processos/{processo.id}"
    assert (button.label, button.url) == (
        "Abrir aqui mesmo",
        f"https://balcao.example/painel/telegram?{urlencode({'volta': page})}",
    )
    async with browser_of(sqlite_service) as browser:
        text = await browser.sees(button.url.removeprefix("https://balcao.example"))
        assert f'name="volta" value="{page}"' in text
        assert 'value="/painel"' in await browser.sees("/painel/telegram?volta=https://example.org/painel")


async def test_a_seller_sees_why_their_sale_was_not_made(sqlite_service: RunningService) -> None:
    await sqlite_service.login_bo()
    ana = await seller(sqlite_service, ANA, "telegram")
    job = await sells(sqlite_service, ana)
    await job.fail("NEGADO", "score baixo")
    await ana.sees("A venda não foi concluída")
    await ana.taps("Abrir no painel")
    link = re.search(r"https?://\S+", (await ana.sees("uma vez só")).text)
    assert link is not None
    async with browser_of(sqlite_service) as browser:
        _, page = await browser.posts("/painel/entrar", token=link[0].partition("token=")[2])
        assert "score baixo" in await browser.sees(page)
        await browser.sees("/painel/processos", 403)
