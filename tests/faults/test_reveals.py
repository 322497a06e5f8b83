"""What leaves us is in the audit before it does: a password for a robot, another's conversation, another's file."""

from typing import Any
from uuid import UUID

import pytest

from core.processo.processos import criar
from core.processo.quem import O_ROBO
from storage.pessoa.perfil import Perfil
from storage.transaction import Transaction
from tests.support.consultores import CARLA, DAVI, attended, consultor, customer, nothing_is_under_way
from tests.support.faturas import nova_operadora, novo_cliente
from tests.support.painel import browser_of
from tests.support.sellers import seller, sells
from tests.support.service import RunningService
from tests.support.written import as_params

PATH = "/painel/atendimento"


async def rows(service: RunningService, acao: str) -> list[dict[str, Any]]:
    """What the audit has of it, the oldest first."""
    query = "SELECT usuario_id, canal, alvo, motivo, detalhe FROM auditoria WHERE acao = :acao ORDER BY numero"
    return await service.rows(query, acao=acao)


@pytest.mark.falha(291)
async def test_a_login_handed_to_a_sales_robot_is_written_down_with_the_sale_and_the_try(
    sqlite_service: RunningService,
) -> None:
    service = sqlite_service
    bo = await service.login_bo()
    ana = await seller(service)
    service.sandbox.rpa.faults.fail_next("executar", status=503)
    job = await sells(service, ana)
    first, second = await rows(service, "ENTREGAR")
    assert (first["canal"], first["alvo"], first["motivo"]) == ("rpa", f"usuario:{bo}", "venda")
    assert as_params(first["detalhe"]) == {"venda_id": job.body["venda_id"], "tentativa": 1}
    assert as_params(second["detalhe"])["tentativa"] == 2, "handed out again, because nobody knew the first"


@pytest.mark.falha(291)
async def test_a_portals_password_handed_to_a_download_is_written_down_with_who_asked_for_it(
    sqlite_service: RunningService,
) -> None:
    service = sqlite_service
    adm = await service.usuario("Adm Silva", "5531988806009", Perfil.ADMINISTRADOR)
    headers = service.token(adm)

    async def asked_for(tx: Transaction) -> tuple[UUID, UUID]:
        operadora = await nova_operadora(tx)
        cliente = await novo_cliente(tx, operadora.id, login_portal="operacao", senha_portal="Portal!1x9")
        made = await criar(tx, cliente.id, "11/2026", O_ROBO)
        assert made.processo is not None
        return cliente.id, made.processo.id

    cliente_id, processo_id = await service.wiring.turns.run(asked_for)
    service.sandbox.rpa.next("manual")
    async with service.http.post(f"/processos/baixar/{processo_id}", headers=headers) as response:
        execucao = await response.json()
    await service.sandbox.rpa.started()
    (row,) = await rows(service, "ENTREGAR")
    assert (UUID(str(row["usuario_id"])), row["alvo"], row["motivo"]) == (adm, f"cliente:{cliente_id}", "download")
    assert as_params(row["detalhe"]) == {"execucao_id": execucao["id"], "tentativa": 1}


@pytest.mark.falha(292)
async def test_another_ones_conversation_opened_in_the_panel_or_in_chat_is_written_down_once_an_hour(
    sqlite_service: RunningService,
) -> None:
    service = sqlite_service
    davi, maria = await consultor(service, DAVI), await customer(service)
    await attended(service, maria, davi)
    await maria.sends_document("conta.pdf", b"%PDF-1.4 da Maria")
    await davi.sees("conta.pdf")
    (arquivo,) = await service.rows("SELECT id FROM arquivos")
    file = UUID(str(arquivo["id"]))
    (of_davi,) = await service.rows("SELECT id FROM usuarios WHERE telefone = :telefone", telefone=DAVI[1])
    carla = await service.administrador(*CARLA)
    async with browser_of(service) as browser:
        await browser.enters(UUID(str(of_davi["id"])))
        await browser.sees(f"{PATH}/1")
        assert await rows(service, "ABRIR") == [], "his own"
    async with browser_of(service) as browser:
        await browser.enters(carla)
        await browser.sees(f"{PATH}/1")
        await browser.sees(f"{PATH}/1")
        async with browser.http.get(f"/painel/arquivos/{file}?atendimento=1") as response:
            assert response.status == 200
        assert [row["alvo"] for row in await rows(service, "ABRIR")] == ["protocolo:#00001", f"arquivo:{file}"]
        service.clock.move(hours=2)
    phone = await service.phone("telegram", *CARLA)
    await phone.says("#00001")
    await phone.sees("#00001 · Maria")
    *_, last = await rows(service, "ABRIR")
    assert (UUID(str(last["usuario_id"])), last["canal"], last["alvo"]) == (carla, "telegram", "protocolo:#00001")
    assert as_params(last["detalhe"]) == {"o_que": "transcricao"}
    await nothing_is_under_way(service)
