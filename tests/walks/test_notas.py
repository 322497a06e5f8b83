"""NOTA: written about a customer, for the staff; the customer never sees it."""

import pytest

from sandbox import Phone
from tests.support.consultores import (
    CHANNELS,
    DAVI,
    ELISA,
    MARIA,
    PEDRO,
    attended,
    consultor,
    customer,
    nothing_is_under_way,
)
from tests.support.sellers import eventually
from tests.support.service import RunningService

SECRET = "já reclamou na ouvidoria"


async def notes(service: RunningService) -> list[str]:
    rows = await service.rows("SELECT texto FROM mensagens WHERE autor = 'NOTA' ORDER BY id")
    return [row["texto"] for row in rows]


async def together(service: RunningService, channel: str = "whatsapp") -> tuple[Phone, Phone]:
    """A consultor and the customer they attend."""
    davi, maria = await consultor(service, DAVI, channel), await customer(service, MARIA)
    await attended(service, maria, davi)
    return davi, maria


@CHANNELS
async def test_a_note_is_kept_and_never_sent(service: RunningService, channel: str) -> None:
    davi, maria = await together(service, channel)
    await davi.says(f"nota {SECRET}")
    await davi.sees("📝 Anotado sobre Maria (#00001).")
    await davi.says("Bom dia, Maria!")
    await maria.sees("Bom dia, Maria!")
    assert not maria.shows(SECRET)
    assert await notes(service) == [SECRET]


async def test_alone_it_asks_for_the_text(sqlite_service: RunningService) -> None:
    davi, maria = await together(sqlite_service)
    await davi.says("NOTA")
    await davi.sees("Escreva a nota sobre Maria. O cliente não vê.")
    await davi.says(SECRET)
    await davi.sees("📝 Anotado sobre Maria (#00001).")
    await davi.says("Agora é com você")
    await maria.sees("Agora é com você")
    assert not maria.shows(SECRET)
    assert await notes(sqlite_service) == [SECRET]


@CHANNELS
@pytest.mark.parametrize("asked", [True, False])
async def test_a_file_can_be_a_note_and_goes_to_nobody(
    sqlite_service: RunningService, channel: str, asked: bool
) -> None:
    davi, maria = await together(sqlite_service, channel)
    if asked:
        await davi.says("NOTA")
        await davi.sees("Escreva a nota")
    await davi.sends_document("contrato.pdf", b"%PDF-1.4", caption=SECRET if asked else f"Nota {SECRET}")
    await davi.sees("📝 Anotado sobre Maria")
    await davi.says("Oi, Maria")
    await maria.sees("Oi, Maria")
    assert not [bubble for bubble in maria.screen if bubble.kind == "document"]
    assert await notes(sqlite_service) == [SECRET]
    await eventually(sqlite_service, "SELECT 1 FROM arquivos WHERE guardado_em IS NOT NULL")
    await davi.quiet()
    assert not davi.shows("guardei")


async def test_it_can_be_dropped(sqlite_service: RunningService) -> None:
    davi, maria = await together(sqlite_service)
    await davi.says("NOTA")
    await davi.sees("Escreva a nota")
    await davi.says("CANCELAR")
    await davi.sees("Tudo bem, nada foi anotado.")
    await davi.says("Oi, Maria")
    await maria.sees("Oi, Maria")
    assert await notes(sqlite_service) == []


async def test_what_customers_write_meanwhile_still_arrives(sqlite_service: RunningService) -> None:
    davi, maria = await together(sqlite_service)
    await davi.says("NOTA")
    await davi.sees("Escreva a nota")
    await maria.says("NOTA que eu não escrevi")
    await davi.sees("NOTA que eu não escrevi")
    await davi.says(SECRET)
    await davi.sees("📝 Anotado")
    assert await notes(sqlite_service) == [SECRET]


async def test_who_attends_nobody_is_told_so(sqlite_service: RunningService) -> None:
    davi = await consultor(sqlite_service)
    await davi.says("NOTA alguma coisa")
    await davi.sees("Você não está atendendo ninguém agora.")
    assert await notes(sqlite_service) == []


@CHANNELS
async def test_the_next_consultor_reads_it_before_the_customer_speaks(
    sqlite_service: RunningService, channel: str
) -> None:
    service = sqlite_service
    davi, maria = await together(service)
    await davi.says(f"NOTA {SECRET}")
    await davi.sees("📝 Anotado")
    elisa = await consultor(service, ELISA, channel)
    await davi.says("TRANSFERIR")
    await davi.taps("👤 Elisa Costa")
    await elisa.sees("quer falar com um consultor")
    await elisa.taps("Aceitar")
    await elisa.sees(f"📝: {SECRET}")
    await maria.quiet()
    assert not maria.shows(SECRET)


async def test_in_a_topic_it_is_about_its_customer(sqlite_service: RunningService) -> None:
    service = sqlite_service
    service.sandbox.telegram.topics_enabled = True
    davi = await consultor(service, DAVI, "telegram")
    maria, pedro = await customer(service, MARIA), await customer(service, PEDRO)
    await attended(service, maria, davi)
    await attended(service, pedro, davi)
    await nothing_is_under_way(service)
    davi.opens_topic(await davi.sees_topic("Maria"))
    await davi.says("NOTA da Maria")
    bubble = await davi.sees("📝 Anotado sobre Maria")
    assert bubble.topic == davi.topic.id
    davi.opens_topic(await davi.sees_topic("Pedro"))
    await davi.says("NOTA")
    await davi.sees("Escreva a nota sobre Pedro")
    davi.opens_topic(await davi.sees_topic("Maria"))
    await davi.says("Oi, Maria")
    await maria.sees("Oi, Maria")
    davi.opens_topic(await davi.sees_topic("Pedro"))
    await davi.says("do Pedro")
    await davi.sees("📝 Anotado sobre Pedro")
    rows = await eventually(
        service,
        "SELECT m.texto, c.nome FROM mensagens m JOIN atendimentos a ON a.id = m.atendimento_id "
        "JOIN contatos c ON c.id = a.contato_id WHERE m.autor = 'NOTA' ORDER BY m.id",
    )
    assert [(row["nome"], row["texto"]) for row in rows] == [("Maria", "da Maria"), ("Pedro", "do Pedro")]


@pytest.mark.parametrize("text", ["NOTA minha", "/nota minha"])
async def test_a_customers_own_note_is_a_message_like_any(sqlite_service: RunningService, text: str) -> None:
    davi, maria = await together(sqlite_service)
    await maria.says(text)
    await davi.sees(text)
    assert await notes(sqlite_service) == []


@pytest.mark.falha(258)
async def test_turning_to_another_customer_leaves_the_note_that_was_asked_for(sqlite_service: RunningService) -> None:
    davi, maria = await together(sqlite_service)
    pedro = await customer(sqlite_service, PEDRO)
    await attended(sqlite_service, pedro, davi)
    await davi.says("NOTA")
    await davi.sees("Escreva a nota sobre Pedro.")
    await maria.says("e eu?")
    await davi.taps("Responder Maria")
    await davi.sees("Na tela agora: Maria.")
    await davi.says("Bom dia, Maria!")
    await maria.sees("Bom dia, Maria!")
    assert await notes(sqlite_service) == []
