""" "E ontem?": what the question before said stays, but for its time."""

from datetime import date

import pytest

from core.fala.leitura.elipse import continued, may_be_continued

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("last", "said", "whole"),
    [
        ("quantas vendas fizemos hoje?", "e ontem?", "quantas vendas fizemos ontem?"),
        ("quais vencem essa semana", "e semana que vem?", "quais vencem semana que vem"),
        ("qual o total de outubro?", "e o de setembro", "qual o total de setembro?"),
        ("processos de setembro", "e a de agosto?", "processos de agosto"),
        ("quantas faltam baixar?", "e mês passado?", "quantas faltam baixar mês passado?"),
        ("relatorio de outubro", "e de novembro?", "relatorio de novembro"),
        ("quais vencem hoje?", "mas e amanhã?", "quais vencem amanhã?"),
        ("quantas vendas a ana fez?", "e o caio?", "quantas vendas a caio fez?"),
        ("solta o login da ana", "nao, o do caio", "solta o login da caio"),
        ("quantas vendas teve hj", "e da ana?", "quantas vendas teve hj ana?"),
        ("o que o hugo fez hoje", "e o gil?", "o que o gil fez hoje"),
        ("caio ta com erro de login", "libera ele", "libera o acesso de caio"),
        ("quantos eu atendi semana passada?", "e essa?", "quantos eu atendi essa semana?"),
        ("quais vencem hoje?", "e a da padaria?", None),
        ("quais faturas vencem essa semana", "e na próxima?", "quais faturas vencem na semana que vem"),
        ("as que vencem até sexta", "e até dia 20?", "as que vencem até dia 20"),
        ("quais vencem hoje?", "e a segunda?", None),
        ("quanto deu esse mês?", "e o passado?", "quanto deu o mês passado?"),
        ("quais venceram essa semana?", "e a passada?", "quais venceram a semana passada?"),
        ("quantas vendas fiz hoje?", "e na passada?", "quantas vendas fiz na semana passada?"),
        ("o que vence hoje?", "e na próxima?", "o que vence na semana que vem?"),
        ("o que vence essa semana?", "e na segunda?", "o que vence na segunda?"),
        ("tem coisa atrasada?", "e semana que vem?", "tem coisa atrasada semana que vem?"),
        ("e a de outubro?", "não, de setembro", "e a de setembro?"),
        ("o que vence amanhã?", "e depois de amanhã?", "o que vence depois de amanhã?"),
        ("fatura de outubro do hotel", "não, de novembro", "fatura de novembro do hotel"),
        ("quantas faltam baixar?", "não, amanhã", None),
        ("quais vencem hoje?", "amanhã eu vejo", None),
        ("quais vencem hoje?", "e o davi?", None),
        ("quais vencem hoje?", "e se eu aprovar amanhã?", None),
    ],
)
def test_the_time_is_put_in_its_place(last: str, said: str, whole: str | None) -> None:
    assert continued(last, said, TODAY) == whole


def test_what_may_go_on() -> None:
    assert may_be_continued("quantas vendas fizemos hoje?", TODAY)
    assert not may_be_continued("PROCESSOS", TODAY), "a word alone costs no write"
    assert not may_be_continued("e ontem?", TODAY)
    assert not may_be_continued("bom dia, tudo bem?", TODAY)
