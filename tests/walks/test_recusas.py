"""VENDER refused: each refusal says what is missing and whom to ask, and nothing is started."""

from typing import Any

import pytest

from storage.pessoa.perfil import Perfil
from tests.support.sellers import ANA
from tests.support.service import RunningService

MISSING: dict[str, tuple[Perfil, dict[str, Any], str]] = {
    "inactive": (
        Perfil.VENDEDOR,
        {"status_ativo": False},
        "O seu cadastro está inativo, por isso não posso iniciar uma venda.",
    ),
    "another perfil": (Perfil.APROVADOR, {}, "O seu perfil não inclui vendas pelo PAP."),
    "not authorised": (
        Perfil.VENDEDOR,
        {"autorizar_venda_sem_auditoria": False},
        "Falta no seu cadastro a permissão “Autorizar venda sem auditoria”.",
    ),
    "no matrícula": (Perfil.VENDEDOR, {"matricula_pap": None}, "Falta a sua matrícula PAP no cadastro."),
}


@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
@pytest.mark.parametrize("case", MISSING)
async def test_who_may_not_sell_is_told_what_is_missing(
    sqlite_service: RunningService, channel: str, case: str
) -> None:
    service = sqlite_service
    perfil, lacking, sentence = MISSING[case]
    await service.login_bo()
    await service.administrador("Adm Silva")
    complete: dict[str, Any] = {"matricula_pap": "V4000", "autorizar_venda_sem_auditoria": True}
    await service.usuario(*ANA, perfil, **(complete | lacking))
    ana = service.sandbox.whatsapp.phone(*ANA) if channel == "whatsapp" else service.sandbox.telegram.phone(*ANA)
    if channel == "telegram":
        await ana.says("/start")
        await ana.sees("Compartilhar meu telefone")
        await ana.taps("Compartilhar meu telefone")
        await ana.sees("Prazer, Ana!")

    await ana.says("VENDER")
    await ana.sees(f"{sentence} Fale com quem administra os acessos: Adm Silva.")
    await ana.says("SIM")
    await ana.sees("Não há nada para confirmar agora.")
    assert service.sandbox.rpa.jobs == []
    assert await service.rows("SELECT id FROM vendas") == []


async def test_a_number_that_nobody_registered_is_told_so_and_learns_no_names(sqlite_service: RunningService) -> None:
    service = sqlite_service
    await service.administrador("Adm Silva")
    stranger = service.sandbox.whatsapp.phone("Zé", "5531977770000")

    await stranger.says("VENDER")
    await stranger.sees(
        "Não encontrei o seu cadastro, por isso não posso iniciar uma venda. Fale com o administrador da sua operação."
    )
    assert not stranger.shows("Adm Silva")


async def test_on_telegram_a_stranger_is_first_asked_who_they_are(sqlite_service: RunningService) -> None:
    service = sqlite_service
    stranger = service.sandbox.telegram.phone("Zé", "5531977770000")

    await stranger.says("VENDER")
    await stranger.sees("Para saber quem é você, toque em “Compartilhar meu telefone”.")
    await stranger.taps("Compartilhar meu telefone")
    await stranger.sees("Este telefone não está cadastrado. Peça ao administrador da sua operação para cadastrá-lo.")


async def test_without_an_administrator_the_seller_is_still_told_whom_to_ask(sqlite_service: RunningService) -> None:
    service = sqlite_service
    await service.vendedor(*ANA, matricula_pap=None)
    ana = await service.phone("whatsapp", *ANA)

    await ana.says("VENDER")
    await ana.sees("Falta a sua matrícula PAP no cadastro. Fale com o administrador da sua operação.")


async def test_what_was_missing_is_there_the_next_time(loja: RunningService) -> None:
    ana = await loja.phone("whatsapp", *ANA)
    await ana.says("VENDER")
    await ana.sees("Não encontrei o seu cadastro")

    await loja.vendedor(*ANA)
    await ana.says("vender")
    await ana.sees("Posso começar?")


async def test_nao_starts_nothing(loja: RunningService) -> None:
    await loja.vendedor(*ANA)
    ana = await loja.phone("whatsapp", *ANA)

    await ana.says("/Vender")
    await ana.sees("Posso começar?")
    await ana.says("talvez")
    await ana.sees("Não entendi. Responda SIM para começar ou NÃO para desistir.\n\nNova venda no PAP")
    await ana.says("nao")
    await ana.sees("Tudo bem, nada foi iniciado. Quando quiser, é só digitar VENDER.")
    await ana.says("sim")
    await ana.sees("Não há nada para confirmar agora.")
    assert loja.sandbox.rpa.jobs == []
