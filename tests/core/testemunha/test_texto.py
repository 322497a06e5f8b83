"""What a bill says in print."""

from decimal import Decimal

import pytest

from core.testemunha.texto import Texto


@pytest.mark.falha(446)
@pytest.mark.parametrize(
    "printed", ["-R$ 12,50", "R$ -12,50", "R$ 12,50-", "12,50 CR", "12,50cr", "(R$ 12,50)", "-1.012,50"]
)
def test_a_credit_is_nothing_to_pay(printed: str) -> None:
    texto = Texto((f"Vencimento Total a pagar\n10/12/2026 {printed}\n",))
    assert texto.valores == frozenset()
    assert len(texto.vencimentos) == 1


@pytest.mark.parametrize(
    ("printed", "valor"),
    [("- R$ 12,50", "12.50"), ("– R$ 12,50", "12.50"), ("R$ 1.012,50 - até 10/12", "1012.50"), ("R$ 0,00", "0.00")],
)
def test_a_dash_between_is_no_sign(printed: str, valor: str) -> None:
    assert Texto((f"Total a pagar {printed}\n",)).valores == frozenset({Decimal(valor)})
