"""What is compared: two months, or the operadoras of one."""

from datetime import date

import pytest

from core.processo.consulta.comparar import read_comparacao

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("said", "meses"),
    [
        ("outubro foi mais caro que novembro?", ["10/2026", "11/2026"]),
        ("compara outubro com setembro", ["09/2026", "10/2026"]),
        ("setembro x outubro", ["09/2026", "10/2026"]),
        ("quanto deu outubro e novembro", ["10/2026", "11/2026"]),
        ("qual operadora pesa mais?", ["11/2026"]),
        ("total por operadora em outubro", ["10/2026"]),
        ("as operadoras que mais gastaram", ["11/2026"]),
        ("vendas de outubro e novembro", None),
        ("outubro e novembro", None),
        ("qual o valor da operadora da padaria", None),
        ("outubro foi mais caro?", None),
    ],
)
def test_which_months_or_operadoras_are_compared(said: str, meses: list[str] | None) -> None:
    found = read_comparacao(said, TODAY)
    assert (None if found is None else [str(mes) for mes in found.meses]) == meses
