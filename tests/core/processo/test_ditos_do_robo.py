"""What a robot says of the invoice it brings, however portals write it."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from core.processo.robo import arquivo_found


@pytest.mark.falha(357)
@pytest.mark.parametrize(
    ("valor", "cents"),
    [
        ("1234.56", 123456), ("1.234,56", 123456), ("R$ 1.234,56", 123456), ("99,9", 9990), ("0", 0),
        ("-10.00", None), ("NaN", None), ("", None), ("grátis", None), (None, None),
    ],
)  # fmt: skip
def test_an_amount_is_heard_as_portals_write_it(valor: str | None, cents: int | None) -> None:
    assert _said({"valor": valor}).valor_centavos == cents


@pytest.mark.falha(357)
@pytest.mark.parametrize(
    ("dia", "day"),
    [
        ("2026-12-10", date(2026, 12, 10)), ("2026-12-10T00:00:00Z", date(2026, 12, 10)),
        ("10/12/2026", date(2026, 12, 10)), ("31/02/2026", None), ("amanhã", None), (None, None),
    ],
)  # fmt: skip
def test_a_day_is_heard_as_portals_write_it(dia: str | None, day: date | None) -> None:
    assert _said({"data_vencimento": dia}).data_vencimento == day


def _said(resultado: dict[str, Any]) -> Any:
    execucao: Any = SimpleNamespace(resultado_saida=resultado)
    leitura: Any = None
    return arquivo_found(execucao, b"%PDF", "fatura.pdf", leitura, date(2026, 11, 30))
