"""What an approver can trust: the card says of every field who says what, and what diverges with its evidence."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.processo.faturas import receber
from core.processo.limites import ProcessoLimits
from core.processo.pendentes import aprovaveis_juntas
from core.processo.quem import O_ROBO
from core.testemunha.meses import Mes
from sandbox import Phone
from sandbox.faturas.estragos import Estrago, pdf_of
from storage.pessoa.perfil import Perfil
from storage.processo.processos import Processo, pending
from storage.transaction import Transaction
from tests.support.faturas import chega, cliente_da_conta, conta, lida
from tests.support.service import RunningService

GIL = ("Gil Torres", "5531988806002")
NOVEMBRO, OUTUBRO = Mes(2026, 11), Mes(2026, 10)
DOIS = ProcessoLimits(dois_acima=1_000_000)
BOTH = pytest.mark.parametrize("channel", ["whatsapp", "telegram"])


async def approver(service: RunningService, channel: str = "telegram") -> Phone:
    await service.usuario(*GIL, Perfil.APROVADOR)
    phone = await service.phone(channel, *GIL)
    if channel == "whatsapp":
        await phone.says("MENU")
        await phone.sees("O que você quer fazer")
    return phone


async def arrives(
    service: RunningService, mes: Mes = NOVEMBRO, content: bytes | None = None, **how: object
) -> Processo:
    arrived: Processo = await service.wiring.turns.run(lambda tx: chega(tx, mes, content, **how))  # type: ignore[arg-type]
    return arrived


async def together(service: RunningService) -> list[str]:
    """The months of those that may be approved together, of all that wait."""
    async with service.wiring.database.read() as connection:
        several = await pending(connection)
        found = await aprovaveis_juntas(connection, several, service.wiring.processo_limits)
    return [one.mes_ano for one in several if one.id in found]


@BOTH
async def test_a_sound_bill_has_a_line_for_every_field(service: RunningService, channel: str) -> None:
    gil = await approver(service, channel)
    await arrives(service)
    card = await gil.sees("🟢 As testemunhas conferem.")
    said = card.text.splitlines()
    assert "✔ Valor: o robô, a linha impressa, as barras, o Pix e o texto dizem R$ 111,00." in said
    assert "✔ Vencimento: o robô e o texto dizem 10/12/2026." in said
    assert "✔ Mês: o texto diz 11/2026." in said
    assert "✔ Cliente: a conta está no arquivo; o CNPJ está no arquivo." in said
    assert "✔ Duplicada: não veio antes." in said
    assert "✔ Boleto: a linha impressa e as barras têm o mesmo código." in said
    assert await together(service) == ["11/2026"]


@BOTH
async def test_an_adulterated_slip_is_said_with_its_digits_and_needs_a_second_person(
    service: RunningService, channel: str
) -> None:
    gil = await approver(service, channel)
    await arrives(service, content=pdf_of(conta(), Estrago.LINHA_E_BARRAS), limits=DOIS)
    card = await gil.sees("🔴 As testemunhas divergem.")
    assert "✖ Boleto: a linha impressa não é a das barras: boleto adulterado, não pague" in card.text
    assert f"as barras {conta().barras}" in card.text
    assert "Precisa de 2 aprovadores diferentes." in card.text
    await gil.taps("Aprovar", bubble=card)
    await gil.sees("Por que usar Padaria Número 1 Ltda · VIVO · 11/2026 mesmo assim?")
    await gil.says("a operadora confirmou por telefone")
    await gil.sees("Falta mais 1 pessoa aprovar.")
    assert await together(service) == []


@pytest.mark.falha(212)
@BOTH
async def test_a_twin_is_used_all_the_same_for_a_reason_that_history_and_audit_keep(
    service: RunningService, channel: str
) -> None:
    gil = await approver(service, channel)
    await arrives(service, OUTUBRO)
    await gil.sees("🟢")
    processo = await arrives(service, NOVEMBRO, pdf_of(conta(OUTUBRO)))
    card = await gil.sees("🔴")
    await gil.taps("Aprovar", bubble=card)
    asked = await gil.sees("mesmo assim? O motivo fica no histórico")
    assert "✖ Duplicada: o mesmo arquivo já está em Padaria Número 1 Ltda" in asked.text
    await gil.says("cancelar")
    await gil.sees("Tudo bem, nada foi aprovado.")
    await gil.taps("Aprovar", bubble=card)
    await gil.sees("mesmo assim?")
    await gil.says("bom dia")
    await gil.sees("Escreva o motivo em uma frase")
    await gil.says("segunda via com o mesmo valor, conferi com o cliente")
    await gil.sees("✅ Aprovada: Padaria Número 1 Ltda · VIVO · 11/2026")
    if channel == "telegram":
        await gil.sees("Mesmo assim: segunda via com o mesmo valor")
    (step,) = await service.rows("SELECT motivo FROM historico WHERE acao = 'APROVAR'")
    (act,) = await service.rows("SELECT motivo FROM auditoria WHERE acao = 'APROVAR'")
    assert step["motivo"] == act["motivo"] == "segunda via com o mesmo valor, conferi com o cliente"
    await gil.says(f"PROCESSO {processo.id}")
    await gil.taps("Por que está assim?")
    await gil.sees("aprovou")


async def test_whoever_is_asked_why_hears_that_another_has_decided_meanwhile(sqlite_service: RunningService) -> None:
    gil = await approver(sqlite_service)
    await sqlite_service.usuario("Ivo Prado", "5531988806003", Perfil.APROVADOR)
    ivo = await sqlite_service.phone("telegram", "Ivo Prado", "5531988806003")
    await arrives(sqlite_service, content=pdf_of(conta(OUTUBRO)))
    for one in (gil, ivo):
        await one.taps("Aprovar", bubble=await one.sees("🔴"))
        await one.sees("mesmo assim?")
    await gil.says("o portal só tem esta, conferi")
    await gil.sees("✅ Aprovada: ")
    await ivo.says("ok")
    await ivo.sees("🧾 Padaria Número 1 Ltda · VIVO · 11/2026\n✅ Aprovada por Gil Torres")


async def test_anothers_bill_says_whose_it_is(service: RunningService) -> None:
    gil = await approver(service)
    await service.wiring.turns.run(lambda tx: cliente_da_conta(tx, conta(numero=2)))
    await arrives(service, content=pdf_of(conta(numero=2)))
    card = await gil.sees("🔴 As testemunhas divergem.")
    assert "✖ Cliente: pertence a Padaria Número 2 Ltda · 899123002." in card.text
    assert "👉 Se é de outro cliente, rejeite aqui e mande o PDF com a conta dele na legenda." in card.text


async def test_the_bill_of_another_month_says_which(service: RunningService) -> None:
    gil = await approver(service)
    await arrives(service, content=pdf_of(conta(OUTUBRO)))
    card = await gil.sees("🔴 As testemunhas divergem.")
    assert "✖ Mês: o texto diz 10/2026; é de outro mês." in card.text
    assert await together(service) == []


@BOTH
async def test_a_twin_says_where_it_is_already_and_leads_there(service: RunningService, channel: str) -> None:
    gil = await approver(service, channel)
    await arrives(service, OUTUBRO)
    await gil.sees("🟢")
    await arrives(service, NOVEMBRO, pdf_of(conta(OUTUBRO)))
    card = await gil.sees("🔴")
    assert "o mesmo arquivo já está em Padaria Número 1 Ltda · 10/2026" in card.text
    assert "👉 Veja a outra antes" in card.text
    await gil.taps("Ver a outra", bubble=card)
    await gil.sees("Padaria Número 1 Ltda · VIVO · 10/2026")


async def test_two_who_differ_are_said_and_the_codes_outrank(service: RunningService) -> None:
    gil = await approver(service)
    processo = await arrives(service, content=pdf_of(conta()), valor_centavos=99_900)
    card = await gil.sees("Valor: R$ 111,00")
    assert "✖ Valor: o robô diz R$ 999,00; a linha impressa, as barras, o Pix e o texto dizem R$ 111,00." in card.text
    assert processo.valor_centavos == 11_100


async def test_one_witness_alone_is_said_so(service: RunningService) -> None:
    gil = await approver(service)
    await arrives(service, content=pdf_of(replace(conta(), boleto=False)))
    card = await gil.sees("🟡 Faltam testemunhas.")
    assert "○ Valor: o texto diz R$ 111,00; uma testemunha só." in card.text
    assert "○ Boleto: não há código de pagamento no arquivo." in card.text
    assert await together(service) == []


async def test_what_is_far_from_the_usual_value_is_not_approved_with_others(service: RunningService) -> None:
    for month in (7, 8, 9):
        await arrives(service, Mes(2026, month))
    assert await together(service) == ["07/2026", "08/2026", "09/2026"]
    dear = replace(conta(OUTUBRO), valor=Decimal("900.00"))
    await arrives(service, OUTUBRO, pdf_of(dear), valor_centavos=90_000, data_vencimento=dear.vencimento)
    assert "10/2026" not in await together(service)


async def test_a_bill_that_says_no_month_is_yellow_on_its_card_as_in_the_list(sqlite_service: RunningService) -> None:
    gil = await approver(sqlite_service)
    await arrives(sqlite_service, content=pdf_of(replace(conta(), operadora="DIGITALNET")))
    card = await gil.sees("🟡 Valor e cliente conferem; de que mês é, nada no arquivo diz.")
    assert "🟢" not in card.text


async def test_what_the_witnesses_said_is_written_to_the_history(service: RunningService) -> None:
    processo = await arrives(service, content=pdf_of(conta(), Estrago.LINHA_E_BARRAS))
    (row,) = await service.rows("SELECT detalhe FROM historico WHERE acao = 'RECEBER'")
    assert '"linha_nao_e_barras"' in str(row["detalhe"]).replace("'", '"')
    assert processo.aprovacoes_necessarias == 1, "this operation works with one approver"


async def test_a_better_file_in_the_place_of_the_wrong_one_is_examined_anew(service: RunningService) -> None:
    gil = await approver(service)
    processo = await arrives(service, content=pdf_of(conta(), Estrago.LINHA_E_BARRAS), limits=DOIS)
    await gil.sees("🔴")

    async def again(tx: Transaction) -> None:
        bill = conta()
        arquivo = lida(pdf_of(bill), valor_centavos=11_100, data_vencimento=bill.vencimento)
        await receber(tx, processo.id, arquivo, O_ROBO, DOIS)

    await service.wiring.turns.run(again)
    card = await gil.sees("🟢")
    assert "Precisa de 2" not in card.text
