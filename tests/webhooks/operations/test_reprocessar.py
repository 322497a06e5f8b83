"""`/reprocessar`: what failed for good is listed over HTTP, and done again one by one or all."""

import pytest

from tests.support.sellers import ANA, eventually, seller
from tests.support.service import RunningService


@pytest.mark.falha(163)
async def test_a_call_that_was_given_up_is_listed_and_made_again(sqlite_service: RunningService) -> None:
    adm = sqlite_service.token(await sqlite_service.administrador())
    bia = await seller(sqlite_service, ANA, "whatsapp")
    sqlite_service.sandbox.whatsapp.faults.fail_next("text", code=131009)
    await bia.says("STATUS")
    await eventually(sqlite_service, "SELECT 1 FROM outbox WHERE method = 'sendMessage' AND error IS NOT NULL")
    async with sqlite_service.http.get("/reprocessar", headers=adm) as response:
        (falha,) = await response.json()
    assert (falha["o_que"], falha["pode"]) == ("whatsapp sendMessage", True)
    wanted = {"ids": [falha["id"], "telegram:1"]}
    async with sqlite_service.http.post("/reprocessar", headers=adm, json=wanted) as response:
        assert await response.json() == {"feitas": [falha["id"]], "recusadas": ["telegram:1"]}
    await bia.sees("Não há venda em andamento")
    async with sqlite_service.http.post("/reprocessar", headers=adm, json={}) as response:
        assert await response.json() == {"feitas": [], "recusadas": []}
    (act,) = await sqlite_service.rows("SELECT canal FROM auditoria WHERE acao = 'REPROCESSAR'")
    assert act["canal"] == "api"
