"""What an older or a newer release left in the rows of conversations: read kindly, asked again, nothing lost (63)."""

import json
from functools import partial
from typing import Any

import pytest

from core.prazos import PERGUNTAS
from dialogs.frame import kept
from sandbox import Phone
from storage.contatos.contatos import ASKED_AT, ASKED_BY
from storage.pessoa.perfil import Perfil
from storage.tables import contatos
from storage.transaction import Transaction
from tests.support.sellers import seller, sells
from tests.support.service import RunningService

GONE = "A minha pergunta já não vale, e não fiz nada com a sua resposta."
# Questions that one person is asked here: 45 messages are sent to them at once, then one in six seconds.
_AT_ONCE = 5
JUNK: tuple[Any, ...] = (None, "x", 7, [], {}, [["x", "y"]], {"x": 1}, True)


async def leave(service: RunningService, phone: Phone, state: str | None, data: dict[str, Any]) -> None:
    """As if another release had written it."""
    mine = contatos.c.channel == phone.channel, contatos.c.external_id == phone.id

    async def work(tx: Transaction) -> None:
        assert await tx.changed(contatos.update().where(*mine).values(state=state, state_data=data))

    await service.wiring.turns.run(work)


@pytest.mark.falha(63)
async def test_a_question_that_nobody_knows_any_more_is_let_go_and_said_so(sqlite_service: RunningService) -> None:
    await sqlite_service.administrador("Adm Silva", "5531988809000")
    adm = await sqlite_service.phone("whatsapp", "Adm Silva", "5531988809000")
    await adm.says("MENU")
    await adm.sees("O que você quer fazer")
    await leave(sqlite_service, adm, "Faturar:desconto", {"desconto": {"fatura": "1"}, "asked_at": "ontem"})
    await adm.says("10 por cento")
    await adm.sees(GONE)
    await leave(sqlite_service, adm, "Faturar:desconto", {})
    await adm.says("MENU")
    await adm.sees("O que você quer fazer")
    assert not adm.screen[-1].shows(GONE), "a word does what it says"


@pytest.mark.falha(63)
async def test_a_sale_in_the_middle_goes_on_with_its_question(sqlite_service: RunningService) -> None:
    await sqlite_service.login_bo()
    ana = await seller(sqlite_service)
    job = await sells(sqlite_service, ana)
    await job.ask("Qual é o CEP da instalação?", "cep")
    await ana.sees("Qual é o CEP")
    await leave(sqlite_service, ana, "Vender:pergunta", {"pergunta_id": "p1", "achados": [["cep", "30140071"]]})
    await ana.says("30140-071")
    await ana.sees("Qual é o CEP")
    await ana.says("30140-071")
    assert await job.answered() == ["30140071"]


@pytest.mark.falha(63)
async def test_a_customer_is_greeted(sqlite_service: RunningService) -> None:
    maria = sqlite_service.sandbox.whatsapp.phone("Maria", "5531977701000")
    await maria.says("oi")
    await maria.sees("escolha CONSULTOR")
    await leave(sqlite_service, maria, "Cadastro:nome", {"dito": "oi"})
    await maria.says("Maria")
    await maria.sees("escolha CONSULTOR")


@pytest.mark.falha(63)
async def test_whatever_stands_in_the_data_of_a_question_no_answer_fails(sqlite_service: RunningService) -> None:
    """Every question there is, its data missing, or of every other form."""
    names = sorted([*kept._FORMS, ASKED_AT, ASKED_BY])
    for place, state in enumerate(PERGUNTAS):
        if place % _AT_ONCE == 0:
            adm = await _administrator(sqlite_service, f"55319888{place:05}")
        junk = JUNK[place % len(JUNK)]
        for data in ({}, dict.fromkeys(names, junk)):
            await leave(sqlite_service, adm, state, data)
            for word in ("a fatura veio com o valor errado", "SIM"):
                before = len(adm.screen)
                await (await adm.says(word)).accepted()
                await adm.sees_that(partial(_answered, adm, before), f"{state} {json.dumps(data)}")
    assert await sqlite_service.rows("SELECT event_id, error FROM failed_events") == []


async def _administrator(service: RunningService, telefone: str) -> Phone:
    await service.usuario("Adm Silva", telefone, Perfil.ADMINISTRADOR)
    adm = await service.phone("whatsapp", "Adm Silva", telefone)
    await adm.says("MENU")
    await adm.sees("O que você quer fazer")
    return adm


def _answered(phone: Phone, before: int) -> bool | None:
    return any(not bubble.mine for bubble in phone.screen[before:]) or None
