"""Attendants say in chat whether they are here: words, buttons and commands, on both channels."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from redis.exceptions import ConnectionError as RedisGone

from bot.conversations import Conversations
from sandbox import Phone
from storage.pessoa.perfil import Perfil
from storage.presenca.sinais import Kind
from tests.support.sellers import ANA, eventually, seller
from tests.support.service import RunningService

DAVI = ("Davi Alves", "5531988804003")
ELISA = ("Elisa Costa", "5531988804004")
CHANNELS = pytest.mark.parametrize("channel", ["whatsapp", "telegram"])


async def consultor(service: RunningService, quem: tuple[str, str] = DAVI, channel: str = "whatsapp") -> Phone:
    """A consultant with their phone in hand."""
    await service.usuario(*quem, Perfil.CONSULTOR)
    return await service.phone(channel, *quem)


async def changes(service: RunningService) -> list[tuple[str, str]]:
    rows = await service.rows("SELECT status, via FROM presence_changes ORDER BY id")
    return [(row["status"], row["via"]) for row in rows]


def in_an_hour(service: RunningService) -> datetime:
    """The next full hour but one, in the business time zone."""
    now = service.clock().astimezone(service.settings.zone)
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=2)


async def test_another_time_right_behind_an_absence_is_its_time(service: RunningService) -> None:
    # In the morning: of a lunch that is spoken of at night, one is one in the afternoon.
    service.clock.move(hours=(10 - service.clock().astimezone(service.settings.zone).hour) % 24)
    davi = await consultor(service)
    await davi.says("é 14h")
    await davi.sees("Não entendi.")
    at = in_an_hour(service)
    await davi.says("vou almoçar volto em 20 minutos")
    await davi.sees("🟡 Você aparece como ausente")
    await davi.says(f"não, é {at.hour}h")
    bubble = await davi.sees(f"🟡 Você aparece como ausente: vou almoçar até {at.hour}h")
    assert bubble.text.endswith(f"{at:%H}:00. Eu aviso aqui.")


async def test_who_says_right_away_that_they_stay_is_back(service: RunningService) -> None:
    davi = await consultor(service)
    await davi.says("opa ainda não, volta")
    await davi.sees("Não entendi.")
    for said in ("opa ainda não, volta", "não, era brincadeira, tô aqui"):
        await davi.says("OFFLINE")
        await davi.sees("⚪ Você está offline.")
        await davi.says(said)
        await davi.sees("🟢 Você está online.")


@CHANNELS
async def test_a_meeting_until_an_hour_ends_by_itself_and_they_are_told(service: RunningService, channel: str) -> None:
    davi = await consultor(service, channel=channel)
    await davi.says("online")
    bubble = await davi.sees("🟢 Você está online.")
    assert bubble.labels == ["Ocupado", "Ausente", "Offline"]

    at = in_an_hour(service)
    await davi.says(f"OCUPADO em reunião até {at.hour}h")
    bubble = await davi.sees(f"🔴 Você está no modo ocupado: em reunião até {at.hour}h\nDe volta a online: ")
    assert bubble.text.endswith(f"{at:%H}:00. Eu aviso aqui.")
    assert await service.clock_work.bring_back() == 0

    service.clock.move(seconds=(at - service.clock()).total_seconds())
    assert await service.clock_work.bring_back() == 1
    await davi.sees("⏰ Chegou a hora: você está online de novo.")
    assert await changes(service) == [("online", "chat"), ("busy", "chat"), ("online", "horario")]


@CHANNELS
async def test_silence_is_asked_about_and_then_is_away(service: RunningService, channel: str) -> None:
    davi = await consultor(service, channel=channel)
    await davi.says("ONLINE")
    await davi.sees("Você está online")

    service.clock.move(minutes=119)
    assert await service.clock_work.ask_the_silent() == 0
    service.clock.move(minutes=2)
    assert await service.clock_work.ask_the_silent() == 1
    bubble = await davi.sees("🟢 Você está online. Faz tempo que você não aparece por aqui.")
    assert "Sem resposta em 10 min, mudo para ausente." in bubble.text
    assert bubble.labels == ["Ainda estou aqui"]

    service.clock.move(minutes=9)
    assert await service.clock_work.set_unanswering_away() == 0
    service.clock.move(minutes=2)
    assert await service.clock_work.set_unanswering_away() == 1
    await davi.sees("🟡 Você aparece como ausente. Não recebi resposta. Qualquer mensagem sua desfaz isso.")

    # Whatever they say brings them back.
    await davi.says("AJUDA")
    await davi.sees("Que bom ter você de volta! 🟢 Você está online.")
    assert await changes(service) == [("online", "chat"), ("away", "silencio"), ("online", "sinal")]


@CHANNELS
async def test_one_tap_answers_and_nothing_changes(sqlite_service: RunningService, channel: str) -> None:
    service = sqlite_service
    davi = await consultor(service, channel=channel)
    await davi.says("ONLINE")
    await davi.sees("Você está online")
    service.clock.move(minutes=121)
    await service.clock_work.ask_the_silent()
    await davi.taps("Ainda estou aqui")
    await davi.sees("👍 Anotado. 🟢 Você está online.")
    service.clock.move(minutes=11)
    assert await service.clock_work.set_unanswering_away() == 0
    assert await changes(service) == [("online", "chat")]

    # The next silence is asked about again, and the old button still does no harm.
    service.clock.move(minutes=121)
    assert await service.clock_work.ask_the_silent() == 1
    await davi.sees("Faz tempo")
    await davi.says("OFFLINE")
    await davi.sees("⚪ Você está offline.")
    await davi.taps("Ainda estou aqui")
    await davi.sees("👍 Anotado. ⚪ Você está offline.")


async def test_any_message_tap_or_command_is_a_sign_of_life(sqlite_service: RunningService) -> None:
    service = sqlite_service
    davi = await consultor(service, channel="telegram")
    await davi.says("/online")
    await davi.sees("Você está online")
    for say in ("oi", "/ajuda"):
        service.clock.move(minutes=100)
        await davi.says(say)
        await davi.quiet()
        assert await service.clock_work.ask_the_silent() == 0
    service.clock.move(minutes=100)
    await davi.taps("Ausente")
    await davi.sees("🟡 Você aparece como ausente.")
    await davi.taps("Online")
    await davi.sees("🟢 Você está online.")
    service.clock.move(minutes=100)
    assert await service.clock_work.ask_the_silent() == 0


async def test_presence_chosen_in_chat_owes_no_heartbeat(sqlite_service: RunningService) -> None:
    service = sqlite_service
    davi = await consultor(service)
    await davi.says("ONLINE")
    await davi.sees("Você está online")
    service.clock.move(minutes=90)
    assert await service.clock_work.sweep_heartbeats() == 0
    await davi.says("PRESENCA")
    await davi.sees("🟢 Davi Alves · online desde ")


async def test_who_said_when_they_come_back_is_not_asked(sqlite_service: RunningService) -> None:
    service = sqlite_service
    davi = await consultor(service)
    await davi.says("OCUPADO treinamento por 5 horas")
    await davi.sees("De volta a online")
    service.clock.move(hours=3)
    assert await service.clock_work.ask_the_silent() == 0
    service.clock.move(hours=2, minutes=1)
    assert await service.clock_work.bring_back() == 1
    await davi.sees("você está online de novo")
    service.clock.move(minutes=119)
    assert await service.clock_work.ask_the_silent() == 0, "their silence counts from their return"
    service.clock.move(minutes=2)
    assert await service.clock_work.ask_the_silent() == 1


async def test_who_left_before_the_time_came_is_not_told(sqlite_service: RunningService) -> None:
    service = sqlite_service
    davi = await consultor(service)
    await davi.says("AUSENTE por 10 min")
    await davi.sees("De volta a online")
    await davi.says("OFFLINE")
    await davi.sees("Você está offline")
    service.clock.move(minutes=11)
    assert await service.clock_work.bring_back() == 0


@CHANNELS
async def test_the_team_at_a_glance(service: RunningService, channel: str) -> None:
    elisa = await consultor(service, ELISA)
    davi = await consultor(service, DAVI, channel)
    await service.usuario("Fábio Reis", "5531988804005", Perfil.CONSULTOR)
    await service.vendedor(*ANA)
    await elisa.says("ONLINE")
    await elisa.sees("Você está online")
    at = in_an_hour(service)
    await davi.says(f"AUSENTE médico, volto às {at:%H}:00")
    await davi.sees("Você aparece como ausente: médico")

    await davi.says("PRESENÇA")
    bubble = await davi.sees("Presença da equipe:")
    lines = bubble.text.splitlines()[1:]
    assert lines[0].startswith("🟡 Davi Alves · ausente desde ")
    assert lines[0].endswith(f" · “médico, volto às {at:%H}:00” · volta {_as_said(service, at)}")
    assert lines[1].startswith("🟢 Elisa Costa · online desde ")
    assert lines[1].endswith(" · livre")
    assert lines[2:] == ["⚪ Fábio Reis · offline"]
    assert bubble.labels == ["Online", "Ocupado", "Offline", "Tempo por estado"]


def _as_said(service: RunningService, at: datetime) -> str:
    today = service.today
    return f"{at:%H:%M}" if at.date() == today else f"{at:%d/%m %H:%M}"


@CHANNELS
async def test_time_per_state_comes_as_a_picture(sqlite_service: RunningService, channel: str) -> None:
    service = sqlite_service
    davi = await consultor(service, channel=channel)
    await davi.says("PRESENCA")
    await davi.sees("⚪ Davi Alves · offline")
    await davi.taps("Tempo por estado")
    await davi.sees("Ainda não há tempo de presença registrado nos últimos 7 dias.")

    await davi.says("ONLINE")
    await davi.sees("Você está online")
    service.clock.move(hours=3)
    await davi.says("OCUPADO")
    await davi.sees("ocupado")
    service.clock.move(minutes=90)
    await davi.says("PRESENCA")
    await davi.sees("Presença da equipe")
    await davi.taps("Tempo por estado")
    bubble = await davi.sees("Tempo por estado, últimos 7 dias\nDavi Alves: online 3h00, ocupado 1h30", timeout=30)
    assert bubble.kind == "photo"
    assert bubble.document is not None
    assert bubble.document.startswith(b"\x89PNG")


async def test_an_administrator_sees_everybodys_time_and_a_consultant_their_own(
    sqlite_service: RunningService,
) -> None:
    service = sqlite_service
    await service.administrador()
    adm = await service.phone("whatsapp", "Adm Silva", "5531999990000")
    davi, elisa = await consultor(service), await consultor(service, ELISA)
    for phone in (davi, elisa):
        await phone.says("ONLINE")
        await phone.sees("Você está online")
    service.clock.move(hours=1)
    await adm.says("PRESENCA")
    await adm.sees("Presença da equipe")
    await adm.taps("Tempo por estado")
    bubble = await adm.sees("Tempo por estado, últimos 7 dias", timeout=30)
    assert sorted(bubble.text.splitlines()[1:]) == ["Davi Alves: online 1h00", "Elisa Costa: online 1h00"]
    await elisa.says("PRESENCA")
    await elisa.taps("Tempo por estado")
    bubble = await elisa.sees("Tempo por estado, últimos 7 dias", timeout=30)
    assert bubble.text.splitlines()[1:] == ["Elisa Costa: online 1h00"]


async def test_an_administrators_menu_still_fits_a_list(sqlite_service: RunningService) -> None:
    service = sqlite_service
    await service.administrador()
    adm = await service.phone("whatsapp", "Adm Silva", "5531999990000")
    await adm.says("MENU")
    bubble = await adm.sees("O que você quer fazer, Adm?")
    assert len(bubble.rows) <= 10
    await adm.says("ONLINE")
    await adm.sees("Você está online")


async def test_the_menu_of_a_consultant_has_their_words(sqlite_service: RunningService) -> None:
    davi = await consultor(sqlite_service, channel="telegram")
    await davi.quiet()
    words = [name for name, _ in davi.menu]
    own = ["online", "ocupado", "ausente", "offline", "presenca", "fila", "encerrar", "transferir", "nota"]
    assert words == ["cancelar", *own, "painel", "idioma", "ajuda"]


async def test_a_seller_has_no_presence(sqlite_service: RunningService) -> None:
    service = sqlite_service
    ana = await seller(service)
    await ana.says("ONLINE")
    await ana.sees("ONLINE não é do seu perfil")
    assert await service.rows("SELECT * FROM agent_presence") == []
    assert await service.wiring.redis.exists(Kind.CHAT) == 0, "and costs no write"


async def test_without_redis_a_turn_is_a_turn_all_the_same(
    sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = sqlite_service

    async def gone(*args: object, **kwargs: object) -> Any:
        raise RedisGone

    davi = await consultor(service)
    for name in ("core.presenca.mudancas.note_signs", "dialogs.presenca.presenca.read_signs"):
        monkeypatch.setattr(name, gone)
    await davi.says("ONLINE")
    await davi.sees("Você está online")
    await davi.says("PRESENCA")
    await davi.sees("🟢 Davi Alves · online")
    monkeypatch.undo()
    # Nobody's silence goes unnoticed for ever.
    await service.clock_work.keep_watch()
    service.clock.move(minutes=121)
    assert await service.clock_work.ask_the_silent() == 1


async def test_a_sign_of_a_turn_that_failed_is_taken_back(
    sqlite_service: RunningService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise the turn that is done again would find that the sign is no news, and the question stays open."""
    service = sqlite_service
    davi = await consultor(service)
    await davi.says("ONLINE")
    await davi.sees("Você está online")
    service.clock.move(minutes=121)
    await service.clock_work.ask_the_silent()
    await davi.sees("Faz tempo")

    propagate = Conversations._propagate
    failures = iter([RuntimeError("once")])

    async def broken_once(*args: Any) -> None:
        if error := next(failures, None):
            raise error
        await propagate(*args)

    monkeypatch.setattr(Conversations, "_propagate", broken_once)
    await davi.says("oi")
    await eventually(service, "SELECT 1 FROM agent_presence WHERE asked_at IS NULL")


async def test_an_app_and_the_chat_are_one_presence(sqlite_service: RunningService) -> None:
    """Chosen in the app it lives by heartbeats; said again in chat it does not any more."""
    service = sqlite_service
    davi = await consultor(service)
    (row,) = await service.rows("SELECT id FROM usuarios WHERE telefone = :telefone", telefone=DAVI[1])
    headers = service.token(UUID(row["id"]), hours=10)
    body = {"status": "online"}
    async with service.http.post("/api/v1/presence/set-status", json=body, headers=headers) as response:
        assert response.status == 200
    await davi.says("PRESENCA")
    await davi.sees("🟢 Davi Alves · online")
    await davi.says("ONLINE")
    await davi.sees("Você está online")
    service.clock.move(minutes=10)
    assert await service.clock_work.sweep_heartbeats() == 0
    async with service.http.get("/api/v1/presence/me", headers=headers) as response:
        me = await response.json()
    assert (me["status"], me["is_available"], me["tempo_no_status_atual"]) == ("online", True, 10)
    assert await changes(service) == [("online", "api")]


class TestAnotherDay:
    @pytest.mark.falha(106)
    @CHANNELS
    async def test_without_an_hour_the_reply_says_what_was_understood_and_nobody_comes_back(
        self, service: RunningService, channel: str
    ) -> None:
        davi = await consultor(service, DAVI, channel)
        for message, told in (
            ("até depois de amanhã", "sem hora certa. Não mudo nada sozinho; ao voltar, digite ONLINE."),
            ("de férias até 20 de dezembro", "Entendi: até 20/12/"),
            ("semana que vem", "Não sei em que dia e hora você volta, por isso não mudo nada sozinho."),
        ):
            await davi.says(f"AUSENTE {message}")
            await davi.sees(told)
            (row,) = await service.rows("SELECT returns_at FROM agent_presence")
            assert row["returns_at"] is None, message

    @pytest.mark.falha(106)
    @pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
    async def test_with_an_hour_they_are_online_on_that_day_and_not_before(
        self, service: RunningService, channel: str
    ) -> None:
        davi = await consultor(service, DAVI, channel)
        await davi.says("ocupado até depois de amanhã às 9h")
        day = service.today + timedelta(days=2)
        await davi.sees(f"De volta a online: {day:%d/%m} 09:00. Eu aviso aqui.")
        service.clock.move(hours=24)
        await service.clock_work.bring_back()
        assert not davi.shows("você está online de novo")
        service.clock.move(hours=48)
        await service.clock_work.bring_back()
        (row,) = await service.rows("SELECT announced, returns_at FROM agent_presence")
        assert (row["announced"], row["returns_at"]) == ("online", None)
        if channel == "telegram":
            # WhatsApp's window has closed by then.
            await davi.sees("⏰ Chegou a hora: você está online de novo.")
