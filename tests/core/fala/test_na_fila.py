"""Who waits and has no more need of it leaves the queue, or is asked whether they do."""

from datetime import date

import pytest

from core.fala.entende import understand
from core.fala.espera import Espera, Lugar
from core.fala.intencoes import Intencao

TODAY = date(2026, 11, 30)
NA_FILA = Espera.of(lugar=Lugar.NA_FILA)


@pytest.mark.parametrize(
    ("said", "certo"),
    [
        ("não precisa mais", True),
        ("nao precisa mais obrigado", True),
        ("num precisa mais n", True),
        ("ja resolvi aqui, obrigada", True),
        ("nem precisa mais", False),
    ],
)
def test_who_needs_it_no_more_leaves(said: str, certo: bool) -> None:
    found = understand(said, NA_FILA, today=TODAY)
    assert (found.intencao, found.certo) == (Intencao.DESISTIR, certo)


@pytest.mark.parametrize("said", ["obrigada", "ainda não resolvi, obrigada", "preciso mais de um"])
def test_who_still_does_stays(said: str) -> None:
    assert understand(said, NA_FILA, today=TODAY).intencao is not Intencao.DESISTIR
