"""The days that a report is about."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from core.agendamento.relatorios import periodo_de
from core.relatorio.pedido import Assunto
from core.relatorio.periodo import Periodo, periodo_of

# A Sunday.
HOJE = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("text", "de", "ate"),
    [
        ("", "2026-11-01", "2026-11-30"),
        ("10/2026", "2026-10-01", "2026-10-31"),
        ("de outubro", "2026-10-01", "2026-10-31"),
        ("mês passado", "2026-10-01", "2026-10-31"),
        ("ontem", "2026-11-28", "2026-11-28"),
        ("de hoje", "2026-11-29", "2026-11-29"),
        ("esta semana", "2026-11-23", "2026-11-29"),
        ("da semana passada", "2026-11-16", "2026-11-22"),
        ("últimos 7 dias", "2026-11-23", "2026-11-29"),
        ("5/11", "2026-11-05", "2026-11-05"),
        ("31/12", "2025-12-31", "2025-12-31"),
        ("de 1/11 a 15/11", "2026-11-01", "2026-11-15"),
        ("01/10/2026 até 15/10/26", "2026-10-01", "2026-10-15"),
    ],
)
def test_a_time_however_it_is_said(text: str, de: str, ate: str) -> None:
    assert periodo_of(text, HOJE) == Periodo(date.fromisoformat(de), date.fromisoformat(ate))


@pytest.mark.parametrize(
    "text", ["amanhã", "31/02", "15/11 a 1/11", "1/1/2020 a 1/1/2024", "últimos 0 dias", "últimos 999 dias", "12/9999"]
)
def test_what_is_no_time_is_none(text: str) -> None:
    assert periodo_of(text, HOJE) is None


def test_a_day_has_as_many_hours_as_it_had() -> None:
    """São Paulo, 2018-11-04 had 23, 2019-02-16 had 25."""
    zone = ZoneInfo("America/Sao_Paulo")
    for day, hours in ((date(2018, 11, 4), 23), (date(2019, 2, 16), 25), (date(2026, 11, 4), 24)):
        begin, end = Periodo(day, day).bounds(zone)
        assert (end.timestamp() - begin.timestamp()) / 3600 == hours


def test_a_schedule_reports_of_what_is_over() -> None:
    assert str(periodo_de("diario", Assunto.VENDAS, HOJE)) == "28/11/2026"
    assert str(periodo_de("semanal", Assunto.VENDAS, HOJE)) == "16/11/2026 – 22/11/2026"
    assert str(periodo_de("mensal", Assunto.LOGINS, HOJE)) == "10/2026"
    assert str(periodo_de("semanal", Assunto.FATURAS, HOJE)) == "11/2026"
