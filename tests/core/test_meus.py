"""What a consultor asks of their own work, and of which days."""

from datetime import date

import pytest

from core.atendimento.meus import Meus, Pergunta, own_work

TODAY = date(2026, 7, 10)
HOJE, ONTEM, MES = (TODAY, TODAY), (date(2026, 7, 9), date(2026, 7, 9)), (date(2026, 7, 1), TODAY)


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("quantos atendi hoje?", HOJE),
        ("quantas conversas eu tive hj", HOJE),
        ("qts clientes eu atendi hj", HOJE),
        ("quantos eu já atendi ontem?", ONTEM),
        ("qual minha nota?", MES),
        ("minha nota tá quanto?", MES),
        ("quantos atendi ontem e hoje?", (date(2026, 7, 9), TODAY)),
        ("quantos atendi em maio e junho?", (date(2026, 5, 1), date(2026, 6, 30))),
        ("quantos clientes passaram por mim hoje", HOJE),
        ("como tá minha média esse mês", MES),
        ("meus atendimentos de hoje", HOJE),
        ("quantos atendi essa semana", (date(2026, 7, 6), TODAY)),
        ("quantas pessoas atendi em junho?", (date(2026, 6, 1), date(2026, 6, 30))),
    ],
)
def test_a_consultor_asks_of_their_own_work_and_of_which_days(said: str, days: tuple[date, date]) -> None:
    found = own_work(said, TODAY)
    assert found is not None
    assert (found.sobre, found.dias) == (Meus.NUMEROS, days)


@pytest.mark.parametrize(
    ("said", "days", "nome"),
    [
        ("meus protocolos de junho", (date(2026, 6, 1), date(2026, 6, 30)), ""),
        ("qual foi o protocolo do último que atendi?", None, ""),
        ("cadê o atendimento da Marina da semana passada", (date(2026, 6, 29), date(2026, 7, 5)), "Marina"),
        ("quem eu atendi ontem?", ONTEM, ""),
        ("quais foram os atendimentos de hoje", HOJE, ""),
        ("qual o protocolo da Marina?", None, "Marina"),
        ("últimos atendimentos", None, ""),
    ],
)
def test_which_ones_they_were(said: str, days: tuple[date, date] | None, nome: str) -> None:
    assert own_work(said, TODAY) == Pergunta(Meus.PROTOCOLOS, days, nome)


@pytest.mark.parametrize(
    "said",
    ["quantos tem na fila?", "minhas vendas", "nota: prefere de manhã", "meu cliente sumiu", "minha nota da marina"],
)  # fmt: skip
def test_what_is_not_of_their_own_work(said: str) -> None:
    assert own_work(said, TODAY) is None


@pytest.mark.parametrize(
    ("said", "nome"),
    [("a nota da Marina", "Marina"), ("qual a nota do davi?", "davi"), ("quantos clientes a Elisa atendeu", "Elisa")],
)
def test_a_colleagues_is_asked_by_name(said: str, nome: str) -> None:
    assert own_work(said, TODAY) == Pergunta(Meus.DE_COLEGA, MES, nome)
