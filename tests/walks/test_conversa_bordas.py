"""Where a conversation begins and ends, and what becomes of messages that cannot arrive."""

import asyncio

import pytest

from core.commands.base import write_command
from core.commands.conversa import TellRefusal
from sandbox import small_pdf
from tests.support.consultores import DAVI, ELISA, MARIA, consultor, customer, nothing_is_under_way
from tests.support.sellers import eventually
from tests.support.service import RunningService
from tests.support.talking import following, last, opens, talking

SIDES = pytest.mark.parametrize(("of_maria", "of_davi"), [("whatsapp", "telegram"), ("telegram", "whatsapp")])
FATURA = small_pdf("Fatura de maio")


class TestBeforeAndAfter:
    @SIDES
    async def test_what_was_written_while_waiting_is_shown_to_whoever_accepts(
        self, service: RunningService, of_maria: str, of_davi: str
    ) -> None:
        maria = await customer(service, MARIA, of_maria)
        await maria.says("CONSULTOR")
        await maria.sees("Seu protocolo")
        await maria.says("minha internet caiu")
        await maria.sees("Anotei.")
        await maria.sends_document("fatura.pdf", FATURA, caption="a conta")
        await maria.sends_location(-19.92, -43.94)
        await eventually(service, "SELECT 1 FROM mensagens WHERE tipo = 'LOCAL'")
        davi = await consultor(service, DAVI, of_davi)
        card = await davi.sees("Maria quer falar com um consultor")
        quoted = [line for line in card.text.splitlines() if line.startswith("“")]
        assert quoted == ["“minha internet caiu”", "“📎 fatura.pdf a conta”", "“📍”"]
        await davi.taps("Aceitar")
        said = await davi.sees("O que já foi dito:")
        assert [line.split(" ", 1)[1] for line in said.text.splitlines()[1:]] == [
            "Maria: minha internet caiu",
            "Maria: 📎 fatura.pdf a conta",
            "Maria: 📍",
        ]
        conta = await davi.sees("a conta")
        assert (conta.document, conta.topic) == (FATURA, said.topic)
        await davi.sees("-19.92, -43.94")
        await opens(davi, "Maria (#00001)")
        await davi.says("É esta conta?", reply_to=conta)
        question = await maria.sees("É esta conta?")
        assert question.reply_to == next(bubble.id for bubble in maria.screen if bubble.kind == "document")
        assert not maria.shows("guardei")

    async def test_what_was_corrected_while_waiting_is_shown_as_it_is_now(self, sqlite_service: RunningService) -> None:
        maria = await customer(sqlite_service, MARIA, "telegram")
        await maria.says("CONSULTOR")
        await maria.sees("Seu protocolo")
        await maria.says("moro na rua A")
        await maria.sees("Anotei.")
        await maria.edits(last(maria), "moro na rua B")
        await eventually(sqlite_service, "SELECT 1 FROM mensagens WHERE editada_em IS NOT NULL")
        davi = await consultor(sqlite_service, DAVI)
        assert (await davi.sees("Maria quer falar com um consultor")).text.endswith("“moro na rua B”")

    @SIDES
    async def test_after_the_end_the_bot_is_back(self, service: RunningService, of_maria: str, of_davi: str) -> None:
        maria, davi = await talking(service, of_maria, of_davi)
        await maria.says("obrigada, era só isso")
        hers = await following(davi)
        await davi.says("ENCERRAR")
        await maria.sees("O atendimento #00001 foi encerrado.")
        await davi.sees("Atendimento #00001 com Maria encerrado.")
        await davi.says("tchau", reply_to=hers)
        await davi.sees("Esse atendimento já foi encerrado. Nada foi enviado.")
        await maria.says("5")
        await maria.sees("Obrigado pela nota!")
        await maria.says("foi ótimo")
        await maria.says("oi de novo")
        await maria.sees("Para falar com uma pessoa da equipe, escolha CONSULTOR.")
        await nothing_is_under_way(service)
        assert not maria.shows("tchau")
        assert not davi.shows("oi de novo")

    async def test_a_message_that_meets_the_end_is_for_the_consultor_or_for_the_bot(
        self, service: RunningService
    ) -> None:
        maria, davi = await talking(service, "whatsapp", "telegram")
        whatsapp, telegram = service.sandbox.whatsapp, service.sandbox.telegram
        whatsapp.faults.withhold()
        telegram.faults.withhold()
        said, ended = await maria.says("espera!"), await davi.says("ENCERRAR")
        answers = await asyncio.gather(whatsapp.deliver(said.payload), telegram.deliver(ended.payload))
        assert [status for status, _ in answers] == [200, 200]
        await maria.sees("O atendimento #00001 foi encerrado.")
        await nothing_is_under_way(service)
        relayed = len(await service.rows("SELECT 1 FROM mensagens"))
        commented = len(await service.rows("SELECT 1 FROM atendimentos WHERE comentario = 'espera!'"))
        assert relayed + commented == 1
        assert (davi.shows("espera!"), maria.shows("O seu comentário foi guardado")) == (relayed == 1, commented == 1)

    @SIDES
    async def test_short_answers_are_for_the_other_person(
        self, service: RunningService, of_maria: str, of_davi: str
    ) -> None:
        maria, davi = await talking(service, of_maria, of_davi)
        for word in ("1", "SIM", "não"):
            await davi.says(word)
            assert (await following(maria)).text == word
            await maria.says(word)
            assert (await following(davi)).text == word
        [row] = await service.rows("SELECT status FROM atendimentos")
        assert row["status"] == "EM_ATENDIMENTO"


class TestWhatDoesNotArrive:
    async def test_the_consultor_hears_that_the_customer_blocked_us(self, sqlite_service: RunningService) -> None:
        maria, davi = await talking(sqlite_service, "telegram", "whatsapp")
        sqlite_service.sandbox.telegram.faults.block(maria)
        await davi.says("alô?")
        refused = await following(davi)
        assert (refused.text, refused.quote) == (
            "⚠️ Esta mensagem não chegou: a pessoa bloqueou as nossas mensagens.",
            "alô?",
        )
        await davi.says("alô??")
        assert (await following(davi)).text == "⚠️ Maria não recebe as nossas mensagens agora. Nada foi enviado."

    @pytest.mark.falha(388)
    async def test_the_customer_hears_that_their_consultor_cannot_be_reached(
        self, sqlite_service: RunningService
    ) -> None:
        maria, davi = await talking(sqlite_service)
        sqlite_service.sandbox.telegram.faults.block(davi)
        for texto in ("alô?", "tem alguém aí?"):
            await maria.says(texto)
            told = await following(maria)
            assert told.text == (
                "⏳ Quem atendia você não está mais disponível. Esta mensagem está guardada: quem continuar vai ler."
            )
            assert told.quote == texto

    @pytest.mark.falha(388)
    async def test_a_refusal_of_the_consultor_before_is_not_told_when_another_has_read_it(
        self, sqlite_service: RunningService
    ) -> None:
        service = sqlite_service
        maria, davi = await talking(service)
        await maria.says("quanto custa?")
        await davi.sees("quanto custa?")
        elisa = await consultor(service, ELISA)
        await davi.says("TRANSFERIR")
        await davi.taps("👤 Elisa Costa")
        await elisa.taps("Aceitar")
        await elisa.sees("quanto custa?")
        (row,) = await service.rows("SELECT id FROM mensagens WHERE texto = 'quanto custa?'")
        await service.wiring.turns.run(lambda tx: write_command(tx, TellRefusal(row["id"], "403")))
        await nothing_is_under_way(service)
        assert not maria.shows("guardada")
        assert not maria.shows("não chegou")

    async def test_the_customer_hears_that_it_was_the_kind_of_file(self, sqlite_service: RunningService) -> None:
        """Waiting for the consultor would help nothing: another kind would."""
        maria, davi = await talking(sqlite_service, "whatsapp", "whatsapp")
        await maria.sends_document("conta.exe", b"MZ" * 9, "application/octet-stream", caption="é esta")
        told = await following(maria)
        assert told.text == "⚠️ Esta mensagem não chegou: esse tipo de arquivo não pode ser enviado por lá."
        assert "conta.exe: este tipo de arquivo não pode ser enviado por aqui." in (await following(davi)).text

    async def test_after_24_hours_a_template_is_offered_instead_of_a_message_that_would_fail(
        self, sqlite_service: RunningService
    ) -> None:
        maria, davi = await talking(sqlite_service)
        sqlite_service.clock.move(hours=25)
        await davi.says("voltou a funcionar?")
        closed = await following(davi)
        assert closed.text.startswith("⏳ Passaram 24 horas desde a última mensagem de Maria")
        assert closed.labels == ["Enviar um modelo"]
        assert closed.topic == davi.topic.id
        await nothing_is_under_way(sqlite_service)
        assert maria.unseen == []

    async def test_a_window_that_closed_unseen_is_told_in_the_topic(self, sqlite_service: RunningService) -> None:
        _maria, davi = await talking(sqlite_service)
        sqlite_service.sandbox.whatsapp.faults.fail_next("text", code=131047)
        await davi.says("voltou?")
        refused = await following(davi)
        assert (refused.labels, refused.quote) == (["Enviar um modelo"], "voltou?")
        assert refused.topic == davi.topic.id

    async def test_who_answers_has_read_and_nobody_seems_to_type_before(self, sqlite_service: RunningService) -> None:
        maria, davi = await talking(sqlite_service)
        await maria.says("alguém aí?")
        hers = last(maria)
        await following(davi)
        await nothing_is_under_way(sqlite_service)
        assert (hers.status, maria.activity) == ("sent", "")
        await davi.says("Sim!")
        await following(maria)
        assert (hers.status, maria.activity) == ("read", "")


@pytest.mark.falha(470)
async def test_what_a_customer_was_writing_when_it_ended_is_no_comment_and_is_read_by_who_goes_on(
    sqlite_service: RunningService,
) -> None:
    maria, davi = await talking(sqlite_service, "whatsapp", "telegram")
    await davi.says("ENCERRAR")
    await maria.sees("que nota você dá?")
    await maria.says("espera, mais uma coisa: o CEP mudou")
    await maria.sees("terminou enquanto você escrevia")
    assert [row["comentario"] for row in await sqlite_service.rows("SELECT comentario FROM atendimentos")] == [None]
    await maria.taps("Falar com consultor")
    await davi.sees("quer falar com um consultor")
    await davi.taps("Aceitar")
    await davi.sees("mais uma coisa: o CEP mudou")


@pytest.mark.falha(470)
async def test_a_thank_you_or_a_comment_that_was_thought_about_is_one(sqlite_service: RunningService) -> None:
    maria, davi = await talking(sqlite_service, "whatsapp", "telegram")
    await davi.says("ENCERRAR")
    await maria.sees("que nota você dá?")
    sqlite_service.clock.move(seconds=20)
    await maria.says("Gostei muito, resolveu tudo na hora")
    await maria.sees("O seu comentário foi guardado")


@pytest.mark.falha(500)
async def test_stars_of_before_are_taken_while_somebody_attends_and_no_comment_is_asked_for(
    sqlite_service: RunningService,
) -> None:
    maria, davi = await talking(sqlite_service, "whatsapp", "telegram")
    await davi.says("ENCERRAR")
    asked = await maria.sees("que nota você dá")
    await maria.says("CONSULTOR")
    await davi.sees("quer falar com um consultor")
    await davi.taps("Aceitar")
    await maria.sees("Agora você fala com")
    await maria.taps("5 ⭐⭐⭐⭐⭐", bubble=asked)
    assert (await maria.sees("Obrigado pela nota!")).text == "Obrigado pela nota!"
    await maria.says("agora é outra coisa")
    await davi.sees("agora é outra coisa")
    rows = await sqlite_service.rows("SELECT avaliacao, comentario FROM atendimentos ORDER BY id")
    assert rows == [{"avaliacao": 5, "comentario": None}, {"avaliacao": None, "comentario": None}]
