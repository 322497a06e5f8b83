"""Questions about an act, questions that leave out what the one before them said, a yes that is not the word."""

from tests.support.sellers import seller
from tests.support.service import RunningService
from tests.walks.test_aprovar import approver, arrives, now
from tests.walks.test_processos import person, processos


async def test_who_asks_how_it_is_rejected_rejects_nothing_and_keeps_the_card(service: RunningService) -> None:
    gil, processo = await approver(service), await arrives(service)
    await gil.sees("🧾")
    await gil.says("como rejeita?")
    told = await gil.sees("Escreva PENDENTES, abra a fatura e toque em Rejeitar")
    assert "Rejeitar" in told.labels
    await gil.says("o que é esse amarelo?")
    await gil.sees("🟡 falta alguma")
    await gil.says("como libero um acesso?")
    await gil.sees("Isso não é do seu perfil")
    assert (await now(service, processo)).status_processo == "AGUARDANDO_APROVACAO"


async def test_a_rejection_is_confirmed_by_the_word_or_a_tap(service: RunningService) -> None:
    gil, processo = await approver(service), await arrives(service)
    await gil.sees("🧾")
    await gil.says("rejeita, o valor está dobrado")
    await gil.sees("Motivo: o valor está dobrado")
    await gil.says("isso")
    await gil.sees("Responda SIM ao que mostrei acima")
    assert (await now(service, processo)).status_processo == "AGUARDANDO_APROVACAO"
    await gil.says("sim")
    await gil.sees("Rejeitada:")


async def test_what_is_left_out_was_said_before(service: RunningService) -> None:
    await processos(service, "Moinho Ltda", mes_ano="08/2026")
    hugo = await person(service)
    await hugo.says("quantas faltam baixar em setembro?")
    await hugo.sees("Aguardando download · 09/2026")
    await hugo.says("e em agosto?")
    await hugo.sees("Aguardando download · 08/2026 · 1")
    await hugo.says("e o davi?")
    await hugo.sees("Não entendi")


async def test_who_sells_hears_that_no_password_is_needed_and_who_changes_records(service: RunningService) -> None:
    await service.administrador()
    ana = await seller(service)
    await ana.says("esqueci a senha do portal")
    await ana.sees("Você não precisa de senha")
    await ana.says("troca meu numero de telefone")
    await ana.sees("Isso é com quem administra, e nada mudou.")


async def test_a_new_customer_is_a_sale_for_who_sells(service: RunningService) -> None:
    ana = await seller(service)
    await ana.says("opa bora cadastrar um cliente novo")
    told = await ana.sees("Escreva VENDER e confirme com SIM")
    assert "Iniciar uma venda" in told.labels


async def test_what_is_said_of_the_card_is_of_the_card(service: RunningService) -> None:
    gil, processo = await approver(service), await arrives(service)
    await gil.sees("🧾")
    await gil.says("rejeita, fatura de outro cliente")
    await gil.sees("Motivo: fatura de outro cliente")
    await gil.says("não")
    await gil.sees("nada foi rejeitado")
    await gil.says("o valor dela é 350,90")
    await gil.sees("Por aqui nada é corrigido")
    assert (await now(service, processo)).status_processo == "AGUARDANDO_APROVACAO"


async def test_what_is_decided_in_words_is_of_what_they_look_at(service: RunningService) -> None:
    gil, processo = await approver(service), await arrives(service)
    await gil.sees("🧾")
    await gil.says("quem baixou?")
    await gil.sees("🕓")
    await gil.says("aprova essa")
    await gil.sees("por escrito nada é decidido")
    assert "Aprovar" in (await gil.sees("🧾")).labels
    await gil.says("PENDENTES")
    await gil.sees("1 fatura espera aprovação")
    await gil.says("aprova a do hotel")
    kept = await gil.sees("Não achei essa entre as que esperam aprovação")
    assert any(label.startswith("1. ") for label in kept.labels)
    assert (await now(service, processo)).status_processo == "AGUARDANDO_APROVACAO"
