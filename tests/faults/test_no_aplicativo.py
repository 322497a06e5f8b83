"""The operation's number is in the WhatsApp Business app, too: somebody answers a customer there, past us."""

from typing import Any

import pytest

from sandbox import Phone
from sandbox.whatsapp.whatsapp import new_wamid
from tests.support.consultores import DAVI, MARIA, consultor, customer, nothing_is_under_way
from tests.support.inbound import ignored
from tests.support.service import RunningService
from tests.support.talking import following, have_read, talking

MARK = "📱 Escrito ao cliente no aplicativo do WhatsApp Business:"
SECOND = 1
HOURS = 3600


def text(body: str) -> dict[str, Any]:
    return {"type": "text", "text": {"body": body}}


async def answers_in_the_app(
    service: RunningService, maria: Phone, message: dict[str, Any], *, to: str | None = None, times: int = 1
) -> str:
    """As Meta tells it (webhooks/reference/smb_message_echoes); its wamid."""
    whatsapp = service.sandbox.whatsapp
    wamid = new_wamid()
    ids = {"from": whatsapp.display_number, "to": to or maria.id, "id": wamid}
    echo = {**ids, "timestamp": str(int(whatsapp.clock())), **message}
    envelope = whatsapp.envelope({"message_echoes": [echo]})
    envelope["entry"][0]["changes"][0]["field"] = "smb_message_echoes"
    for _ in range(times):
        assert (await whatsapp.deliver(envelope))[0] == 200
    return wamid


@pytest.mark.falha(473)
class TestWhoAttends:
    async def test_reads_it_at_once_and_once(self, sqlite_service: RunningService) -> None:
        maria, davi = await talking(sqlite_service, "whatsapp", "telegram")
        await answers_in_the_app(sqlite_service, maria, text("Já mandei a 2ª via"), times=3)
        assert (await following(davi)).text == f"{MARK}\nJá mandei a 2ª via"
        await maria.says("recebi")
        assert (await following(davi)).text == "recebi"
        assert [row["autor"] for row in await sqlite_service.rows("SELECT autor FROM mensagens ORDER BY id")] == [
            "APLICATIVO",
            "CLIENTE",
        ]

    async def test_sees_what_the_customer_quotes_of_it(self, sqlite_service: RunningService) -> None:
        maria, davi = await talking(sqlite_service, "whatsapp", "telegram")
        wamid = await answers_in_the_app(sqlite_service, maria, text("Serve dia 10?"))
        copy = await following(davi)
        await nothing_is_under_way(sqlite_service)
        whatsapp = sqlite_service.sandbox.whatsapp
        quoting = {**text("serve"), "context": {"from": whatsapp.display_number, "id": wamid}}
        frame = whatsapp.new_message(maria) | quoting  # type: ignore[arg-type]
        contact = {"contacts": [maria.contact], "messages": [frame]}  # type: ignore[attr-defined]
        assert (await whatsapp.deliver(whatsapp.envelope(contact)))[0] == 200
        answer = await following(davi)
        assert (answer.text, answer.quote) == ("serve", copy.text)

    async def test_sees_what_is_corrected_or_deleted_there(self, sqlite_service: RunningService) -> None:
        maria, davi = await talking(sqlite_service, "whatsapp", "telegram")
        wamid = await answers_in_the_app(sqlite_service, maria, text("São R$ 90"))
        copy = await following(davi)
        await nothing_is_under_way(sqlite_service)
        now = {"type": "edit", "edit": {"original_message_id": wamid, "message": text("São R$ 80")}}
        await answers_in_the_app(sqlite_service, maria, now)
        await davi.sees("São R$ 80")
        assert copy.versions[-1].text == f"{MARK}\nSão R$ 80"
        await answers_in_the_app(sqlite_service, maria, {"type": "revoke", "revoke": {"original_message_id": wamid}})
        await davi.sees("🗑️ São R$ 80")

    async def test_gets_a_file_of_it(self, sqlite_service: RunningService) -> None:
        maria, davi = await talking(sqlite_service, "whatsapp", "telegram")
        sent = await maria.sends_photo(b"\xff\xd8\xff\xe0jpeg")
        await sent.finished()
        mine = await following(davi)
        media = maria.screen[-1].raw["image"]
        await answers_in_the_app(sqlite_service, maria, {"type": "image", "image": {**media, "caption": "a conta"}})
        photo = await following(davi)
        assert (photo.kind, photo.text) == (mine.kind, f"{MARK}\na conta")


@pytest.mark.falha(473)
async def test_whoever_takes_them_from_the_queue_reads_it_and_they_keep_their_place(
    sqlite_service: RunningService,
) -> None:
    maria = await customer(sqlite_service, MARIA, "whatsapp")
    await maria.says("CONSULTOR")
    await maria.sees("Seu protocolo")
    await answers_in_the_app(sqlite_service, maria, text("Já vejo isso"))
    davi = await consultor(sqlite_service, DAVI, "whatsapp")
    card = await davi.sees("quer falar com um consultor")
    assert "📱 Já vejo isso" in card.text
    await davi.taps("Aceitar")
    assert "📱: Já vejo isso" in (await davi.sees("O que já foi dito")).text


@pytest.mark.falha(474)
class TestWhomNobodyAttendsHere:
    async def test_is_left_to_whoever_answered_until_they_ask_for_us(self, sqlite_service: RunningService) -> None:
        maria, service = await customer(sqlite_service, MARIA, "whatsapp"), sqlite_service
        await maria.says("Oi")
        await maria.sees("Para falar com uma pessoa")
        await answers_in_the_app(service, maria, text("Oi Maria, aqui é a Bia"))
        await have_read(service, maria)
        for said in ("oi Bia, tudo bem?", "queria a segunda via", "👍"):
            await maria.says(said)
        await maria.sends_photo(b"\xff\xd8\xff\xe0jpeg")
        await service.sandbox.settled()
        await nothing_is_under_way(service)
        assert not [bubble for bubble in maria.screen if not bubble.mine and bubble.seen < len(bubble.versions)]
        await maria.says("CONSULTOR")
        await maria.sees("Seu protocolo")
        davi = await consultor(service, DAVI, "whatsapp")
        await davi.taps("Aceitar")
        said_before = (await davi.sees("O que já foi dito")).text
        assert "📱: Oi Maria, aqui é a Bia" in said_before
        assert "Maria: queria a segunda via" in said_before

    async def test_hears_us_again_long_after(self, sqlite_service: RunningService) -> None:
        maria, service = await customer(sqlite_service, MARIA, "whatsapp"), sqlite_service
        await answers_in_the_app(service, maria, text("Oi Maria, aqui é a Bia"))
        service.clock.move(hours=13)
        await maria.says("Oi")
        await maria.sees("Para falar com uma pessoa")

    async def test_begun_there_they_are_one_person_with_and_without_the_ninth_digit(
        self, sqlite_service: RunningService
    ) -> None:
        maria = await customer(sqlite_service, MARIA, "whatsapp")
        await answers_in_the_app(sqlite_service, maria, text("Oi"), to="553177701000")
        await maria.says("oi!")
        await sqlite_service.sandbox.settled()
        await nothing_is_under_way(sqlite_service)
        assert [row["n"] for row in await sqlite_service.rows("SELECT count(*) AS n FROM contatos")] == [1]
        assert len(maria.screen) == 1

    async def test_what_they_write_then_is_no_comment_on_a_rating(self, sqlite_service: RunningService) -> None:
        maria, davi = await talking(sqlite_service, "whatsapp", "telegram")
        await davi.says("ENCERRAR")
        await maria.sees("que nota você dá")
        await answers_in_the_app(sqlite_service, maria, text("Maria, faltou um documento"))
        await maria.says("qual documento faltou?")
        await sqlite_service.sandbox.settled()
        await nothing_is_under_way(sqlite_service)
        assert not maria.shows("comentário foi guardado")
        await maria.taps("5 ⭐⭐⭐⭐⭐")
        await maria.sees("Obrigado pela nota")


@pytest.mark.falha(473)
@pytest.mark.parametrize(
    "message", [{"type": "reaction", "reaction": {"message_id": "w", "emoji": "👍"}}, {"type": "system"}]
)
async def test_what_says_nothing_or_is_ours_is_taken_and_shown_to_nobody(
    sqlite_service: RunningService, message: dict[str, Any]
) -> None:
    maria, davi = await talking(sqlite_service, "whatsapp", "telegram")
    before = await ignored(sqlite_service, "whatsapp", "not_said")
    await answers_in_the_app(sqlite_service, maria, message)
    assert await ignored(sqlite_service, "whatsapp", "not_said") == before + 1
    await maria.says("e agora?")
    assert (await following(davi)).text == "e agora?"
