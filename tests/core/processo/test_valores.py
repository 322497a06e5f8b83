"""What is asked about money, and about what one decided oneself."""

from datetime import date

import pytest

from core.processo.consulta.valores import Pergunta, decididas_of, read_valores

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("text", "resto"),
    [
        ("quanto foi o mês passado?", "10/2026"),
        ("total do mês retrasdo", "09/2026"),
        ("quanto a gente pagou de telefone mes passado", "10/2026"),
        ("quanto deu o mês 10", "10/2026"),
        ("me ve qto foi novembro", "11/2026"),
        ("quanto foi a vivo em outubro", "vivo 10/2026"),
        ("qual o total das contas", ""),
        ("quanto foi gasto com a oi?", "oi"),
        ("me dá os numeros do mes passado", "10/2026"),
        ("um resumo de outubro", "10/2026"),
        ("qto ta a soma das pendentes", "pendentes"),
        ("e esse mes, deu qto?", "11/2026"),
    ],
)
def test_what_a_month_came_to(text: str, resto: str) -> None:
    found = read_valores(text, TODAY)
    assert found is not None
    assert (found.pergunta, found.resto) == (Pergunta.TOTAL, resto)


@pytest.mark.parametrize(
    ("text", "minimo", "maximo"),
    [
        ("faturas acima de 500", 50_000, None),
        ("entre 100 e 300 reais", 10_000, 30_000),
        ("contas de 1.500 a 2 mil", 150_000, 200_000),
        ("tem alguma acima de mil reais?", 100_000, None),
        ("acima de quinhentos e cinquenta", 55_000, None),
        ("maior que 1500,50", 150_050, None),
        ("1627,82", 162_782, 162_782),
        ("a fatura de 89,90", 8_990, 8_990),
        ("as menores de 200", None, 20_000),
    ],
)
def test_a_range_of_values(text: str, minimo: int | None, maximo: int | None) -> None:
    found = read_valores(text, TODAY)
    assert found is not None
    assert (found.pergunta, found.minimo, found.maximo) == (Pergunta.FAIXA, minimo, maximo)


def test_the_largest_is_of_the_list_unless_a_month_or_an_invoice_is_named() -> None:
    of_list, of_month = read_valores("abre a mais cara", TODAY), read_valores("as 5 maiores do mês 9", TODAY)
    assert of_list is not None
    assert of_month is not None
    assert (of_list.pergunta, of_list.da_lista) == (Pergunta.MAIORES, True)
    assert (of_month.pergunta, of_month.da_lista, of_month.resto) == (Pergunta.MAIORES, False, "09/2026")


@pytest.mark.parametrize(
    "text",
    [
        *("mais de 3 faturas", "mais de 10 dias", "quanto foi?", "quanto vendeu mês passado", "tem mais"),
        *("aprova tudo abaixo de 200", "rejeita as acima de mil", "manda pro sat as maiores", "quanto custa o plano"),
        *(
            "plano até 100 reais",
            "baixa as de outubro",
            "quanto tempo demora?",
            "qual operadora é mais cara",
            "valor certo é 89,90",
        ),
    ],
)
def test_what_orders_something_or_speaks_of_something_else_is_no_question_about_money(text: str) -> None:
    assert read_valores(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "rejeitadas", "de", "ate"),
    [
        ("quais eu aprovei?", False, date(2026, 11, 1), TODAY),
        ("o que aprovei hoje", False, TODAY, TODAY),
        ("oq eu rejeitei mes passado", True, date(2026, 10, 1), date(2026, 10, 31)),
        ("quantas aprovei ontem", False, date(2026, 11, 29), date(2026, 11, 29)),
    ],
)
def test_what_one_decided_oneself_is_asked_by_day(text: str, rejeitadas: bool, de: date, ate: date) -> None:
    found = decididas_of(text, TODAY)
    assert found is not None
    assert (found.rejeitadas, found.de, found.ate) == (rejeitadas, de, ate)


@pytest.mark.parametrize(
    ("text", "rejeitadas"),
    [
        ("quantas faturas a gente aprovou hoje", False),
        ("qts foram aprovadas hj", False),
        ("qnts aprovadas hj?", False),
        ("quais o pessoal rejeitou hoje", True),
    ],
)
def test_what_everybody_decided(text: str, rejeitadas: bool) -> None:
    found = decididas_of(text, TODAY)
    assert found is not None
    assert (found.rejeitadas, found.de, found.todos) == (rejeitadas, TODAY, True)


@pytest.mark.parametrize("text", ["quantas aprovadas", "quais estão aprovadas", "aprovamos a da oficina?"])
def test_where_they_stand_is_asked(text: str) -> None:
    assert decididas_of(text, TODAY) is None


@pytest.mark.parametrize(
    "text", ["aprovei errado, volta", "ja aprovei", "aprovei a da escola?", "quem disse que eu aprovei?"]
)
def test_a_slip_or_a_statement_asks_for_no_list(text: str) -> None:
    assert decididas_of(text, TODAY) is None


@pytest.mark.parametrize(
    "text", ["quanto da isso tudo somado", "qto dá tudo junto?", "soma isso aí pra mim", "qto da tudo"]
)
def test_what_is_shown_is_summed(text: str) -> None:
    found = read_valores(text, TODAY)
    assert found is not None
    assert (found.pergunta, found.da_lista) == (Pergunta.TOTAL, True)


@pytest.mark.parametrize("text", ["quanto da", "quanto deu a venda toda", "soma 2 e 3", "quanto tudo mudou"])
def test_nor_is_anything_else(text: str) -> None:
    assert read_valores(text, TODAY) is None


def test_a_verb_is_no_client() -> None:
    found = read_valores("quais sao as maiores de 500 reais", TODAY)
    assert found is not None
    assert (found.minimo, found.resto) == (50_000, "")
