"""Who speaks of giving up, and who of going on."""

import pytest

from core.fala.respostas.emendas import gives_up


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("mudei de ideia, n quero mais n", True),
        ("desiste mesmo dessa venda", True),
        ("cliquei errado", True),
        ("cancela nao, só to perguntando", False),
        ("não vou cancelar", False),
        ("30140-071", False),
    ],
)
def test_what_speaks_of_giving_up(said: str, expected: bool) -> None:
    assert gives_up(said) is expected
