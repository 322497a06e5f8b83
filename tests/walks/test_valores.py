"""Questions about money: what a month came to, the largest, those above a value, what was approved."""

from tests.support.service import RunningService
from tests.walks.test_aprovar import approver
from tests.walks.test_fala_faturas import Phone, gil

__all__ = ["gil"]


async def test_what_a_month_came_to_is_said_in_money(gil: Phone) -> None:
    await gil.says("quanto foi esse mês?")
    told = await gil.sees("📂 11/2026: 3 processos")
    assert "💰 R$ 357,90 no total." in told.text
    await gil.says("quanto foi a vivo em 11/2026?")
    await gil.sees("💰 vivo · 11/2026: ")


async def test_the_largest_of_a_list_is_opened_and_of_a_month_listed(gil: Phone) -> None:
    await gil.says("pendentes")
    await gil.sees("3 faturas esperam aprovação:")
    await gil.says("abre a mais cara")
    await gil.sees("🧾 ")
    await gil.says("qto ta a soma das pendentes?")
    await gil.sees("💰 esperam aprovação: 3 faturas, R$ 357,90")
    await gil.says("faturas acima de 120 reais")
    await gil.sees("💰 a partir de R$ 120,00 · 11/2026: 2 faturas, R$ 246,90")
    await gil.says("tem alguma acima de mil?")
    await gil.sees("Nenhuma fatura: a partir de R$ 1.000,00 · 11/2026.")


async def test_what_is_shown_is_summed_and_stays(gil: Phone) -> None:
    await gil.says("pendentes")
    await gil.sees("3 faturas esperam aprovação:")
    for said in ("quanto da isso tudo somado", "soma tudo aí"):
        await gil.says(said)
        await gil.sees("💰 nesta lista: 3 faturas, R$ 357,90")
    await gil.says("a primeira")
    await gil.sees("🧾 ")


async def test_what_one_approved_is_told(gil: Phone) -> None:
    await gil.says("o que eu aprovei hoje?")
    await gil.sees("Você não aprovou nenhuma de ")
    await gil.says("fatura da padaria estrela")
    await gil.sees("🧾 Padaria Estrela")
    await gil.taps("Aprovar")
    await gil.sees("✅ Aprovada:")
    await gil.says("quais eu aprovei?")
    await gil.sees("Você aprovou 1 fatura de ")
    await gil.says("quantas faturas a gente aprovou hoje")
    await gil.sees("A equipe aprovou 1 fatura de ")
    await gil.says("quantas a equipe rejeitou hoje?")
    await gil.sees("A equipe não rejeitou nenhuma de ")


async def test_those_below_a_value_are_listed_and_none_is_approved(gil: Phone) -> None:
    await gil.says("aprova tudo abaixo de 120")
    listed = await gil.sees("por escrito nada é decidido.")
    assert "Aprovar 1 fatura" not in listed.text
    await gil.says("não aprova nada ainda")
    await gil.sees("Tudo bem, nada foi decidido")
    await gil.says("manda as contas aí")
    await gil.sees("3 faturas esperam aprovação:")
    await gil.says("a da padaria estrela tá muito cara, recusa")
    await gil.sees("Rejeitar Padaria Estrela da Manhã · VIVO · 11/2026?\nMotivo: tá muito cara")


async def test_who_draws_back_hears_that_nothing_was_done_and_keeps_the_card(gil: Phone) -> None:
    await gil.says("fatura da padaria estrela")
    await gil.sees("🧾 Padaria Estrela")
    for typed in ("não, pera, deixa", "opa cliquei errado", "não era isso"):
        await gil.says(typed)
        await gil.sees("Tudo bem, não fiz nada.")
    await gil.says("abre o pdf")
    await gil.sees("fatura.pdf")
    await gil.says("123,45")
    await gil.sees("💰 de R$ 123,45 a R$ 123,45 · 11/2026: 2 faturas, R$ 246,90")


async def test_two_months_and_the_operadoras_of_one_are_set_beside_each_other(gil: Phone) -> None:
    await gil.says("outubro foi mais caro que novembro?")
    told = await gil.sees("10/2026: nenhuma fatura.")
    assert "11/2026: 3 faturas, R$ 357,90" in told.text
    await gil.says("qual operadora pesa mais?")
    told = await gil.sees("💰 11/2026, por operadora:")
    assert "1. Vivo · " in told.text


async def test_what_a_colleague_approved_is_told(sqlite_service: RunningService, gil: Phone) -> None:
    flavia = await approver(sqlite_service, ("Flávia Nunes", "5531988806077"))
    await gil.says("a flávia aprovou o que hoje?")
    await gil.sees("Flávia Nunes não aprovou nenhuma de ")
    await flavia.says("fatura da padaria estrela")
    await flavia.sees("🧾 Padaria Estrela")
    await flavia.taps("Aprovar")
    await flavia.sees("✅ Aprovada:")
    await gil.says("flavia ja aprovou hj?")
    await gil.sees("Flávia Nunes aprovou 1 fatura de ")
    await gil.says("a flavia rejeitou alguma?")
    await gil.sees("Flávia Nunes não rejeitou nenhuma de ")
