"""How long a robot is waited for before it is sent again."""

from datetime import timedelta

import pytest

from core.processo.limites import ProcessoLimits


@pytest.mark.parametrize(("tentativa", "seconds"), [(2, 10), (3, 20), (4, 40), (10, 2560), (11, 3600), (500, 3600)])
def test_the_wait_doubles_up_to_an_hour_however_many_attempts_there_are(tentativa: int, seconds: float) -> None:
    assert ProcessoLimits(tentativas=500).wait_before(tentativa) == timedelta(seconds=seconds)


def test_a_first_wait_that_is_longer_stays_as_it_is() -> None:
    assert ProcessoLimits(espera_base=timedelta(hours=2)).wait_before(5) == timedelta(hours=2)
