"""On Telegram a person is tied to their Usuario by their own shared contact, or by an invitation link."""

import pytest

from storage.pessoa.perfil import Perfil
from tests.support.sellers import ANA, BIA, ocorrencias, seller, sells
from tests.support.service import RunningService


async def test_ones_own_contact_ties_the_chat_to_the_usuario(sqlite_service: RunningService) -> None:
    service = sqlite_service
    await service.vendedor(*ANA)
    ana = service.sandbox.telegram.phone(*ANA)

    await ana.says("/start")
    await ana.sees("Para saber quem é você, toque em “Compartilhar meu telefone”.")
    await ana.taps("Compartilhar meu telefone")
    await ana.sees("Prazer, Ana! Seu cadastro foi reconhecido.")
    await ana.sees("O que você quer fazer, Ana?")
    assert ana.actions == []

    await ana.says("/start")
    await ana.sees("O que você quer fazer, Ana?")


async def test_a_strangers_menu_is_in_the_language_of_their_app_before_they_say_anything(
    sqlite_service: RunningService,
) -> None:
    service = sqlite_service
    await service.vendedor(*ANA)
    ana, juan = service.sandbox.telegram.phone(*ANA), service.sandbox.telegram.phone("Juan")
    juan.language = "es-419"
    assert ("consultor", "Falar com uma pessoa") in ana.menu
    assert ("consultor", "Hablar con una persona") in juan.menu
    assert "vender" not in dict(ana.menu)

    await juan.says("/start")
    await juan.sees("Hola")
    # Nobody had to tell Telegram so for them alone: what a bot may send in a second is for messages.
    assert not any("scope" in call.params for call in service.sandbox.telegram.calls.of("setMyCommands"))

    await ana.says("/start")
    await ana.sees("Compartilhar meu telefone")
    await ana.taps("Compartilhar meu telefone")
    await ana.sees("O que você quer fazer, Ana?")
    assert ("vender", "Iniciar uma venda") in ana.menu


async def test_a_mobile_registered_without_the_ninth_digit_is_the_same_person(sqlite_service: RunningService) -> None:
    service = sqlite_service
    await service.vendedor("Ana Souza", "553188804000")
    ana = service.sandbox.telegram.phone("Ana Souza", "5531988804000")
    await ana.says("oi")
    await ana.sees("Compartilhar meu telefone")
    await ana.taps("Compartilhar meu telefone")
    await ana.sees("Prazer, Ana!")


@pytest.mark.falha(16)
async def test_somebody_elses_contact_says_nothing_about_who_one_is(sqlite_service: RunningService) -> None:
    service = sqlite_service
    await service.vendedor(*ANA)
    ana, mallory = service.sandbox.telegram.phone(*ANA), service.sandbox.telegram.phone("Mallory", "5531966660000")

    await mallory.says("/start")
    await mallory.sees("Compartilhar meu telefone")
    await mallory.shares_contact_of(ana)
    await mallory.sees("Esse contato é de outra pessoa. Use o botão “Compartilhar meu telefone”.")
    await mallory.says("VENDER")
    await mallory.sees("Para saber quem é você")
    assert await ocorrencias(service) == ["contato_de_outra_pessoa"]


async def test_a_customers_contact_sent_by_a_seller_is_not_about_who_the_seller_is(
    loja: RunningService,
) -> None:
    ana = await seller(loja, channel="telegram")
    job = await sells(loja, ana)
    await job.ask("Qual é o telefone do cliente?", "telefone")
    await ana.sees("Qual é o telefone do cliente?")
    await ana.shares_contact_of(loja.sandbox.telegram.phone("Cliente", "5531955550000"))
    await ana.sees("Preciso da resposta em texto.\n\nQual é o telefone do cliente?")
    assert await ocorrencias(loja) == []


async def invitation(service: RunningService) -> str:
    """What an administrator gets for Ana: USUARIOS, and a tap on her name."""
    await service.vendedor(*ANA)
    await service.administrador("Adm Silva", "5531999990000")
    adm = await service.phone("telegram", "Adm Silva", "5531999990000")
    await adm.says("USUARIOS")
    await adm.sees("Toque em uma pessoa para gerar o convite dela no Telegram:")
    await adm.taps("Ana Souza")
    bubble = await adm.sees("Convite de Ana Souza, de uso único, vale até")
    return bubble.text.splitlines()[-1]


async def test_an_invitation_link_works_once(sqlite_service: RunningService) -> None:
    service = sqlite_service
    link = await invitation(service)

    ana = service.sandbox.telegram.phone("Aninha")
    await ana.opens_link(link)
    await ana.sees("Prazer, Ana! Seu cadastro foi reconhecido.")
    await ana.says("VENDER")
    await ana.sees("Nova venda no PAP em nome de Ana Souza")

    other = service.sandbox.telegram.phone("Outra")
    await other.opens_link(link)
    await other.sees("Este convite não vale mais. Peça um novo ao administrador da sua operação.")
    await other.says("VENDER")
    await other.sees("Para saber quem é você")


@pytest.mark.falha(506)
async def test_whoever_is_somebody_already_neither_becomes_another_nor_spends_the_invitation(
    sqlite_service: RunningService,
) -> None:
    """An administrator who only tries the link they are to pass on."""
    service = sqlite_service
    link = await invitation(service)
    adm = await service.phone("telegram", "Adm Silva", "5531999990000")
    await adm.opens_link(link)
    await adm.sees("Este convite é de Ana Souza")
    await adm.says("USUARIOS")
    await adm.sees("Toque em uma pessoa para gerar o convite dela no Telegram:")

    ana = service.sandbox.telegram.phone("Aninha")
    await ana.opens_link(link)
    await ana.sees("Prazer, Ana! Seu cadastro foi reconhecido.")


@pytest.mark.falha(506)
async def test_of_two_invitations_of_one_person_only_the_newer_is_good(sqlite_service: RunningService) -> None:
    """The first one was sent to the wrong chat, which is why there is a second one."""
    service = sqlite_service
    first = await invitation(service)
    adm = await service.phone("telegram", "Adm Silva", "5531999990000")
    await adm.says("USUARIOS")
    await adm.taps("Ana Souza")
    bubble = await adm.sees("Convite de Ana Souza, de uso único, vale até")
    second = bubble.text.splitlines()[-1]
    assert first != second
    other, ana = service.sandbox.telegram.phone("Outra"), service.sandbox.telegram.phone("Aninha")
    await other.opens_link(first)
    await other.sees("Este convite não vale mais.")
    await ana.opens_link(second)
    await ana.sees("Prazer, Ana! Seu cadastro foi reconhecido.")


async def test_an_invitation_link_expires_after_two_days(sqlite_service: RunningService) -> None:
    service = sqlite_service
    link = await invitation(service)
    service.clock.move(days=2, seconds=1)

    ana = service.sandbox.telegram.phone("Aninha")
    await ana.opens_link(link)
    await ana.sees("Este convite não vale mais.")


async def test_an_invented_invitation_is_refused(sqlite_service: RunningService) -> None:
    ana = sqlite_service.sandbox.telegram.phone("Aninha")
    await ana.opens_link("abcdefghijklmnop")
    await ana.sees("Este convite não vale mais.")


async def test_on_whatsapp_the_number_says_who_one_is(sqlite_service: RunningService) -> None:
    service = sqlite_service
    await service.usuario(*BIA, Perfil.OPERADOR)
    bia = service.sandbox.whatsapp.phone(*BIA)
    await bia.says("oi")
    await bia.sees("Oi, Bia!\n\nO que você quer fazer, Bia?")
    await bia.shares_contact()
    await bia.sees("O que você quer fazer, Bia?")
