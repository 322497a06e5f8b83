"""A person is read anew whenever they are chosen or written to, not only when they write."""

from typing import Any
from uuid import UUID

import pytest

from sandbox import Phone
from storage.pessoa.perfil import Perfil
from tests.support.consultores import CHANNELS, DAVI, ELISA, MARIA, attended, consultor, customer
from tests.support.inbound import nothing_failed
from tests.support.sellers import ANA, BIA, asks_to_sell, change, eventually, holders, seller, sells
from tests.support.service import RunningService

LEAVES: dict[str, dict[str, Any]] = {
    "disabled": {"status_ativo": False},
    "given_another_perfil": {"perfil_usuario": Perfil.VENDEDOR},
}
OUT_OF_SERVICE = pytest.mark.parametrize("values", LEAVES.values(), ids=LEAVES)


async def _usuario(service: RunningService, telefone: str) -> Any:
    (row,) = await service.rows("SELECT id FROM usuarios WHERE telefone = :telefone", telefone=telefone)
    return UUID(str(row["id"]))


async def _steps(service: RunningService) -> None:
    """What the clock does about people, once."""
    await service.clock_work.follow_service()
    await service.clock_work.atendimentos.expire_offers()
    await service.clock_work.atendimentos.follow_lost_consultores()
    await service.clock_work.atendimentos.hand_out_queue()


class TestConsultores:
    @pytest.mark.falha(80)
    @pytest.mark.falha(388)
    @CHANNELS
    @OUT_OF_SERVICE
    async def test_who_is_out_of_service_gets_nothing_more_of_their_customer(
        self, service: RunningService, channel: str, values: dict[str, Any]
    ) -> None:
        davi, maria = await consultor(service, channel=channel), await customer(service)
        await attended(service, maria, davi)
        await change(service, await _usuario(service, DAVI[1]), **values)

        await maria.says("minha senha é 1234")
        await maria.sees("Esta mensagem está guardada: quem continuar vai ler.")
        assert not davi.shows("1234")

        elisa = await consultor(service, ELISA)
        await _steps(service)
        await maria.sees("Você é o próximo da fila")
        await elisa.sees("quer falar com um consultor")
        await elisa.taps("Aceitar")
        await elisa.sees("minha senha é 1234")

    @pytest.mark.falha(80)
    @OUT_OF_SERVICE
    async def test_who_is_out_of_service_is_shown_no_card_and_is_not_in_turn(
        self, service: RunningService, values: dict[str, Any]
    ) -> None:
        davi, maria = await consultor(service), await customer(service)
        await change(service, await _usuario(service, DAVI[1]), **values)
        await maria.says("CONSULTOR")
        await maria.sees("Seu protocolo")
        await _steps(service)
        assert not davi.shows("quer falar com um consultor")
        assert await service.rows("SELECT * FROM rodizio") == []

    @pytest.mark.falha(80)
    async def test_the_card_of_who_blocks_us_goes_to_the_next_one(self, service: RunningService) -> None:
        davi, maria = await consultor(service, channel="telegram"), await customer(service)
        await maria.says("CONSULTOR")
        await davi.sees("quer falar com um consultor")
        elisa = await consultor(service, ELISA)
        await davi.blocks()  # type: ignore[attr-defined]
        await eventually(service, "SELECT 1 FROM contatos WHERE unreachable_at IS NOT NULL")
        await _steps(service)
        await elisa.sees("quer falar com um consultor")

    @pytest.mark.falha(84)
    async def test_nobody_is_made_consultor_on_the_phone_of_a_seller(self, service: RunningService) -> None:
        await service.vendedor(*ANA)
        body = {"nome": "Ana", "idiomas": ["pt"], "telefone": ANA[1]}
        async with service.http.post("/consultor", json=body, headers={"api-key": "chave-da-api"}) as response:
            assert response.status == 409
            assert "Ana Souza" in await response.text()


class TestSellers:
    @pytest.mark.falha(81)
    @OUT_OF_SERVICE
    async def test_the_robot_of_a_seller_out_of_service_is_stopped_at_its_next_sign_of_life(
        self, service: RunningService, values: dict[str, Any]
    ) -> None:
        await service.login_bo()
        job = await sells(service, await seller(service))
        values = values if "status_ativo" in values else {"perfil_usuario": Perfil.CONSULTOR}
        await change(service, await _usuario(service, ANA[1]), **values)
        await job.heartbeat()
        await job.cancelled()
        await eventually(service, "SELECT 1 FROM vendas WHERE status_venda = 'CANCELADO'")
        assert await holders(service) == []

    @pytest.mark.falha(81)
    @CHANNELS
    async def test_who_blocked_us_in_the_queue_gives_way_to_the_next_one(
        self, service: RunningService, channel: str
    ) -> None:
        await service.login_bo()
        job = await sells(service, await seller(service, ("Caio", "5531988806000")))
        ana, bia = await seller(service, ANA, "telegram"), await seller(service, BIA, channel)
        for phone in (ana, bia):
            await asks_to_sell(phone)
            await phone.taps("Entrar na fila")
            await phone.sees("da fila e será atendido")
        await ana.blocks()  # type: ignore[attr-defined]
        await eventually(service, "SELECT 1 FROM contatos WHERE unreachable_at IS NOT NULL")
        service.sandbox.rpa.next("manual")
        await job.complete()
        await bia.sees("Chegou a sua vez!")
        assert await holders(service) == [BIA[1]]

    @pytest.mark.falha(81)
    async def test_who_blocked_us_on_one_channel_is_served_on_the_other(self, service: RunningService) -> None:
        await service.login_bo()
        job = await sells(service, await seller(service, BIA))
        ana = await seller(service, ANA, "telegram")
        other = await service.phone("whatsapp", *ANA)
        await other.says("MENU")
        await other.sees("O que você quer fazer")
        await asks_to_sell(ana)
        await ana.taps("Entrar na fila")
        await ana.sees("da fila e será atendido")
        await ana.blocks()  # type: ignore[attr-defined]
        await eventually(service, "SELECT 1 FROM contatos WHERE unreachable_at IS NOT NULL")
        service.sandbox.rpa.next("manual")
        await job.complete()
        await other.sees("Chegou a sua vez!")


class TestPhones:
    @pytest.mark.falha(82)
    @CHANNELS
    async def test_whoever_has_the_phone_now_sells_in_their_own_name(
        self, service: RunningService, channel: str
    ) -> None:
        await service.login_bo()
        phone = await seller(service, ANA, channel)
        await phone.says("VENDER")
        await phone.sees("em nome de Ana Souza, matrícula V4000")
        await _passes_on(service, phone)

        await phone.says("VENDER")
        await phone.sees("em nome de Bia Rocha, matrícula V9999")
        await phone.taps("SIM")
        job = await service.sandbox.rpa.started()
        assert job.body["matricula_vendedor"] == "V9999"

    @pytest.mark.falha(82)
    async def test_a_sale_stops_when_its_phone_passes_to_somebody_else(self, service: RunningService) -> None:
        await service.login_bo()
        phone = await seller(service)
        job = await sells(service, phone)
        await _passes_on(service, phone)
        await job.heartbeat()
        await job.cancelled()
        await eventually(service, "SELECT 1 FROM vendas WHERE status_venda = 'CANCELADO'")
        assert not phone.shows("cancelada"), "it is nothing to whoever has the phone now"

    @pytest.mark.falha(82)
    async def test_a_phone_that_nobody_has_any_more_is_a_strangers(self, service: RunningService) -> None:
        phone = await seller(service)
        await phone.says("MENU")
        await phone.sees("O que você quer fazer, Ana?")
        await change(service, await _usuario(service, ANA[1]), telefone="5531988809999")
        await phone.says("VENDER")
        await phone.sees("Não encontrei o seu cadastro")

    @pytest.mark.falha(83)
    async def test_a_name_that_changes_is_taken(self, service: RunningService) -> None:
        davi = await consultor(service)
        maria = await customer(service, MARIA)
        await maria.says("MENU")
        await eventually(service, "SELECT 1 FROM contatos WHERE nome = 'Maria'")
        maria.name = "Maria Clara"
        await maria.says("CONSULTOR")
        await davi.sees("Maria Clara quer falar com um consultor")
        assert await nothing_failed(service)


async def _passes_on(service: RunningService, phone: Phone) -> None:
    """Ana has another phone now, and hers is Bia's."""
    await change(service, await _usuario(service, ANA[1]), telefone="5531988809999")
    await service.vendedor("Bia Rocha", ANA[1], matricula_pap="V9999")
