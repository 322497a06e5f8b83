""" "É 14h" behind an absence."""

import pytest

from core.presenca.ausencias import with_time
from dialogs.presenca.correcao import corrected, time_alone


@pytest.mark.parametrize(
    ("texto", "ate"),
    [
        ("é 14h", "até 14h"),
        ("não, 14h30", "até 14h30"),
        ("na verdade até as 15", "até 15h"),
        ("na vdd 13h30", "até 13h30"),
        ("quis dizer 13:30", "até 13h30"),
        ("volto 16h", "até 16h"),
        ("e 40 minutos", "por 40 min"),
        ("14", None),
        ("são 14h e nada", None),
        ("cliente vem às 14h", None),
        ("oi", None),
        ("na verdade 20", None),
    ],
)
def test_nothing_but_a_time(texto: str, ate: str | None) -> None:
    assert time_alone(texto) == ate


def test_it_takes_the_place_of_the_time_that_was_said() -> None:
    assert with_time("almoço até 13h", "até 14h") == "almoço até 14h"
    assert with_time("médico", "até 14h") == "médico até 14h"


def test_a_bare_number_has_the_unit_of_the_time_before() -> None:
    assert corrected("vou tomar um café, 10 min (por 10 min)", "na verdade 20") == "vou tomar um café, por 20 min"
    assert corrected("almoço até 13h", "não, 14") == "almoço até 14h"
    assert corrected("almoço", "não, 14") is None
    assert corrected("almoço até 13h", "não, 40") is None
    assert corrected("almoço até 13h", "14") is None
