"""`/reprocessar`: what failed for good is listed over HTTP, and done again one by one or all."""

import pytest

from storage.failed_events import MAX_FAILURES, record_failure
from storage.transaction import Transaction
from tests.support.sellers import ANA, eventually, seller
from tests.support.service import RunningService


@pytest.mark.falha(442)
async def test_it_is_listed_in_pages_and_each_of_them_can_be_done_again(sqlite_service: RunningService) -> None:
    adm = sqlite_service.token(await sqlite_service.administrador())

    async def fail(tx: Transaction) -> None:
        for number in range(MAX_FAILURES * 210):
            await record_failure(tx, "telegram", str(number // MAX_FAILURES), "erro", {"update_id": 1})

    await sqlite_service.wiring.turns.run(fail)
    seen: list[str] = []
    for skip in range(0, 250, 50):
        query = {"skip": str(skip), "limit": "50"}
        async with sqlite_service.http.get("/reprocessar", headers=adm, params=query) as response:
            assert response.headers["X-Total-Count"] == "210"
            seen += [one["id"] for one in await response.json()]
    assert (len(seen), len(set(seen))) == (210, 210)
    for asked, status in (("limit=0", 422), ("limit=501", 422), (f"skip={10**18}", 200)):
        async with sqlite_service.http.get(f"/reprocessar?{asked}", headers=adm) as response:
            assert response.status == status
    for wanted in ([seen[-1]], [str(10**30), "²", "telegram:-1"]):
        async with sqlite_service.http.post("/reprocessar", headers=adm, json={"ids": wanted}) as response:
            done = await response.json()
            assert done == (
                {"feitas": wanted, "recusadas": []} if len(wanted) == 1 else {"feitas": [], "recusadas": wanted}
            )


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
