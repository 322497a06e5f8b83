"""WhatsApp's 24 hours: shown, warned of before they end, and after them a template and not a failing message."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.consultor.protocolos import numero_de
from sandbox import Phone
from sandbox.whatsapp.templates import Template
from storage.engines.s3 import EmbeddedS3
from tests.support.consultores import CHANNELS, DAVI, MARIA, attended, consultor, customer, nothing_is_under_way
from tests.support.sellers import eventually
from tests.support.service import RunningService, settings_for

MODELO = {"WHATSAPP_TEMPLATE_RETOMAR": "retomar:pt_BR, resume:en"}
CLOSED = "⏳ Passaram 24 horas desde a última mensagem de Maria"


@pytest.fixture
async def service(
    database_url: str, clean_redis_url: str, s3: EmbeddedS3, tmp_path: Path
) -> AsyncIterator[RunningService]:
    """The service with a template, in the same time as WhatsApp."""
    environment = settings_for(database_url, clean_redis_url, s3, tmp_path) | MODELO
    async with RunningService(environment) as running:
        yield in_one_time(running)


@pytest.fixture
async def sqlite_service(
    sqlite_url: str, clean_redis_url: str, s3: EmbeddedS3, tmp_path: Path
) -> AsyncIterator[RunningService]:
    environment = settings_for(sqlite_url, clean_redis_url, s3, tmp_path) | MODELO
    async with RunningService(environment) as running:
        yield in_one_time(running)


def in_one_time(service: RunningService) -> RunningService:
    """When the service's time moves, WhatsApp's does."""
    whatsapp = service.sandbox.whatsapp
    whatsapp.clock = lambda: service.clock().timestamp()
    whatsapp.templates["retomar"] = "Olá! Podemos retomar a nossa conversa?"
    return service


async def talking(service: RunningService, channel: str = "whatsapp") -> tuple[Phone, Phone]:
    davi, maria = await consultor(service, DAVI, channel), await customer(service)
    await attended(service, maria, davi)
    await maria.says("Oi")
    await davi.sees("Oi")
    return davi, maria


async def held(service: RunningService) -> list[str]:
    rows = await service.rows("SELECT texto FROM mensagens WHERE autor = 'CONSULTOR' AND outbox_id IS NULL ORDER BY id")
    return [row["texto"] for row in rows]


class TestBeforeItCloses:
    @CHANNELS
    async def test_the_consultor_is_warned_once_an_hour_before(self, service: RunningService, channel: str) -> None:
        davi, maria = await talking(service, channel)
        warn = service.clock_work.atendimentos.warn_of_windows
        service.clock.move(hours=22, minutes=58)
        assert await warn() == 0
        service.clock.move(minutes=4)
        assert await warn() == 1
        assert await warn() == 0
        bubble = await davi.sees("⏰ A janela do WhatsApp com Maria (#00001) fecha às ")
        assert "Depois, só um modelo aprovado chega." in bubble.text

        # A new message opens a new window, which is warned of in its turn.
        await maria.says("Ainda estou aqui")
        await davi.sees("Ainda estou aqui")
        # WhatsApp's window with the consultor is theirs to keep open.
        await davi.says("Que bom!")
        await maria.sees("Que bom!")
        service.clock.move(minutes=30)
        assert await warn() == 0
        service.clock.move(hours=22, minutes=45)
        assert await warn() == 1
        await davi.sees("⏰ A janela do WhatsApp com Maria")

    async def test_a_customer_on_telegram_has_no_window(self, sqlite_service: RunningService) -> None:
        service = sqlite_service
        davi, maria = await consultor(service), await customer(service, MARIA, "telegram")
        await attended(service, maria, davi)
        service.clock.move(hours=23, minutes=30)
        assert await service.clock_work.atendimentos.warn_of_windows() == 0
        await davi.says("FILA")
        bubble = await davi.sees("Com você:")
        assert "janela" not in bubble.text

    @CHANNELS
    async def test_it_is_shown_on_the_card_on_accepting_and_in_fila(
        self, sqlite_service: RunningService, channel: str
    ) -> None:
        service = sqlite_service
        davi, maria = await consultor(service, DAVI, channel), await customer(service)
        await maria.says("CONSULTOR")
        await maria.sees("Seu protocolo")
        card = await davi.sees("quer falar com um consultor")
        assert "WhatsApp · janela até " in card.text
        await davi.taps("Aceitar")
        await maria.sees("Agora você fala com")
        await davi.says("FILA")
        bubble = await davi.sees("Com você:")
        assert " · janela até " in bubble.text
        service.clock.move(hours=25)
        await davi.says("FILA")
        bubble = await davi.sees("Com você:")
        assert " · janela fechada" in bubble.text


class TestAfterItClosed:
    @CHANNELS
    async def test_what_is_written_is_kept_a_template_goes_and_the_answer_brings_the_offer(
        self, service: RunningService, channel: str
    ) -> None:
        davi, maria = await talking(service, channel)
        service.clock.move(hours=25)
        await davi.says("Boas notícias")
        bubble = await davi.sees(CLOSED)
        assert bubble.labels == ["Enviar um modelo"]
        await davi.says("O técnico vai amanhã")
        await davi.sees("Guardei as suas 2 mensagens")
        await maria.quiet()
        assert not maria.shows("Boas notícias")

        await davi.taps("Enviar um modelo")
        await davi.sees("Modelo enviado a Maria.")
        bubble = await maria.sees("Podemos retomar a nossa conversa?")
        assert bubble.kind == "template"

        await maria.says("Pode falar")
        await davi.sees("Pode falar")
        bubble = await davi.sees("2 mensagens suas a Maria não foram enviadas:")
        assert bubble.text.endswith("• Boas notícias\n• O técnico vai amanhã")
        assert bubble.labels == ["Enviar agora", "Não enviar"]
        await davi.taps("Enviar agora")
        await maria.sees("Boas notícias")
        await maria.sees("O técnico vai amanhã")
        await davi.sees("2 mensagens enviadas a Maria.")
        assert await held(service) == []
        await davi.taps("Enviar agora", bubble=bubble)
        await davi.sees("Não há mensagens guardadas para Maria.")

    async def test_a_template_goes_once(self, sqlite_service: RunningService) -> None:
        service = sqlite_service
        davi, maria = await talking(service)
        service.clock.move(hours=25)
        await davi.says("Oi?")
        bubble = await davi.sees(CLOSED)
        await davi.taps("Enviar um modelo", bubble=bubble)
        await maria.sees("retomar a nossa conversa")
        await davi.taps("Enviar um modelo", bubble=bubble)
        await davi.sees("O modelo já saiu às ")
        await davi.says("Alô?")
        bubble = await davi.sees("⏳ Guardei 2, e nada foi enviado. O modelo saiu às ")
        assert bubble.labels == []
        await nothing_is_under_way(service)
        assert len([one for one in maria.screen if one.kind == "template"]) == 1
        assert await held(service) == ["Oi?", "Alô?"]

    async def test_a_file_is_kept_too_and_sent_later(self, sqlite_service: RunningService) -> None:
        service = sqlite_service
        davi, maria = await talking(service)
        service.clock.move(hours=25)
        await davi.sends_document("conta.pdf", b"%PDF-1.4 conta", caption="A sua conta")
        await davi.sees(CLOSED)
        await maria.says("Sim?")
        bubble = await davi.sees("1 mensagem sua a Maria não foi enviada:")
        assert bubble.text.endswith("• 📎 conta.pdf A sua conta")
        await davi.taps("Enviar agora")
        bubble = await maria.sees("A sua conta")
        assert (bubble.kind, bubble.document) == ("document", b"%PDF-1.4 conta")

    async def test_what_is_not_sent_after_all_stays_as_a_note(self, sqlite_service: RunningService) -> None:
        service = sqlite_service
        davi, maria = await talking(service)
        service.clock.move(hours=25)
        await davi.says("Ligo em 10 minutos")
        await davi.sees(CLOSED)
        await maria.says("Sim?")
        bubble = await davi.sees("1 mensagem sua a Maria não foi enviada:")
        await davi.taps("Não enviar")
        await davi.sees("1 mensagem ficou só como nota.")
        await maria.says("Alguém aí?")
        await davi.sees("Alguém aí?")
        await davi.quiet()
        await davi.taps("Enviar agora", bubble=bubble)
        await davi.sees("Não há mensagens guardadas para Maria.")
        assert not maria.shows("Ligo em 10")
        rows = await service.rows("SELECT autor FROM mensagens WHERE texto = 'Ligo em 10 minutos'")
        assert [row["autor"] for row in rows] == ["NOTA"]

    async def test_the_offer_comes_once_for_each_time_the_customer_is_back(
        self, sqlite_service: RunningService
    ) -> None:
        davi, maria = await talking(sqlite_service)
        sqlite_service.clock.move(hours=25)
        await davi.says("Boas notícias")
        await davi.sees(CLOSED)
        for text in ("Sim?", "Alô?"):
            await maria.says(text)
            await davi.sees(text)
        await davi.quiet()
        offers = [one for one in davi.screen if "não foi enviada" in one.text]
        assert len(offers) == 1

    async def test_a_tap_on_the_templates_button_is_an_answer(self, sqlite_service: RunningService) -> None:
        davi, maria = await talking(sqlite_service)
        sqlite_service.sandbox.whatsapp.templates["retomar"] = Template("Podemos retomar?", buttons=("Sim, pode",))
        sqlite_service.clock.move(hours=25)
        await davi.says("Boas notícias")
        await davi.sees(CLOSED)
        await davi.taps("Enviar um modelo")
        await maria.sees("Podemos retomar?")
        await maria.taps("Sim, pode")
        await davi.sees("Sim, pode")
        await davi.sees("1 mensagem sua a Maria não foi enviada:")

    async def test_refused_by_whatsapp_it_is_kept_and_offered_like_the_others(
        self, sqlite_service: RunningService
    ) -> None:
        service = sqlite_service
        davi, maria = await talking(service)
        service.sandbox.whatsapp.faults.close_window(maria)
        await davi.says("Boas notícias")
        bubble = await davi.sees("⏳ Esta mensagem não chegou: a janela de 24 horas do WhatsApp fechou.")
        assert (bubble.labels, bubble.quote) == (["Enviar um modelo"], "Boas notícias")
        assert await held(service) == ["Boas notícias"]
        service.clock.move(seconds=5)
        await maria.says("Sim?")
        await davi.sees("1 mensagem sua a Maria não foi enviada:")
        await davi.taps("Enviar agora")
        await maria.sees("Boas notícias")

    @pytest.mark.falha(29)
    async def test_what_waited_here_until_the_window_closed_is_not_sent(self, sqlite_service: RunningService) -> None:
        service = sqlite_service
        davi, _maria = await talking(service, "telegram")
        service.sandbox.whatsapp.faults.down = True
        await davi.says("Boas notícias")
        await eventually(service, "SELECT 1 FROM outbox WHERE target = 'whatsapp' AND attempts > 0")
        service.clock.move(hours=25)
        service.sandbox.whatsapp.faults.down = False
        await service.background.wake()
        await davi.sees("⏳ Esta mensagem não chegou: a janela de 24 horas do WhatsApp fechou.")
        assert await held(service) == ["Boas notícias"]

    @pytest.mark.falha(28)
    async def test_refused_in_a_report_that_comes_later_it_is_kept_too(self, sqlite_service: RunningService) -> None:
        service = sqlite_service
        davi, maria = await talking(service)
        service.sandbox.whatsapp.faults.failures_come_later = True
        service.sandbox.whatsapp.faults.close_window(maria)
        await davi.says("Boas notícias")
        await davi.sees("⏳ Esta mensagem não chegou: a janela de 24 horas do WhatsApp fechou.")
        assert await held(service) == ["Boas notícias"]

    @pytest.mark.falha(449)
    async def test_a_template_that_is_reported_later_as_not_delivered_is_told_and_can_be_sent_again(
        self, sqlite_service: RunningService
    ) -> None:
        service = sqlite_service
        davi, maria = await talking(service)
        service.clock.move(hours=25)
        await davi.says("Oi?")
        bubble = await davi.sees(CLOSED)
        service.sandbox.whatsapp.faults.failures_come_later = True
        service.sandbox.whatsapp.faults.fail_next("template", code=131049)
        await davi.taps("Enviar um modelo", bubble=bubble)
        await davi.sees("o WhatsApp segurou este modelo para essa pessoa por enquanto")
        await davi.taps("Enviar um modelo", bubble=bubble)
        await maria.sees("retomar a nossa conversa")

    async def test_a_template_that_meta_refuses_is_told_and_can_be_sent_again(
        self, sqlite_service: RunningService
    ) -> None:
        service = sqlite_service
        davi, maria = await talking(service)
        service.clock.move(hours=25)
        await davi.says("Oi?")
        bubble = await davi.sees(CLOSED)
        service.sandbox.whatsapp.faults.fail_next("template", code=132001)
        await davi.taps("Enviar um modelo", bubble=bubble)
        await davi.sees("⚠️ Esta mensagem não chegou")
        await eventually(service, "SELECT 1 FROM outbox WHERE method = 'sendTemplate' AND done_at IS NOT NULL")
        await davi.taps("Enviar um modelo", bubble=bubble)
        await maria.sees("retomar a nossa conversa")

    async def test_the_buttons_of_a_customer_who_is_gone_do_nothing(self, sqlite_service: RunningService) -> None:
        service = sqlite_service
        davi, _maria = await talking(service)
        service.clock.move(hours=25)
        await davi.says("Oi?")
        bubble = await davi.sees(CLOSED)
        await davi.says("ENCERRAR")
        await davi.sees(f"Atendimento {numero_de(1)} com Maria encerrado")
        for data in ("atendimento:modelo:1", "atendimento:modelo:x", "retidas:enviar:1"):
            await davi.taps_data(data, bubble=bubble)
            await davi.sees("Esse atendimento já foi encerrado.")
        await davi.taps_data("retidas:largar:1", bubble=bubble)
        await davi.sees("Não há nada para descartar.")
        assert await held(service) == ["Oi?"]


async def test_while_it_is_open_no_template_goes(sqlite_service: RunningService) -> None:
    davi, maria = await talking(sqlite_service)
    await davi.taps_data("atendimento:modelo:1", bubble=davi.screen[-1])
    await davi.sees("A janela com Maria está aberta: pode escrever.")
    await maria.quiet()
    assert not [one for one in maria.screen if one.kind == "template"]


async def test_without_a_template_the_consultor_is_told_so(
    sqlite_url: str, clean_redis_url: str, s3: EmbeddedS3, tmp_path: Path
) -> None:
    async with RunningService(settings_for(sqlite_url, clean_redis_url, s3, tmp_path)) as service:
        davi, _maria = await talking(in_one_time(service))
        service.clock.move(hours=25)
        await davi.says("Oi?")
        await davi.sees(CLOSED)
        await davi.taps("Enviar um modelo")
        await davi.sees("Nenhum modelo está configurado (WHATSAPP_TEMPLATE_RETOMAR).")
