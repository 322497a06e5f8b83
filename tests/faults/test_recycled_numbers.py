"""A number that passed to somebody else keeps no rights; whose it is, an administrator confirms with a tap."""

from typing import Any

import pytest

from sandbox import Phone
from sandbox.whatsapp.phone import WhatsAppPhone
from storage.pessoa.perfil import Perfil
from tests.support.sellers import eventually
from tests.support.service import RunningService

ANA, OLD, NEW = "Ana Souza", "5531988804000", "5531977701000"
IN_DOUBT = "um administrador tem de confirmar de quem é"


async def seller_and_administrator(service: RunningService, user_id: str = "BR.1") -> tuple[WhatsAppPhone, Phone]:
    await service.usuario("Adm Silva", "5531999990000", Perfil.ADMINISTRADOR)
    adm = await service.phone("telegram", "Adm Silva", "5531999990000")
    await service.vendedor(ANA, OLD)
    ana = service.sandbox.whatsapp.phone(ANA, OLD, user_id=user_id)
    await ana.says("VENDER")
    await ana.sees("Posso começar?")
    return ana, adm


async def system_message(service: RunningService, phone: WhatsAppPhone, **system: Any) -> None:
    whatsapp = service.sandbox.whatsapp
    message = whatsapp.new_message(phone) | {"type": "system", "system": system}
    assert (await whatsapp.deliver(whatsapp.envelope({"messages": [message]})))[0] == 200


@pytest.mark.falha(23)
@pytest.mark.falha(285)
async def test_another_account_on_a_sellers_number_sells_nothing_until_it_is_confirmed(service: RunningService) -> None:
    await service.login_bo()
    other, adm = await seller_and_administrator(service)
    other.user_id = "BR.2"
    await other.says("SIM")
    await other.sees(IN_DOUBT)
    assert await service.rows("SELECT 1 FROM vendas") == []
    asked = await adm.sees("outra conta do WhatsApp escreveu desse número")
    assert OLD not in asked.text
    await other.says("VENDER")
    await other.sees("Não encontrei o seu cadastro")
    await adm.taps("Continua sendo dela")
    await adm.sees("Confirmado")
    await other.says("VENDER")
    await other.sees("Posso começar?")
    await adm.taps("Continua sendo dela", bubble=asked)
    await adm.sees("Não há nada a confirmar")
    acts = await service.rows("SELECT detalhe FROM auditoria WHERE acao = 'USUARIO'")
    assert ["telefone_em_duvida_desde" in str(act["detalhe"]) for act in acts].count(True) == 1


@pytest.mark.falha(23)
async def test_a_number_that_was_silent_for_months_has_to_be_confirmed(service: RunningService) -> None:
    ana, adm = await seller_and_administrator(service)
    service.clock.move(days=91)
    await ana.says("VENDER")
    await ana.sees(IN_DOUBT)
    await adm.sees("o número escreveu depois de meses parado")
    await ana.says("VENDER")
    await ana.sees("Não encontrei o seu cadastro")


@pytest.mark.falha(23)
@pytest.mark.parametrize("kind", ["user_identity_changed", "customer_identity_changed"])
async def test_an_account_that_changed_has_to_be_confirmed(service: RunningService, kind: str) -> None:
    ana, adm = await seller_and_administrator(service)
    await system_message(service, ana, type=kind, body="x", identity="hash")
    await ana.sees(IN_DOUBT)
    await adm.sees("a conta desse número mudou")
    await ana.says("SIM")
    await adm.taps("Continua sendo dela")
    await adm.sees("Confirmado")
    await ana.says("VENDER")
    await ana.sees("Posso começar?")


@pytest.mark.falha(23)
async def test_whoever_has_the_old_number_of_somebody_who_changed_theirs_is_nobody_we_know(
    service: RunningService,
) -> None:
    ana, adm = await seller_and_administrator(service)
    await (await ana.changes_number(NEW)).finished()
    await adm.sees("o número dessa pessoa mudou")
    later = service.sandbox.whatsapp.phone("Outro", OLD, user_id="BR.3")
    await later.says("VENDER")
    await later.sees("Não encontrei o seu cadastro")


@pytest.mark.falha(119)
async def test_a_number_that_was_somebody_elses_before_leaves_them_their_history(service: RunningService) -> None:
    before = service.sandbox.whatsapp.phone("Zeca", NEW, user_id="BR.7")
    await before.says("CONSULTOR")
    await before.sees("Seu protocolo")
    maria = service.sandbox.whatsapp.phone("Maria", "5531966601000", user_id="BR.8")
    await maria.says("oi")
    await maria.sees("Olá!")
    service.clock.move(minutes=1)
    await (await maria.changes_number(NEW)).finished()
    await eventually(service, "SELECT 1 FROM ocorrencias WHERE tipo = 'numero_passou_adiante'")
    rows = await service.rows("SELECT nome, external_id FROM contatos ORDER BY id")
    assert [(row["nome"], row["external_id"]) for row in rows] == [("Zeca", "BR.7"), ("Maria", NEW)]


@pytest.mark.falha(119)
async def test_whoever_wrote_from_their_new_number_before_we_heard_of_it_is_one_person(service: RunningService) -> None:
    whatsapp = service.sandbox.whatsapp
    maria = whatsapp.phone("Maria", "5531966601000", user_id="BR.8")
    await maria.says("oi")
    await maria.sees("Olá!")
    whatsapp.faults.withhold()
    change = await maria.changes_number(NEW)
    whatsapp.faults.release()
    await maria.says("oi")
    await change.finished()
    await eventually(service, "SELECT 1 FROM ocorrencias WHERE tipo = 'identidade_mudou'")
    rows = await service.rows("SELECT nome, external_id FROM contatos ORDER BY id")
    assert [(row["nome"], row["external_id"]) for row in rows] == [("Maria", NEW)]
