"""A consultor's line that was held back was for the customer after all: one tap sends it, exactly as it stands."""

import pytest

from core.auditoria.auditoria import LINHA_DE_COMANDO
from core.lgpd.lgpd import apagar
from sandbox import Phone
from sandbox.telegram.phone import TelegramPhone
from sandbox.whatsapp.phone import WhatsAppPhone
from tests.support.consultores import DAVI, ELISA, MARIA, PEDRO, attended, consultor, customer
from tests.support.service import RunningService
from tests.support.talking import last

HELD = "Isso parece ser para mim: não enviei a Maria."


async def of_davi(service: RunningService, channel: str) -> tuple[Phone, Phone]:
    davi = await consultor(service, DAVI, channel)
    maria = await customer(service, MARIA, channel)
    await attended(service, maria, davi)
    await davi.sees("Você atende Maria")
    return maria, davi


@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
@pytest.mark.falha(546)
async def test_one_tap_sends_the_line_that_was_held_back(loja: RunningService, channel: str) -> None:
    maria, davi = await of_davi(loja, channel)
    await davi.says("ela tem outro atendimento aberto?")
    held = await davi.sees(HELD)
    assert held.labels == ["Era para Maria"]
    await davi.taps("Era para Maria")
    await davi.sees("↪️ Foi para Maria (#00001).")
    await maria.sees("ela tem outro atendimento aberto?")
    await maria.says("não tem não")
    await davi.sees("não tem não")
    await davi.taps("Era para Maria", bubble=held)
    await davi.sees("Essa mensagem já foi enviada: nada foi enviado de novo.")
    await maria.quiet()


async def test_a_yes_answers_what_was_asked_and_sends_nothing(loja: RunningService) -> None:
    maria, davi = await of_davi(loja, "telegram")
    await davi.says("encerra ela aí")
    held = await davi.sees("Encerrar o atendimento?")
    assert held.labels == ["Encerrar", "Era para Maria"]
    await davi.says("sim")
    await maria.sees("De 1 a 5, que nota você dá?")
    assert not maria.shows("encerra ela")


async def test_said_again_it_goes_and_the_button_has_nothing_left_to_send(loja: RunningService) -> None:
    maria, davi = await of_davi(loja, "telegram")
    await davi.says("pausa aqui")
    held = await davi.sees(HELD)
    await davi.says("pausa aqui")
    await maria.sees("pausa aqui")
    await davi.taps("Era para Maria", bubble=held)
    await davi.sees("não está mais guardada aqui: nada foi enviado agora.")
    await maria.quiet()


async def test_to_another_customer_the_same_words_are_held_back_anew(loja: RunningService) -> None:
    maria, davi = await of_davi(loja, "whatsapp")
    await davi.says("pausa aqui")
    held = await davi.sees(HELD)
    pedro = await customer(loja, PEDRO, "whatsapp")
    await attended(loja, pedro, davi)
    await davi.says("pausa aqui")
    await davi.sees("Isso parece ser para mim: não enviei a Pedro.")
    await davi.taps("Era para Maria", bubble=held)
    await davi.sees("↪️ Foi para Maria (#00001).")
    await maria.sees("pausa aqui")
    await davi.says("bom dia, Pedro")
    await pedro.sees("bom dia, Pedro")
    assert not pedro.shows("pausa")


@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
async def test_what_was_put_right_goes_as_it_stands_now(loja: RunningService, channel: str) -> None:
    maria, davi = await of_davi(loja, channel)
    await davi.says("passa pra fila")
    assert isinstance(davi, WhatsAppPhone | TelegramPhone)
    mine = last(davi)
    await davi.sees(HELD)
    await davi.edits(mine, "passa na fila da loja")
    await davi.sees("Ainda não enviei isso a Maria.")
    await davi.taps("Era para Maria")
    await maria.sees("passa na fila da loja")
    assert not maria.shows("passa pra fila")
    await davi.edits(mine, "passa na fila preferencial da loja")
    await maria.sees("passa na fila preferencial da loja")


async def test_what_was_taken_back_is_not_sent(loja: RunningService) -> None:
    maria, davi = await of_davi(loja, "whatsapp")
    await davi.says("passa pra fila")
    assert isinstance(davi, WhatsAppPhone)
    mine = last(davi)
    held = await davi.sees(HELD)
    await davi.takes_back(mine)
    await davi.taps("Era para Maria", bubble=held)
    await davi.sees("não está mais guardada aqui: nada foi enviado agora.")
    await maria.quiet()


async def test_to_a_customer_who_is_gone_nothing_is_sent(loja: RunningService) -> None:
    maria, davi = await of_davi(loja, "telegram")
    await davi.says("pausa aqui")
    held = await davi.sees(HELD)
    await davi.says("ENCERRAR")
    await maria.sees("De 1 a 5, que nota você dá?")
    await davi.taps("Era para Maria", bubble=held)
    await davi.sees("Esse atendimento já foi encerrado. Nada foi enviado.")
    await maria.quiet()


async def test_to_a_customer_of_a_colleague_by_now_nothing_is_sent(loja: RunningService) -> None:
    maria, davi = await of_davi(loja, "telegram")
    elisa = await consultor(loja, ELISA, "telegram")
    await davi.says("passa pra Elisa")
    held = await davi.sees(HELD)
    assert held.labels == ["👤 Elisa Costa", "Era para Maria"]
    await davi.taps("👤 Elisa Costa")
    await elisa.sees("Aceitar")
    await davi.taps("Era para Maria", bubble=held)
    await davi.sees("Esse atendimento já não está com você. Nada foi enviado.")
    assert not maria.shows("passa pra Elisa")


async def test_after_an_hour_the_button_sends_nothing(loja: RunningService) -> None:
    maria, davi = await of_davi(loja, "telegram")
    await davi.says("pausa aqui")
    held = await davi.sees(HELD)
    loja.clock.move(hours=1, minutes=1)
    await davi.taps("Era para Maria", bubble=held)
    await davi.sees("já não vale: nada foi feito.")
    assert not maria.shows("pausa aqui")


@pytest.mark.falha(551)
async def test_what_was_held_back_from_a_customer_is_erased_with_them(sqlite_service: RunningService) -> None:
    maria, davi = await of_davi(sqlite_service, "whatsapp")
    await davi.says("encerra ela aí")
    await davi.sees(HELD)
    assert "encerra ela" in (await kept_of(sqlite_service))
    await davi.says("ENCERRAR")
    await maria.sees("De 1 a 5, que nota você dá?")
    await sqlite_service.wiring.turns.run(lambda tx: apagar(tx, MARIA[1], LINHA_DE_COMANDO))
    assert "encerra ela" not in await kept_of(sqlite_service)


async def kept_of(service: RunningService) -> str:
    """What the conversations keep."""
    return str(await service.rows("SELECT state_data FROM contatos WHERE state_data IS NOT NULL"))


@pytest.mark.falha(516)
async def test_a_customer_named_as_somebody_else_reads_nothing_of_it(loja: RunningService) -> None:
    maria, davi = await of_davi(loja, "telegram")
    for said in ("puxa o cadastro da Maria", "a Maria não entende o que eu falo"):
        await davi.says(said)
        assert (await davi.sees(HELD)).labels == ["Era para Maria"]
    await davi.says("mostra o contrato pra Joana")
    await maria.sees("mostra o contrato pra Joana")
    await davi.says("bom dia, é a Maria?")
    await maria.sees("bom dia, é a Maria?")
    assert not maria.shows("cadastro")
    assert not maria.shows("entende")
