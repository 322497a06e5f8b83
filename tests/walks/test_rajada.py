"""A customer nobody knows writes everything in one breath, in many messages."""

import pytest

from sandbox import Phone
from tests.support.consultores import DAVI, MARIA, consultor, customer
from tests.support.service import RunningService


def _answers(phone: Phone) -> list[str]:
    return [bubble.text for bubble in phone.screen if not bubble.mine]


@pytest.mark.falha(448)
async def test_many_texts_at_once_are_answered_few_times_and_all_of_them_are_kept(
    sqlite_service: RunningService,
) -> None:
    davi = await consultor(sqlite_service, DAVI)
    maria = await sqlite_service.phone("whatsapp", *MARIA)
    whatsapp = sqlite_service.sandbox.whatsapp
    maria.last_wrote = whatsapp.clock()  # type: ignore[attr-defined]  # or nobody could answer her
    texts = [f"ponto {number}: xpto" for number in range(20)]
    frames = [whatsapp.new_message(maria) | {"type": "text", "text": {"body": one}} for one in texts]  # type: ignore[arg-type]
    envelope = whatsapp.envelope({"contacts": [maria.contact], "messages": frames})  # type: ignore[attr-defined]
    assert (await whatsapp.deliver(envelope))[0] == 200
    await maria.says("CONSULTOR")
    await maria.sees("Seu protocolo: #00001")
    assert len(_answers(maria)) <= 4
    await davi.taps("Aceitar")
    said = await davi.sees("O que já foi dito:")
    assert [one for one in texts if one not in said.text] == []


@pytest.mark.falha(448)
async def test_who_goes_on_a_little_later_is_answered_again(sqlite_service: RunningService) -> None:
    maria = await sqlite_service.phone("whatsapp", *MARIA)
    for text in ("xpto um", "xpto dois", "xpto três", "xpto quatro"):
        await maria.says(text)
    await maria.quiet()
    assert len(_answers(maria)) == 3
    sqlite_service.clock.move(seconds=4)
    await maria.says("xpto cinco")
    await maria.quiet()
    assert len(_answers(maria)) == 4


@pytest.mark.falha(454)
async def test_long_texts_hide_nothing_of_what_was_said_before_them(sqlite_service: RunningService) -> None:
    davi = await consultor(sqlite_service, DAVI)
    maria = await sqlite_service.phone("whatsapp", *MARIA)
    await maria.says("CONSULTOR")
    await maria.sees("Seu protocolo: #00001")
    for number in range(4):
        await maria.says(f"trecho {number}: " + "xpto " * 500)
    await maria.quiet()
    await davi.taps("Aceitar")
    await davi.sees("trecho 3")
    shown = " ".join(_answers(davi))
    assert [number for number in range(4) if f"trecho {number}: xpto" not in shown] == []


@pytest.mark.falha(454)
async def test_of_more_than_a_few_messages_the_newest_are_shown_and_that_there_is_more(
    sqlite_service: RunningService,
) -> None:
    davi = await consultor(sqlite_service, DAVI)
    maria = await sqlite_service.phone("whatsapp", *MARIA)
    await maria.says("CONSULTOR")
    await maria.sees("Seu protocolo: #00001")
    for number in range(12):
        await maria.says(f"trecho {number}: " + "xpto " * 500)
    await maria.quiet()
    await davi.taps("Aceitar")
    await davi.sees("trecho 11")
    shown = [one for one in _answers(davi) if "xpto xpto xpto" in one and "quer falar" not in one]
    assert (len(shown), shown[0].startswith("O que já foi dito:\n…\n")) == (5, True)


@pytest.mark.falha(458)
@pytest.mark.parametrize("word", ["MENU", "/start", "/start natal"])
async def test_who_waits_already_is_not_asked_to_ask_for_a_consultor(sqlite_service: RunningService, word: str) -> None:
    maria = await customer(sqlite_service, MARIA, "telegram")
    await maria.says("CONSULTOR")
    await maria.sees("Seu protocolo: #00001")
    await maria.says(word)
    await maria.quiet()
    assert ("Seu protocolo: #00001" in _answers(maria)[-1], "escolha CONSULTOR" in _answers(maria)[-1]) == (True, False)


@pytest.mark.falha(458)
async def test_a_customer_who_comes_by_somebodys_link_hears_how_to_reach_a_person(
    sqlite_service: RunningService,
) -> None:
    davi = await consultor(sqlite_service, DAVI)
    maria = await customer(sqlite_service, MARIA, "telegram")
    await maria.says("/start natal")
    await maria.sees("escolha CONSULTOR")
    await maria.says("\u2800")
    await maria.says("CONSULTOR")
    card = await davi.sees("quer falar com um consultor")
    assert "“" not in card.text


@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
async def test_a_command_that_is_not_theirs_is_read_by_no_consultor(
    sqlite_service: RunningService, channel: str
) -> None:
    davi = await consultor(sqlite_service, DAVI)
    maria = await customer(sqlite_service, MARIA, channel)
    await maria.says("/pool")
    await maria.sees("Este é o atendimento da operação.")
    await maria.says("CONSULTOR")
    await maria.sees("Seu protocolo: #00001")
    await maria.says("/fila")
    await maria.sees("Estou chamando um consultor para você.")
    await maria.says("/r caiu a internet")
    await maria.sees("Anotei.")
    await davi.taps("Aceitar")
    said = await davi.sees("O que já foi dito:")
    assert [one for one in ("/pool", "/fila") if one in said.text] == []
    assert "/r caiu a internet" in said.text, "there are words behind it"


AWAY = (
    "Olá! Agradecemos seu contato. No momento não podemos atender, mas responderemos assim que possível.",
    "Obrigado por entrar em contato com a Padaria! Como podemos ajudar?",
    "Estamos fora do horário de atendimento: seg a sex, 8h às 18h. Protocolo 10{n}.",
    "Oi! Digite 1 para Financeiro, 2 para Vendas, 3 para falar com atendente",
    "Hello! Thanks for your message. We are currently closed.",
)


@pytest.mark.falha(493)
@pytest.mark.parametrize("reply", AWAY, ids=range(len(AWAY)))
async def test_a_program_that_answers_each_answer_is_let_have_the_last_word(
    sqlite_service: RunningService, reply: str
) -> None:
    maria = await sqlite_service.phone("whatsapp", *MARIA)
    await maria.says("Oi")
    await maria.quiet()
    heard, rounds = 0, 0
    while len(_answers(maria)) > heard and rounds < 20:
        heard, rounds = len(_answers(maria)), rounds + 1
        sqlite_service.clock.move(seconds=5)
        await maria.says(reply.format(n=rounds))
        await maria.quiet()
    assert rounds == 6
    await maria.says("CONSULTOR")
    await maria.sees("#00001")


@pytest.mark.falha(493)
async def test_so_is_one_of_somebody_who_works_here(sqlite_service: RunningService) -> None:
    davi = await consultor(sqlite_service, DAVI)
    for _ in range(9):
        sqlite_service.clock.move(seconds=5)
        await davi.says(AWAY[0])
        await davi.quiet()
    before = len(_answers(davi))
    await davi.says(AWAY[0])
    await davi.quiet()
    assert len(_answers(davi)) == before
    await davi.says("MENU")
    await davi.sees("O que você quer fazer")
