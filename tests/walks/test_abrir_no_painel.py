"""Abrir no painel: a tap under a card gives a link to exactly that page, for a minute and once."""

import re

from tests.support.consultores import CHANNELS
from tests.support.painel import browser_of
from tests.support.sellers import ANA, seller, sells
from tests.support.service import RunningService
from tests.walks.test_aprovar import approver, arrives


@CHANNELS
async def test_a_card_leads_to_exactly_that_processo(service: RunningService, channel: str) -> None:
    gil = await approver(service, channel=channel)
    processo = await arrives(service)
    await gil.sees("Valor:")
    if channel == "whatsapp":
        # A fourth button would hide the three that decide: it is under the processo's own card.
        await gil.says(f"PROCESSO {processo.id}")
        await gil.sees(f"ID {processo.id}")
    await gil.taps("Abrir no painel")
    link = re.search(r"https?://\S+", (await gil.sees("uma vez só")).text)
    assert link is not None
    page = f"/painel/processos/{processo.id}"
    async with browser_of(service) as browser:
        token = link[0].partition("token=")[2]
        assert (await browser.posts("/painel/entrar", token=token)) == (303, page)
        assert processo.razao_social in await browser.sees(page)


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
