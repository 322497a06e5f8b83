"""A page that renews itself says so when it cannot, and stops saying it with the first news."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import expect

from tests.support.painel import Opened
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
