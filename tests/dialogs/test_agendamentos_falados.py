"""Which schedule is spoken of."""

from types import SimpleNamespace

import pytest

from dialogs.agendamento.falados import meant_of

LISTED = [
    SimpleNamespace(nome_agendamento="Baixar faturas", cron_expressao="0 8 * * 1-5"),
    SimpleNamespace(nome_agendamento="Criar processos do mês", cron_expressao="30 6 1 * *"),
    SimpleNamespace(nome_agendamento="Limpar logs", cron_expressao="0 3 * * 0"),
]


@pytest.mark.parametrize(
    ("which", "place"),
    [
        ("o primeiro", 0),
        ("a ultima", 2),
        ("o 2", 1),
        ("o das 8 pras 9", 0),
        ("o das 6 e meia", 1),
        ("o das 06:30", 1),
        ("o de limpar os logs", 2),
        ("o das 11", None),
        ("o 9", None),
    ],
)
def test_by_its_place_its_hour_or_its_name(which: str, place: int | None) -> None:
    found = meant_of(which, LISTED, by_place=True)  # type: ignore[arg-type]  # stand-ins
    assert found == ([] if place is None else [LISTED[place]])
