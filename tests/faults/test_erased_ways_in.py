"""Whoever is erased (LGPD) is out at every door at once: pages, streams, sockets, tokens, links, old buttons."""

from uuid import UUID

import pytest

from core.auditoria.auditoria import LINHA_DE_COMANDO
from core.lgpd.lgpd import apagar
from core.painel.acesso import entrar_pelo_telegram
from tests.support.listening import happen, socket, stream
from tests.support.painel import browser_of, link_for
from tests.support.service import RunningService
from tests.walks.test_aprovar import GIL, approver, arrives, now
from tests.webhooks.live.test_endings import hub


@pytest.mark.falha(393)
async def test_whoever_is_erased_is_out_at_every_door(sqlite_service: RunningService) -> None:
    service = sqlite_service
    gil = await approver(service)
    processo = await arrives(service)
    card = await gil.sees("🧾")
    (row,) = await service.rows("SELECT usuario_id, external_id FROM contatos")
    quem = UUID(str(row["usuario_id"]))
    token = service.token(quem)
    async with browser_of(service) as inside, browser_of(service) as outside:
        await inside.enters(quem)
        await inside.sees("/painel")
        link = await link_for(service, quem)
        async with socket(service, quem) as ws, stream(service, quem) as sse:
            await service.wiring.turns.run(lambda tx: apagar(tx, GIL[1], LINHA_DE_COMANDO))
            await hub(service).check()
            await happen(service, "x")
            assert await ws.closed() == 4401
            assert await sse.ended()
        await inside.sees("/painel", 303)
        assert (await outside.posts("/painel/entrar", token=link))[0] == 403
    async with service.http.get("/processos", headers=token) as response:
        assert response.status == 401
    async with service.http.post(f"/processos/aprovar/{processo.id}", headers=token) as response:
        assert response.status == 401
    telegram_id = int(row["external_id"])
    assert await service.wiring.turns.run(lambda tx: entrar_pelo_telegram(tx, telegram_id, "c", "")) is None
    await gil.taps("Aprovar", bubble=card)
    assert "Aprovada" not in (await gil.sees("")).text
    assert (await now(service, processo)).status_processo == "AGUARDANDO_APROVACAO"
