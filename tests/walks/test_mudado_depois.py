"""What people change afterwards: a message they edit or delete, stars they gave, a card they tap again, a name."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from sandbox import Phone
from sandbox.whatsapp.phone import WhatsAppPhone
from tests.support.consultores import DAVI, MARIA, attended, consultor, customer, nothing_is_under_way
from tests.support.sellers import sells
from tests.support.service import RunningService
from tests.support.talking import last, talking


async def _texts(service: RunningService) -> list[str | None]:
    rows = await service.rows("SELECT texto FROM mensagens WHERE autor = 'CLIENTE' ORDER BY id")
    return [row["texto"] for row in rows]


async def _texts_are(service: RunningService, texto: str) -> None:
    await nothing_is_under_way(service)
    assert (await _texts(service))[-1] == texto


async def _changes(service: RunningService, phone: Phone, wamid: str, texto: str | None, at: int) -> None:
    """The webhook of an edit, or without a text of a message taken back, which says that it was then."""
    whatsapp = service.sandbox.whatsapp
    kind = "revoke" if texto is None else "edit"
    now = {} if texto is None else {"message": {"type": "text", "text": {"body": texto}}}
    change = {"type": kind, kind: {"original_message_id": wamid} | now, "timestamp": str(at)}
    frame = whatsapp.new_message(phone) | change  # type: ignore[arg-type]
    assert (await whatsapp.deliver(whatsapp.envelope({"contacts": [phone.contact], "messages": [frame]})))[0] == 200  # type: ignore[attr-defined]


class TestMessagesOnWhatsapp:
    @pytest.mark.falha(251)
    async def test_what_a_customer_edits_or_deletes_shows_on_the_consultors_copy(
        self, sqlite_service: RunningService
    ) -> None:
        maria, davi = await talking(sqlite_service, "whatsapp", "telegram")
        assert isinstance(maria, WhatsAppPhone)
        await maria.says("o valor é 199")
        copy = await davi.sees("o valor é 199")
        await maria.edits(last(maria), "o valor é 99")
        assert await davi.sees("o valor é 99") is copy

        await maria.takes_back(last(maria))
        assert await davi.sees("🗑️ Apagada pelo cliente: o valor é 99") is copy
        assert await _texts(sqlite_service) == ["🗑️ Apagada pelo cliente: o valor é 99"]
        await maria.quiet()

    @pytest.mark.falha(422)
    @pytest.mark.parametrize("waits", [False, True], ids=["with a consultor", "in the queue"])
    async def test_changes_that_come_out_of_order_leave_the_last_one(
        self, sqlite_service: RunningService, waits: bool
    ) -> None:
        """An edit of before a later one, and one of before it was deleted."""
        if waits:
            maria = await customer(sqlite_service, MARIA)
            await maria.says("CONSULTOR")
            await maria.sees("Seu protocolo")
            await maria.says("o valor é 100")
            await maria.sees("Anotei.")
        else:
            maria, davi = await talking(sqlite_service, "whatsapp", "telegram")
            await maria.says("o valor é 100")
            await davi.sees("o valor é 100")
        wamid, now = last(maria).id, int(sqlite_service.sandbox.whatsapp.clock())
        await _changes(sqlite_service, maria, wamid, "o valor é 300", now)
        await _changes(sqlite_service, maria, wamid, "o valor é 200", now - 5)
        await _texts_are(sqlite_service, "o valor é 300")
        await _changes(sqlite_service, maria, wamid, None, now)
        await _changes(sqlite_service, maria, wamid, "o valor é 400", now)
        await _texts_are(sqlite_service, "🗑️ Apagada pelo cliente: o valor é 300")

    @pytest.mark.falha(251)
    async def test_deleted_while_waiting_it_is_marked_for_whoever_accepts(self, sqlite_service: RunningService) -> None:
        maria = await customer(sqlite_service, MARIA)
        assert isinstance(maria, WhatsAppPhone)
        await maria.says("CONSULTOR")
        await maria.sees("Seu protocolo")
        await maria.says("meu cartão é 5502")
        await maria.sees("Anotei.")
        await maria.takes_back(last(maria))
        davi = await consultor(sqlite_service, DAVI)
        await davi.taps("Aceitar")
        await davi.sees("Maria: 🗑️ Apagada pelo cliente: meu cartão é 5502")

    @pytest.mark.falha(251)
    async def test_to_us_alone_nothing_is_answered(self, sqlite_service: RunningService) -> None:
        maria = await customer(sqlite_service, MARIA)
        assert isinstance(maria, WhatsAppPhone)
        await maria.says("oi")
        await maria.sees("Este é o atendimento da operação")
        await maria.edits(last(maria), "CONSULTOR")
        await maria.takes_back(last(maria))
        await nothing_is_under_way(sqlite_service)
        await maria.quiet()
        assert await sqlite_service.rows("SELECT id FROM atendimentos") == []


@pytest.mark.falha(252)
@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
async def test_a_card_tapped_again_says_what_its_consultor_did_with_it(
    sqlite_service: RunningService, channel: str
) -> None:
    davi, maria = await consultor(sqlite_service, DAVI, channel), await customer(sqlite_service)
    await maria.says("CONSULTOR")
    card = await davi.sees("quer falar com um consultor")
    tapped = next(button for button in card.targets if getattr(button, "label", "") == "Aceitar")
    await davi.tap(card, tapped)
    await davi.sees("✅ Você atende Maria")
    await davi.tap(card, tapped)
    await davi.sees("Você já atende Maria, protocolo #00001.")
    await davi.says("ENCERRAR")
    await davi.sees("encerrado")
    await davi.tap(card, tapped)
    await davi.sees("O atendimento #00001 com Maria já não está com você.")


@pytest.mark.falha(253)
async def test_other_stars_count_while_the_comment_is_waited_for_and_not_after(sqlite_service: RunningService) -> None:
    davi, maria = await consultor(sqlite_service), await customer(sqlite_service)
    await attended(sqlite_service, maria, davi)
    await davi.says("ENCERRAR")
    asked = await maria.sees("que nota você dá?")
    await maria.taps("5 ⭐⭐⭐⭐⭐", bubble=asked)
    await maria.sees("Obrigado pela nota!")
    await maria.says("na verdade 4")
    await maria.sees("Anotei: nota 4.")
    await maria.taps("3 ⭐⭐⭐", bubble=asked)
    await maria.sees("Anotei: nota 3.")
    await maria.says("3 dias sem resposta, mas depois foi bom")
    await maria.sees("O seu comentário foi guardado.")
    await maria.taps("1 ⭐", bubble=asked)
    await maria.sees("já foi avaliado")
    (row,) = await sqlite_service.rows("SELECT avaliacao, comentario FROM atendimentos")
    assert (row["avaliacao"], row["comentario"]) == (3, "3 dias sem resposta, mas depois foi bom")


@pytest.mark.falha(254)
@pytest.mark.parametrize(
    ("nome", "shown"), [("\u202e\u0639\u0644\u064a\nAdm\u2066", "\u0639\u0644\u064a Adm"), ("\u200b\u3164", "Cliente")]
)
async def test_a_name_turns_no_sentence_of_ours_round(sqlite_service: RunningService, nome: str, shown: str) -> None:
    davi = await consultor(sqlite_service)
    someone = sqlite_service.sandbox.whatsapp.phone(nome, "5531977701009")
    await someone.says("CONSULTOR")
    await davi.sees(f"🔔 {shown} quer falar com um consultor.")


@pytest.mark.falha(255)
async def test_whoever_goes_offline_with_customers_hears_what_becomes_of_them(sqlite_service: RunningService) -> None:
    davi, maria = await consultor(sqlite_service), await customer(sqlite_service)
    await attended(sqlite_service, maria, davi)
    await davi.says("OFFLINE")
    told = await davi.sees("⚪ Você está offline.")
    assert "1 cliente ainda está com você. Encerre ou transfira; daqui a " in told.text


@pytest.mark.falha(257)
async def test_a_customer_who_went_elsewhere_is_not_said_to_have_ended(sqlite_service: RunningService) -> None:
    davi, maria = await consultor(sqlite_service), await customer(sqlite_service)
    await attended(sqlite_service, maria, davi)
    await davi.says("TRANSFERIR")
    asked = await davi.sees("Para onde vai o cliente?")
    await davi.taps("Voltar para a fila", bubble=asked)
    await davi.sees("voltou ao começo da fila")
    await davi.taps("Voltar para a fila", bubble=asked)
    await davi.sees("Esse atendimento já não está com você.")
    await maria.taps("Desistir")
    await maria.sees("você saiu da fila")
    await davi.taps("Voltar para a fila", bubble=asked)
    await davi.sees("Esse atendimento já foi encerrado.")


@pytest.mark.falha(256)
async def test_what_was_on_another_day_is_told_with_its_day(loja: RunningService, ana: Phone) -> None:
    await sells(loja, ana)
    await ana.says("VENDER")
    await ana.sees("iniciada às ")
    loja.clock.move(days=1)
    await ana.says("VENDER")
    (venda,) = await loja.rows("SELECT criada_em FROM vendas")
    began = datetime.fromisoformat(str(venda["criada_em"]))
    day = (began if began.tzinfo else began.replace(tzinfo=UTC)).astimezone(ZoneInfo("America/Sao_Paulo"))
    await ana.sees(f"iniciada em {day:%d/%m} às {day:%H:%M}")
