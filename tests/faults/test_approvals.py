"""Decisions by tap: each counts once, for whoever may take it at that moment."""

import asyncio
import json
from typing import Any

import pytest

from storage.pessoa.perfil import Perfil
from tests.support.consultores import consultor
from tests.support.listening import until
from tests.support.sellers import (
    ANA,
    BIA,
    asks_to_sell,
    change,
    holders,
    ocorrencias,
    pool,
    seller,
    sells,
    taps_at_once,
)
from tests.support.service import RunningService


async def at_the_confirmation(service: RunningService, *phones: Any) -> None:
    for phone in phones:
        await phone.says("VENDER")
        await phone.sees("Posso começar?")


@pytest.mark.falha(36)
@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
async def test_two_sim_at_once_are_one_sale_and_the_second_is_told(service: RunningService, channel: str) -> None:
    await service.login_bo("Bo Um", "5531900000001")
    await service.login_bo("Bo Dois", "5531900000002")
    ana = await seller(service, channel=channel)
    service.sandbox.rpa.next("manual", "manual")
    await ana.says("VENDER")
    asked = await ana.sees("Posso começar?")

    await taps_at_once(service, ana, asked, "SIM", "SIM")
    await ana.sees("Venda iniciada")
    await ana.sees("Esse botão já não vale: a decisão foi tomada antes.\n\n🤖 O robô está trabalhando na sua venda")
    await until(lambda: service.sandbox.rpa.jobs)
    await service.sandbox.settled()
    assert len(service.sandbox.rpa.jobs) == 1
    assert len(await service.rows("SELECT id FROM vendas")) == 1
    assert await holders(service) == [ANA[1]]


@pytest.mark.falha(36)
@pytest.mark.each_database
async def test_sim_on_two_channels_at_once_is_one_sale(service: RunningService) -> None:
    """The two conversations do not wait for each other: here the database decides."""
    await service.login_bo("Bo Um", "5531900000001")
    await service.login_bo("Bo Dois", "5531900000002")
    no_zap, no_telegram = await seller(service), await service.phone("telegram", *ANA)
    service.sandbox.rpa.next("manual", "manual")
    await at_the_confirmation(service, no_zap, no_telegram)

    await asyncio.gather(no_zap.taps("SIM"), no_telegram.taps("SIM"))
    await service.sandbox.settled()
    job = await service.sandbox.rpa.started()
    assert len(service.sandbox.rpa.jobs) == 1
    assert await holders(service) == [ANA[1]]
    told = [phone for phone in (no_zap, no_telegram) if "Você já tem uma venda em andamento" in await phone.quiet()]
    assert len(told) == 1

    await told[0].taps("Continuar")
    await told[0].sees("🤖 O robô está trabalhando na sua venda")
    await job.complete()


@pytest.mark.falha(40)
@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
async def test_sim_and_nao_at_once_have_one_outcome(service: RunningService, channel: str) -> None:
    await service.login_bo()
    ana = await seller(service, channel=channel)
    service.sandbox.rpa.next("manual")
    await ana.says("VENDER")
    asked = await ana.sees("Posso começar?")

    await taps_at_once(service, ana, asked, "SIM", "NÃO")
    screen = await ana.quiet()
    started, declined = "Venda iniciada" in screen, "nada foi iniciado" in screen
    assert started != declined
    assert "Esse botão já não vale" in screen
    assert len(await service.rows("SELECT id FROM vendas")) == len(await holders(service)) == started


@pytest.mark.falha(40)
@pytest.mark.each_database
async def test_sim_and_nao_to_the_cancellation_at_once_have_one_outcome(service: RunningService) -> None:
    await service.login_bo()
    ana = await seller(service)
    job = await sells(service, ana)
    await ana.says("CANCELAR")
    asked = await ana.sees("Cancelar mesmo assim?")
    await taps_at_once(service, ana, asked, "SIM, cancelar", "NÃO, continuar")
    await job.cancel_asked()
    await job.cancelled()
    await ana.sees("Venda cancelada.")
    assert (await pool(service)).livres == 1


@pytest.mark.falha(38)
@pytest.mark.parametrize(
    ("lost", "sentence"),
    [
        ({"autorizar_venda_sem_auditoria": False}, "Falta no seu cadastro a permissão"),
        ({"status_ativo": False}, "O seu cadastro está inativo"),
        ({"perfil_usuario": Perfil.APROVADOR}, "O seu perfil não inclui vendas pelo PAP."),
        ({"matricula_pap": None}, "Falta a sua matrícula PAP no cadastro."),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
async def test_a_right_taken_away_between_vender_and_sim_is_gone(
    sqlite_service: RunningService, lost: dict[str, Any], sentence: str
) -> None:
    service = sqlite_service
    await service.login_bo()
    ana_id = await service.vendedor(*ANA)
    ana = await service.phone("whatsapp", *ANA)
    await at_the_confirmation(service, ana)
    await change(service, ana_id, **lost)
    await ana.taps("SIM")
    await ana.sees(sentence)
    assert service.sandbox.rpa.jobs == []
    assert (await pool(service)).livres == 1


@pytest.mark.falha(38)
async def test_a_right_taken_away_before_the_tap_into_the_queue_is_gone(sqlite_service: RunningService) -> None:
    service = sqlite_service
    await service.login_bo()
    await sells(service, await seller(service))
    bia_id = await service.vendedor(*BIA)
    bia = await service.phone("whatsapp", *BIA)
    await asks_to_sell(bia)
    await bia.sees("Quer um lugar na fila?")
    await change(service, bia_id, status_ativo=False)
    await bia.taps("Entrar na fila")
    await bia.sees("O seu cadastro está inativo")
    assert (await pool(service)).na_fila == 0


@pytest.mark.falha(38)
async def test_an_administrator_no_more_frees_no_logins(sqlite_service: RunningService) -> None:
    service = sqlite_service
    await service.login_bo()
    adm_id = await service.administrador("Adm Silva", "5531999990000")
    adm = await service.phone("whatsapp", "Adm Silva", "5531999990000")
    await sells(service, await seller(service))
    await adm.says("LIBERAR")
    await adm.sees("Liberar quais acessos?")
    await change(service, adm_id, perfil_usuario=Perfil.VENDEDOR)
    await adm.taps("Todos")
    await adm.sees("Esse botão já não vale")
    assert await holders(service) == [ANA[1]]
    assert await ocorrencias(service) == ["toque_recusado"]


FORGED = {
    "free every login": "liberar:todos",
    "make an invitation": "convite:" + "0" * 32,
    "get an API token": "palavra:TOKEN",
    "answer somebody else's question": "resp:{venda}:1:0",
    "cancel somebody else's sale": "cancelar:sim:{venda}",
    "answer with an option that was not offered": "resp:{own}:1:7",
    "answer without an option": "resp:{own}:1",
    "no sale at all": "resp:xyz:1:0",
    "nothing we know": "abc",
    "nothing readable": "%00::\u202e::",
}


@pytest.mark.falha(39)
@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
async def test_a_forged_tap_is_refused_and_recorded(sqlite_service: RunningService, channel: str) -> None:
    service = sqlite_service
    await service.login_bo("Bo Um", "5531900000001")
    await service.login_bo("Bo Dois", "5531900000002")
    ana, bia = await seller(service, channel=channel), await seller(service, BIA)
    job, own = await sells(service, ana), await sells(service, bia)
    for one, phone in ((job, ana), (own, bia)):
        await one.ask("Em que turno?", "opcao", ["Manhã", "Tarde"])
        await phone.sees("Em que turno?")
    mallory = bia if channel == "whatsapp" else await service.phone("telegram", *BIA)
    ids = {"venda": job.body["venda_id"].replace("-", ""), "own": own.body["venda_id"].replace("-", "")}
    tapped = []
    for purpose, forged in FORGED.items():
        said = len(mallory.screen)
        tapped.append(forged.format(**ids))
        tap = await mallory.taps_data(
            tapped[-1], bubble=mallory.screen[0] if channel == "whatsapp" else mallory.screen[-1]
        )
        await tap.finished()
        await mallory.quiet()
        assert len(mallory.screen) > said, purpose
    rows = await service.rows("SELECT tipo, detalhe FROM ocorrencias ORDER BY id")
    assert {row["tipo"] for row in rows} == {"toque_recusado"}
    assert [json.loads(row["detalhe"])["data"] for row in rows] == tapped
    assert (job.answers, own.answers) == ({}, {})
    assert (job.cancel_requested, own.cancel_requested) == (False, False)
    assert sorted(await holders(service)) == [ANA[1], BIA[1]]
    assert await service.rows("SELECT * FROM convites") == []


@pytest.mark.falha(39)
async def test_a_button_that_no_consultor_was_sent_is_refused_and_recorded(sqlite_service: RunningService) -> None:
    davi = await consultor(sqlite_service)
    sent = {
        "oferta:aceitar:07": "Esse botão já não vale",
        "oferta:aceitar:٣": "Esse botão já não vale",
        f"atendimento:atual:{'9' * 60}": "Esse atendimento já foi encerrado.",
        "retidas:enviar:x": "Esse atendimento já foi encerrado.",
        "transferir:1:mesa": "Esse botão já não vale",
        "cliente:nota:1:9": "Esse botão já não vale",
        "transcricao:1:exe": "Não encontrei atendimento",
    }
    for data, sentence in sent.items():
        await davi.taps_data(data, bubble=davi.screen[-1])
        await davi.sees(sentence)
    assert await ocorrencias(sqlite_service) == ["toque_recusado"] * len(sent)


@pytest.mark.falha(39)
@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
async def test_an_old_button_of_ones_own_is_late_and_not_forged(sqlite_service: RunningService, channel: str) -> None:
    service = sqlite_service
    await service.login_bo()
    ana = await seller(service, channel=channel)
    await ana.says("VENDER")
    confirmation = await ana.sees("Posso começar?")
    service.sandbox.rpa.next("manual")
    await ana.taps("SIM")
    await ana.sees("Venda iniciada")
    job = await service.sandbox.rpa.started()
    await job.ask("Em que turno?", "opcao", ["Manhã", "Tarde"])
    question = await ana.sees("Em que turno?")
    await ana.taps("Tarde")
    await job.answered()
    await ana.taps("Manhã", bubble=question)
    await ana.sees("Essa pergunta já foi respondida ou não vale mais.")
    await job.complete({"numero_pedido": "NIO-1"})
    await ana.sees("NIO-1")
    await ana.taps("Tarde", bubble=question)
    await ana.sees("Essa pergunta já foi respondida ou não vale mais.")
    await ana.taps("SIM", bubble=confirmation)
    await ana.sees("Esse botão já não vale: a decisão foi tomada antes.\n\nO que você quer fazer, Ana?")
    assert await ocorrencias(service) == []
