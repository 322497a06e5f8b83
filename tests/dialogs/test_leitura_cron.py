"""Cron expressions read back in words: what is said means the same runs; what cannot be said stands as it is."""

import re
from datetime import UTC, datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from core.agendamento.cron import next_runs
from core.agendamento.falado.conhecido import Conhecido
from core.agendamento.falado.entender import entender
from core.agendamento.falado.frase import Perguntar
from dialogs.agendamento.leitura import in_words

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
SAID = {
    "0 8 * * 1-5": "dias úteis às 08:00",
    "0 8 * * MON-FRI": "dias úteis às 08:00",
    "0 2 * * *": "todo dia às 02:00",
    "0 3 * * 0": "toda semana: domingo às 03:00",
    "0 3 * * 7": "toda semana: domingo às 03:00",
    "30 7,12 * * 1,3": "toda semana: segunda e quarta às 07:30 e 12:30",
    "0 9 * * 0,6": "fins de semana às 09:00",
    "0 6 1 * *": "todo dia 1 do mês às 06:00",
    "0 6 1,10,20 * *": "nos dias 1, 10 e 20 do mês às 06:00",
    "0 6 15,30 * *": "nos dias 15 e 30 do mês (nos meses que têm) às 06:00",
    "0 6 28 * *": "todo dia 28 do mês às 06:00",
    "0 18 L * *": "no último dia do mês às 18:00",
    "0 18 LW * *": "no último dia útil do mês às 18:00",
    "0 8 * * 1#1": "na 1ª segunda do mês às 08:00",
    "0 3 * * 0L": "no último domingo do mês às 03:00",
    "0 8 * * 6#2": "no 2º sábado do mês às 08:00",
    "0 8 * * 5L": "na última sexta do mês às 08:00",
    "*/30 * * * *": "todo dia a cada 30 minutos",
    "0 */2 * * *": "todo dia a cada 2 horas, a partir de 00:00",
    "15 * * * 1-5": "dias úteis de hora em hora, no minuto 15",
    "* * * * *": "todo dia a cada minuto",
    "0 8-18 * * 1-5": "dias úteis de hora em hora, das 08:00 às 18:00",
    "0 8-17/2 * * *": "todo dia a cada 2 horas, das 08:00 às 16:00",
    "*/15 8-17 * * *": "todo dia a cada 15 minutos, das 08:00 às 17:45",
    "*/30 8-11,14-17 * * *": "todo dia a cada 30 minutos, das 08:00 às 11:30 e das 14:00 às 17:30",
    "0 8 1-5 * *": "do dia 1 ao dia 5 do mês às 08:00",
    "0 4 1 1,7 *": "no dia 1 de janeiro e julho às 04:00",
    "0 4 1 */3 *": "todo trimestre, no dia 1 às 04:00",
    "0 8 1 * 1": "todo dia 1 do mês e também toda semana: segunda às 08:00",
    "0 8 L * MON-FRI": "no último dia do mês e também dias úteis às 08:00",
    "0 8 13,14 * 5#1": "nos dias 13 e 14 do mês e também na 1ª sexta do mês às 08:00",
}


@pytest.mark.parametrize(("cron", "words"), SAID.items())
def test_a_cron_expression_is_read_back_in_words(cron: str, words: str) -> None:
    assert in_words(cron) == words


@pytest.mark.falha(593)
@pytest.mark.parametrize(
    ("cron", "words"),
    [
        ("0 8 29 2 *", "no dia 29 de fevereiro (nos anos que têm) às 08:00"),
        ("0 8 31 */3 *", "todo trimestre, no dia 31 (nos meses que têm) às 08:00"),
        ("0 8 31 1,4 *", "no dia 31 de janeiro e abril (nos meses que têm) às 08:00"),
        ("0 8 30 2,3 *", "no dia 30 de fevereiro e março (nos meses que têm) às 08:00"),
        ("0 8 31 1,3 *", "no dia 31 de janeiro e março às 08:00"),
        ("0 8 29-31 * *", "do dia 29 ao dia 31 do mês (nos meses que têm) às 08:00"),
        ("0 8,12,8 1,15,1 * *", "nos dias 1 e 15 do mês às 08:00 e 12:00"),
    ],
)
def test_a_day_that_some_of_its_months_have_not_is_read_back_as_that(cron: str, words: str) -> None:
    assert in_words(cron) == words


@pytest.mark.falha(584)
def test_a_day_of_the_month_beside_one_of_the_week_is_read_back_as_either() -> None:
    assert in_words("0 8 1 * 1") == "todo dia 1 do mês e também toda semana: segunda às 08:00"
    first, second = next_runs("0 8 1 * 1", datetime(2026, 12, 1, tzinfo=UTC), SAO_PAULO, 2)
    assert (first.day, second.day, second.weekday()) == (1, 7, 0)


@pytest.mark.falha(523)
def test_a_day_that_not_every_month_has_is_read_back_as_that() -> None:
    assert in_words("0 8 31 * *") == "todo dia 31 do mês (nos meses que têm) às 08:00"


@pytest.mark.parametrize(
    "cron", ["0 8 */2 * 5", "0 8 13 * */2", "0 6 1 */5 *", "0 8-18 * 3 *", "0 */5 * * *", "*/45 * * * *", "1-5 8 * * *"]
)
def test_what_words_would_not_say_completely_stands_as_it_is(cron: str) -> None:
    assert in_words(cron) == f"expressão {cron}"


def test_what_reads_alike_runs_alike() -> None:
    """330 expressions: the same words never stand for different runs."""
    days = [
        "1 * 1",
        "* * *",
        "* * 1-5",
        "* * 1,2,3,4,5",
        "* * 0",
        "* * 7",
        "* * 0,6",
        "1 * *",
        "L * *",
        "* * 1#1",
        "* * 0-6",
    ]
    times = [f"{minute} {hour}" for minute, hour in product(("0", "30", "*/15"), ("8", "08", "8,12", "*", "*/2", "23"))]
    after = datetime(2026, 3, 2, 12, tzinfo=UTC)
    meant: dict[str, tuple[datetime, ...]] = {}
    for time, day in product(times, days):
        cron = f"{time} {day}"
        words = in_words(cron)
        if not re.match("expressão", words):
            runs = tuple(next_runs(cron, after, SAO_PAULO, 50))
            assert meant.setdefault(words, runs) == runs, cron


def test_what_is_read_back_is_understood_as_it_was() -> None:
    """465 expressions: words, said again, are the same next 50 runs; 420 of them, and the others are asked about."""
    days = [
        "* * *", "* * 1-5", "* * 1", "* * 0,6", "* * 2,4", "1 * *", "15 * *", "L * *", "1,15 * *", "* * 1#1",
        "* * 5L", "* * 1-6", "1-5 * *", "1 1,7 *", "10,20 */3 *",
    ]  # fmt: skip
    hours = ("8", "0", "8,12", "6,18", "*", "*/2", "23", "13")
    times = [*(f"{minute} {hour}" for minute, hour in product(("0", "30", "45"), hours)), "*/15 *", "* *"]
    times += ["*/15 8-17", "*/30 8-11,14-17", "0 8-18", "30 7-19", "0 8-18/2"]
    after, understood = datetime(2026, 3, 2, 12, tzinfo=UTC), 0
    for time, day in product(times, days):
        cron = f"{time} {day}"
        try:
            found = entender(f"fazer backup do banco {in_words(cron)}", Conhecido((), (), "5511900000001"))
        except Perguntar:
            assert time.split()[1] in ("*", "*/2"), cron
            continue
        assert next_runs(found.cron, after, SAO_PAULO, 50) == next_runs(cron, after, SAO_PAULO, 50), cron
        understood += 1
    assert understood == 420
