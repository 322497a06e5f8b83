"""Some of those that were shown, or all of them."""

import pytest

from core.fala.respostas.algumas import does_to_these, names_some


@pytest.mark.parametrize(
    "said",
    [
        "1", "a 1", "1 e 2", "a primeira", "só a primeira", "Só a 2", "sim, só a 2", "sim, menos a da padaria",
        "todas menos a 2", "tira a 2 e aprova o resto", "pode aprovar a primeira", "somente a da Padaria", "apenas uma",
        "sim pra primeira", "aprova a 1 e a 3", "exceto a última", "todas, tirando a oficina", "sem a da padaria",
        "aprova só da oficina", "only the first", "all but the last", "as primeiras", "SIM MENOS ESSA", "A 2.",
        "numero 1", "sim, a 1",
    ],
)  # fmt: skip
def test_some_of_them_are_picked(said: str) -> None:
    assert names_some(said)


@pytest.mark.parametrize(
    "said",
    [
        "sim", "ok", "pode", "todas", "sim, todas", "não", "nenhuma", "só um minuto", "só um segundo", "peraí",
        "sem problema", "sem a menor dúvida", "só isso mesmo", "sim, só essas", "aprova tudo", "fora isso tá certo",
        "só dá um tempo", "mais ou menos", "quanto dá?", "", "👍", "2 minutos", "x" * 5000,
    ],
)  # fmt: skip
def test_all_or_none_is_not_some(said: str) -> None:
    assert not names_some(said)


@pytest.mark.parametrize(
    ("said", "sends"),
    [
        *((said, False) for said in ("baixa elas", "Pode baixar essas", "puxa elas aí", "baixa eles pra mim")),
        *((said, True) for said in ("manda elas pro SAT", "envia essas", "sobe elas", "pode mandar todas elas")),
        *((said, None) for said in ("baixa ela", "manda elas pra mim", "me manda elas", "não baixa elas", "elas")),
        *((said, None) for said in ("baixa elas?", "baixa essas duas da vivo", "aprova elas", "")),
    ],
)
def test_all_that_are_shown(said: str, sends: bool | None) -> None:
    assert does_to_these(said) is sends


@pytest.mark.parametrize(
    ("said", "shown", "sends"), [("baixa ela", 1, False), ("manda ela", 1, True), ("manda ela", 2, None)]
)
def test_one_that_is_shown(said: str, shown: int, sends: bool | None) -> None:
    assert does_to_these(said, shown) is sends
