"""Invoices in people's own words: which ones a sentence decides on, names in passing, or takes back."""

from datetime import UTC, datetime

import pytest

from core.processo.faturas import receber
from core.processo.processos import criar
from core.processo.quem import O_ROBO
from sandbox import Phone
from storage.transaction import Transaction
from tests.support.faturas import LIMITS, chega, fatura, nova_operadora, novo_cliente
from tests.support.service import RunningService
from tests.walks.test_aprovar import approver


@pytest.fixture
async def gil(sqlite_service: RunningService) -> Phone:
    """An approver, with invoices of J. P. Morgan and Padaria Estrela that nobody examined, and one that agrees.

    It is the month that their bills are of, whenever this runs.
    """
    there = datetime(2026, 11, 27, 15, tzinfo=UTC)
    sqlite_service.clock.move(seconds=(there - sqlite_service.clock()).total_seconds())

    async def work(tx: Transaction) -> None:
        operadora = await nova_operadora(tx)
        for nome in ("J. P. Morgan Serviços Ltda", "Padaria Estrela da Manhã"):
            cliente = await novo_cliente(tx, operadora.id, razao_social=nome)
            made = await criar(tx, cliente.id, "11/2026", O_ROBO)
            assert made.processo is not None
            await receber(tx, made.processo.id, fatura(), O_ROBO, LIMITS)
        await chega(tx, numero=1)

    await sqlite_service.wiring.turns.run(work)
    return await approver(sqlite_service, channel="whatsapp")


@pytest.mark.falha(338)
async def test_a_sentence_that_was_not_understood_shows_whose_invoice_it_names(gil: Phone) -> None:
    await gil.says("como tá a jp morgan?")
    await gil.sees("🧾 J. P. Morgan Serviços Ltda")
    await gil.says("cadê o boleto da padaria estrela")
    await gil.sees("🧾 Padaria Estrela da Manhã")
    await gil.says("bom dia! tem algo pra eu aprovar hj? se tiver da padaria ja aprova")
    await gil.sees("3 faturas esperam aprovação:")


@pytest.mark.falha(339)
async def test_decisions_without_a_name_are_of_the_card_and_of_two_both_are_shown(gil: Phone) -> None:
    await gil.says("aprova a jp morgan e rejeita a padaria estrela por duplicidade")
    listed = await gil.sees("por escrito nada é decidido.")
    assert ("J. P. Morgan" in listed.text, "Padaria Estrela" in listed.text) == (True, True)
    await gil.says("a segunda")
    await gil.sees("🧾 Padaria Estrela")
    for typed in ("aprovado", "tá certo, pode aprovar"):
        await gil.says(typed)
        await gil.sees("por escrito nada é decidido.")
        await gil.sees("🧾 Padaria Estrela")
    await gil.says("ok pode aprovar")
    await gil.sees("por escrito nada é decidido.")
    await gil.sees("🧾 Padaria Estrela")
    await gil.says("rejeita, valor acima do contrato")
    await gil.sees("Rejeitar Padaria Estrela da Manhã · VIVO · 11/2026?\nMotivo: valor acima do contrato")
    await gil.says("não, pera")
    await gil.sees("Tudo bem, nada foi rejeitado.")
    await gil.says("pode aprovar tudo que tiver ok")
    await gil.sees("Aprovar 1 fatura, R$ 111,00 no total?")


@pytest.mark.parametrize(
    ("looks", "sees"),
    [
        ("qual o vencimento da padaria estrela?", "🧾 Padaria Estrela"),
        ("pera, mostra a da jp morgan antes", "🧾 J. P. Morgan"),
        ("quanto deu outubro?", "10/2026"),
    ],
)
async def test_whoever_looks_before_the_yes_sees_it_and_has_approved_nothing(
    gil: Phone, sqlite_service: RunningService, looks: str, sees: str
) -> None:
    await gil.says("pode aprovar tudo que tiver ok")
    asked = await gil.sees("Aprovar 1 fatura, R$ 111,00 no total?")
    await gil.says(looks)
    await gil.sees("Deixei a pergunta de lado, e nada foi feito")
    await gil.sees(sees)
    await gil.says("sim")
    await gil.sees("Não há nada para confirmar agora.")
    await gil.taps("Sim, aprovar", bubble=asked)
    await gil.sees("Essa confirmação já passou.")
    assert await sqlite_service.rows("SELECT 1 FROM aprovacoes") == []


async def test_the_last_of_a_list_is_its_last_invoice(gil: Phone) -> None:
    await gil.says("pendentes")
    await gil.sees("3 faturas esperam aprovação:")
    await gil.says("abre a última")
    await gil.sees("🧾")


async def test_a_decision_on_another_one_is_never_of_the_card_on_the_screen(gil: Phone) -> None:
    await gil.says("fatura da padaria estrela")
    await gil.sees("🧾 Padaria Estrela")
    await gil.says("rejeita o hotel, o cliente cancelou")
    await gil.sees("Não achei essa entre as que esperam aprovação.")


async def test_an_approval_is_taken_back_by_whose_it_is(gil: Phone) -> None:
    for quem in ("jp morgan", "padaria estrela"):
        await gil.says(f"fatura da {quem}")
        await gil.sees("🧾")
        await gil.taps("Aprovar")
        await gil.sees("✅ Aprovada:")
    await gil.says("ops, desfaz a aprovação da J. P. Morgan")
    await gil.sees("Desfazer a aprovação de J. P. Morgan")
    await gil.says("desfaz a do hotel")
    await gil.sees("Qual aprovação desfazer?")
    await gil.says("errei, era a outra")
    await gil.sees("Qual aprovação desfazer?")


@pytest.mark.falha(340)
async def test_an_approver_who_wants_all_of_them_sent_sees_which_they_are(gil: Phone) -> None:
    await gil.says("manda tudo pro SAT")
    await gil.sees("O seu perfil não pode fazer isso.")
    await gil.sees("Aguardando envio ao SAT · ")


async def test_what_is_on_the_screen_is_spoken_of(gil: Phone) -> None:
    await gil.says("PENDENTES")
    await gil.sees("3 faturas esperam aprovação:")
    await gil.says("mostra a segunda")
    await gil.sees("🧾 ")
    await gil.says("isso tá certo?")
    await gil.sees("Aguardando aprovação\n")
    await gil.says("faturas da vivo")
    await gil.sees("🔍 “vivo”: ")
    await gil.says("processos do mês que vem")
    await gil.sees("Não há processos em ")


async def test_the_pdf_of_the_card_is_shown_in_words(gil: Phone) -> None:
    await gil.says("como tá a jp morgan?")
    await gil.sees("🧾 J. P. Morgan Serviços Ltda")
    await gil.says("me mostra o pdf")
    await gil.sees("fatura.pdf")


async def test_an_operadora_alone_and_counts_are_looked_for(gil: Phone) -> None:
    await gil.says("vivo")
    await gil.sees("🔍 “vivo”: ")
    await gil.says("quantas ja foram pro sat esse mes")
    await gil.sees("No SAT · ")
    await gil.says("blz, roda os downloads")
    await gil.sees("O seu perfil não pode fazer isso.")


async def test_a_misunderstanding_does_not_close_the_card(gil: Phone) -> None:
    await gil.says("PENDENTES")
    await gil.sees("3 faturas esperam aprovação:")
    await gil.says("xpto zzz")
    await gil.sees("Não entendi. Diga o número ou o nome de uma da lista.")
    await gil.says("a da padaria estrela")
    await gil.sees("🧾 Padaria Estrela")
    await gil.says("blorgh wrzl")
    await gil.sees("continua aberto: toque, ou diga com outras palavras.")
    await gil.says("rejeita, vencimento errado")
    await gil.sees("Rejeitar Padaria Estrela da Manhã · VIVO · 11/2026?\nMotivo: vencimento errado")


async def test_which_falls_due_first_is_by_its_day_and_not_by_what_it_costs(gil: Phone) -> None:
    await gil.says("qual vence primeiro?")
    listed = await gil.sees("Esperam aprovação, a que vence primeiro em cima:")
    assert " · " in listed.text.splitlines()[1]


async def test_approve_under_a_list_is_said_of_one_and_asks_about_none(gil: Phone) -> None:
    await gil.says("PENDENTES")
    await gil.sees("Aprovar as que conferem")
    await gil.says("aprova")
    assert "por escrito nada é decidido." in (await gil.sees("por escrito")).text
    await gil.says("aprova ai")
    await gil.sees("por escrito nada é decidido.")
    await gil.says("aprova as que conferem")
    await gil.sees("Aprovar 1 fatura, R$ 111,00 no total?")


async def test_another_one_was_meant_is_a_no_and_why_is_said_without_which(gil: Phone) -> None:
    await gil.says("mostra a padaria estrela")
    await gil.sees("🧾 Padaria Estrela")
    await gil.says("rejeita essa, o mes ta errado")
    await gil.sees("Motivo: o mes ta errado")
    await gil.says("nao era essa")
    await gil.sees("Tudo bem, nada foi rejeitado.")
