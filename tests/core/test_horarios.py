"""Another day in a message of presence: that day at that hour, or nobody comes back by themselves."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from core.presenca.horarios import Volta, return_time, understood

ZONE = ZoneInfo("America/Sao_Paulo")
# Monday 2 March 2026, 14:10 in São Paulo.
NOW = datetime(2026, 3, 2, 17, 10, tzinfo=UTC)


@pytest.mark.falha(106)
@pytest.mark.parametrize(
    ("message", "comes_back"),
    [
        ("até 9h de segunda", "09/03 09:00"),
        ("em treinamento até as 9 da manhã de terça", "03/03 09:00"),
        ("até terça às 9h", "03/03 09:00"),
        ("só volto na quarta-feira, às 14h30", "04/03 14:30"),
        ("volto amanhã às 8", "03/03 08:00"),
        ("amanhã volto às 8h", "03/03 08:00"),
        ("até depois de amanhã às 10h", "04/03 10:00"),
        ("até 18h de hoje", "02/03 18:00"),
        ("até o dia 20 às 14h", "20/03 14:00"),
        ("até 20/03 9h", "20/03 09:00"),
        ("até 20.03, 9h", "20/03 09:00"),
        ("até 10 de abril às 8h", "10/04 08:00"),
        ("férias até 20/12/2026 às 9h", "20/12 09:00"),
        ("viagem de 10/03 até 15/03 às 9h", "15/03 09:00"),
        ("volto segunda da semana que vem às 9h", "09/03 09:00"),
        ("até sexta da semana que vem às 18h", "13/03 18:00"),
        ("até sábado ao meio-dia", "07/03 12:00"),
        ("até meia-noite de sexta", "07/03 00:00"),
        ("na segunda reunião até 15h", "02/03 15:00"),
    ],
)
def test_a_day_with_an_hour_is_that_day(message: str, comes_back: str) -> None:
    volta = understood(message, NOW, ZONE)
    assert volta is not None
    assert volta.quando is not None
    assert volta.quando.astimezone(ZONE).strftime("%d/%m %H:%M") == comes_back


@pytest.mark.falha(106)
@pytest.mark.parametrize(
    ("message", "dia"),
    [
        ("até depois de amanhã", date(2026, 3, 4)),
        ("até amanhã de manhã", date(2026, 3, 3)),
        ("de férias até 20 de dezembro", date(2026, 12, 20)),
        ("de férias até 20/12", date(2026, 12, 20)),
        ("até dia 20", date(2026, 3, 20)),
        ("de folga, volto terça", date(2026, 3, 3)),
        ("até domingo", date(2026, 3, 8)),
        ("licença até 10 de abril", date(2026, 4, 10)),
    ],
)
def test_a_day_without_an_hour_brings_nobody_back(message: str, dia: date) -> None:
    assert understood(message, NOW, ZONE) == Volta(dia=dia)


@pytest.mark.falha(106)
@pytest.mark.parametrize(
    "message",
    [
        "semana que vem",
        "volto semana que vem às 9h",
        "só na próxima semana, até 9h",
        "mês que vem",
        "por 3 dias",
        "atestado de 15 dias",
        "de férias",
        "até o fim do mês",
        "até segunda ordem",
        "até 31/02 9h",
        "até 30 de fevereiro",
        "até 20/12/2025 às 9h",
        "até 9h de hoje",
        "até 25h",
        "volto às 10:75",
    ],
)
def test_a_day_that_nobody_can_tell_or_that_never_comes_brings_nobody_back(message: str) -> None:
    assert understood(message, NOW, ZONE) == Volta()


@pytest.mark.parametrize(
    ("hour", "said", "expected"),
    [
        (12, "volto 1h", (13, 0)),
        (18, "volto 1h", (19, 10)),
        (9, "almoço, volto 2h", (11, 10)),
        (12, "volto às 2h", (14, 0)),
    ],
)
def test_an_hour_without_its_part_of_the_day_is_the_next_that_may_be_meant(
    hour: int, said: str, expected: tuple[int, int]
) -> None:
    zone = ZoneInfo("America/Sao_Paulo")
    found = return_time(said, datetime(2026, 11, 30, hour, 10, tzinfo=zone), zone)
    assert found is not None
    assert (found.astimezone(zone).hour, found.astimezone(zone).minute) == expected
